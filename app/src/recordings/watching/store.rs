//! The SQL of what was watched. Nothing is written for somebody who wants nothing kept.

use super::model::{MyWatching, Progress, Report};
use crate::account::model::{PersonId, Viewer};
use crate::recordings::library::line_store::lines;
use crate::recordings::library::model::RecordingLine;
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

/// What somebody's own page shows of it, and the lines of these other recordings with their numbers, in their order:
/// two queries for both.
///
/// # Errors
/// If the database does not answer.
pub async fn mine_and(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    others: &[i64],
) -> Result<(MyWatching, Vec<(i64, RecordingLine)>), sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select p.keeps_watching,
            array(select w.recording_id from watching w where w.person_id = p.id
                order by w.updated_at desc limit $2) as "begun!",
            array(select r.slug from unnest($3::bigint[]) with ordinality asked (id, place)
                join recordings r on r.id = asked.id order by asked.place) as "slugs!",
            array(select r.id from unnest($3::bigint[]) with ordinality asked (id, place)
                join recordings r on r.id = asked.id order by asked.place) as "ids!"
        from people p where p.id = $1
        "#,
        viewer.id.0,
        LOOKED_AT,
        others,
    )
    .fetch_optional(pool)
    .await?;
    let (is_kept, begun, slugs, ids) = row
        .map_or_else(Default::default, |row| (row.keeps_watching, row.begun, row.slugs, row.ids));
    let mut asked = begun.clone();
    asked.extend(ids.iter().copied().filter(|id| !begun.contains(id)));
    let found = lines(pool, lang, Some(viewer), &asked).await?;
    let others = ids
        .iter()
        .zip(&slugs)
        .filter_map(|(id, slug)| Some((*id, found.iter().find(|line| line.slug == *slug)?.clone())))
        .collect();
    let goes_on = |line: &RecordingLine| {
        line.progress.as_ref().is_some_and(|progress| progress.goes_on_at().is_some())
    };
    let lines = found.into_iter().filter(goes_on).take(MOST).collect();
    Ok((MyWatching { is_kept, has_any: !begun.is_empty(), lines }, others))
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
