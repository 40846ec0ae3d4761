//! The SQL of the organisers' side of the files of materials.

use super::model::{About, FilePage, Kept, Row};
use crate::account::model::Viewer;
use crate::events::model::Slug;
use crate::events::store::word;
use crate::materials::file::{MaterialFile, Reading, Unread};
use crate::recordings::jobs::model::{JobState, Tool};
use crate::text::Lang;
use crate::time::civil_date;
use sqlx::PgPool;
use sqlx::types::Json;

/// A material that somebody organises.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
}

/// The material with this number, if the viewer organises its programme. What is not theirs and what is not there are
/// the same.
///
/// # Errors
/// If the database does not answer.
pub async fn find(pool: &PgPool, viewer: &Viewer, id: i64) -> Result<Option<Mine>, sqlx::Error> {
    let row = sqlx::query!("select id, title, programme_id from materials where id = $1", id)
        .fetch_optional(pool)
        .await?;
    let row = row.filter(|row| viewer.may_organise(row.programme_id));
    Ok(row.map(|row| Mine { id: row.id, title: row.title }))
}

/// The page of a material's file, if the viewer organises its programme.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    id: i64,
) -> Result<Option<FilePage>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select m.title, m.url, m.is_announced, m.programme_id, p.slug as programme_slug, e.slug as "event_slug?",
            coalesce(e.state = 'draft', false) as "is_draft!",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event,
            case when f.key is not null then jsonb_build_object('kind', f.kind, 'bytes', f.bytes, 'pages', f.pages,
                'language', f.language, 'address', '/materials/files/' || split_part(f.key, '.', 1) || '/' || f.called
            ) end as "file: Json<MaterialFile>",
            f.name as "name?", (f.created_at at time zone 'Europe/Stockholm')::date as "came?",
            r.state as "state?", r.progress as "progress?", r.why as "why?"
        from materials m
        join programmes p on p.id = m.programme_id
        left join events e on e.id = m.event_id
        left join material_files f on f.material_id = m.id
        left join material_readings r on r.material_id = m.id
        where m.id = $1
        "#,
        id,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row.filter(|row| viewer.may_organise(row.programme_id)) else {
        return Ok(None);
    };
    let reading = reading(row.state, row.progress, row.why)?;
    let kept = match (row.name, row.came, row.file) {
        (Some(name), Some(came), Some(Json(file))) => {
            Some(Kept { file, name, came: civil_date(came), reading })
        }
        _ => None,
    };
    let home = match row.event_slug.zip(row.event) {
        Some((slug, title)) => (title, format!("/organise/events/{slug}/edit")),
        None => (row.programme, format!("/organise/programmes/{}/edit", row.programme_slug)),
    };
    Ok(Some(FilePage {
        id,
        title: row.title,
        url: row.url,
        is_announced: row.is_announced,
        is_draft: row.is_draft,
        home,
        kept,
        is_unreadable_here: !(Tool::Poppler.is_here() && Tool::Limits.is_here()),
    }))
}

fn reading(
    state: Option<String>,
    progress: Option<i32>,
    why: Option<String>,
) -> Result<Option<Reading>, sqlx::Error> {
    let Some(state) = state else { return Ok(None) };
    Ok(Some(Reading {
        state: word(JobState::parse(&state), &state)?,
        progress: progress.unwrap_or_default(),
        why: why.map(|why| Unread::parse(&why).unwrap_or(Unread::Unknown)),
    }))
}

/// The materials of an event, or those of a programme that belong to none of its events; nothing if the viewer does not
/// organise it.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    pool: &PgPool,
    viewer: &Viewer,
    about: About,
    name: &str,
) -> Result<Option<Vec<Row>>, sqlx::Error> {
    let Some(slug) = Slug::parse(name) else { return Ok(None) };
    let of = sqlx::query!(
        r#"
        select id as "id!", programme as "programme!" from (
            select id, programme_id as programme from events where $1 = 'events' and slug = $2
            union all select id, id from programmes where $1 = 'programmes' and slug = $2
        ) it
        "#,
        about.as_str(),
        slug.as_str(),
    )
    .fetch_optional(pool)
    .await?;
    let Some(of) = of.filter(|of| viewer.may_organise(of.programme)) else { return Ok(None) };
    let rows = sqlx::query!(
        r#"
        select m.id, m.title, m.is_announced,
            case when f.key is not null then jsonb_build_object('kind', f.kind, 'bytes', f.bytes, 'pages', f.pages,
                'language', f.language, 'address', '/materials/files/' || split_part(f.key, '.', 1) || '/' || f.called
            ) end as "file: Json<MaterialFile>",
            r.state as "state?", r.progress as "progress?", r.why as "why?"
        from materials m
        left join material_files f on f.material_id = m.id
        left join material_readings r on r.material_id = m.id
        where case when $1 = 'events' then m.event_id = $2 else m.programme_id = $2 and m.event_id is null end
        order by m.position
        "#,
        about.as_str(),
        of.id,
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok::<_, sqlx::Error>(Row {
            id: row.id,
            title: row.title,
            is_announced: row.is_announced,
            file: row.file.map(|file| file.0),
            reading: reading(row.state, row.progress, row.why)?,
        })
    });
    Ok(Some(rows.collect::<Result<_, _>>()?))
}
