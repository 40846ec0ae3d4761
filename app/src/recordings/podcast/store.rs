//! The SQL of the podcast feed: what everybody may see, and nothing else.

use super::{Chapter, Enclosure, Episode, Transcript};
use crate::markdown::to_text;
use crate::recordings::model::RecordingId;
use crate::recordings::query::RecordingQuery;
use crate::recordings::search::store::matching;
use crate::text::Lang;
use sqlx::PgPool;
use sqlx::types::Json;

/// How many recordings a feed tells of, the newest ones.
pub const MOST: usize = 200;

#[derive(Debug, serde::Deserialize)]
struct File {
    role: String,
    key: String,
    content_type: String,
    bytes: i64,
}

#[derive(Debug, serde::Deserialize)]
struct Track {
    id: i64,
    version: i64,
    language: String,
    kind: String,
}

/// The newest recordings that pass the filters of the library's page and that everybody may see.
///
/// # Errors
/// If the database does not answer.
pub async fn episodes(
    pool: &PgPool,
    lang: Lang,
    query: &RecordingQuery,
) -> Result<Vec<Episode>, sqlx::Error> {
    let ids = matching(pool, query, MOST).await?;
    let rows = sqlx::query!(
        r#"
        select r.id as "id!", r.slug as "slug!", e.uid::text as "uid!", r.duration_ms,
            extract(epoch from r.published_at)::bigint as "published!",
            case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
            case when $2 then coalesce(r.summary_en, nullif(r.summary_sv, ''), e.summary_en, e.summary_sv)
                else coalesce(nullif(r.summary_sv, ''), e.summary_sv) end as "summary!",
            array(
                select person.name from event_speakers x join people person on person.id = x.person_id
                where x.event_id = e.id order by x.position
            ) as "speakers!",
            array(
                select case when $2 then t.name_en else t.name_sv end
                from event_themes x join themes t on t.id = x.theme_id where x.event_id = e.id order by t.id
            ) as "themes!: Vec<String>",
            coalesce((
                select jsonb_agg(jsonb_build_object(
                    'role', f.role, 'key', f.key, 'content_type', f.content_type, 'bytes', f.bytes
                )) from media_files f where f.recording_id = r.id
            ), '[]') as "files!: Json<Vec<File>>",
            coalesce((
                select jsonb_agg(jsonb_build_object(
                    'id', t.id, 'version', t.version, 'language', t.language, 'kind', t.kind
                ) order by t.language <> r.language, t.language) from caption_tracks t where t.recording_id = r.id
            ), '[]') as "tracks!: Json<Vec<Track>>",
            exists (select from chapters c where c.recording_id = r.id) as "has_chapters!"
        from recordings_for(null, '{}', false) r
        join events e on e.id = r.event_id
        where r.id = any($1)
        order by r.published_at desc, r.id desc
        "#,
        &ids,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    let episodes = rows.into_iter().map(|row| {
        let file = |roles: &[&str]| -> Option<Enclosure> {
            let files = &row.files.0;
            let of = |role: &&str| files.iter().find(|file| file.role == *role && plays(file));
            roles.iter().find_map(of).map(enclosed)
        };
        // A sound that somebody has put there themselves comes before what was made of the original; before all, what
        // programs for podcasts play. Few of them know Opus in WebM.
        let sound = widely(&row.files.0, &["audio", "portable", "original"]);
        let sound = sound.map(enclosed).or_else(|| file(&["audio"]));
        let enclosure = file(&["video"]).or_else(|| sound.clone()).or_else(|| file(&["original"]));
        let sound = sound.filter(|sound| enclosure.as_ref() != Some(sound));
        let poster = row.files.0.iter().find(|file| file.role == "poster");
        Episode {
            id: row.id,
            event_uid: row.uid,
            slug: row.slug,
            title: row.title,
            summary: to_text(&row.summary),
            published: row.published,
            duration_ms: row.duration_ms,
            speakers: row.speakers,
            themes: row.themes,
            poster: poster.map(|file| file.key.clone()),
            enclosure,
            sound,
            transcripts: row
                .tracks
                .0
                .into_iter()
                .map(|track| Transcript {
                    track: track.id,
                    version: track.version,
                    language: track.language,
                    is_translation: track.kind == "subtitles",
                })
                .collect(),
            has_chapters: row.has_chapters,
        }
    });
    Ok(episodes.collect())
}

/// A player may play it. An original may be anything.
fn enclosed(file: &File) -> Enclosure {
    Enclosure { key: file.key.clone(), content_type: file.content_type.clone(), bytes: file.bytes }
}

/// The first of these that is a sound which every program for podcasts plays.
fn widely<'a>(files: &'a [File], roles: &[&str]) -> Option<&'a File> {
    let plays = |file: &&File| matches!(file.content_type.as_str(), "audio/mp4" | "audio/mpeg");
    roles.iter().find_map(|role| files.iter().find(|file| file.role == *role && plays(file)))
}

fn plays(file: &File) -> bool {
    file.content_type.starts_with("audio/") || file.content_type.starts_with("video/")
}

/// The chapters of a recording, in one language.
///
/// # Errors
/// If the database does not answer.
pub async fn chapters(
    pool: &PgPool,
    lang: Lang,
    recording: RecordingId,
) -> Result<Vec<Chapter>, sqlx::Error> {
    sqlx::query_as!(
        Chapter,
        r#"select start_ms, case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!"
        from chapters where recording_id = $1 order by start_ms"#,
        recording.0,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await
}
