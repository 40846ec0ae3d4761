//! The SQL of what was watched. Nothing is written for somebody who wants nothing kept.

use super::model::{MyWatching, Progress, Report};
use crate::account::model::{PersonId, Viewer};
use crate::recordings::library::line_store::lines;
use crate::recordings::model::RecordingId;
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// How many that have been begun one's own page shows.
const MOST: usize = 6;
/// How many are looked at for that: some have come to their end, or are not for this person any more.
const LOOKED_AT: i64 = 40;

/// How long a recording is, where that is known.
///
/// # Errors
/// If the database does not answer.
pub async fn duration(pool: &PgPool, recording: RecordingId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!(
        "select coalesce(r.duration_ms, (select max(f.duration_ms) from media_files f where f.recording_id = r.id))
         from recordings r where r.id = $1",
        recording.0
    )
    .fetch_optional(pool)
    .await
    .map(Option::flatten)
}

/// Adds what was watched. One statement: the row itself is asked what was there before, under its own lock, so that two
/// windows at once lose nothing of each other. Small gaps are closed, so that there are at most
/// 500 parts (`watched_whole`). Returns whether it was kept.
///
/// # Errors
/// If the database does not answer.
pub async fn add(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    report: &Report,
    now: i64,
) -> Result<bool, sqlx::Error> {
    // Whoever switches it off at this very moment is waited for, or waits: nothing is left behind after it.
    let written = sqlx::query!(
        "insert into watching as kept (person_id, recording_id, at_ms, watched, updated_at)
         select p.id, $2, $3, watched_whole($4::text::int4multirange), $5
         from (select id from people where id = $1 and keeps_watching for share) p
         on conflict (person_id, recording_id) do update
         set at_ms = excluded.at_ms, watched = watched_whole(kept.watched + excluded.watched),
             updated_at = excluded.updated_at",
        person.0,
        recording.0,
        report.at_ms,
        report.multirange(),
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(written.rows_affected() > 0)
}

/// Whether anything is kept for somebody, and how far they have come with a recording.
///
/// # Errors
/// If the database does not answer.
pub async fn progress(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    duration_ms: Option<i32>,
) -> Result<(bool, Option<Progress>), sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select p.keeps_watching, w.at_ms as "at_ms?",
            (select sum(upper(part) - lower(part)) from unnest(w.watched) part) as watched_ms
        from people p left join watching w on w.person_id = p.id and w.recording_id = $2 where p.id = $1
        "#,
        person.0,
        recording.0,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map_or((false, None), |row| {
        let progress = row.at_ms.map(|at| Progress::of(at, row.watched_ms, duration_ms));
        (row.keeps_watching, progress)
    }))
}

/// What somebody's own page shows.
///
/// # Errors
/// If the database does not answer.
pub async fn mine(pool: &PgPool, lang: Lang, viewer: &Viewer) -> Result<MyWatching, sqlx::Error> {
    let is_kept =
        sqlx::query_scalar!("select keeps_watching from people where id = $1", viewer.id.0)
            .fetch_optional(pool)
            .await?
            .unwrap_or_default();
    let ids = sqlx::query_scalar!(
        "select recording_id from watching where person_id = $1 order by updated_at desc limit $2",
        viewer.id.0,
        LOOKED_AT
    )
    .fetch_all(pool)
    .await?;
    let has_any = !ids.is_empty();
    let mut lines = lines(pool, lang, Some(viewer), &ids).await?;
    lines.retain(|line| {
        line.progress.as_ref().is_some_and(|progress| progress.goes_on_at().is_some())
    });
    lines.truncate(MOST);
    Ok(MyWatching { is_kept, has_any, lines })
}

/// Has it kept from now on, or no longer; what there is goes with that.
///
/// # Errors
/// If the database does not answer.
pub async fn keep(pool: &PgPool, person: PersonId, keeps: bool) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    sqlx::query!("update people set keeps_watching = $2 where id = $1", person.0, keeps)
        .execute(&mut *transaction)
        .await?;
    if !keeps {
        sqlx::query!("delete from watching where person_id = $1", person.0)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}

/// Forgets all that somebody has watched.
///
/// # Errors
/// If the database does not answer.
pub async fn empty(pool: &PgPool, person: PersonId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from watching where person_id = $1", person.0).execute(pool).await?;
    Ok(())
}
