//! The SQL of how much a recording is watched.

use super::figures::Watched;
use crate::recordings::model::RecordingId;
use crate::recordings::watching::counting::PARTS;
use crate::recordings::watching::store::duration;
use crate::time::{civil_date, today};
use sqlx::PgPool;

/// The figures of a recording; nothing where there are too few to tell.
///
/// # Errors
/// If the database does not answer.
pub async fn watched(
    pool: &PgPool,
    recording: RecordingId,
    now: i64,
) -> Result<Option<Watched>, sqlx::Error> {
    let days = sqlx::query!(
        r#"select day, views::bigint as "views!", watched_ms from recording_days where recording_id = $1 order by day"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let days: Vec<_> =
        days.into_iter().map(|row| (civil_date(row.day), row.views, row.watched_ms)).collect();
    let counted = sqlx::query!(
        r#"select part, views::bigint as "views!" from recording_parts where recording_id = $1"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let mut parts = Vec::new();
    if !counted.is_empty() {
        parts.resize(usize::try_from(PARTS).unwrap_or_default(), 0);
    }
    for row in counted {
        if let Some(part) = usize::try_from(row.part).ok().and_then(|part| parts.get_mut(part)) {
            *part = row.views;
        }
    }
    let duration = duration(pool, recording).await?;
    Ok(Watched::of(&days, parts, duration, today(now)))
}
