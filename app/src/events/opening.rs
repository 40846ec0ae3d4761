//! Those who want to be told when sign-up opens: once each, whoever tells them and however often that
//! one is started anew.

use super::model::{EventId, Phase};
use super::store::lines;
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// Writes a mail to everybody who waits for a sign-up that is open now. Returns how many.
///
/// # Errors
/// If the database does not answer.
pub async fn tell_watchers(pool: &PgPool, now: i64) -> Result<u64, sqlx::Error> {
    let waited_for = sqlx::query_scalar!(
        "select distinct w.event_id from opening_watchers w join events e on e.id = w.event_id
         where w.told_at is null and e.state = 'published' and e.starts_at > $1",
        instant(now)
    )
    .fetch_all(pool)
    .await?;
    let open: Vec<i64> = lines(pool, Lang::Sv, &waited_for, now)
        .await?
        .into_iter()
        .filter(|line| line.line.phase == Phase::Open)
        .map(|line| line.line.id.0)
        .collect();
    if open.is_empty() {
        return Ok(0);
    }
    // One statement: a row that another process is telling is waited for, and then no longer untold.
    let told = sqlx::query!(
        r#"
        with told as (
            update opening_watchers set told_at = $2
            where event_id = any($1) and told_at is null
            returning id, email, language, event_id
        )
        insert into mails (kind, to_address, language, event_id, watcher_id, created_at)
        select 'opened', email, language, event_id, id, $2 from told order by id
        "#,
        &open,
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(told.rows_affected())
}

/// The text can be a link's secret; what cannot is not looked up.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() < 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The event that whoever has this link is told about; `None` if the link is none, or not any more.
///
/// # Errors
/// If the database does not answer.
pub async fn watched(pool: &PgPool, token: &str) -> Result<Option<EventId>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let id = sqlx::query_scalar!("select event_id from opening_watchers where token = $1", token)
        .fetch_optional(pool)
        .await?;
    Ok(id.map(EventId))
}

/// Forgets that somebody wanted to be told. A second time nothing happens.
///
/// # Errors
/// If the database does not answer.
pub async fn unwatch(pool: &PgPool, token: &str) -> Result<(), sqlx::Error> {
    if !is_token(token) {
        return Ok(());
    }
    sqlx::query!("delete from opening_watchers where token = $1", token).execute(pool).await?;
    Ok(())
}
