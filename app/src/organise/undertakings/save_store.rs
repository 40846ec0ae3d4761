//! The SQL that writes programmes and series. Each function is one transaction of the organiser who does it.

use super::edit::{ProgrammeEdit, SeriesEdit, text};
use super::fields::About;
use super::parts_store::{self, organisation};
use super::read;
use super::store::{programme_sheet, series_sheet};
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::organise::plan::merge::{fingerprints_of, merge_of};
use crate::organise::plan::model::{PlanProblem, Sheet, slug_of};
use crate::organise::plan::read::PlanProblems;
use crate::organise::plan::save_store::{Form, Saved};
use crate::time::instant;
use sqlx::types::time::Date as SqlDate;
use sqlx::{PgPool, PgTransaction};

const DONE: Saved = Saved::Done { tells: false, beyond: 0, later: 0 };

/// What is to be saved: the form laid beside what is saved now; or what has become of it already.
fn settled(about: About, form: &Form<'_>, theirs: &Sheet) -> Result<Sheet, Saved> {
    let merged = merge_of(about.fields(), form.mine, theirs, form.base, form.asked, form.chosen);
    if !merged.conflicts.is_empty() {
        let base = fingerprints_of(about.fields(), theirs);
        return Err(Saved::Conflict { merged: Box::new(merged), base });
    }
    if merged.sheet == *theirs { Err(DONE) } else { Ok(merged.sheet) }
}

fn wrong(about: About, sheet: Sheet, theirs: &Sheet, problems: PlanProblems) -> Saved {
    let base = fingerprints_of(about.fields(), theirs);
    Saved::Wrong { sheet: Box::new(sheet), base, problems }
}

/// Saves the form of a programme over what is saved now.
///
/// # Errors
/// If the database does not answer.
pub async fn save_programme(
    pool: &PgPool,
    viewer: &Viewer,
    programme: i64,
    form: Form<'_>,
) -> Result<Saved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    sqlx::query!("select id from programmes where id = $1 for update", programme)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some(theirs) = programme_sheet(&mut transaction, programme).await? else {
        return Ok(Saved::Gone);
    };
    let sheet = match settled(About::Programme, &form, &theirs) {
        Ok(sheet) => sheet,
        Err(saved) => return Ok(saved),
    };
    let edit = match read::programme(&sheet) {
        Ok(edit) => edit,
        Err(problems) => return Ok(wrong(About::Programme, sheet, &theirs, problems)),
    };
    let problems = write_programme(&mut transaction, programme, &edit, &theirs).await?;
    if !problems.is_empty() {
        return Ok(wrong(About::Programme, sheet, &theirs, problems));
    }
    transaction.commit().await?;
    Ok(DONE)
}

/// Makes a programme of a form; its address, or what is wrong. Whether the viewer may has been asked already.
///
/// # Errors
/// If the database does not answer.
pub async fn create_programme(
    pool: &PgPool,
    viewer: &Viewer,
    form: &Sheet,
) -> Result<Result<String, PlanProblems>, sqlx::Error> {
    let edit = match read::programme(form) {
        Ok(edit) => edit,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut transaction = begin(pool, viewer.id).await?;
    let wish = slug_of(form.get("title_sv"));
    sqlx::query!("select pg_advisory_xact_lock(hashtext('programme ' || $1))", wish)
        .fetch_one(&mut *transaction)
        .await?;
    let taken = sqlx::query_scalar!("select slug from programmes where slug like $1 || '%'", wish)
        .fetch_all(&mut *transaction)
        .await?;
    let slug = free(&wish, &taken);
    let programme = sqlx::query_scalar!(
        "insert into programmes (slug, title_sv, position)
         select $1, $2, coalesce(max(position), 0) + 1 from programmes returning id",
        slug,
        form.get("title_sv"),
    )
    .fetch_one(&mut *transaction)
    .await?;
    let nothing = Sheet::default();
    let problems = write_programme(&mut transaction, programme, &edit, &nothing).await?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    transaction.commit().await?;
    Ok(Ok(slug))
}

/// The wish, with a number where it is taken.
fn free(wish: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|number| format!("{wish}-{number}"));
    std::iter::once(wish.to_owned())
        .chain(numbered)
        .find(|slug| !taken.contains(slug))
        .unwrap_or_default()
}

async fn write_programme(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    edit: &ProgrammeEdit,
    theirs: &Sheet,
) -> Result<PlanProblems, sqlx::Error> {
    let mut problems = Vec::new();
    let mut named = [None, None];
    for (field, id) in ["owner", "funder"].into_iter().zip(&mut named) {
        if let Some(name) = text(&edit.texts, field) {
            *id = organisation(transaction, name).await?;
            if id.is_none() {
                problems.push((field.to_owned(), PlanProblem::NoSuchOrganisation));
            }
        }
    }
    let [owner, funder] = named;
    let it = |field| text(&edit.texts, field);
    sqlx::query!(
        "update programmes set title_sv = $2, title_en = $3, summary_sv = $4, summary_en = $5, audience_sv = $6,
             audience_en = $7, owner_id = $8, funder_id = $9, funder_reference = $10, grant_sek = $11,
             starts_on = $12, ends_on = $13, period_precision = $14
         where id = $1",
        programme,
        edit.texts.get("title_sv"),
        it("title_en"),
        edit.texts.get("summary_sv"),
        it("summary_en"),
        it("audience_sv"),
        it("audience_en"),
        owner,
        funder,
        it("funder_reference"),
        edit.grant,
        edit.starts.and_then(sql_date),
        edit.ends.and_then(sql_date),
        edit.precision,
    )
    .execute(&mut **transaction)
    .await?;
    let changed = |list: crate::organise::plan::model::List| {
        edit.texts.get(list.as_str()) != theirs.get(list.as_str())
    };
    parts_store::write(transaction, programme, edit, changed, &mut problems).await?;
    Ok(problems)
}

fn sql_date(date: jiff::civil::Date) -> Option<SqlDate> {
    let month = u8::try_from(date.month()).ok().and_then(|month| month.try_into().ok())?;
    SqlDate::from_calendar_date(date.year().into(), month, date.day().try_into().ok()?).ok()
}

/// Saves the form of a series over what is saved now.
///
/// # Errors
/// If the database does not answer.
pub async fn save_series(
    pool: &PgPool,
    viewer: &Viewer,
    series: i64,
    form: Form<'_>,
) -> Result<Saved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    sqlx::query!("select id from series where id = $1 for update", series)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some(theirs) = series_sheet(&mut transaction, series).await? else {
        return Ok(Saved::Gone);
    };
    let sheet = match settled(About::Series, &form, &theirs) {
        Ok(sheet) => sheet,
        Err(saved) => return Ok(saved),
    };
    let SeriesEdit { kind, participants, texts } = match read::series(&sheet) {
        Ok(edit) => edit,
        Err(problems) => return Ok(wrong(About::Series, sheet, &theirs, problems)),
    };
    sqlx::query!(
        "update series set kind = $2, title_sv = $3, title_en = $4, summary_sv = $5, summary_en = $6,
             participants = $7
         where id = $1",
        series,
        kind.as_str(),
        texts.get("title_sv"),
        text(&texts, "title_en"),
        texts.get("summary_sv"),
        text(&texts, "summary_en"),
        participants,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(DONE)
}

/// Makes a series without stops; its address.
///
/// # Errors
/// If the database does not answer.
pub async fn create_series(
    pool: &PgPool,
    viewer: &Viewer,
    programme: i64,
    title: &str,
) -> Result<String, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let wish = slug_of(title);
    sqlx::query!("select pg_advisory_xact_lock(hashtext('series ' || $1))", wish)
        .fetch_one(&mut *transaction)
        .await?;
    let taken = sqlx::query_scalar!("select slug from series where slug like $1 || '%'", wish)
        .fetch_all(&mut *transaction)
        .await?;
    let slug = free(&wish, &taken);
    sqlx::query!(
        "insert into series (slug, programme_id, kind, title_sv, position)
         select $1, $2, 'tour', $3, coalesce(max(position), 0) + 1 from series where programme_id = $2",
        slug,
        programme,
        title,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(slug)
}

/// Puts a programme away, or takes it out again; `false` where people can still come to something of it.
///
/// # Errors
/// If the database does not answer.
pub async fn archive_programme(
    pool: &PgPool,
    viewer: &Viewer,
    programme: i64,
    away: bool,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update programmes p set archived_at = case when $2 then $3::timestamptz end
         where id = $1 and (archived_at is null) = $2 and (not $2 or not exists (
             select from events e where e.programme_id = p.id and e.ends_at > $3
                 and e.state in ('preliminary', 'published')))",
        programme,
        away,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}

/// Puts a series away, or takes it out again; `false` where people can still come to something of it.
///
/// # Errors
/// If the database does not answer.
pub async fn archive_series(
    pool: &PgPool,
    viewer: &Viewer,
    series: i64,
    away: bool,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update series s set archived_at = case when $2 then $3::timestamptz end
         where id = $1 and (archived_at is null) = $2 and (not $2 or not exists (
             select from events e where e.series_id = s.id and e.ends_at > $3
                 and e.state in ('preliminary', 'published')))",
        series,
        away,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}
