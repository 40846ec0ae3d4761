//! The SQL of those who are presented at events that are made: found in the list by their names, all at once, or
//! written down.

use super::model::{PlanProblem, slug_of};
use super::people_store::{LONGEST_NAME, presenter};
use super::read::{EventEdit, PlanProblems, Speaker};
use sqlx::{Acquire, PgTransaction};
use std::collections::HashMap;

/// Whom an event names, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Presented {
    pub(super) contact: Option<i64>,
    pub(super) speakers: Vec<i64>,
    /// Those who speak and were not in the list before.
    pub(super) brought_in: Vec<i64>,
    pub(super) problems: PlanProblems,
}

/// Those whom each of these events names. Whoever is new is written down, but for an event that cannot be, since
/// something is wrong with it (`false`) or with those it names.
pub(super) async fn presenters(
    transaction: &mut PgTransaction<'_>,
    edits: &[(&EventEdit, bool)],
) -> Result<Vec<Presented>, sqlx::Error> {
    let wanted = || edits.iter().flat_map(|(edit, _)| edit.contact.iter().chain(&edit.speakers));
    if wanted().next().is_none() {
        return Ok(edits.iter().map(|_| Presented::default()).collect());
    }
    let names: Vec<String> = wanted().map(|speaker| speaker.name.clone()).collect();
    let is_plain = wanted().all(|speaker| speaker.role.is_none() && speaker.organisation.is_none());
    let known = if is_plain { known(transaction, &names).await? } else { None };
    match known {
        Some(known) => together(transaction, edits, known).await,
        None => one_by_one(transaction, edits).await,
    }
}

/// Who is known by each of these names; nothing if several are by one of them. Then one that is written down makes
/// others be called something else in the list, and each has to be looked up after the one before.
async fn known(
    transaction: &mut PgTransaction<'_>,
    names: &[String],
) -> Result<Option<HashMap<String, i64>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with labelled as materialized (
            select label, person_id from presenter_labels where label = any($1)
        )
        select label as "name!", person_id as "person!" from labelled
        union all
        select p.name, p.id from presenters pr join people p on p.id = pr.person_id
        where p.name = any($1) and not exists (select from labelled where label = p.name)"#,
        names,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut known = HashMap::with_capacity(rows.len());
    for row in rows {
        if known.insert(row.name, row.person).is_some() {
            return Ok(None);
        }
    }
    Ok(Some(known))
}

/// As [`one_by_one`], where everybody is known by their name alone, or new.
async fn together(
    transaction: &mut PgTransaction<'_>,
    edits: &[(&EventEdit, bool)],
    mut known: HashMap<String, i64>,
) -> Result<Vec<Presented>, sqlx::Error> {
    // Until they are written down, those who are new have numbers below zero.
    let mut new: Vec<String> = Vec::new();
    let mut all = Vec::with_capacity(edits.len());
    for (edit, can_be) in edits {
        let mut here: Vec<String> = Vec::new();
        let mut number = |speaker: &Speaker| -> Result<i64, PlanProblem> {
            if let Some(person) = known.get(&speaker.name) {
                return Ok(*person);
            }
            if speaker.name.chars().count() > LONGEST_NAME {
                return Err(PlanProblem::TooLong);
            }
            let at = here.iter().position(|name| *name == speaker.name).unwrap_or_else(|| {
                here.push(speaker.name.clone());
                here.len() - 1
            });
            Ok(-1 - i64::try_from(new.len() + at).unwrap_or_default())
        };
        let mut presented = Presented::default();
        match edit.contact.as_ref().map(&mut number).transpose() {
            Ok(contact) => presented.contact = contact,
            Err(problem) => presented.problems.push(("contact".to_owned(), problem)),
        }
        for speaker in &edit.speakers {
            match number(speaker) {
                Ok(person) if !presented.speakers.contains(&person) => {
                    presented.speakers.push(person);
                }
                problem => {
                    let problem = problem.err().unwrap_or(PlanProblem::Twice);
                    presented.problems.push(("speakers".to_owned(), problem));
                    break;
                }
            }
        }
        if *can_be && presented.problems.is_empty() {
            let is_new =
                |person: &i64| usize::try_from(-1 - *person).is_ok_and(|at| at >= new.len());
            presented.brought_in = presented.speakers.iter().copied().filter(is_new).collect();
            for name in here {
                new.push(name.clone());
                known.insert(name, -i64::try_from(new.len()).unwrap_or_default());
            }
        }
        all.push(presented);
    }
    let numbers = write_down(transaction, &new).await?;
    let real = |person: &mut i64| {
        let place = usize::try_from(-1 - *person).ok();
        if let Some(number) = place.and_then(|place| numbers.get(place)) {
            *person = *number;
        }
    };
    for presented in &mut all {
        let Presented { contact, speakers, brought_in, .. } = presented;
        contact.iter_mut().chain(speakers).chain(brought_in).for_each(real);
    }
    Ok(all)
}

/// Writes people down who are new, no two of the same name; their numbers, in order.
async fn write_down(
    transaction: &mut PgTransaction<'_>,
    names: &[String],
) -> Result<Vec<i64>, sqlx::Error> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let slugs: Vec<String> = names.iter().map(|name| slug_of(name)).collect();
    let rows = sqlx::query!(
        r#"with new as (
            select * from unnest($1::text[], $2::text[]) with ordinality as n (name, slug, place)
        ), person as (
            insert into people (name) select name from new order by place returning id, name
        ), listed as (
            insert into presenters (person_id, slug)
            select p.id, n.slug || '-' || p.id from person p join new n using (name) order by p.id
        )
        select id, name from person"#,
        names,
        &slugs,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let numbers: HashMap<String, i64> = rows.into_iter().map(|row| (row.name, row.id)).collect();
    Ok(names.iter().filter_map(|name| numbers.get(name).copied()).collect())
}

/// Each looked up, or written down, before the next.
async fn one_by_one(
    transaction: &mut PgTransaction<'_>,
    edits: &[(&EventEdit, bool)],
) -> Result<Vec<Presented>, sqlx::Error> {
    let mut all = Vec::with_capacity(edits.len());
    for (edit, can_be) in edits {
        let mut presented = Presented::default();
        let mut step = transaction.begin().await?;
        if let Some(contact) = &edit.contact {
            match presenter(&mut step, contact).await? {
                Ok(person) => presented.contact = Some(person),
                Err(problem) => presented.problems.push(("contact".to_owned(), problem)),
            }
        }
        let newest = newest(&mut step).await?;
        for speaker in &edit.speakers {
            match presenter(&mut step, speaker).await? {
                Ok(person) if !presented.speakers.contains(&person) => {
                    presented.speakers.push(person);
                }
                problem => {
                    let problem = problem.err().unwrap_or(PlanProblem::Twice);
                    presented.problems.push(("speakers".to_owned(), problem));
                    break;
                }
            }
        }
        presented.brought_in =
            presented.speakers.iter().copied().filter(|person| *person > newest).collect();
        if *can_be && presented.problems.is_empty() {
            step.commit().await?;
        } else {
            step.rollback().await?;
        }
        all.push(presented);
    }
    Ok(all)
}

/// The number of whoever was written down last.
pub(in crate::organise) async fn newest(
    transaction: &mut PgTransaction<'_>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select coalesce(max(id), 0) as "newest!" from people"#)
        .fetch_one(&mut **transaction)
        .await
}
