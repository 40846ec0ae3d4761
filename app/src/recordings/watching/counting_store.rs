//! The SQL that counts how much a recording is watched. There is nobody in it.

use super::counting::Counted;
use crate::recordings::model::RecordingId;
use crate::time::instant;
use sqlx::PgPool;

/// Adds what was played. One statement; the counters of the parts are taken in one order, so that nobody waits for
/// somebody who waits for them.
///
/// # Errors
/// If the database does not answer.
pub async fn count(
    pool: &PgPool,
    recording: RecordingId,
    counted: &Counted,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with of_the_day as (
            insert into recording_days as kept (recording_id, day, views, watched_ms)
            values ($1, ($2::timestamptz at time zone 'Europe/Stockholm')::date, $3, $4)
            on conflict (recording_id, day) do update
            set views = kept.views + excluded.views, watched_ms = kept.watched_ms + excluded.watched_ms
         )
         insert into recording_parts as kept (recording_id, part, views)
         select $1, part, 1 from unnest($5::smallint[]) part order by part
         on conflict (recording_id, part) do update set views = kept.views + 1",
        recording.0,
        instant(now),
        i32::from(counted.begins),
        counted.watched_ms,
        &counted.parts,
    )
    .execute(pool)
    .await?;
    Ok(())
}
