//! The SQL of a programme's lists: partners, contacts, outcomes, platforms and documents. A list that has not been
//! changed is not written.

use super::edit::ProgrammeEdit;
use super::fields::PROGRAMME_LISTS;
use crate::organise::plan::model::{List, PlanProblem, Sheet};
use crate::organise::plan::people_store::presenter;
use sqlx::{PgConnection, PgTransaction};

/// Reads all of them into a sheet.
pub(super) async fn lists(
    connection: &mut PgConnection,
    programme: i64,
    sheet: &mut Sheet,
) -> Result<(), sqlx::Error> {
    for list in PROGRAMME_LISTS {
        sheet.set(list.as_str(), "");
    }
    let partners = sqlx::query_scalar!(
        "select o.name from programme_partners pp join organisations o on o.id = pp.organisation_id
         where pp.programme_id = $1 order by pp.position",
        programme
    );
    for name in partners.fetch_all(&mut *connection).await? {
        sheet.put_row(List::Partners, &[Some(&name)]);
    }
    let contacts = sqlx::query_scalar!(
        r#"select l.label as "label!" from programme_contacts c join presenter_labels l on l.person_id = c.person_id
        where c.programme_id = $1 order by c.position"#,
        programme
    );
    for label in contacts.fetch_all(&mut *connection).await? {
        sheet.put_row(List::Contacts, &[Some(&label), None, None]);
    }
    let outcomes = sqlx::query!(
        "select value, unit, measure_sv, measure_en, scope_sv, scope_en from outcomes
         where programme_id = $1 order by position",
        programme
    );
    for row in outcomes.fetch_all(&mut *connection).await? {
        let value = row.value.to_string();
        let cells = [
            Some(value.as_str()),
            Some(&row.unit),
            Some(&row.measure_sv),
            row.measure_en.as_deref(),
            row.scope_sv.as_deref(),
            row.scope_en.as_deref(),
        ];
        sheet.put_row(List::Outcomes, &cells);
    }
    let platforms = sqlx::query!(
        r#"select pl.name, m.name as "municipality?" from platforms pl
        left join municipalities m on m.code = pl.municipality_code
        where pl.programme_id = $1 order by pl.position"#,
        programme
    );
    for row in platforms.fetch_all(&mut *connection).await? {
        sheet.put_row(List::Platforms, &[Some(&row.name), row.municipality.as_deref()]);
    }
    let documents = sqlx::query!(
        "select id, kind, title, url, about_sv, about_en, is_announced, group_sv, group_en from materials
         where programme_id = $1 and event_id is null order by position",
        programme
    );
    for row in documents.fetch_all(&mut *connection).await? {
        let id = row.id.to_string();
        let cells = [
            Some(id.as_str()),
            Some(&row.kind),
            Some(&row.title),
            row.url.as_deref(),
            row.about_sv.as_deref(),
            row.about_en.as_deref(),
            Some(if row.is_announced { "yes" } else { "no" }),
            row.group_sv.as_deref(),
            row.group_en.as_deref(),
        ];
        sheet.put_row(List::Documents, &cells);
    }
    Ok(())
}

/// The number of the organisation with this name, or short name.
pub(super) async fn organisation(
    transaction: &mut PgTransaction<'_>,
    name: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from organisations where lower(name) = lower($1) or lower(short_name) = lower($1)
         order by lower(name) = lower($1) desc, id limit 1",
        name
    )
    .fetch_optional(&mut **transaction)
    .await
}

/// Writes the lists that are `changed`; what cannot be is added to `problems`.
pub(super) async fn write(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    edit: &ProgrammeEdit,
    changed: impl Fn(List) -> bool,
    problems: &mut Vec<(String, PlanProblem)>,
) -> Result<(), sqlx::Error> {
    let mut wrong = |list: List, problem| problems.push((list.as_str().to_owned(), problem));
    if changed(List::Partners)
        && let Err(problem) = partners(transaction, programme, &edit.partners).await?
    {
        wrong(List::Partners, problem);
    }
    if changed(List::Contacts)
        && let Err(problem) = contacts(transaction, programme, edit).await?
    {
        wrong(List::Contacts, problem);
    }
    if changed(List::Outcomes) {
        outcomes(transaction, programme, edit).await?;
    }
    if changed(List::Platforms)
        && let Err(problem) = platforms(transaction, programme, &edit.platforms).await?
    {
        wrong(List::Platforms, problem);
    }
    if changed(List::Documents) {
        super::documents_store::write(transaction, programme, &edit.documents).await?;
    }
    Ok(())
}

async fn partners(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    names: &[String],
) -> Result<Result<(), PlanProblem>, sqlx::Error> {
    let mut ids = Vec::with_capacity(names.len());
    for name in names {
        match organisation(transaction, name).await? {
            Some(id) if ids.contains(&id) => return Ok(Err(PlanProblem::SameOrganisation)),
            Some(id) => ids.push(id),
            None => return Ok(Err(PlanProblem::NoSuchOrganisation)),
        }
    }
    sqlx::query!(
        "delete from programme_partners where programme_id = $1 and organisation_id <> all($2)",
        programme,
        &ids
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into programme_partners (programme_id, organisation_id, position)
         select $1, id, place from unnest($2::bigint[]) with ordinality as it (id, place)
         on conflict (programme_id, organisation_id) do update set position = excluded.position
         where programme_partners.position is distinct from excluded.position",
        programme,
        &ids
    )
    .execute(&mut **transaction)
    .await?;
    Ok(Ok(()))
}

async fn contacts(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    edit: &ProgrammeEdit,
) -> Result<Result<(), PlanProblem>, sqlx::Error> {
    let mut ids = Vec::with_capacity(edit.contacts.len());
    for contact in &edit.contacts {
        match presenter(transaction, contact).await? {
            Ok(person) if ids.contains(&person) => return Ok(Err(PlanProblem::Twice)),
            Ok(person) => ids.push(person),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    sqlx::query!(
        "delete from programme_contacts where programme_id = $1 and person_id <> all($2)",
        programme,
        &ids
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into programme_contacts (programme_id, person_id, position)
         select $1, id, place from unnest($2::bigint[]) with ordinality as it (id, place)
         on conflict (programme_id, person_id) do update set position = excluded.position
         where programme_contacts.position is distinct from excluded.position",
        programme,
        &ids
    )
    .execute(&mut **transaction)
    .await?;
    Ok(Ok(()))
}

async fn outcomes(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    edit: &ProgrammeEdit,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from outcomes where programme_id = $1", programme)
        .execute(&mut **transaction)
        .await?;
    for (place, outcome) in (1..).zip(&edit.outcomes) {
        sqlx::query!(
            "insert into outcomes
                 (programme_id, position, value, unit, measure_sv, measure_en, scope_sv, scope_en)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            programme,
            place,
            outcome.value,
            outcome.unit.as_str(),
            outcome.measure_sv,
            outcome.measure_en,
            outcome.scope_sv,
            outcome.scope_en,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn platforms(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    platforms: &[(String, Option<String>)],
) -> Result<Result<(), PlanProblem>, sqlx::Error> {
    sqlx::query!("delete from platforms where programme_id = $1", programme)
        .execute(&mut **transaction)
        .await?;
    for (place, (name, municipality)) in (1..).zip(platforms) {
        let code = match municipality {
            None => None,
            Some(municipality) => {
                let code = sqlx::query_scalar!(
                    "select code from municipalities where lower(name) = lower($1) or lower(short_name) = lower($1)",
                    municipality
                )
                .fetch_optional(&mut **transaction)
                .await?;
                if code.is_none() {
                    return Ok(Err(PlanProblem::NoSuchMunicipality));
                }
                code
            }
        };
        sqlx::query!(
            "insert into platforms (programme_id, position, name, municipality_code) values ($1, $2, $3, $4)",
            programme,
            place,
            name,
            code,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(Ok(()))
}
