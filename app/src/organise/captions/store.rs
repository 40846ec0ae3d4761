//! The SQL of the organisers' pages of captions, chapters and slides' times. What a track holds is written by
//! `crate::captions::store`.

use super::beside::{Beside, Film};
use super::chapters_form::ChapterRow;
use super::model::{CaptionsPage, CaptionsSummary, ChaptersPage, SlidesPage, TrackLine};
use super::{slides_form, tools};
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::captions::chapters::PlannedPart;
use crate::captions::model::{Chapter, Cue, TrackKind};
use crate::captions::store::{self as tracks, NewTrack, Saved};
use crate::captions::write;
use crate::events::store::word;
use crate::recordings::access::Door;
use crate::recordings::model::{RecordingId, file_address};
use crate::recordings::page_model::SlidePicture;
use crate::text::Lang;
use sqlx::PgPool;
use time::OffsetDateTime;

/// The recording and its film.
///
/// # Errors
/// If the database does not answer.
pub async fn beside(
    pool: &PgPool,
    lang: Lang,
    slug: &str,
    door: &Door,
) -> Result<Beside, sqlx::Error> {
    let row = sqlx::query!(
        r#"select case when $2 then coalesce(title_en, title) else title end as "title!",
            coalesce(duration_ms, (select max(f.duration_ms) from media_files f where f.recording_id = r.id))
                as duration_ms
        from recordings r where id = $1"#,
        door.id.0,
        lang == Lang::En,
    )
    .fetch_one(pool)
    .await?;
    let film = sqlx::query!(
        "select key, content_type from media_files
         where recording_id = $1 and role in ('video', 'original', 'audio')
            and (content_type like 'video/%' or content_type like 'audio/%')
         order by array_position(array['video', 'original', 'audio'], role) limit 1",
        door.id.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(Beside {
        slug: slug.to_owned(),
        title: row.title,
        duration_ms: row.duration_ms,
        film: film.map(|film| Film {
            address: file_address(&film.key),
            has_picture: film.content_type.starts_with("video/"),
        }),
    })
}

struct LineRow {
    language: String,
    kind: String,
    cues: i64,
    reviewed: Option<String>,
    changed: String,
    version: i64,
}

impl LineRow {
    fn into_line(self) -> Result<TrackLine, sqlx::Error> {
        Ok(TrackLine {
            language: word(Lang::parse(&self.language), &self.language)?,
            kind: word(TrackKind::parse(&self.kind), &self.kind)?,
            cues: self.cues,
            reviewed: self.reviewed,
            changed: self.changed,
            version: self.version,
        })
    }
}

async fn lines(pool: &PgPool, recording: RecordingId) -> Result<Vec<TrackLine>, sqlx::Error> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"select language, kind, version,
            (select count(*) from caption_cues c where c.track_id = t.id) as "cues!",
            to_char(reviewed_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD HH24:MI') as reviewed,
            to_char(changed_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD HH24:MI') as "changed!"
        from caption_tracks t where recording_id = $1 order by kind, language desc"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(LineRow::into_line).collect()
}

async fn spoken(pool: &PgPool, recording: RecordingId) -> Result<Lang, sqlx::Error> {
    let spoken = sqlx::query_scalar!("select language from recordings where id = $1", recording.0)
        .fetch_one(pool)
        .await?;
    word(Lang::parse(&spoken), &spoken)
}

/// What there is of captions, chapters and times of slides.
///
/// # Errors
/// If the database does not answer.
pub async fn summary(
    pool: &PgPool,
    recording: RecordingId,
) -> Result<CaptionsSummary, sqlx::Error> {
    let counts = sqlx::query!(
        r#"select (select count(*) from chapters where recording_id = $1) as "chapters!",
            (select count(*) from slide_times where recording_id = $1) as "slide_times!",
            exists (select from media_files where recording_id = $1 and role = 'slides') as "has_slides!""#,
        recording.0
    )
    .fetch_one(pool)
    .await?;
    Ok(CaptionsSummary {
        tracks: lines(pool, recording).await?,
        spoken: spoken(pool, recording).await?,
        chapters: counts.chapters,
        slide_times: counts.slide_times,
        has_slides: counts.has_slides,
    })
}

/// The page of captions in one language.
///
/// # Errors
/// If the database does not answer.
pub async fn captions(
    pool: &PgPool,
    lang: Lang,
    slug: &str,
    door: &Door,
    text: Lang,
) -> Result<CaptionsPage, sqlx::Error> {
    // The version first: if the words change in between, saving tells so.
    let line = lines(pool, door.id).await?.into_iter().find(|line| line.language == text);
    let cues = tracks::track(pool, door.id, text).await?.map(|track| track.cues);
    let cues = cues.unwrap_or_default();
    Ok(CaptionsPage {
        beside: beside(pool, lang, slug, door).await?,
        text,
        spoken: spoken(pool, door.id).await?,
        line,
        vtt: if cues.is_empty() { String::new() } else { write::vtt(&cues) },
        speakers: tools::speakers(&cues),
    })
}

/// What somebody wants saved.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Of which recording.
    pub recording: RecordingId,
    /// In which language.
    pub language: Lang,
    /// What they are for.
    pub kind: TrackKind,
    /// The version that they take the place of; nothing where there are to be none so far.
    pub made_from: Option<i64>,
    /// What was read against the sound still is: a person changed it, and did not put a file in its place.
    pub keeps_review: bool,
    /// In the order of time.
    pub cues: &'a [Cue],
}

/// Saves captions in somebody's name.
///
/// # Errors
/// If the database does not answer, or refuses a cue.
pub async fn save(
    pool: &PgPool,
    person: PersonId,
    wanted: &Wanted<'_>,
) -> Result<Saved, sqlx::Error> {
    let mut transaction = begin(pool, person).await?;
    let reviewed_at = if wanted.keeps_review {
        sqlx::query_scalar!(
            "select reviewed_at from caption_tracks where recording_id = $1 and language = $2 for update",
            wanted.recording.0,
            wanted.language.tag(),
        )
        .fetch_optional(&mut *transaction)
        .await?
        .flatten()
    } else {
        None
    };
    let new = NewTrack {
        recording: wanted.recording,
        language: wanted.language,
        kind: wanted.kind,
        reviewed_at,
        cues: wanted.cues,
    };
    let saved = tracks::save(&mut transaction, &new, wanted.made_from).await?;
    transaction.commit().await?;
    Ok(saved)
}

/// Somebody has read this version against the sound, at `now`; or takes that back. Whether it still was the version.
///
/// # Errors
/// If the database does not answer.
pub async fn review(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    language: Lang,
    version: i64,
    now: Option<OffsetDateTime>,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, person).await?;
    let done = sqlx::query!(
        "update caption_tracks set reviewed_at = $4 where recording_id = $1 and language = $2 and version = $3",
        recording.0,
        language.tag(),
        version,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Takes the captions in a language away, if they still are in this version. Whether they were.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    language: Lang,
    version: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, person).await?;
    let done = sqlx::query!(
        "delete from caption_tracks where recording_id = $1 and language = $2 and version = $3",
        recording.0,
        language.tag(),
        version,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// The page of chapters.
///
/// # Errors
/// If the database does not answer.
pub async fn chapters(
    pool: &PgPool,
    lang: Lang,
    slug: &str,
    door: &Door,
) -> Result<ChaptersPage, sqlx::Error> {
    let there = tracks::chapters(pool, door.id).await?;
    Ok(ChaptersPage {
        beside: beside(pool, lang, slug, door).await?,
        rows: there.iter().map(ChapterRow::of).collect(),
        slots: sqlx::query_scalar!(
            r#"select count(*) as "count!" from slots where event_id = $1"#,
            door.event_id
        )
        .fetch_one(pool)
        .await?,
    })
}

/// The points of the programme of a recording's event, in their order.
///
/// # Errors
/// If the database does not answer.
pub async fn programme(pool: &PgPool, event: i64) -> Result<Vec<PlannedPart>, sqlx::Error> {
    sqlx::query_as!(
        PlannedPart,
        "select title_sv, title_en, minutes from slots where event_id = $1 order by position",
        event
    )
    .fetch_all(pool)
    .await
}

/// Saves chapters in somebody's name. What is as it was writes nothing, neither into the table nor into the log.
///
/// # Errors
/// If the database does not answer.
pub async fn save_chapters(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    chapters: &[Chapter],
) -> Result<(), sqlx::Error> {
    let mut transaction = begin(pool, person).await?;
    // Whoever saves at the same time waits.
    sqlx::query!("select id from recordings where id = $1 for update", recording.0)
        .fetch_one(&mut *transaction)
        .await?;
    let there = sqlx::query_as!(
        Chapter,
        "select start_ms, title_sv, title_en from chapters where recording_id = $1 order by start_ms",
        recording.0
    )
    .fetch_all(&mut *transaction)
    .await?;
    if there != chapters {
        tracks::save_chapters(&mut transaction, recording, chapters).await?;
    }
    transaction.commit().await
}

/// The page of the slides' times.
///
/// # Errors
/// If the database does not answer.
pub async fn slides(
    pool: &PgPool,
    lang: Lang,
    slug: &str,
    door: &Door,
) -> Result<SlidesPage, sqlx::Error> {
    let rows = sqlx::query!(
        "select start_ms, page from slide_times where recording_id = $1 order by start_ms",
        door.id.0
    )
    .fetch_all(pool)
    .await?;
    let times: Vec<_> = rows.into_iter().map(|row| (row.start_ms, row.page)).collect();
    let key = sqlx::query_scalar!(
        "select key from media_files where recording_id = $1 and role = 'slides'",
        door.id.0
    )
    .fetch_optional(pool)
    .await?;
    let pages = sqlx::query!(
        r#"select page, key, width, height, left(words, 120) as "words!" from slide_pages
        where recording_id = $1 order by page"#,
        door.id.0
    )
    .fetch_all(pool)
    .await?;
    let pictures = pages.into_iter().map(|row| SlidePicture {
        page: row.page,
        address: file_address(&row.key),
        size: (row.width, row.height),
        words: row.words,
    });
    Ok(SlidesPage {
        beside: beside(pool, lang, slug, door).await?,
        lines: slides_form::written(&times),
        slides: key.map(|key| file_address(&key)),
        pictures: pictures.collect(),
    })
}

/// Saves the slides' times in somebody's name: what is as it was is not written again.
///
/// # Errors
/// If the database does not answer.
pub async fn save_slides(
    pool: &PgPool,
    person: PersonId,
    recording: RecordingId,
    times: &[(i32, i32)],
) -> Result<(), sqlx::Error> {
    let (starts, pages): (Vec<i32>, Vec<i32>) = times.iter().copied().unzip();
    let mut transaction = begin(pool, person).await?;
    sqlx::query!(
        "delete from slide_times where recording_id = $1 and start_ms <> all($2)",
        recording.0,
        &starts
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into slide_times (recording_id, start_ms, page)
         select $1, start_ms, page from unnest($2::integer[], $3::integer[]) as it (start_ms, page)
         on conflict (recording_id, start_ms) do update set page = excluded.page
            where slide_times.page <> excluded.page",
        recording.0,
        &starts,
        &pages,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
