//! The SQL that reads pictures.

use super::model::{Of, Picture};
use crate::text::Lang;
use sqlx::PgPool;

/// The picture of something.
///
/// # Errors
/// If the database does not answer.
pub async fn of(pool: &PgPool, lang: Lang, of: Of) -> Result<Option<Picture>, sqlx::Error> {
    let [event, series, programme, person] = of.columns();
    sqlx::query_as!(
        Picture,
        r#"
        select i.hash, p.width, p.height,
            coalesce(case when $5 then i.alt_en else i.alt_sv end, '') as "alt!",
            array(select f.width from picture_files f where f.hash = i.hash order by f.width) as "widths!"
        from images i join pictures p on p.hash = i.hash
        where i.event_id = $1 or i.series_id = $2 or i.programme_id = $3 or i.person_id = $4
        "#,
        event,
        series,
        programme,
        person,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await
}

/// The picture of what an event belongs to: its series', or else its programme's.
///
/// # Errors
/// If the database does not answer.
pub async fn around(pool: &PgPool, lang: Lang, event: i64) -> Result<Option<Picture>, sqlx::Error> {
    sqlx::query_as!(
        Picture,
        r#"
        select i.hash, p.width, p.height,
            coalesce(case when $2 then i.alt_en else i.alt_sv end, '') as "alt!",
            array(select f.width from picture_files f where f.hash = i.hash order by f.width) as "widths!"
        from events e
        join images i on i.series_id = e.series_id or i.programme_id = e.programme_id
        join pictures p on p.hash = i.hash
        where e.id = $1 order by i.series_id nulls last limit 1
        "#,
        event,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await
}

/// The portraits of those who speak at an event, in their order.
///
/// # Errors
/// If the database does not answer.
pub async fn portraits(
    pool: &PgPool,
    lang: Lang,
    event: i64,
) -> Result<Vec<Option<Picture>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select i.hash as "hash?", p.width as "width?", p.height as "height?",
            coalesce(case when $2 then i.alt_en else i.alt_sv end, '') as "alt!",
            array(select f.width from picture_files f where f.hash = i.hash order by f.width) as "widths!"
        from event_speakers es
        left join images i on i.person_id = es.person_id
        left join pictures p on p.hash = i.hash
        where es.event_id = $1 order by es.position
        "#,
        event,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            Some(Picture {
                hash: row.hash?,
                width: row.width?,
                height: row.height?,
                widths: row.widths,
                alt: row.alt,
            })
        })
        .collect())
}

/// A file of a picture.
///
/// # Errors
/// If the database does not answer.
pub async fn file(pool: &PgPool, hash: &str, width: i32) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar!(
        "select bytes from picture_files where hash = $1 and width = $2",
        hash,
        width
    )
    .fetch_optional(pool)
    .await
}

/// What a picture is known by: half of the SHA-256 of its largest file.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
