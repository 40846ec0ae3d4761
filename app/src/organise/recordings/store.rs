//! The SQL that reads recordings for those who organise them.

use super::facts::{EVENT, FIELDS};
use super::model::{
    Captioned, DeskLine, DeskList, DeskPage, DeskQuery, FileLine, Files, NewDesk, PAGE, Readiness,
    UploadLine,
};
use crate::account::model::Viewer;
use crate::events::model::{Slug, SpokenLanguage};
use crate::events::page_model::Link;
use crate::events::store::word;
use crate::organise::plan::merge::fingerprints_of;
use crate::organise::plan::model::{Choice, Sheet};
use crate::organise::plan::store::organised_by;
use crate::recordings::model::{Audience, RecordingId, RecordingState, Role, file_address};
use crate::recordings::page_model::Uncaptioned;
use crate::recordings::uploads;
use crate::text::Lang;
use crate::time::{civil_date, today};
use crate::wire::date;
use sqlx::{PgConnection, PgPool};

/// So long after something of it last came an upload can be gone on with, in seconds (server/src/uploads).
const UPLOAD_KEPT: i64 = 7 * 86_400;
/// How many events a new recording can be of; others are named by their address.
const MOST_EVENTS: i64 = 300;

fn captioned(is_there: bool, is_reviewed: bool) -> Captioned {
    match (is_there, is_reviewed) {
        (_, true) => Captioned::Reviewed,
        (true, false) => Captioned::Unread,
        (false, false) => Captioned::Missing,
    }
}

/// What somebody looks for, as a pattern of `like` in which nothing has a meaning of its own.
fn pattern(words: &str) -> String {
    let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{}%", plain.split_whitespace().collect::<Vec<_>>().join("%"))
}

/// The recordings of the programmes that a viewer organises: drafts first, then what was published without reviewed
/// captions by the day on which they come, then the rest, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    query: &DeskQuery,
    now: i64,
) -> Result<DeskList, sqlx::Error> {
    let mine = organised_by(viewer);
    let english = lang == Lang::En;
    let page = i64::from(query.page.unwrap_or(1).max(1));
    let rows = sqlx::query!(
        r#"
        select r.slug, r.state, r.duration_ms, r.open_to, r.uncaptioned_reason, r.captions_by,
            case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "event!",
            (e.starts_at at time zone e.time_zone)::date as "held!",
            t.is_there as "is_there!", t.is_reviewed as "is_reviewed!",
            (r.elsewhere_url is not null or exists (select from media_files f
                where f.recording_id = r.id and f.role in ('original', 'video', 'audio'))) as "has_film!",
            exists (select from uploads u where u.recording_id = r.id and u.state <> 'done') as "is_coming!",
            count(*) over () as "total!"
        from recordings r join events e on e.id = r.event_id join programmes p on p.id = e.programme_id
        cross join lateral (
            select count(*) > 0 as is_there, coalesce(bool_or(c.reviewed_at is not null), false) as is_reviewed
            from caption_tracks c where c.recording_id = r.id and c.language = r.language and c.kind = 'captions'
        ) t
        where ($1::bigint[] is null or e.programme_id = any($1)) and ($3::text is null or p.slug = $3)
            and ($4::text is null or concat_ws(' ', r.title, r.title_en, e.title_sv, e.title_en) ilike $4)
        order by r.state = 'published', r.state = 'published' and t.is_reviewed,
            case when r.state = 'published' and not t.is_reviewed then coalesce(r.captions_by, '-infinity') end,
            r.published_at desc nulls first, r.id desc
        limit $5 offset $6
        "#,
        mine.as_deref(),
        english,
        query.programme,
        query.words.as_deref().map(pattern),
        PAGE,
        (page - 1) * PAGE,
    )
    .fetch_all(pool)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let lines = rows.into_iter().map(|row| {
        Ok(DeskLine {
            slug: row.slug,
            title: row.title,
            state: word(RecordingState::parse(&row.state), &row.state)?,
            captioned: captioned(row.is_there, row.is_reviewed),
            uncaptioned: uncaptioned(row.uncaptioned_reason, row.captions_by),
            duration_ms: row.duration_ms,
            has_film: row.has_film,
            is_coming: row.is_coming,
            open_to: word(Audience::parse(&row.open_to), &row.open_to)?,
            event: row.event,
            held: civil_date(row.held),
        })
    });
    Ok(DeskList {
        lines: lines.collect::<Result<_, sqlx::Error>>()?,
        total,
        programmes: programmes(pool, lang, viewer).await?,
        today: today(now),
    })
}

fn uncaptioned(reason: Option<String>, by: Option<time::Date>) -> Option<Uncaptioned> {
    reason.zip(by).map(|(reason, by)| Uncaptioned { reason, by: civil_date(by) })
}

async fn programmes(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
) -> Result<Vec<Choice>, sqlx::Error> {
    let mine = organised_by(viewer);
    let rows = sqlx::query!(
        r#"select slug, case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!"
        from programmes where $1::bigint[] is null or id = any($1) order by position, id"#,
        mine.as_deref(),
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.title)).collect())
}

/// The form of a new one: what its event says already, and the events to choose from.
///
/// # Errors
/// If the database does not answer.
pub async fn new(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    event: Option<&Slug>,
) -> Result<NewDesk, sqlx::Error> {
    let mine = organised_by(viewer);
    // What has been, the latest first; then what is to come.
    let rows = sqlx::query!(
        r#"
        select e.slug, e.title_sv, e.title_en, e.language,
            (e.starts_at at time zone e.time_zone)::date as "held!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!"
        from events e where $1::bigint[] is null or e.programme_id = any($1)
        order by e.slug = $3 desc, e.starts_at > now(), abs(extract(epoch from e.starts_at - now())), e.id limit $4
        "#,
        mine.as_deref(),
        lang == Lang::En,
        event.map_or("", Slug::as_str),
        MOST_EVENTS,
    )
    .fetch_all(pool)
    .await?;
    let mut sheet = Sheet::default();
    sheet.set("open_to", Audience::Everybody.as_str());
    sheet.set("language", SpokenLanguage::Swedish.as_str());
    let named = event.and_then(|event| rows.iter().find(|row| row.slug == event.as_str()));
    if let Some(row) = named {
        sheet.set(EVENT, row.slug.as_str());
        sheet.put("title_sv", Some(&row.title_sv));
        sheet.put("title_en", row.title_en.as_deref());
        sheet.put("language", Some(&row.language));
    }
    let events = rows
        .into_iter()
        .map(|row| (row.slug, format!("{} {}", date::write(civil_date(row.held)), row.title)))
        .collect();
    Ok(NewDesk { sheet, events })
}

/// The form as it is saved; `None` if the recording is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn sheet(
    connection: &mut PgConnection,
    recording: RecordingId,
) -> Result<Option<Sheet>, sqlx::Error> {
    let row = sqlx::query!(
        "select title, title_en, summary_sv, summary_en, note_sv, note_en, language, open_to, may_embed, elsewhere_url
         from recordings where id = $1",
        recording.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        let mut sheet = Sheet::default();
        for (field, value) in [
            ("title_sv", Some(row.title)),
            ("title_en", row.title_en),
            ("summary_sv", Some(row.summary_sv)),
            ("summary_en", row.summary_en),
            ("note_sv", row.note_sv),
            ("note_en", row.note_en),
            ("language", Some(row.language)),
            ("open_to", Some(row.open_to)),
            ("may_embed", row.may_embed.then(|| "yes".to_owned())),
            ("elsewhere_url", row.elsewhere_url),
        ] {
            sheet.put(field, value.as_deref());
        }
        sheet
    }))
}

/// What is there to publish.
///
/// # Errors
/// If the database does not answer.
pub async fn readiness(
    connection: &mut PgConnection,
    recording: RecordingId,
) -> Result<Option<Readiness>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select r.elsewhere_url is not null as "is_elsewhere!",
            coalesce(r.duration_ms, (select max(f.duration_ms) from media_files f where f.recording_id = r.id)) as duration_ms,
            exists (select from media_files f where f.recording_id = r.id
                and f.role in ('original', 'video', 'audio')) as "has_film!",
            exists (select from media_files f where f.recording_id = r.id and f.role = 'poster') as "has_poster!",
            exists (select from caption_tracks c where c.recording_id = r.id and c.language = r.language
                and c.kind = 'captions') as "is_captioned!",
            exists (select from caption_tracks c where c.recording_id = r.id and c.language = r.language
                and c.kind = 'captions' and c.reviewed_at is not null) as "is_reviewed!"
        from recordings r where r.id = $1
        "#,
        recording.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Readiness {
        has_film: row.has_film,
        is_elsewhere: row.is_elsewhere,
        duration_ms: row.duration_ms,
        captioned: captioned(row.is_captioned, row.is_reviewed),
        has_poster: row.has_poster,
    }))
}

/// The page of a recording. Whoever asks has been found to organise it. `sender` and `largest` are the server's.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    recording: RecordingId,
    (sender, largest): (String, u64),
    now: i64,
) -> Result<Option<DeskPage>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let row = sqlx::query!(
        r#"
        select r.slug, r.state, (r.published_at at time zone 'Europe/Stockholm')::date as published, r.language,
            r.is_demonstration, r.uncaptioned_reason, r.captions_by, e.slug as event,
            case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "event_title!",
            array(select p.name from event_speakers s join people p on p.id = s.person_id
                where s.event_id = e.id order by s.position) as "speakers!"
        from recordings r join events e on e.id = r.event_id where r.id = $1
        "#,
        recording.0,
        lang == Lang::En,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(sheet) = sheet(&mut connection, recording).await? else { return Ok(None) };
    let Some(ready) = readiness(&mut connection, recording).await? else { return Ok(None) };
    Ok(Some(DeskPage {
        slug: row.slug,
        title: row.title,
        state: word(RecordingState::parse(&row.state), &row.state)?,
        published: row.published.map(civil_date),
        language: word(SpokenLanguage::parse(&row.language), &row.language)?,
        event: Link { slug: row.event, title: row.event_title },
        speakers: row.speakers,
        is_demonstration: row.is_demonstration,
        base: fingerprints_of(FIELDS.iter().copied(), &sheet),
        sheet,
        ready,
        uncaptioned: uncaptioned(row.uncaptioned_reason, row.captions_by),
        today: today(now),
        sender,
        largest,
    }))
}

/// The files of a recording, and those that are on their way.
///
/// # Errors
/// If the database does not answer.
pub async fn files(pool: &PgPool, recording: RecordingId) -> Result<Files, sqlx::Error> {
    let rows = sqlx::query!(
        "select role, key, bytes, duration_ms, width, height, is_derived, created_at from media_files
         where recording_id = $1 order by is_derived, id",
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let files = rows.into_iter().map(|row| {
        Ok(FileLine {
            role: word(Role::parse(&row.role), &row.role)?,
            address: file_address(&row.key),
            bytes: row.bytes,
            duration_ms: row.duration_ms,
            size: row.width.zip(row.height),
            is_derived: row.is_derived,
            came: today(row.created_at.unix_timestamp()),
        })
    });
    let uploads = uploads::coming(pool, recording).await?.into_iter();
    Ok(Files {
        files: files.collect::<Result<_, sqlx::Error>>()?,
        uploads: uploads
            .map(|upload| UploadLine {
                id: upload.id,
                name: upload.name,
                bytes: upload.bytes,
                received: upload.received,
                is_storing: upload.found.is_some(),
                until: today(upload.touched + UPLOAD_KEPT),
            })
            .collect(),
    })
}
