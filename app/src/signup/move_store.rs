//! The SQL of moving people to another event of the same programme. One transaction over both events, whose seats
//! are locked together, in the order of their numbers: two that move people to and fro never wait for each other in
//! a circle. Whoever is moved has a new sign-up there, with the link that they know; the one here is cancelled, so
//! its place in line, what was answered and what happened to it stay what they were.

use super::deed_store::Doing;
use super::deed_write::give_out;
use super::deeds::{DeedKind, NotDone};
use super::desk::new_token;
use super::model::Status;
use super::moving::{Forecast, way_there};
use super::store::{all_terms, lock_all};
use crate::audit::store::begin;
use crate::events::model::{EventId, Phase, Way};
use crate::events::store::word;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// Moves these sign-ups; who has left, or was there, stays, and so does who is signed up there already. Those with
/// a place come before those in line, each in the order in which they came.
///
/// # Errors
/// If the database does not answer: then nobody has been moved.
pub async fn move_to(
    pool: &PgPool,
    doing: Doing,
    to: EventId,
    sign_ups: &[i64],
    with_mail: bool,
) -> Result<Result<Forecast, NotDone>, sqlx::Error> {
    let mut transaction = begin(pool, doing.actor).await?;
    let mut there = lock_all(&mut transaction, &[doing.event.0, to.0], doing.locking).await?;
    there.retain(|(event, _)| *event == to);
    let terms = all_terms(&mut transaction, &[doing.event.0, to.0], doing.now).await?;
    let phase =
        |event| terms.iter().find(|(known, _)| *known == event).map(|(_, terms)| terms.phase);
    let is_one = is_one_programme(&mut transaction, doing.event, to).await?;
    let leads =
        !matches!(phase(to), None | Some(Phase::Preliminary | Phase::Cancelled | Phase::Past));
    if !is_one || !leads || matches!(phase(doing.event), None | Some(Phase::Past)) {
        return Ok(Err(NotDone::Over));
    }
    let rows = sqlx::query!(
        r#"select s.id, s.token, s.way, s.status,
            exists (select from sign_ups o where o.event_id = $3 and o.person_id = s.person_id
                and o.status in ('requested', 'confirmed', 'waitlisted')) as "is_there!"
        from sign_ups s
        where s.event_id = $1 and s.id = any($2) and s.status in ('requested', 'confirmed', 'waitlisted')
        order by s.status = 'waitlisted', s.queue_number, s.id"#,
        doing.event.0,
        sign_ups,
        to.0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let ways: Vec<Way> = there.iter().map(|(_, line)| line.way).collect();
    let asks = terms.iter().find(|(known, _)| *known == to).map(|(_, terms)| terms.with_seat());
    let mut outcome = Forecast::default();
    let mut moved = Rows::default();
    for row in rows {
        if row.is_there {
            outcome.already += 1;
            continue;
        }
        let way = word(Way::parse(&row.way), &row.way)?;
        let Some(way) = way_there(way, &ways) else { continue };
        let Some((_, line)) = there.iter_mut().find(|(_, line)| line.way == way) else { continue };
        line.last_queue_number += 1;
        let status = if line.has_room() {
            line.confirmed += 1;
            outcome.seats += 1;
            // The organiser's hand is a yes; who waits for one goes on waiting where one is asked for.
            match asks {
                Some(asks) if row.status == Status::Requested.as_str() => asks,
                _ => Status::Confirmed,
            }
        } else {
            line.waitlisted += 1;
            outcome.line += 1;
            Status::Waitlisted
        };
        moved.add(row.id, row.token, way, status, line.last_queue_number)?;
    }
    if moved.ids.is_empty() {
        return Ok(Ok(outcome));
    }
    write(&mut transaction, doing, to, &moved, with_mail).await?;
    give_out(&mut transaction, doing).await?;
    transaction.commit().await?;
    Ok(Ok(outcome))
}

/// The columns of what is written.
#[derive(Default)]
struct Rows {
    ids: Vec<i64>,
    tokens: Vec<String>,
    new_tokens: Vec<String>,
    ways: Vec<String>,
    statuses: Vec<String>,
    numbers: Vec<i64>,
}

impl Rows {
    fn add(
        &mut self,
        id: i64,
        token: String,
        way: Way,
        status: Status,
        number: i64,
    ) -> Result<(), sqlx::Error> {
        self.ids.push(id);
        self.tokens.push(token);
        self.new_tokens.push(new_token().map_err(|_| sqlx::Error::WorkerCrashed)?);
        self.ways.push(way.as_str().to_owned());
        self.statuses.push(status.as_str().to_owned());
        self.numbers.push(number);
        Ok(())
    }
}

async fn is_one_programme(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    to: EventId,
) -> Result<bool, sqlx::Error> {
    let is_one = sqlx::query_scalar!(
        r#"select exists (select from events a join events b on b.programme_id = a.programme_id
            where a.id = $1 and b.id = $2 and a.id <> b.id) as "is_one!""#,
        event.0,
        to.0
    );
    is_one.fetch_one(&mut **transaction).await
}

async fn write(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    to: EventId,
    rows: &Rows,
    with_mail: bool,
) -> Result<(), sqlx::Error> {
    let deed = sqlx::query_scalar!(
        "insert into deeds (event_id, kind, actor_id, at, with_mail, to_event_id)
         values ($1, $2, $3, $4, $5, $6) returning id",
        doing.event.0,
        DeedKind::Move.as_str(),
        doing.actor.0,
        instant(doing.now),
        with_mail,
        to.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into deed_sign_ups (deed_id, sign_up_id, was, became)
         select $1, id, status, 'cancelled' from sign_ups where id = any($2)",
        deed,
        &rows.ids,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "update sign_ups s set status = 'cancelled', token = n.token, cancel_reason = null, reply_by = null,
             updated_at = $3
         from unnest($1::bigint[], $2::text[]) as n (id, token) where s.id = n.id",
        &rows.ids,
        &rows.new_tokens,
        instant(doing.now),
    )
    .execute(&mut **transaction)
    .await?;
    // Whoever took a whole series still has it where the other event is a stop of the same.
    sqlx::query!(
        "with added as (
            insert into sign_ups (event_id, token, way, person_id, status, queue_number, name, organisation, language,
                series_sign_up_id, consented_at, consent_version, created_at, updated_at, moved_from_id)
            select $1, n.token, n.way, s.person_id, n.status, n.number, s.name, s.organisation, s.language,
                case when here.series_id = there.series_id then s.series_sign_up_id end,
                s.consented_at, s.consent_version, $7, $7, s.id
            from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[])
                as n (id, token, way, status, number)
            join sign_ups s on s.id = n.id join events here on here.id = s.event_id
            join events there on there.id = $1
            order by n.number
            returning id, moved_from_id
        )
        update deed_sign_ups d set moved_to_id = added.id
        from added where d.deed_id = $8 and d.sign_up_id = added.moved_from_id",
        to.0,
        &rows.ids,
        &rows.tokens,
        &rows.ways,
        &rows.statuses,
        &rows.numbers,
        instant(doing.now),
        deed,
    )
    .execute(&mut **transaction)
    .await?;
    take_answers_along(transaction, deed, to).await?;
    if with_mail {
        tell_moved(transaction, deed, doing.now).await?;
    }
    Ok(())
}

/// What was answered to a question that is asked in the same words there is answered there, too; but nobody gets
/// to read what was not told to them.
async fn take_answers_along(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
    to: EventId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into sign_up_answers (sign_up_id, question_id, answer)
         select d.moved_to_id, there.id, a.answer
         from deed_sign_ups d join sign_up_answers a on a.sign_up_id = d.sign_up_id
         join event_questions here on here.id = a.question_id
         join event_questions there on there.event_id = $2 and there.kind = here.kind
             and there.label_sv = here.label_sv
             and (there.kind not in ('choice', 'choices') or a.answer = any(there.options_sv))
             and case when there.kind = 'number' then a.answer::numeric
                 between coalesce(there.least::numeric, '-infinity') and coalesce(there.most::numeric, 'infinity')
                 else true end
             and (there.seen_by = 'organisers' or here.seen_by = 'hosts')
         where d.deed_id = $1 on conflict do nothing",
        deed,
        to.0,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Mails those who were moved what they have there. That mail also takes what they had here out of the calendars
/// that show it (`mail/moved_store.rs`).
async fn tell_moved(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select n.status, p.email, n.language, n.id, n.event_id, $2
         from deed_sign_ups d join sign_ups n on n.id = d.moved_to_id join people p on p.id = n.person_id
         where d.deed_id = $1 and p.email is not null order by n.queue_number",
        deed,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Somebody whom a deed has moved has changed, or been given, something there since.
pub(super) async fn has_moved_on(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
            select from deed_sign_ups d join deeds on deeds.id = d.deed_id
            left join sign_ups n on n.id = d.moved_to_id
            where d.deed_id = $1 and (n.id is null or n.updated_at <> deeds.at or n.status not in
                ('requested', 'confirmed', 'waitlisted')
                or exists (select from sign_up_history h where h.sign_up_id = n.id))
        ) as "has!""#,
        deed
    )
    .fetch_one(&mut **transaction)
    .await
}

/// Ends what people were given there, and gives them their link back. Who they are here, and telling them, is for
/// the caller.
pub(super) async fn move_back(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.sign_up_id, n.id as "there!", n.token from deed_sign_ups d join sign_ups n on n.id = d.moved_to_id
        where d.deed_id = $1"#,
        deed
    )
    .fetch_all(&mut **transaction)
    .await?;
    let (mut here, mut there, mut tokens, mut new_tokens) = (vec![], vec![], vec![], vec![]);
    for row in rows {
        here.push(row.sign_up_id);
        there.push(row.there);
        tokens.push(row.token);
        new_tokens.push(new_token().map_err(|_| sqlx::Error::WorkerCrashed)?);
    }
    sqlx::query!(
        "update sign_ups s set status = 'cancelled', token = n.token, updated_at = $3
         from unnest($1::bigint[], $2::text[]) as n (id, token) where s.id = n.id",
        &there,
        &new_tokens,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "update sign_ups s set token = n.token
         from unnest($1::bigint[], $2::text[]) as n (id, token) where s.id = n.id",
        &here,
        &tokens,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
