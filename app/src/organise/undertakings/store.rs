//! The SQL that reads programmes and series for those who write them.

use super::model::{ProgrammeRow, SeriesRow, Standing};
use super::read::written;
use crate::account::model::Viewer;
use crate::events::model::Slug;
use crate::events::page_model::Link;
use crate::organise::plan::model::Sheet;
use crate::organise::plan::store::organised_by;
use crate::text::Lang;
use crate::time::{civil_date, instant};
use sqlx::{PgConnection, PgPool};

/// The number of a programme.
///
/// # Errors
/// If the database does not answer.
pub async fn find_programme(pool: &PgPool, slug: &Slug) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!("select id from programmes where slug = $1", slug.as_str())
        .fetch_optional(pool)
        .await
}

/// The numbers of a series and of its programme.
///
/// # Errors
/// If the database does not answer.
pub async fn find_series(pool: &PgPool, slug: &Slug) -> Result<Option<(i64, i64)>, sqlx::Error> {
    let row = sqlx::query!("select id, programme_id from series where slug = $1", slug.as_str())
        .fetch_optional(pool)
        .await?;
    Ok(row.map(|row| (row.id, row.programme_id)))
}

/// All programmes that a viewer organises, with their series.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    now: i64,
) -> Result<Vec<ProgrammeRow>, sqlx::Error> {
    let mine = organised_by(viewer);
    let rows = sqlx::query!(
        r#"
        select p.id, p.slug, p.archived_at is not null as "is_archived!", o.name as "owner?",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "title!",
            exists (select from events e where e.programme_id = p.id and e.ends_at > $3
                and e.state in ('preliminary', 'published')) as "is_going_on!"
        from programmes p left join organisations o on o.id = p.owner_id
        where $1::bigint[] is null or p.id = any($1)
        order by p.position, p.id
        "#,
        mine.as_deref(),
        lang == Lang::En,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut series = series_of(pool, lang, &ids, now).await?;
    Ok(rows
        .into_iter()
        .map(|row| ProgrammeRow {
            series: series
                .extract_if(.., |(home, _)| *home == row.id)
                .map(|(_, row)| row)
                .collect(),
            standing: Standing {
                slug: row.slug,
                title: row.title,
                is_archived: row.is_archived,
                is_going_on: row.is_going_on,
            },
            owner: row.owner,
        })
        .collect())
}

/// The series of these programmes, each with the number of its programme.
///
/// # Errors
/// If the database does not answer.
pub async fn series_of(
    pool: &PgPool,
    lang: Lang,
    programmes: &[i64],
    now: i64,
) -> Result<Vec<(i64, SeriesRow)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select s.slug, s.programme_id, s.archived_at is not null as "is_archived!",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "title!",
            (select count(*) from events e where e.series_id = s.id and e.archived_at is null) as "stops!",
            exists (select from events e where e.series_id = s.id and e.ends_at > $3
                and e.state in ('preliminary', 'published')) as "is_going_on!"
        from series s where s.programme_id = any($1) order by s.position, s.id
        "#,
        programmes,
        lang == Lang::En,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|it| {
            let standing = Standing {
                slug: it.slug,
                title: it.title,
                is_archived: it.is_archived,
                is_going_on: it.is_going_on,
            };
            (it.programme_id, SeriesRow { standing, stops: it.stops })
        })
        .collect())
}

/// The fields of a programme as they are saved; `None` if it is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn programme_sheet(
    connection: &mut PgConnection,
    programme: i64,
) -> Result<Option<Sheet>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select p.title_sv, p.title_en, p.summary_sv, p.summary_en, p.audience_sv, p.audience_en, p.starts_on,
            p.ends_on, p.period_precision, p.funder_reference, p.grant_sek, owner.name as "owner?",
            funder.name as "funder?"
        from programmes p
        left join organisations owner on owner.id = p.owner_id
        left join organisations funder on funder.id = p.funder_id
        where p.id = $1
        "#,
        programme
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let day = |day: Option<time::Date>| {
        day.map(|day| written(civil_date(day), &row.period_precision)).unwrap_or_default()
    };
    let mut sheet = Sheet::default();
    for (field, value) in [
        ("title_sv", Some(row.title_sv.clone())),
        ("title_en", row.title_en.clone()),
        ("summary_sv", Some(row.summary_sv.clone())),
        ("summary_en", row.summary_en.clone()),
        ("audience_sv", row.audience_sv.clone()),
        ("audience_en", row.audience_en.clone()),
        ("starts_on", Some(day(row.starts_on))),
        ("ends_on", Some(day(row.ends_on))),
        ("owner", row.owner.clone()),
        ("funder", row.funder.clone()),
        ("funder_reference", row.funder_reference.clone()),
        ("grant_sek", row.grant_sek.map(|sum| sum.to_string())),
    ] {
        sheet.put(field, value.as_deref());
    }
    super::parts_store::lists(connection, programme, &mut sheet).await?;
    Ok(Some(sheet))
}

/// The fields of a series as they are saved; `None` if it is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn series_sheet(
    connection: &mut PgConnection,
    series: i64,
) -> Result<Option<Sheet>, sqlx::Error> {
    let row = sqlx::query!(
        "select kind, title_sv, title_en, summary_sv, summary_en, participants from series where id = $1",
        series
    )
    .fetch_optional(&mut *connection)
    .await?;
    Ok(row.map(|row| {
        let mut sheet = Sheet::default();
        for (field, value) in [
            ("series_kind", Some(row.kind)),
            ("title_sv", Some(row.title_sv)),
            ("title_en", row.title_en),
            ("summary_sv", Some(row.summary_sv)),
            ("summary_en", row.summary_en),
            ("participants", row.participants.map(|count| count.to_string())),
        ] {
            sheet.put(field, value.as_deref());
        }
        sheet
    }))
}

/// How a programme stands.
///
/// # Errors
/// If the database does not answer.
pub async fn programme_standing(
    pool: &PgPool,
    lang: Lang,
    programme: i64,
    now: i64,
) -> Result<Option<Standing>, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"
        select p.slug, p.archived_at is not null as "is_archived!",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "title!",
            exists (select from events e where e.programme_id = p.id and e.ends_at > $3
                and e.state in ('preliminary', 'published')) as "is_going_on!"
        from programmes p where p.id = $1
        "#,
        programme,
        lang == Lang::En,
        instant(now),
    )
    .fetch_optional(pool)
    .await
}

/// How a series stands, and its programme.
///
/// # Errors
/// If the database does not answer.
pub async fn series_standing(
    pool: &PgPool,
    lang: Lang,
    series: i64,
    now: i64,
) -> Result<Option<(Standing, Link)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select s.slug, s.archived_at is not null as "is_archived!", p.slug as programme,
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "title!",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme_title!",
            exists (select from events e where e.series_id = s.id and e.ends_at > $3
                and e.state in ('preliminary', 'published')) as "is_going_on!"
        from series s join programmes p on p.id = s.programme_id where s.id = $1
        "#,
        series,
        lang == Lang::En,
        instant(now),
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| {
        let standing = Standing {
            slug: row.slug,
            title: row.title,
            is_archived: row.is_archived,
            is_going_on: row.is_going_on,
        };
        (standing, Link { slug: row.programme, title: row.programme_title })
    }))
}
