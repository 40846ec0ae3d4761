//! The SQL of sign-ups. Every function that writes takes the lock of the event's seats first, and so
//! they happen one after the other for one event, whichever server process asks.

use super::model::{Applicant, Outcome, Refusal, Status};
use crate::events::model::{EventId, Hours, Phase, State, Way};
use crate::events::store::word;
use crate::text::{Lang, consent};
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};
use std::collections::HashMap;

/// One who signs up, and the secret of the page they will get.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub applicant: Applicant,
    /// The language of their mails.
    pub lang: Lang,
    /// 128 random bits as text.
    pub token: String,
}

/// The seats of one way, read under the lock.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatLine {
    pub(super) way: Way,
    pub(super) capacity: Option<i32>,
    confirmed: i32,
    waitlisted: i32,
    pub(super) last_queue_number: i64,
}

impl SeatLine {
    /// Whoever comes now gets a seat: there is one, and nobody stands in line for it.
    pub(super) fn has_room(&self) -> bool {
        self.waitlisted == 0 && self.capacity.is_none_or(|capacity| self.confirmed < capacity)
    }
}

/// How the seats are read before they are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// The row is held until the transaction ends.
    Held,
    /// Not at all. Only to show in a test what the lock is for.
    #[cfg(test)]
    LeftOut,
}

/// Signs up everybody in `entries`, in their order, in one transaction.
///
/// # Errors
/// If the database does not answer: then nobody has been signed up, unless the connection was lost
/// during the commit itself.
pub async fn sign_up(
    pool: &PgPool,
    event: EventId,
    entries: &[Entry],
    now: i64,
    locking: Locking,
) -> Result<Vec<Result<Outcome, Refusal>>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let Placed { outcomes, again } = place(&mut transaction, event, entries, now, locking).await?;
    mail_again(&mut transaction, event, &again, now).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

/// What came of placing some people at one event.
pub(super) struct Placed {
    pub(super) outcomes: Vec<Result<Outcome, Refusal>>,
    /// Sign-ups, older than this transaction, of people who came once more.
    pub(super) again: Vec<i64>,
}

/// Gives everybody in `entries` a seat or a place in line, in their order, within a transaction that may
/// place the same people elsewhere too. Whoever does that takes the events in the order of their numbers.
pub(super) async fn place(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    entries: &[Entry],
    now: i64,
    locking: Locking,
) -> Result<Placed, sqlx::Error> {
    let mut seats = lock_seats(transaction, event, locking).await?;
    let terms = terms(transaction, event, now).await?;
    let Some(terms) = terms.filter(|terms| terms.phase == Phase::Open) else {
        let outcomes = vec![Err(Refusal::NotOpen); entries.len()];
        return Ok(Placed { outcomes, again: Vec::new() });
    };
    let people = people(transaction, entries).await?;
    let mut known = live_sign_ups(transaction, event, &people).await?;

    let mut outcomes = Vec::with_capacity(entries.len());
    let mut rows = Vec::with_capacity(entries.len());
    let mut again = Vec::new();
    for entry in entries {
        let Some(&person) = people.get(&entry.applicant.email.key()) else {
            return Err(sqlx::Error::RowNotFound);
        };
        if let Some(&(sign_up, status, position)) = known.get(&person) {
            again.extend(sign_up);
            outcomes.push(Ok(Outcome { status, position, token: None }));
            continue;
        }
        let Some(line) = seats.iter_mut().find(|line| line.way == entry.applicant.way) else {
            outcomes.push(Err(Refusal::NoSuchWay));
            continue;
        };
        let (status, position) = if line.has_room() {
            line.confirmed += 1;
            (terms.with_seat(), None)
        } else {
            line.waitlisted += 1;
            (Status::Waitlisted, u32::try_from(line.waitlisted).ok())
        };
        line.last_queue_number += 1;
        rows.push(NewRow { entry, person, status, queue_number: line.last_queue_number });
        known.insert(person, (None, status, position));
        outcomes.push(Ok(Outcome { status, position, token: Some(entry.token.clone()) }));
    }

    insert(transaction, event, &rows, now).await?;
    Ok(Placed { outcomes, again })
}

pub(super) async fn lock_seats(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    locking: Locking,
) -> Result<Vec<SeatLine>, sqlx::Error> {
    struct Row {
        way: String,
        capacity: Option<i32>,
        confirmed: i32,
        waitlisted: i32,
        last_queue_number: i64,
    }
    let rows = match locking {
        Locking::Held => {
            sqlx::query_as!(
                Row,
                "select way, capacity, confirmed, waitlisted, last_queue_number from event_ways
                 where event_id = $1 order by way for update",
                event.0
            )
            .fetch_all(&mut **transaction)
            .await?
        }
        #[cfg(test)]
        Locking::LeftOut => {
            sqlx::query_as!(
                Row,
                "select way, capacity, confirmed, waitlisted, last_queue_number from event_ways
                 where event_id = $1 order by way",
                event.0
            )
            .fetch_all(&mut **transaction)
            .await?
        }
    };
    rows.into_iter()
        .map(|row| {
            Ok(SeatLine {
                way: word(Way::parse(&row.way), &row.way)?,
                capacity: row.capacity,
                confirmed: row.confirmed,
                waitlisted: row.waitlisted,
                last_queue_number: row.last_queue_number,
            })
        })
        .collect()
}

/// What an event asks of those who sign up, held still until the transaction ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub(super) phase: Phase,
    needs_approval: bool,
}

impl Terms {
    /// What somebody is who gets a seat.
    pub(super) fn with_seat(self) -> Status {
        if self.needs_approval { Status::Requested } else { Status::Confirmed }
    }

    /// Seats that become free are given out.
    pub(super) fn gives_seats(self) -> bool {
        !matches!(self.phase, Phase::Cancelled | Phase::Past)
    }
}

/// The event's terms; `None` if there is no such event.
pub(super) async fn terms(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    now: i64,
) -> Result<Option<Terms>, sqlx::Error> {
    let row = sqlx::query!(
        "select state, starts_at, ends_at, sign_up_opens_at, sign_up_closes_at, needs_approval
         from events where id = $1 for share",
        event.0
    )
    .fetch_optional(&mut **transaction)
    .await?;
    row.map(|row| {
        let hours = Hours {
            starts: row.starts_at.unix_timestamp(),
            ends: row.ends_at.unix_timestamp(),
            opens: row.sign_up_opens_at.map(time::OffsetDateTime::unix_timestamp),
            closes: row.sign_up_closes_at.map(time::OffsetDateTime::unix_timestamp),
        };
        let phase = Phase::at(word(State::parse(&row.state), &row.state)?, hours, now);
        Ok(Terms { phase, needs_approval: row.needs_approval })
    })
    .transpose()
}

/// The numbers of the people with these addresses, new ones among them, by the addresses' keys.
pub(super) async fn people(
    transaction: &mut PgTransaction<'_>,
    entries: &[Entry],
) -> Result<HashMap<String, i64>, sqlx::Error> {
    let mut wanted: Vec<_> = entries
        .iter()
        .map(|entry| {
            let email = &entry.applicant.email;
            (email.key(), email.as_str().to_owned(), entry.applicant.name.clone())
        })
        .collect();
    // In one order everywhere: two transactions that add the same people never wait for each other.
    wanted.sort();
    wanted.dedup_by(|a, b| a.0 == b.0);
    let (mut keys, mut emails, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (key, email, name) in wanted {
        keys.push(key);
        emails.push(email);
        names.push(name);
    }
    sqlx::query!(
        "insert into people (name, email, email_key)
         select * from unnest($1::text[], $2::text[], $3::text[])
         on conflict (email_key) do nothing",
        &names,
        &emails,
        &keys,
    )
    .execute(&mut **transaction)
    .await?;
    let rows = sqlx::query!(
        r#"select id, email_key as "key!" from people where email_key = any($1)"#,
        &keys
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
}

/// A person's live sign-up: its number (none yet for one of this very transaction), status, position.
type Known = HashMap<i64, (Option<i64>, Status, Option<u32>)>;

async fn live_sign_ups(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    people: &HashMap<String, i64>,
) -> Result<Known, sqlx::Error> {
    let ids: Vec<i64> = people.values().copied().collect();
    let rows = sqlx::query!(
        r#"
        select s.id, s.person_id, s.status,
            case when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position
        from sign_ups s
        where s.event_id = $1 and s.person_id = any($2) and s.status in ('requested', 'confirmed', 'waitlisted')
        "#,
        event.0,
        &ids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let position = row.position.and_then(|position| u32::try_from(position).ok());
            let status = word(Status::parse(&row.status), &row.status)?;
            Ok((row.person_id, (Some(row.id), status, position)))
        })
        .collect()
}

struct NewRow<'a> {
    entry: &'a Entry,
    person: i64,
    status: Status,
    queue_number: i64,
}

/// Writes the sign-ups and the mails that tell of them.
async fn insert(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    rows: &[NewRow<'_>],
    now: i64,
) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let column = |value: fn(&NewRow<'_>) -> String| rows.iter().map(value).collect::<Vec<_>>();
    let people: Vec<i64> = rows.iter().map(|row| row.person).collect();
    let queue_numbers: Vec<i64> = rows.iter().map(|row| row.queue_number).collect();
    sqlx::query!(
        r#"
        with added as (
            insert into sign_ups (event_id, token, way, person_id, status, queue_number, name,
                organisation, language, consented_at, consent_version, created_at)
            select $1, new.token, new.way, new.person_id, new.status, new.queue_number, new.name,
                new.organisation, new.language, $2, $3, $2
            from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[],
                    $10::text[], $11::text[])
                as new (token, way, person_id, status, queue_number, name, organisation, language)
            returning id, token, status, language
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
        select added.status, sent.address, added.language, added.id, $1, $2
        from added join unnest($4::text[], $12::text[]) as sent (token, address)
            on sent.token = added.token
        order by added.id
        "#,
        event.0,
        instant(now),
        consent::CURRENT,
        &column(|row| row.entry.token.clone()),
        &column(|row| row.entry.applicant.way.as_str().to_owned()),
        &people,
        &column(|row| row.status.as_str().to_owned()),
        &queue_numbers,
        &column(|row| row.entry.applicant.name.clone()),
        &column(|row| row.entry.applicant.organisation.clone()),
        &column(|row| row.entry.lang.tag().to_owned()),
        &column(|row| row.entry.applicant.email.as_str().to_owned()),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Sends the link again to those who are signed up already, at most every ten minutes, so that nobody's
/// mailbox can be filled by signing them up over and over.
pub(super) async fn mail_again(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    sign_ups: &[i64],
    now: i64,
) -> Result<(), sqlx::Error> {
    if sign_ups.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select 'signed_up_again', p.email, s.language, s.id, $1, $2::timestamptz
         from sign_ups s join people p on p.id = s.person_id
         where s.id = any($3) and p.email is not null and not exists (
             select 1 from mails m where m.sign_up_id = s.id and m.kind = 'signed_up_again'
                 and m.created_at > $2::timestamptz - interval '10 minutes')",
        event.0,
        instant(now),
        sign_ups,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The names of all known organisations, for suggesting.
///
/// # Errors
/// If the database does not answer.
pub async fn organisation_names(pool: &PgPool) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select name from organisations order by name").fetch_all(pool).await
}
