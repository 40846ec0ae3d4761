//! Taking an import back, as long as that can be done: what somebody has changed since stays.

use super::draft_store::Import;
use super::model::{HOURS_TO_UNDO, Stage};
use crate::audit::store::{act, begin};
use crate::signup::deed_store::Doing;
use crate::signup::deeds::NotDone;
use crate::signup::import_store;
use crate::time::instant;
use sqlx::PgPool;

/// An import can still be undone at this moment.
#[must_use]
pub fn can_undo(import: &Import, now: i64) -> bool {
    let age = import.confirmed_at.map(|at| now - at);
    import.about.stage == Stage::Done && age.is_some_and(|age| age < HOURS_TO_UNDO * 3_600)
}

/// Cancels whom the import signed up, but for those who are something else by now; how many are left.
///
/// # Errors
/// If the database does not answer: then nothing has been undone.
pub async fn people(
    pool: &PgPool,
    import: &Import,
    doing: Doing,
) -> Result<Result<u64, NotDone>, sqlx::Error> {
    let Some(at) = import.confirmed_at.filter(|_| can_undo(import, doing.now)) else {
        return Ok(Err(NotDone::Over));
    };
    let mut transaction = begin(pool, doing.actor).await?;
    if import_store::held_seats(&mut transaction, doing).await?.is_none() {
        return Ok(Err(NotDone::Over));
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
    let made: Vec<Option<i64>> = sqlx::query_scalar!(
        "select sign_up_id from import_rows where import_id = $1 and verdict = 'make' order by number",
        import.about.id
    )
    .fetch_all(&mut *transaction)
    .await?;
    let count = u64::try_from(made.len()).unwrap_or_default();
    let made: Vec<i64> = made.into_iter().flatten().collect();
    let (made_at, mail) = (instant(at), import.settings.mail);
    let gone = import_store::take_back(&mut transaction, doing, &made, made_at, mail).await?;
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
