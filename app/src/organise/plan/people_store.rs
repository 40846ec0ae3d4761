//! The SQL of those who speak at an event and those whom one asks about it.

use super::model::{PlanProblem, slug_of};
use super::read::Speaker;
use crate::events::model::EventId;
use sqlx::PgTransaction;

/// The longest name of a person, in characters.
pub(super) const LONGEST_NAME: usize = 200;

/// The number of somebody who is presented: by the name in the list, by the name alone where only one has it, or
/// new.
pub(in crate::organise) async fn presenter(
    transaction: &mut PgTransaction<'_>,
    wanted: &Speaker,
) -> Result<Result<i64, PlanProblem>, sqlx::Error> {
    let known = sqlx::query_scalar!(
        r#"select person_id as "person!" from presenter_labels where label = $1
        union all
        (select p.id from presenters pr join people p on p.id = pr.person_id
            where p.name = $1 and $2 and not exists (select from presenter_labels where label = $1))"#,
        wanted.name,
        wanted.role.is_none() && wanted.organisation.is_none(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    if let [person] = known.as_slice() {
        return Ok(Ok(*person));
    }
    let organisation = match &wanted.organisation {
        None => None,
        Some(name) => {
            let found = sqlx::query_scalar!(
                "select id from organisations where lower(name) = lower($1) or lower(short_name) = lower($1)
                 order by lower(name) = lower($1) desc limit 1",
                name
            )
            .fetch_optional(&mut **transaction)
            .await?;
            if found.is_none() {
                return Ok(Err(PlanProblem::NoSuchOrganisation));
            }
            found
        }
    };
    if wanted.name.chars().count() > LONGEST_NAME {
        return Ok(Err(PlanProblem::TooLong));
    }
    let person = sqlx::query_scalar!(
        r#"with person as (insert into people (name) values ($1) returning id)
        insert into presenters (person_id, slug, organisation_id, role_sv)
        select id, $2 || '-' || id, $3, $4 from person returning person_id"#,
        wanted.name,
        slug_of(&wanted.name),
        organisation,
        wanted.role,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Ok(person))
}

/// Lets these people speak, in this order.
pub(super) async fn set_speakers(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    speakers: &[Speaker],
) -> Result<Result<(), PlanProblem>, sqlx::Error> {
    let mut people = Vec::with_capacity(speakers.len());
    for speaker in speakers {
        match presenter(transaction, speaker).await? {
            Ok(person) if people.contains(&person) => return Ok(Err(PlanProblem::Twice)),
            Ok(person) => people.push(person),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    sqlx::query!(
        "delete from event_speakers where event_id = $1 and person_id <> all($2)",
        event.0,
        &people
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into event_speakers (event_id, person_id, position)
         select $1, person, place from unnest($2::bigint[]) with ordinality as it (person, place)
         on conflict (event_id, person_id) do update set position = excluded.position
         where event_speakers.position is distinct from excluded.position",
        event.0,
        &people
    )
    .execute(&mut **transaction)
    .await?;
    Ok(Ok(()))
}
