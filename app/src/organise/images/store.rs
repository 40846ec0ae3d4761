//! The SQL that writes pictures.

use super::model::{About, Description, ImagePlan};
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::events::model::Slug;
use crate::images::model::Of;
use crate::organise::plan::store::organised_by;
use crate::text::Lang;
use sqlx::{PgPool, PgTransaction};

/// A picture as it will be served, in its widths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    /// Of the largest file.
    pub hash: String,
    /// Of the largest.
    pub width: u32,
    /// Of the largest.
    pub height: u32,
    /// Width and bytes of each.
    pub files: Vec<(u32, Vec<u8>)>,
}

/// What the form of an address is about, if the viewer organises it. What is not theirs and what is not there are the
/// same. A speaker is of every programme that they speak in or are asked about.
///
/// # Errors
/// If the database does not answer.
pub async fn find(
    pool: &PgPool,
    viewer: &Viewer,
    about: About,
    name: &str,
) -> Result<Option<Of>, sqlx::Error> {
    let mine = organised_by(viewer);
    if about == About::Speaker {
        let Ok(id) = name.parse::<i64>() else { return Ok(None) };
        let found = sqlx::query_scalar!(
            "select pr.person_id from presenters pr where pr.person_id = $1 and ($2::bigint[] is null
                 or exists (select from event_speakers es join events e on e.id = es.event_id
                     where es.person_id = pr.person_id and e.programme_id = any($2))
                 or exists (select from programme_contacts c
                     where c.person_id = pr.person_id and c.programme_id = any($2)))",
            id,
            mine.as_deref(),
        )
        .fetch_optional(pool)
        .await?;
        return Ok(found.map(Of::Person));
    }
    let Some(slug) = Slug::parse(name) else { return Ok(None) };
    let found = sqlx::query!(
        r#"
        select id as "id!", programme as "programme!" from (
            select id, programme_id as programme from events where $1 = 'events' and slug = $2
            union all select id, programme_id from series where $1 = 'series' and slug = $2
            union all select id, id from programmes where $1 = 'programmes' and slug = $2
        ) it
        "#,
        about.as_str(),
        slug.as_str(),
    )
    .fetch_optional(pool)
    .await?;
    let found = found.filter(|found| viewer.may_organise(found.programme));
    Ok(found.map(|found| match about {
        About::Event => Of::Event(found.id),
        About::Series => Of::Series(found.id),
        About::Programme | About::Speaker => Of::Programme(found.id),
    }))
}

/// The form of a picture.
///
/// # Errors
/// If the database does not answer.
pub async fn plan(pool: &PgPool, lang: Lang, of: Of) -> Result<ImagePlan, sqlx::Error> {
    let [event, series, programme, person] = of.columns();
    let title = sqlx::query_scalar!(
        r#"
        select coalesce(
            (select case when $5 then coalesce(title_en, title_sv) else title_sv end from events where id = $1),
            (select case when $5 then coalesce(title_en, title_sv) else title_sv end from series where id = $2),
            (select case when $5 then coalesce(title_en, title_sv) else title_sv end from programmes where id = $3),
            (select name from people where id = $4), '') as "title!"
        "#,
        event,
        series,
        programme,
        person,
        lang == Lang::En,
    )
    .fetch_one(pool)
    .await?;
    let row = sqlx::query!(
        "select alt_sv, alt_en, is_decorative from images
         where event_id = $1 or series_id = $2 or programme_id = $3 or person_id = $4",
        event,
        series,
        programme,
        person,
    )
    .fetch_optional(pool)
    .await?;
    let speakers = sqlx::query!(
        r#"select es.person_id, p.name, exists (select from images i where i.person_id = p.id) as "has_portrait!"
        from event_speakers es join people p on p.id = es.person_id where es.event_id = $1 order by es.position"#,
        event
    )
    .fetch_all(pool)
    .await?;
    Ok(ImagePlan {
        title,
        picture: crate::images::store::of(pool, lang, of).await?,
        description: row.map_or_else(Description::default, |row| Description {
            sv: row.alt_sv.unwrap_or_default(),
            en: row.alt_en.unwrap_or_default(),
            is_decorative: row.is_decorative,
        }),
        speakers: speakers
            .into_iter()
            .map(|row| (row.person_id, row.name, row.has_portrait))
            .collect(),
    })
}

/// Shows a picture there, in the place of the one that there was.
///
/// # Errors
/// If the database does not answer.
pub async fn save(
    pool: &PgPool,
    viewer: &Viewer,
    of: Of,
    picture: &Shrunk,
    description: &Description,
) -> Result<(), sqlx::Error> {
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut transaction = begin(pool, viewer.id).await?;
    // Whoever takes the last use of the same picture away waits, and then sees this one.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('picture ' || $1))", picture.hash)
        .fetch_one(&mut *transaction)
        .await?;
    sqlx::query!(
        "insert into pictures (hash, width, height) values ($1, $2, $3) on conflict do nothing",
        picture.hash,
        number(picture.width),
        number(picture.height),
    )
    .execute(&mut *transaction)
    .await?;
    for (width, bytes) in &picture.files {
        sqlx::query!(
            "insert into picture_files (hash, width, bytes) values ($1, $2, $3) on conflict do nothing",
            picture.hash,
            number(*width),
            bytes,
        )
        .execute(&mut *transaction)
        .await?;
    }
    if !describe_there(&mut transaction, of, Some(&picture.hash), description).await? {
        let [event, series, programme, person] = of.columns();
        let (sv, en) = texts(description);
        sqlx::query!(
            "insert into images (hash, event_id, series_id, programme_id, person_id, alt_sv, alt_en, is_decorative)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            picture.hash,
            event,
            series,
            programme,
            person,
            sv,
            en,
            description.is_decorative,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

fn texts(description: &Description) -> (Option<&str>, Option<&str>) {
    if description.is_decorative {
        (None, None)
    } else {
        (Some(description.sv.as_str()), Some(description.en.as_str()))
    }
}

async fn describe_there(
    transaction: &mut PgTransaction<'_>,
    of: Of,
    hash: Option<&str>,
    description: &Description,
) -> Result<bool, sqlx::Error> {
    let [event, series, programme, person] = of.columns();
    let (sv, en) = texts(description);
    let changed = sqlx::query!(
        "update images set hash = coalesce($5, hash), alt_sv = $6, alt_en = $7, is_decorative = $8
         where event_id = $1 or series_id = $2 or programme_id = $3 or person_id = $4",
        event,
        series,
        programme,
        person,
        hash,
        sv,
        en,
        description.is_decorative,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Says anew what the picture there shows; `false` if there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn describe(
    pool: &PgPool,
    viewer: &Viewer,
    of: Of,
    description: &Description,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let is_there = describe_there(&mut transaction, of, None, description).await?;
    transaction.commit().await?;
    Ok(is_there)
}

/// Takes the picture there away. Its files go when nothing else shows them.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(pool: &PgPool, viewer: &Viewer, of: Of) -> Result<(), sqlx::Error> {
    let [event, series, programme, person] = of.columns();
    let mut transaction = begin(pool, viewer.id).await?;
    sqlx::query!(
        "delete from images where event_id = $1 or series_id = $2 or programme_id = $3 or person_id = $4",
        event,
        series,
        programme,
        person,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
