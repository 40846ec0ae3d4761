//! The SQL of a recording's page.

use super::access::Door;
use super::jobs::model::Tiles;
use super::library::line_store::lines;
use super::library::model::Poster;
use super::library::store::related;
use super::model::{Audience, RecordingId, RecordingState, Role, captions_address, file_address};
use super::page_model::{
    ChapterLine, Mine, Occasion, RecordingPage, SlidePicture, Source, Sprite, TrackLine,
    Uncaptioned,
};
use super::said::Line;
use super::watching;
use crate::account::model::Viewer;
use crate::events::model::{Slug, SpokenLanguage};
use crate::events::store::{Drafts, page as event_page, word};
use crate::markdown::{to_html, to_text};
use crate::text::Lang;
use crate::time::civil_date;
use futures::try_join;
use sqlx::PgPool;
use time::OffsetDateTime;

/// How many recordings that go well with it the page shows.
const RELATED: i64 = 4;

/// Everything on the page of a recording. Whoever asks has been let in by its door.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    door: &Door,
    viewer: Option<&Viewer>,
    now: i64,
) -> Result<Option<RecordingPage>, sqlx::Error> {
    let english = lang == Lang::En;
    let Some(row) = sqlx::query!(
        r#"
        select r.slug, r.language, r.published_at, r.duration_ms, r.elsewhere_url, r.uncaptioned_reason, r.captions_by,
            r.is_demonstration, e.slug as event,
            case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
            coalesce(nullif(case when $2 then coalesce(r.summary_en, r.summary_sv) else r.summary_sv end, ''), '') as "summary!",
            case when $2 then coalesce(r.note_en, r.note_sv) else r.note_sv end as note
        from recordings r join events e on e.id = r.event_id where r.id = $1
        "#,
        door.id.0,
        english,
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    // None of these waits for another.
    let occasion = async {
        match Slug::parse(&row.event) {
            Some(slug) => event_page(pool, lang, &slug, now, Drafts::LeftOut).await,
            None => Ok(None),
        }
    };
    let others = async {
        let others = related(pool, door.id.0, RELATED).await?;
        lines(pool, lang, viewer, &others).await
    };
    let (files, occasion, others, slide_times, slide_pictures, tracks, chapters) = try_join!(
        files(pool, door.id),
        occasion,
        others,
        slide_times(pool, door.id),
        slide_pictures(pool, door.id),
        tracks(pool, door.id),
        chapters(pool, door.id, english),
    )?;
    let duration_ms = row.duration_ms.or(files.duration_ms);
    let mine = match viewer {
        Some(viewer) => {
            let (is_kept, progress) =
                watching::store::progress(pool, viewer.id, door.id, duration_ms).await?;
            Some(Mine { is_kept, progress })
        }
        None => None,
    };
    let is_draft = door.state == RecordingState::Draft;
    Ok(Some(RecordingPage {
        slug: row.slug,
        title: row.title,
        summary: to_text(&row.summary),
        summary_html: to_html(&row.summary),
        note: row.note,
        language: word(SpokenLanguage::parse(&row.language), &row.language)?,
        is_draft,
        is_public: !is_draft && door.audience == Audience::Everybody,
        may_embed: !is_draft && door.may_embed,
        is_demonstration: row.is_demonstration,
        published: row.published_at.map(OffsetDateTime::unix_timestamp),
        duration_ms,
        elsewhere: row.elsewhere_url,
        sources: files.sources,
        poster: files.poster,
        slides: files.slides,
        slide_times,
        slide_pictures,
        sprite: files.sprite,
        tracks,
        uncaptioned: row
            .uncaptioned_reason
            .zip(row.captions_by)
            .map(|(reason, by)| Uncaptioned { reason, by: civil_date(by) }),
        chapters,
        occasion: occasion.map(|page| Occasion {
            line: page.line,
            programme: page.programme,
            series: page.series,
            stops: page.stops,
            speakers: page.speakers,
            // Its recordings are among them, and this page is one.
            materials: page
                .materials
                .into_iter()
                .filter(|item| !item.url.as_deref().is_some_and(is_recording))
                .collect(),
        }),
        related: others,
        mine,
    }))
}

/// The address is that of a recording of ours.
fn is_recording(url: &str) -> bool {
    Lang::bare_path(url).starts_with("/recordings/")
}

#[derive(Default)]
struct Files {
    sources: Vec<Source>,
    poster: Option<Poster>,
    slides: Option<String>,
    sprite: Option<Sprite>,
    duration_ms: Option<i32>,
}

/// Which of the files that can be played comes first. What was uploaded is played where nothing else is there.
const fn rank(role: Role) -> Option<u8> {
    match role {
        Role::Video => Some(0),
        Role::Original => Some(1),
        Role::Audio => Some(2),
        Role::Portable => Some(3),
        Role::Described => Some(4),
        Role::Signed => Some(5),
        Role::Poster | Role::Sprite | Role::Slides => None,
    }
}

async fn files(pool: &PgPool, recording: RecordingId) -> Result<Files, sqlx::Error> {
    let rows = sqlx::query!(
        "select role, key, content_type, width, height, duration_ms, is_derived from media_files where recording_id = $1",
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let mut found = Files::default();
    let mut ranked = Vec::new();
    let mut has_made_sound = false;
    for row in rows {
        let role = word(Role::parse(&row.role), &row.role)?;
        let address = file_address(&row.key);
        let is_played = ["video/", "audio/"].iter().any(|kind| row.content_type.starts_with(kind));
        let size = row.width.zip(row.height);
        match (role, rank(role)) {
            (Role::Poster, _) => {
                let (width, height) = size.unwrap_or((16, 9));
                found.poster = Some(Poster { address, width, height });
            }
            (Role::Slides, _) => found.slides = Some(address),
            (Role::Sprite, _) => {
                found.sprite = size.zip(row.duration_ms).map(|(size, whole)| Sprite {
                    address,
                    size,
                    tiles: Tiles::of(whole),
                });
            }
            (_, Some(rank)) if is_played => {
                found.duration_ms = found.duration_ms.max(row.duration_ms);
                has_made_sound |= role == Role::Audio && row.is_derived;
                let content_type = row.content_type;
                ranked.push((rank, Source { role, address, content_type, instead: None, size }));
            }
            _ => {}
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    // The sound that was made is offered in two ways, of which a browser takes what it plays.
    if has_made_sound {
        offer_instead(&mut ranked);
    }
    // What it was made of is no choice beside it.
    let has_video = ranked.iter().any(|(_, source)| source.role == Role::Video);
    ranked.retain(|(_, source)| {
        let is_sound = source.content_type.starts_with("audio/");
        source.role != Role::Original || !(has_video || is_sound && has_made_sound)
    });
    found.sources = ranked.into_iter().map(|(_, source)| source).collect();
    Ok(found)
}

/// Beside the small sound stands what every browser plays: what was made for that, or the original where it does already.
fn offer_instead(ranked: &mut Vec<(u8, Source)>) {
    let of = |role: Role| ranked.iter().position(|(_, source)| source.role == role);
    let original = of(Role::Original).filter(|at| plays_everywhere(&ranked[*at].1.content_type));
    let (Some(small), Some(wide)) = (of(Role::Audio), of(Role::Portable).or(original)) else {
        return;
    };
    let (_, Source { address, content_type, .. }) = ranked[wide].clone();
    ranked[small].1.instead = Some((address, content_type));
    ranked.retain(|(_, source)| source.role != Role::Portable);
}

/// A sound of this type is played by whatever plays anything.
fn plays_everywhere(content_type: &str) -> bool {
    matches!(content_type, "audio/mp4" | "audio/mpeg")
}

async fn slide_times(
    pool: &PgPool,
    recording: RecordingId,
) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select start_ms, page from slide_times where recording_id = $1 order by start_ms",
        recording.0
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.start_ms, row.page)).collect())
}

/// The first page, and those that are shown at some time.
async fn slide_pictures(
    pool: &PgPool,
    recording: RecordingId,
) -> Result<Vec<SlidePicture>, sqlx::Error> {
    let rows = sqlx::query!(
        "select page, key, width, height, words from slide_pages
         where recording_id = $1
            and (page = 1 or page in (select t.page from slide_times t where t.recording_id = $1))
         order by page",
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let pictures = rows.into_iter().map(|row| SlidePicture {
        page: row.page,
        address: file_address(&row.key),
        size: (row.width, row.height),
        words: row.words,
    });
    Ok(pictures.collect())
}

async fn tracks(pool: &PgPool, recording: RecordingId) -> Result<Vec<TrackLine>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, language, kind, version, reviewed_at is not null as "is_reviewed!"
        from caption_tracks where recording_id = $1 order by kind, language desc"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TrackLine {
                language: word(Lang::parse(&row.language), &row.language)?,
                translates: row.kind == "subtitles",
                is_reviewed: row.is_reviewed,
                address: captions_address(row.id, row.version),
            })
        })
        .collect()
}

async fn chapters(
    pool: &PgPool,
    recording: RecordingId,
    english: bool,
) -> Result<Vec<ChapterLine>, sqlx::Error> {
    sqlx::query_as!(
        ChapterLine,
        r#"select start_ms as at_ms, case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!"
        from chapters where recording_id = $1 order by start_ms"#,
        recording.0,
        english,
    )
    .fetch_all(pool)
    .await
}

/// What is said in one language, in the order of time.
///
/// # Errors
/// If the database does not answer.
pub async fn said(
    pool: &PgPool,
    recording: RecordingId,
    language: Lang,
) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        r#"select c.start_ms as "from", c.end_ms as "to", c.speaker, c.words
        from caption_tracks t join caption_cues c on c.track_id = t.id
        where t.recording_id = $1 and t.language = $2 order by c.position"#,
        recording.0,
        language.tag(),
    )
    .fetch_all(pool)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(files: &[(Role, &str)]) -> Vec<(Role, Option<String>)> {
        let source = |(role, kind): &(Role, &str)| {
            let content_type = (*kind).to_owned();
            let address = role.as_str().to_owned();
            (0, Source { role: *role, address, content_type, instead: None, size: None })
        };
        let mut ranked: Vec<_> = files.iter().map(source).collect();
        offer_instead(&mut ranked);
        let told = |(_, source): (u8, Source)| (source.role, source.instead.map(|it| it.0));
        ranked.into_iter().map(told).collect()
    }

    #[test]
    fn beside_the_small_sound_stands_one_that_everything_plays() {
        use Role::{Audio, Original, Portable, Video};
        let small = (Audio, "audio/webm");
        let wide = (Portable, "audio/mp4");
        let film = (Video, "video/mp4");
        let instead = |role: &str| Some(role.to_owned());
        assert_eq!(
            offered(&[film, small, wide]),
            [(Video, None), (Audio, instead("portable"))],
            "one version, in two ways"
        );
        let original = (Original, "audio/mpeg");
        assert_eq!(offered(&[original, small])[1], (Audio, instead("original")));
        assert_eq!(offered(&[(Original, "audio/wav"), small])[1], (Audio, None));
        // The small one could not be made: the other is there by itself.
        assert_eq!(offered(&[wide]), [(Portable, None)]);
    }
}
