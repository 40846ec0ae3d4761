//! The demonstration's recordings: short clips of our own making (`server/demo/media`), in the place of films that are
//! not ours. Made at every loading, since installations that were loaded before there were clips need them, too; a row
//! of `site_facts` says that they were, so that what somebody takes away does not come back.

use super::{SeedError, Tx, record, storing};
use crate::media::store::MediaStore;
use app::captions::model::{Chapter, Cue, TrackKind};
use app::captions::store::{NewTrack, Saved, save, save_chapters};
use app::captions::vtt;
use app::images::store::hash;
use app::recordings::model::{RecordingId, Role};
use app::text::Lang;
use axum::body::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use time::OffsetDateTime;

/// The row of `site_facts` that says that the clips were loaded.
const LOADED: &str = "demonstration_clips";
const CLIPS: &str = include_str!("../../demo/media/clips.json");
const TIMES: &str = include_str!("../../demo/media/times.json");
/// The width and height of a poster.
const POSTER: (i32, i32) = (640, 360);

/// Where the files are put.
pub trait Shelf {
    /// Puts a file there. The key is made of what is in it: a second time it takes its own place.
    ///
    /// # Errors
    /// Why it could not be put.
    fn put(
        &self,
        key: &str,
        bytes: &'static [u8],
    ) -> impl Future<Output = Result<(), String>> + Send;
}

impl Shelf for MediaStore {
    async fn put(&self, key: &str, bytes: &'static [u8]) -> Result<(), String> {
        Self::put(self, key, Bytes::from_static(bytes)).await.map_err(|error| error.to_string())
    }
}

struct Files {
    event: &'static str,
    video: &'static [u8],
    poster: &'static [u8],
    slides: &'static [u8],
    swedish: &'static str,
    english: &'static str,
}

macro_rules! files {
    ($($event:literal),+ $(,)?) => {
        [$(Files {
            event: $event,
            video: include_bytes!(concat!("../../demo/media/", $event, ".mp4")),
            poster: include_bytes!(concat!("../../demo/media/", $event, ".webp")),
            slides: include_bytes!(concat!("../../demo/media/", $event, ".pdf")),
            swedish: include_str!(concat!("../../demo/media/", $event, ".sv.vtt")),
            english: include_str!(concat!("../../demo/media/", $event, ".en.vtt")),
        }),+]
    };
}

static FILES: [Files; 11] = files![
    "uppsala-och-sundsvall",
    "uddevalla-och-kungsbacka",
    "orebro-och-karlstad",
    "helsingborg-och-stockholm",
    "10-ars-foljeforskning",
    "stadens-systemagenter",
    "den-inre-larandeprocessen",
    "mellanrummets-osynliga-hander",
    "experiment-som-planeringsstrategi",
    "innovation-som-oversattning",
    "att-forvalta-forandring",
];

/// What a clip is about. What is said in it, and what stands on its slides, is for those who make it.
#[derive(Deserialize)]
struct Clip {
    event: String,
    language: Lang,
    title_en: String,
    summary_sv: String,
    summary_en: String,
    slides: Vec<Slide>,
}

#[derive(Deserialize)]
struct Slide {
    /// A chapter begins with it.
    chapter: Option<ChapterText>,
}

#[derive(Deserialize)]
struct ChapterText {
    sv: String,
    en: String,
}

/// Measured when the clip was made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times {
    duration_ms: i32,
    width: i32,
    height: i32,
    /// When each slide comes.
    slides: Vec<i32>,
}

/// Gives each recording of the demonstration its clip, once; tells how many got one. Recordings that somebody has given
/// a file, captions or an address elsewhere stay as they are.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    shelf: &impl Shelf,
    now: OffsetDateTime,
) -> Result<usize, SeedError> {
    let marked = sqlx::query!(
        "insert into site_facts (name, value) values ($1, $2) on conflict do nothing",
        LOADED,
        now.date().to_string(),
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("mark"))?;
    if marked.rows_affected() == 0 {
        return Ok(0);
    }
    let clips: Vec<Clip> = read("media/clips.json", CLIPS)?;
    let times: HashMap<String, Times> = read("media/times.json", TIMES)?;
    let waiting = waiting(tx).await?;
    let mut loaded = 0;
    for clip in &clips {
        let at = format!("clip {}", clip.event);
        let missing = |what: &str| record(&at, format!("it has no {what}"));
        let files = FILES.iter().find(|it| it.event == clip.event);
        let files = files.ok_or_else(|| missing("files"))?;
        let times = times.get(&clip.event).ok_or_else(|| missing("times"))?;
        if times.slides.len() != clip.slides.len() {
            return Err(missing("time for each slide"));
        }
        let Some(recording) = waiting.get(&clip.event).copied() else { continue };
        put_files(tx, shelf, recording, files, times, &at).await?;
        write_facts(tx, recording, clip, times).await?;
        write_captions(tx, recording, clip, files, now, &at).await?;
        loaded += 1;
    }
    Ok(loaded)
}

fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SeedError> {
    serde_json::from_str(text).map_err(|cause| SeedError::File { file, cause })
}

/// The recording of each event that has nothing to show yet; the first, where it has several.
async fn waiting(tx: &mut Tx<'_>) -> Result<HashMap<String, RecordingId>, SeedError> {
    let events: Vec<_> = FILES.iter().map(|it| it.event.to_owned()).collect();
    let rows = sqlx::query!(
        "select distinct on (e.slug) e.slug, r.id
         from recordings r join events e on e.id = r.event_id
         where e.slug = any($1) and r.elsewhere_url is null
             and not exists (select from media_files f where f.recording_id = r.id)
             and not exists (select from caption_tracks t where t.recording_id = r.id)
             and not exists (select from chapters c where c.recording_id = r.id)
         order by e.slug, r.id",
        &events,
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("recordings"))?;
    Ok(rows.into_iter().map(|it| (it.slug, RecordingId(it.id))).collect())
}

async fn put_files(
    tx: &mut Tx<'_>,
    shelf: &impl Shelf,
    recording: RecordingId,
    files: &Files,
    times: &Times,
    at: &str,
) -> Result<(), SeedError> {
    let size = Some((times.width, times.height));
    let mut rows = Vec::new();
    for (role, bytes, ending, kind, size, duration) in [
        (Role::Video, files.video, "mp4", "video/mp4", size, Some(times.duration_ms)),
        (Role::Poster, files.poster, "webp", "image/webp", Some(POSTER), None),
        (Role::Slides, files.slides, "pdf", "application/pdf", None, None),
    ] {
        let key = format!("{}.{ending}", hash(bytes));
        shelf
            .put(&key, bytes)
            .await
            .map_err(|cause| SeedError::Shelf { at: at.to_owned(), cause })?;
        rows.push(json!({
            "role": role.as_str(),
            "key": key,
            "content_type": kind,
            "bytes": bytes.len(),
            "width": size.map(|it| it.0),
            "height": size.map(|it| it.1),
            "duration_ms": duration,
        }));
    }
    sqlx::query!(
        "insert into media_files (recording_id, role, key, content_type, bytes, width, height, duration_ms)
         select $1, role, key, content_type, bytes, width, height, duration_ms
         from jsonb_to_recordset($2) as r (role text, key text, content_type text, bytes bigint, width integer,
             height integer, duration_ms integer)",
        recording.0,
        Value::Array(rows),
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("files of recordings"))?;
    Ok(())
}

async fn write_facts(
    tx: &mut Tx<'_>,
    recording: RecordingId,
    clip: &Clip,
    times: &Times,
) -> Result<(), SeedError> {
    sqlx::query!(
        "update recordings set title_en = coalesce(title_en, $2), language = $5, duration_ms = $6,
             summary_sv = case when summary_sv = '' then $3 else summary_sv end,
             summary_en = coalesce(summary_en, $4), is_demonstration = true
         where id = $1",
        recording.0,
        clip.title_en,
        clip.summary_sv,
        clip.summary_en,
        clip.language.tag(),
        times.duration_ms,
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("recordings"))?;
    let pages: Vec<_> = (1..).take(times.slides.len()).collect();
    sqlx::query!(
        "insert into slide_times (recording_id, start_ms, page)
         select $1, it.start_ms, it.page from unnest($2::integer[], $3::integer[]) as it (start_ms, page)",
        recording.0,
        &times.slides,
        &pages,
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("slide times"))?;
    let chapters = clip.slides.iter().zip(&times.slides).filter_map(|(slide, start)| {
        let title = slide.chapter.as_ref()?;
        Some(Chapter {
            start_ms: *start,
            title_sv: title.sv.clone(),
            title_en: Some(title.en.clone()),
        })
    });
    let chapters = chapters.collect::<Vec<_>>();
    save_chapters(tx, recording, &chapters).await.map_err(storing("chapters"))
}

async fn write_captions(
    tx: &mut Tx<'_>,
    recording: RecordingId,
    clip: &Clip,
    files: &Files,
    now: OffsetDateTime,
    at: &str,
) -> Result<(), SeedError> {
    for (language, file) in [(Lang::Sv, files.swedish), (Lang::En, files.english)] {
        let is_spoken = language == clip.language;
        let track = NewTrack {
            recording,
            language,
            kind: if is_spoken { TrackKind::Captions } else { TrackKind::Subtitles },
            reviewed_at: Some(now),
            cues: &cues(file, at)?,
        };
        match save(tx, &track, None).await.map_err(storing("captions"))? {
            Saved::Saved { .. } => {}
            Saved::Changed => return Err(record(at, "somebody has just given it captions")),
        }
    }
    Ok(())
}

fn cues(file: &str, at: &str) -> Result<Vec<Cue>, SeedError> {
    let parsed = vtt::parse(file).map_err(|cause| record(at, cause.to_string()))?;
    match parsed.faults.first() {
        Some(fault) => Err(record(at, format!("line {}: {}", fault.line, fault.why.as_str()))),
        None => Ok(parsed.cues),
    }
}
