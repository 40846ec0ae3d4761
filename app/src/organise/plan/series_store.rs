//! The SQL that makes a whole series, and publishes it.

use super::model::{PlanProblem, Sheet, slug_of};
use super::new_store;
use super::pattern::{SeriesKind, stop};
use super::read::{PlanProblems, home_of, read};
use super::slug_store::Slugs;
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::time::instant;
use jiff::civil::Date;
use sqlx::{PgPool, PgTransaction};

/// Makes a draft on each of these days after the template, in a new series or one that is there; its address. All
/// of them or, if one cannot be, none.
///
/// # Errors
/// If the database does not answer.
pub async fn make(
    pool: &PgPool,
    viewer: &Viewer,
    template: &Sheet,
    days: &[Date],
) -> Result<Result<String, PlanProblems>, sqlx::Error> {
    let problem = |field: &str, problem| Ok(Err(vec![(field.to_owned(), problem)]));
    let Some((programme, series)) = home_of(template.get("home")) else {
        return problem("home", PlanProblem::Missing);
    };
    if !viewer.may_organise(programme) {
        return problem("home", PlanProblem::NotAChoice);
    }
    let mut transaction = begin(pool, viewer.id).await?;
    let series = match series {
        Some(series) => series,
        None if template.get("series_title_sv").is_empty() => {
            return problem("series_title_sv", PlanProblem::Missing);
        }
        None => new_series(&mut transaction, programme, template).await?,
    };
    let row = sqlx::query!(
        r#"select slug, (select count(*) from events e where e.series_id = s.id) as "stops!" from series s
        where id = $1 and programme_id = $2"#,
        series,
        programme
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else { return problem("home", PlanProblem::NotAChoice) };
    let home = format!("{programme}/{series}");
    let numbers = usize::try_from(row.stops).unwrap_or_default() + 1..;
    let mut edits = Vec::with_capacity(days.len());
    for (day, number) in days.iter().zip(numbers) {
        match read(&stop(template, &home, *day, number)) {
            Ok(edit) => edits.push(edit),
            Err(problems) => return Ok(Err(problems)),
        }
    }
    let titles: Vec<&str> = edits.iter().map(|edit| edit.texts.get("title_sv")).collect();
    let mut slugs = Slugs::of(&mut transaction, &titles).await?;
    for made in new_store::make(&mut transaction, &mut slugs, &edits).await? {
        if let Err(problems) = made {
            return Ok(Err(problems));
        }
    }
    transaction.commit().await?;
    Ok(Ok(row.slug))
}

async fn new_series(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    template: &Sheet,
) -> Result<i64, sqlx::Error> {
    let some = |field| Some(template.get(field)).filter(|text| !text.is_empty());
    let wish = slug_of(template.get("series_title_sv"));
    sqlx::query!("select pg_advisory_xact_lock(hashtext('series ' || $1))", wish)
        .fetch_one(&mut **transaction)
        .await?;
    let taken = sqlx::query_scalar!("select slug from series where slug like $1 || '%'", wish)
        .fetch_all(&mut **transaction)
        .await?;
    let numbered = (2..).map(|number| format!("{wish}-{number}"));
    let slug = std::iter::once(wish.clone()).chain(numbered).find(|slug| !taken.contains(slug));
    sqlx::query_scalar!(
        "insert into series (slug, programme_id, kind, title_sv, title_en, summary_sv, summary_en, position)
         select $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1 from series where programme_id = $2
         returning id",
        slug.unwrap_or(wish),
        programme,
        SeriesKind::parse(template.get("series_kind")).unwrap_or(SeriesKind::Tour).as_str(),
        template.get("series_title_sv"),
        some("series_title_en"),
        template.get("series_summary_sv"),
        some("series_summary_en"),
    )
    .fetch_one(&mut **transaction)
    .await
}

/// Publishes the drafts of a series: how many there were and how many could not be; `None` if it is not one that
/// the viewer organises.
///
/// # Errors
/// If the database does not answer.
pub async fn publish(
    pool: &PgPool,
    viewer: &Viewer,
    slug: &str,
    now: i64,
) -> Result<Option<(u64, i64)>, sqlx::Error> {
    let series = sqlx::query!("select id, programme_id from series where slug = $1", slug)
        .fetch_optional(pool)
        .await?;
    let Some(series) = series.filter(|series| viewer.may_organise(series.programme_id)) else {
        return Ok(None);
    };
    let mut transaction = begin(pool, viewer.id).await?;
    let published = sqlx::query!(
        "update events set state = 'published'
         where series_id = $1 and state = 'draft' and archived_at is null and format is not null and starts_at > $2",
        series.id,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    let left = sqlx::query_scalar!(
        r#"select count(*) as "left!" from events
        where series_id = $1 and state = 'draft' and archived_at is null"#,
        series.id
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Some((published, left)))
}
