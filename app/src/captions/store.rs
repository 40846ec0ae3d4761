//! The SQL of captions and chapters.

use super::model::{Chapter, Cue, Track, TrackHead, TrackKind};
use crate::events::store::word;
use crate::recordings::model::RecordingId;
use crate::text::Lang;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

struct HeadRow {
    id: i64,
    recording_id: i64,
    language: String,
    kind: String,
    is_reviewed: bool,
    version: i64,
}

impl HeadRow {
    fn into_head(self) -> Result<TrackHead, sqlx::Error> {
        Ok(TrackHead {
            id: self.id,
            recording: RecordingId(self.recording_id),
            language: word(Lang::parse(&self.language), &self.language)?,
            kind: word(TrackKind::parse(&self.kind), &self.kind)?,
            is_reviewed: self.is_reviewed,
            version: self.version,
        })
    }
}

/// The tracks of a recording, captions before subtitles.
///
/// # Errors
/// If the database does not answer.
pub async fn tracks(pool: &PgPool, recording: RecordingId) -> Result<Vec<TrackHead>, sqlx::Error> {
    let rows = sqlx::query_as!(
        HeadRow,
        r#"select id, recording_id, language, kind, reviewed_at is not null as "is_reviewed!", version
        from caption_tracks where recording_id = $1 order by kind, language desc"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(HeadRow::into_head).collect()
}

/// The track of a recording in one language.
///
/// # Errors
/// If the database does not answer.
pub async fn track(
    pool: &PgPool,
    recording: RecordingId,
    language: Lang,
) -> Result<Option<Track>, sqlx::Error> {
    let row = sqlx::query_as!(
        HeadRow,
        r#"select id, recording_id, language, kind, reviewed_at is not null as "is_reviewed!", version
        from caption_tracks where recording_id = $1 and language = $2"#,
        recording.0,
        language.tag(),
    )
    .fetch_optional(pool)
    .await?;
    with_cues(pool, row).await
}

/// A track by its number.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(pool: &PgPool, track: i64) -> Result<Option<Track>, sqlx::Error> {
    let row = sqlx::query_as!(
        HeadRow,
        r#"select id, recording_id, language, kind, reviewed_at is not null as "is_reviewed!", version
        from caption_tracks where id = $1"#,
        track
    )
    .fetch_optional(pool)
    .await?;
    with_cues(pool, row).await
}

async fn with_cues(pool: &PgPool, row: Option<HeadRow>) -> Result<Option<Track>, sqlx::Error> {
    let Some(row) = row else { return Ok(None) };
    let cues = sqlx::query_as!(
        Cue,
        "select start_ms, end_ms, speaker, words, marked, settings, identifier
         from caption_cues where track_id = $1 order by position",
        row.id
    )
    .fetch_all(pool)
    .await?;
    Ok(Some(Track { head: row.into_head()?, cues }))
}

/// What became of a track that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is written, as this version of this track.
    Saved {
        /// Its number.
        track: i64,
        /// Its version.
        version: i64,
    },
    /// Somebody has changed it since; nothing is written.
    Changed,
}

/// What is written.
#[derive(Clone, Debug)]
pub struct NewTrack<'a> {
    /// Of which recording.
    pub recording: RecordingId,
    /// In which language.
    pub language: Lang,
    /// What it is for.
    pub kind: TrackKind,
    /// When somebody read it against the sound; nothing where nobody has.
    pub reviewed_at: Option<OffsetDateTime>,
    /// In the order of time.
    pub cues: &'a [Cue],
}

/// Writes a track in the place of the version that it was made from, or where there was none. In the caller's
/// transaction: until that ends, whoever else writes the same track waits.
///
/// # Errors
/// If the database does not answer, or refuses a cue.
pub async fn save(
    connection: &mut PgConnection,
    new: &NewTrack<'_>,
    made_from: Option<i64>,
) -> Result<Saved, sqlx::Error> {
    let written = match made_from {
        None => {
            sqlx::query_as!(
                SavedRow,
                "insert into caption_tracks (recording_id, language, kind, reviewed_at) values ($1, $2, $3, $4)
                 on conflict do nothing returning id, version",
                new.recording.0,
                new.language.tag(),
                new.kind.as_str(),
                new.reviewed_at,
            )
            .fetch_optional(&mut *connection)
            .await?
        }
        Some(version) => {
            sqlx::query_as!(
                SavedRow,
                "update caption_tracks set kind = $3, reviewed_at = $4, version = version + 1
                 where recording_id = $1 and language = $2 and version = $5 returning id, version",
                new.recording.0,
                new.language.tag(),
                new.kind.as_str(),
                new.reviewed_at,
                version,
            )
            .fetch_optional(&mut *connection)
            .await?
        }
    };
    let Some(written) = written else { return Ok(Saved::Changed) };
    sqlx::query!("delete from caption_cues where track_id = $1", written.id)
        .execute(&mut *connection)
        .await?;
    insert_cues(connection, written.id, new.cues).await?;
    Ok(Saved::Saved { track: written.id, version: written.version })
}

struct SavedRow {
    id: i64,
    version: i64,
}

/// All cues in one statement; their place is their position.
async fn insert_cues(
    connection: &mut PgConnection,
    track: i64,
    cues: &[Cue],
) -> Result<(), sqlx::Error> {
    fn column<T>(cues: &[Cue], of: impl Fn(&Cue) -> T) -> Vec<T> {
        cues.iter().map(of).collect()
    }
    sqlx::query!(
        "insert into caption_cues
            (track_id, position, start_ms, end_ms, speaker, words, marked, settings, identifier)
         select $1, it.place::integer - 1, it.start_ms, it.end_ms, it.speaker, it.words, it.marked, it.settings,
             it.identifier
         from unnest($2::integer[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             with ordinality as it (start_ms, end_ms, speaker, words, marked, settings, identifier, place)",
        track,
        &column(cues, |cue| cue.start_ms),
        &column(cues, |cue| cue.end_ms),
        &column(cues, |cue| cue.speaker.clone()) as &[Option<String>],
        &column(cues, |cue| cue.words.clone()),
        &column(cues, |cue| cue.marked.clone()) as &[Option<String>],
        &column(cues, |cue| cue.settings.clone()) as &[Option<String>],
        &column(cues, |cue| cue.identifier.clone()) as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The chapters of a recording, in the order of time. [`Chapter::title`] has the title in a language.
///
/// # Errors
/// If the database does not answer.
pub async fn chapters(pool: &PgPool, recording: RecordingId) -> Result<Vec<Chapter>, sqlx::Error> {
    sqlx::query_as!(
        Chapter,
        "select start_ms, title_sv, title_en from chapters where recording_id = $1 order by start_ms",
        recording.0
    )
    .fetch_all(pool)
    .await
}

/// Writes the chapters of a recording in the place of those that there were. In the caller's transaction.
///
/// # Errors
/// If the database does not answer, or refuses a chapter: no two begin at the same moment.
pub async fn save_chapters(
    connection: &mut PgConnection,
    recording: RecordingId,
    chapters: &[Chapter],
) -> Result<(), sqlx::Error> {
    let starts: Vec<_> = chapters.iter().map(|chapter| chapter.start_ms).collect();
    let swedish: Vec<_> = chapters.iter().map(|chapter| chapter.title_sv.clone()).collect();
    let english: Vec<_> = chapters.iter().map(|chapter| chapter.title_en.clone()).collect();
    sqlx::query!("delete from chapters where recording_id = $1", recording.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "insert into chapters (recording_id, position, start_ms, title_sv, title_en)
         select $1, row_number() over (order by it.start_ms)::integer - 1, it.start_ms, it.title_sv, it.title_en
         from unnest($2::integer[], $3::text[], $4::text[]) as it (start_ms, title_sv, title_en)",
        recording.0,
        &starts,
        &swedish,
        &english as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
}
