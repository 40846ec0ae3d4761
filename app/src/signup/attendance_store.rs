//! The SQL of saying of many at once who was there and who was not, once the event has begun.

use super::deed_store::{Doing, Outcome};
use super::deed_write::note;
use super::deeds::{DeedKind, NotDone};
use super::model::Status;
use crate::audit::store::begin;
use crate::events::model::{EventId, Way};
use crate::events::store::word;
use crate::organise::imports::attendance_plan::Guest;
use crate::time::instant;
use sqlx::{PgConnection, PgPool, PgTransaction};

/// Whether one can say who was there: the event has begun and is not cancelled.
///
/// # Errors
/// If the database does not answer.
pub async fn has_begun(pool: &PgPool, event: EventId, now: i64) -> Result<bool, sqlx::Error> {
    let begun = sqlx::query_scalar!(
        r#"select starts_at <= $2 and state <> 'cancelled' as "begun!" from events where id = $1"#,
        event.0,
        instant(now)
    )
    .fetch_optional(pool)
    .await?;
    Ok(begun.unwrap_or_default())
}

/// These people were there, or did not come. Nobody of whom it is known that they came is made one who did not:
/// so all can be chosen, and the rest is noted. No seat moves, and nobody is mailed.
///
/// # Errors
/// If the database does not answer: then nothing has been done.
pub async fn note_attendance(
    pool: &PgPool,
    doing: Doing,
    sign_ups: &[i64],
    was_there: bool,
) -> Outcome {
    if !has_begun(pool, doing.event, doing.now).await? {
        return Ok(Err(NotDone::NotBegun));
    }
    let (kind, from): (_, &[Status]) = if was_there {
        (DeedKind::Attended, &[Status::Confirmed, Status::NoShow])
    } else {
        (DeedKind::NoShow, &[Status::Confirmed])
    };
    let mut transaction = begin(pool, doing.actor).await?;
    // In one order, so that two who do it at once do not wait for each other both ways.
    sqlx::query!(
        "select id from sign_ups where event_id = $1 and id = any($2) order by id for update",
        doing.event.0,
        sign_ups
    )
    .fetch_all(&mut *transaction)
    .await?;
    let Some((deed, count)) = note(&mut transaction, doing, kind, sign_ups, from, false).await?
    else {
        return Ok(Ok(0));
    };
    sqlx::query!(
        "update sign_ups s set status = d.became, updated_at = $2
         from deed_sign_ups d where d.deed_id = $1 and s.id = d.sign_up_id",
        deed,
        instant(doing.now),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Ok(count))
}

/// Those who signed up, to hold a report of who was there against.
///
/// # Errors
/// If the database does not answer.
pub async fn guests(
    connection: &mut PgConnection,
    event: EventId,
) -> Result<Vec<Guest>, sqlx::Error> {
    let rows = sqlx::query!(
        "select s.id, s.name, s.status, s.way, p.email_key from sign_ups s join people p on p.id = s.person_id
         where s.event_id = $1 and s.status not in ('cancelled', 'refused') order by s.id",
        event.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Guest {
                sign_up: row.id,
                name: row.name,
                email: row.email_key,
                status: word(Status::parse(&row.status), &row.status)?,
                is_digital: row.way == Way::Digital.as_str(),
            })
        })
        .collect()
}

/// What a sign-up becomes, and what it has to be until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The sign-up.
    pub(crate) sign_up: i64,
    /// What it is.
    pub(crate) was: Status,
    /// What it becomes.
    pub(crate) becomes: Status,
}

/// Holds the sign-ups of an event still until the transaction ends, in one order: two who say who was there do not
/// wait for each other both ways.
pub(crate) async fn hold(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from sign_ups where event_id = $1 order by id for update", event.0)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(())
}

/// Turns sign-ups of an event into something else; who is something else by now, or was changed since that moment,
/// stays. How many were turned.
pub(crate) async fn turn(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    turns: &[Turn],
    unless_changed_since: Option<i64>,
) -> Result<u64, sqlx::Error> {
    let ids: Vec<i64> = turns.iter().map(|turn| turn.sign_up).collect();
    let word = |status: Status| status.as_str().to_owned();
    let was: Vec<String> = turns.iter().map(|turn| word(turn.was)).collect();
    let becomes: Vec<String> = turns.iter().map(|turn| word(turn.becomes)).collect();
    let done = sqlx::query!(
        "update sign_ups s set status = t.becomes, updated_at = $2
         from unnest($3::bigint[], $4::text[], $5::text[]) as t (id, was, becomes)
         where s.event_id = $1 and s.id = t.id and s.status = t.was
            and ($6::timestamptz is null or s.updated_at = $6)",
        doing.event.0,
        instant(doing.now),
        &ids,
        &was,
        &becomes,
        unless_changed_since.map(instant),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected())
}
