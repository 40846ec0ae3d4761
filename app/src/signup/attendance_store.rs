//! The SQL of saying of many at once who was there and who was not, once the event has begun.

use super::deed_store::{Doing, Outcome};
use super::deed_write::note;
use super::deeds::{DeedKind, NotDone};
use super::model::Status;
use crate::audit::store::begin;
use crate::time::instant;
use sqlx::PgPool;

/// Whether one can say who was there: the event has begun and is not cancelled.
///
/// # Errors
/// If the database does not answer.
pub async fn has_begun(
    pool: &PgPool,
    event: crate::events::model::EventId,
    now: i64,
) -> Result<bool, sqlx::Error> {
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
