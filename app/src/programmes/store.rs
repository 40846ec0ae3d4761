//! The SQL of programmes.

use super::model::{Outcome, Period, Platform, ProgrammeLine, ProgrammePage, Unit};
use crate::events::model::Slug;
use crate::events::page_model::{MaterialItem, Person};
use crate::events::store::{Line, lines, word};
use crate::images::model::Of;
use crate::markdown::{to_html, to_text};
use crate::materials::file::MaterialFile;
use crate::text::Lang;
use crate::time::civil_date;
use sqlx::PgPool;
use sqlx::types::Json;

/// The page of a programme, with the instants at which its loose events change.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    slug: &Slug,
    now: i64,
) -> Result<Option<(ProgrammePage, Vec<Line>)>, sqlx::Error> {
    let english = lang == Lang::En;
    let Some(row) = sqlx::query!(
        r#"
        select p.id, p.funder_reference, p.grant_sek, p.starts_on, p.ends_on, p.period_precision,
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "title!",
            case when $2 then coalesce(p.summary_en, p.summary_sv) else p.summary_sv end as "summary!",
            case when $2 then coalesce(p.audience_en, p.audience_sv) else p.audience_sv end as audience,
            owner.name as "owner?", funder.name as "funder?", p.archived_at is not null as "is_over!"
        from programmes p
        left join organisations owner on owner.id = p.owner_id
        left join organisations funder on funder.id = p.funder_id
        where p.slug = $1
        "#,
        slug.as_str(),
        english,
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let partners = sqlx::query_scalar!(
        "select o.name from programme_partners pp join organisations o on o.id = pp.organisation_id
         where pp.programme_id = $1 order by pp.position",
        row.id
    )
    .fetch_all(pool)
    .await?;
    let platforms = sqlx::query_as!(
        Platform,
        r#"
        select pl.name, m.short_name as "municipality?"
        from platforms pl left join municipalities m on m.code = pl.municipality_code
        where pl.programme_id = $1 order by pl.position
        "#,
        row.id
    )
    .fetch_all(pool)
    .await?;
    let materials = sqlx::query!(
        r#"
        select kind, title, url, is_announced,
            case when $2 then coalesce(group_en, group_sv) else group_sv end as "group",
            case when $2 then coalesce(about_en, about_sv) else about_sv end as about,
            material_file(id) as "file: Json<MaterialFile>"
        from materials where programme_id = $1 and event_id is null order by position
        "#,
        row.id,
        english,
    )
    .fetch_all(pool)
    .await?;
    let materials = materials.into_iter().map(|row| MaterialItem {
        kind: row.kind,
        title: row.title,
        url: row.url,
        group: row.group,
        about: row.about,
        is_announced: row.is_announced,
        file: row.file.map(|file| file.0),
    });
    let materials = materials.collect();
    let loose = sqlx::query_scalar!(
        "select id from events where programme_id = $1 and series_id is null",
        row.id
    )
    .fetch_all(pool)
    .await?;
    let events = lines(pool, lang, &loose, now).await?;
    let page = ProgrammePage {
        title: row.title,
        is_over: row.is_over,
        picture: crate::images::store::of(pool, lang, Of::Programme(row.id)).await?,
        summary: to_text(&row.summary),
        summary_html: to_html(&row.summary),
        audience: row.audience,
        period: Period {
            starts: row.starts_on.map(civil_date),
            ends: row.ends_on.map(civil_date),
            precision: row.period_precision,
        },
        owner: row.owner,
        funder: row.funder,
        funder_reference: row.funder_reference,
        grant_sek: row.grant_sek,
        partners,
        contacts: contacts(pool, lang, row.id).await?,
        outcomes: outcomes(pool, lang, row.id).await?,
        platforms,
        series: crate::series::store::list(pool, lang, Some(row.id), now).await?,
        events: events.iter().map(|line| line.line.clone()).collect(),
        materials,
    };
    Ok(Some((page, events)))
}

/// Whom to ask about a programme.
///
/// # Errors
/// If the database does not answer.
pub async fn contacts(
    pool: &PgPool,
    lang: Lang,
    programme: i64,
) -> Result<Vec<Person>, sqlx::Error> {
    sqlx::query_as!(
        Person,
        r#"
        select person.name,
            case when $2 then coalesce(pr.role_en, pr.role_sv) else pr.role_sv end as role,
            null::text as about,
            o.name as "organisation?"
        from programme_contacts c
        join presenters pr on pr.person_id = c.person_id
        join people person on person.id = pr.person_id
        left join organisations o on o.id = pr.organisation_id
        where c.programme_id = $1 order by c.position
        "#,
        programme,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await
}

async fn outcomes(pool: &PgPool, lang: Lang, programme: i64) -> Result<Vec<Outcome>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select unit, value,
            case when $2 then coalesce(measure_en, measure_sv) else measure_sv end as "measure!",
            case when $2 then coalesce(scope_en, scope_sv) else scope_sv end as scope
        from outcomes where programme_id = $1 order by position
        "#,
        programme,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Outcome {
                measure: row.measure,
                unit: word(Unit::parse(&row.unit), &row.unit)?,
                value: row.value,
                scope: row.scope,
            })
        })
        .collect()
}

/// All programmes, the demonstration first, then as the organisers have put them; last what is over.
///
/// # Errors
/// If the database does not answer.
pub async fn list(pool: &PgPool, lang: Lang) -> Result<Vec<ProgrammeLine>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select p.slug, p.starts_on, p.ends_on, p.period_precision,
            case when $1 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "title!",
            o.name as "owner?"
        from programmes p left join organisations o on o.id = p.owner_id
        order by p.archived_at is not null, p.is_demonstration desc, p.position, p.id
        "#,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ProgrammeLine {
            slug: row.slug,
            title: row.title,
            owner: row.owner,
            period: Period {
                starts: row.starts_on.map(civil_date),
                ends: row.ends_on.map(civil_date),
                precision: row.period_precision,
            },
        })
        .collect())
}
