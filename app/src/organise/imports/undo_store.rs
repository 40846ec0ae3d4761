//! Taking an import back, as long as that can be done: what somebody has changed since stays.

use super::draft_store::Import;
use super::events_store::{Before, hold};
use super::events_undo_store::{self, take_back};
use super::model::{HOURS_TO_UNDO, Kind, ShownRow, Stage};
use super::presenters_store::take_away;
use crate::audit::store::{act, begin};
use crate::events::store::word;
use crate::signup::attendance_store::{self, Turn};
use crate::signup::deed_store::Doing;
use crate::signup::deeds::NotDone;
use crate::signup::import_store;
use crate::signup::model::Status;
use crate::time::instant;
use sqlx::types::Json;
use sqlx::{PgPool, PgTransaction};

/// An import can still be undone at this moment.
#[must_use]
pub fn can_undo(import: &Import, now: i64) -> bool {
    let age = import.confirmed_at.map(|at| now - at);
    import.about.stage == Stage::Done && age.is_some_and(|age| age < HOURS_TO_UNDO * 3_600)
}

/// Takes an import back, but for what is something else by now; how many that is left.
///
/// # Errors
/// If the database does not answer: then nothing has been undone.
pub async fn undo(
    pool: &PgPool,
    import: &Import,
    doing: Doing,
) -> Result<Result<u64, NotDone>, sqlx::Error> {
    let Some(at) = import.confirmed_at.filter(|_| can_undo(import, doing.now)) else {
        return Ok(Err(NotDone::Over));
    };
    let mut transaction = begin(pool, doing.actor).await?;
    // The locks in the order in which the writing takes them.
    match import.about.kind {
        Kind::People => {
            if import_store::held_seats(&mut transaction, doing).await?.is_none() {
                return Ok(Err(NotDone::Over));
            }
        }
        Kind::Attendance => attendance_store::hold(&mut transaction, doing.event).await?,
        Kind::Events | Kind::Schedule => hold(&mut transaction, import.home.programme).await?,
    }
    let claimed = sqlx::query!(
        "update imports set state = 'undone', undone_at = $2 where id = $1 and state = 'done'",
        import.about.id,
        instant(doing.now),
    )
    .execute(&mut *transaction)
    .await?;
    if claimed.rows_affected() == 0 {
        return Ok(Err(NotDone::Over));
    }
    let (count, gone) = match import.about.kind {
        Kind::Attendance => attendance(&mut transaction, import, doing, at).await?,
        Kind::Events | Kind::Schedule => events(&mut transaction, import, doing).await?,
        Kind::People => people(&mut transaction, import, doing, at).await?,
    };
    let left = count.saturating_sub(gone);
    act(&mut transaction, Some(doing.actor)).await?;
    sqlx::query!(
        "update imports set left_alone = $2 where id = $1",
        import.about.id,
        i32::try_from(left).unwrap_or(i32::MAX)
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Ok(left))
}

/// How many were signed up, and how many of them are cancelled again.
async fn people(
    transaction: &mut PgTransaction<'_>,
    import: &Import,
    doing: Doing,
    at: i64,
) -> Result<(u64, u64), sqlx::Error> {
    let made: Vec<Option<i64>> = sqlx::query_scalar!(
        "select sign_up_id from import_rows where import_id = $1 and verdict = 'make' order by number",
        import.about.id
    )
    .fetch_all(&mut **transaction)
    .await?;
    let count = u64::try_from(made.len()).unwrap_or_default();
    let made: Vec<i64> = made.into_iter().flatten().collect();
    let (made_at, mail) = (instant(at), import.settings.mail);
    Ok((count, import_store::take_back(transaction, doing, &made, made_at, mail).await?))
}

/// Of how many it was said whether they were there, and of how many it is not said any more.
async fn attendance(
    transaction: &mut PgTransaction<'_>,
    import: &Import,
    doing: Doing,
    at: i64,
) -> Result<(u64, u64), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select sign_up_id as "sign_up!", was as "was!", shown as "shown!: Json<ShownRow>"
        from import_rows where import_id = $1 and verdict = 'change' and sign_up_id is not null and was is not null"#,
        import.about.id
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut turns = Vec::with_capacity(rows.len());
    for row in rows {
        let becomes = word(Status::parse(&row.was), &row.was)?;
        if let Some(was) = row.shown.0.status {
            turns.push(Turn { sign_up: row.sign_up, was, becomes });
        }
    }
    let count = u64::try_from(turns.len()).unwrap_or_default();
    Ok((count, attendance_store::turn(transaction, doing, &turns, Some(at)).await?))
}

/// How many events were made and changed, and how many of them are as they were before.
async fn events(
    transaction: &mut PgTransaction<'_>,
    import: &Import,
    doing: Doing,
) -> Result<(u64, u64), sqlx::Error> {
    let rows = sqlx::query!(
        "select event_id, was from import_rows
         where import_id = $1 and verdict in ('make', 'change') order by event_id",
        import.about.id
    )
    .fetch_all(&mut **transaction)
    .await?;
    let count = u64::try_from(rows.len()).unwrap_or_default();
    let mut people = Vec::new();
    let (mut made, mut changed) = (Vec::new(), Vec::new());
    for row in rows {
        let before: Option<Before> = row.was.and_then(|was| serde_json::from_str(&was).ok());
        let Some(mut before) = before else { continue };
        people.append(&mut before.people);
        // What somebody has taken away is gone already.
        let Some(event) = row.event_id else { continue };
        if before.was_made() { &mut made } else { &mut changed }.push((event, before));
    }
    let mut gone = events_undo_store::take_away(transaction, &made).await?;
    gone += take_back(transaction, doing.actor, &changed, doing.now).await?;
    act(transaction, Some(doing.actor)).await?;
    take_away(transaction, &people).await?;
    Ok((count, gone))
}
