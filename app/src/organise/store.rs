//! The SQL of the organiser's side.

use super::edit_store::worded;
use super::model::{Mails, NewQuestion, Organised, OrganisedEvent, Terms};
use crate::account::model::{PersonId, Viewer};
use crate::audit;
use crate::audit::store::act;
use crate::events::model::{EventId, Slug, Way};
use crate::events::store::{lines, word};
use crate::signup::question_store::questions;
use crate::signup::questions::SeenBy;
use crate::signup::store::{Locking, begin, lock_seats};
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// An event by its number, and whose it is.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its number.
    pub event: EventId,
    /// The number of its programme.
    pub programme: i64,
    /// How one can take part.
    pub ways: Vec<Way>,
}

/// The event at this address, drafts among them.
///
/// # Errors
/// If the database does not answer.
pub async fn find(pool: &PgPool, slug: &Slug) -> Result<Option<Found>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id, programme_id,
            array(select way from event_ways where event_id = e.id order by way desc) as "ways!"
        from events e where slug = $1"#,
        slug.as_str()
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let ways: Result<_, _> = row.ways.iter().map(|way| word(Way::parse(way), way)).collect();
        Ok(Found { event: EventId(row.id), programme: row.programme_id, ways: ways? })
    })
    .transpose()
}

/// What a viewer organises or hosts and is not over, in the order of time.
///
/// # Errors
/// If the database does not answer.
pub async fn coming(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    now: i64,
) -> Result<Vec<Organised>, sqlx::Error> {
    let all =
        viewer.is_administrator() || viewer.roles.iter().any(|grant| grant.programme.is_none());
    let programmes: Vec<i64> = viewer.roles.iter().filter_map(|grant| grant.programme).collect();
    let rows = sqlx::query!(
        r#"
        select e.id, (select count(*) from sign_ups s where s.event_id = e.id and s.status = 'requested') as "requests!"
        from events e
        where e.ends_at > $1 and e.state <> 'draft' and ($2 or e.programme_id = any($3))
        order by e.starts_at, e.id limit 200
        "#,
        instant(now),
        all,
        &programmes,
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let lines = lines(pool, lang, &ids, now).await?;
    Ok(lines
        .into_iter()
        .filter_map(|line| {
            let requests = rows.iter().find(|row| row.id == line.line.id.0)?.requests;
            Some(Organised { line: line.line, requests })
        })
        .collect())
}

/// An event; what only organisers may read only if `is_organiser`.
///
/// # Errors
/// If the database does not answer.
pub async fn event(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    is_organiser: bool,
    now: i64,
) -> Result<Option<OrganisedEvent>, sqlx::Error> {
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let terms =
        sqlx::query!("select needs_approval, reply_hours from events where id = $1", event.0)
            .fetch_one(pool)
            .await?;
    let mut questions = questions(pool, lang, event).await?;
    questions.retain(|question| is_organiser || question.seen_by == SeenBy::Hosts);
    Ok(Some(OrganisedEvent {
        line: line.line,
        may_change: is_organiser,
        needs_approval: terms.needs_approval,
        reply_hours: terms.reply_hours,
        questions,
        worded: if is_organiser { worded(pool, event).await? } else { Vec::new() },
    }))
}

/// How far an event's mails have come.
///
/// # Errors
/// If the database does not answer.
pub async fn mails(pool: &PgPool, event: EventId) -> Result<Mails, sqlx::Error> {
    sqlx::query_as!(
        Mails,
        r#"select count(*) filter (where state = 'queued') as "queued!",
            count(*) filter (where state = 'sent') as "sent!",
            count(*) filter (where state = 'failed') as "failed!"
        from mails where event_id = $1"#,
        event.0
    )
    .fetch_one(pool)
    .await
}

/// Those who wait for a yes or a no.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(pool: &PgPool, event: EventId) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from sign_ups where event_id = $1 and status = 'requested' order by queue_number",
        event.0
    )
    .fetch_all(pool)
    .await
}

/// Sets what an event asks of those who sign up, all of it or, if the database fails, nothing. Seats that become
/// free go to the first in line, on the new terms. Says how many have a seat beyond the seats that there are.
///
/// # Errors
/// If the database does not answer.
pub async fn set_terms(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    terms: &Terms,
) -> Result<(), sqlx::Error> {
    let mut transaction = begin(pool).await?;
    act(&mut transaction, Some(actor)).await?;
    // Seats before the event, as whoever signs up takes them.
    lock_seats(&mut transaction, event, Locking::Held).await?;
    sqlx::query!(
        "update events set needs_approval = $2, reply_hours = $3
         where id = $1 and (needs_approval, reply_hours) is distinct from ($2, $3)",
        event.0,
        terms.needs_approval,
        terms.reply_hours,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Adds a question, as the last; `false` if there are as many as there may be.
///
/// # Errors
/// If the database does not answer.
pub async fn add_question(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    question: &NewQuestion,
    most: usize,
) -> Result<bool, sqlx::Error> {
    let mut transaction = audit::store::begin(pool, actor).await?;
    // One after the other, so that no two get the same place.
    let count = sqlx::query_scalar!(
        r#"with held as (select id from events where id = $1 for update)
        select (select count(*) from event_questions q where q.event_id = held.id) as "count!" from held"#,
        event.0
    )
    .fetch_one(&mut *transaction)
    .await?;
    if usize::try_from(count).unwrap_or_default() >= most {
        return Ok(false);
    }
    sqlx::query!(
        "insert into event_questions (event_id, position, kind, label_sv, label_en, is_required, seen_by,
             options_sv, options_en, least, most)
         select $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10
         from event_questions where event_id = $1",
        event.0,
        question.kind.as_str(),
        question.label_sv,
        question.label_en,
        question.is_required,
        question.seen_by.as_str(),
        &question.options_sv,
        &question.options_en,
        question.least,
        question.most,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes a question of an event away, and what was answered to it.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_question(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    question: i64,
) -> Result<(), sqlx::Error> {
    let mut transaction = audit::store::begin(pool, actor).await?;
    sqlx::query!("delete from event_questions where id = $1 and event_id = $2", question, event.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}
