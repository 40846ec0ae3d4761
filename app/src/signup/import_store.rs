//! The SQL of people who are signed up from a file, and of taking that back. How they are placed is worked out by
//! `organise/imports/people_plan.rs`, under the lock that is taken here.

use super::deed_store::Doing;
use super::deed_write::give_out;
use super::desk::new_token;
use super::question_store;
use super::store::{Entry, Terms, lock_seats, people, terms};
use crate::events::model::{EventId, Way};
use crate::events::store::word;
use crate::organise::imports::people_plan::{Known, Newcomer, Seats};
use crate::text::consent;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};
use std::collections::HashMap;

/// The seats of an event as they are now, for a preview.
///
/// # Errors
/// If the database does not answer.
pub async fn seats(pool: &PgPool, event: EventId) -> Result<Vec<Seats>, sqlx::Error> {
    let rows = sqlx::query!(
        "select way, capacity, confirmed, waitlisted from event_ways where event_id = $1 order by way desc",
        event.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Seats {
                way: word(Way::parse(&row.way), &row.way)?,
                capacity: row.capacity,
                taken: row.confirmed,
                in_line: row.waitlisted,
            })
        })
        .collect()
}

/// The seats of an event, held until the transaction ends; nothing if it is over or cancelled.
pub(crate) async fn held_seats(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
) -> Result<Option<Held>, sqlx::Error> {
    let lines = lock_seats(transaction, doing.event, doing.locking).await?;
    let terms = terms(transaction, doing.event, doing.now).await?;
    let seats = lines
        .iter()
        .map(|line| Seats {
            way: line.way,
            capacity: line.capacity,
            taken: line.confirmed,
            in_line: line.waitlisted,
        })
        .collect();
    let last = lines.iter().map(|line| (line.way, line.last_queue_number)).collect();
    Ok(terms.is_some_and(Terms::gives_seats).then_some(Held { seats, last }))
}

/// The seats of an event while they are held.
pub(crate) struct Held {
    /// Of each way.
    pub(crate) seats: Vec<Seats>,
    /// The last number in line of each way.
    last: HashMap<Way, i64>,
}

/// What those with these addresses are at an event.
///
/// # Errors
/// If the database does not answer.
pub async fn known(
    connection: &mut sqlx::PgConnection,
    event: EventId,
    keys: &[String],
) -> Result<HashMap<String, Known>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.email_key as "key!", bool_or(s.status not in ('cancelled', 'refused')) as "is_there!"
        from people p join sign_ups s on s.person_id = p.id
        where s.event_id = $1 and p.email_key = any($2) group by 1"#,
        event.0,
        keys,
    )
    .fetch_all(connection)
    .await?;
    let known = |is_there| if is_there { Known::There } else { Known::Gone };
    Ok(rows.into_iter().map(|row| (row.key, known(row.is_there))).collect())
}

/// Signs these people up, in their order; the number of each sign-up. Their status has been worked out for the
/// seats that are held.
pub(crate) async fn add(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    held: &mut Held,
    newcomers: &[&Newcomer],
    mail: bool,
) -> Result<Vec<i64>, sqlx::Error> {
    let mut entries = Vec::with_capacity(newcomers.len());
    let mut queue_numbers = Vec::with_capacity(newcomers.len());
    for newcomer in newcomers {
        let Ok(token) = new_token() else { return Err(sqlx::Error::WorkerCrashed) };
        let (applicant, lang) = (newcomer.applicant.clone(), newcomer.lang);
        let last = held.last.entry(applicant.way).or_default();
        *last += 1;
        queue_numbers.push(*last);
        entries.push(Entry { applicant, lang, token });
    }
    let known = people(transaction, &entries).await?;
    let column = |value: fn(&Entry) -> String| entries.iter().map(value).collect::<Vec<_>>();
    let mut persons = Vec::with_capacity(entries.len());
    for entry in &entries {
        let person = known.get(&entry.applicant.email.key());
        persons.push(*person.ok_or(sqlx::Error::RowNotFound)?);
    }
    let statuses: Vec<String> =
        newcomers.iter().map(|newcomer| newcomer.status.as_str().to_owned()).collect();
    let tokens = column(|entry| entry.token.clone());
    let rows = sqlx::query!(
        r#"
        insert into sign_ups (event_id, token, way, person_id, status, queue_number, name, organisation,
            language, consented_at, consent_version, created_at, updated_at)
        select $1, new.token, new.way, new.person_id, new.status, new.queue_number, new.name, new.organisation,
            new.language, $2, $3, $2, $2
        from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[],
            $11::text[]) as new (token, way, person_id, status, queue_number, name, organisation, language)
        returning id, token
        "#,
        doing.event.0,
        instant(doing.now),
        consent::HAND,
        &tokens,
        &column(|entry| entry.applicant.way.as_str().to_owned()),
        &persons,
        &statuses,
        &queue_numbers,
        &column(|entry| entry.applicant.name.clone()),
        &column(|entry| entry.applicant.organisation.clone()),
        &column(|entry| entry.lang.tag().to_owned()),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let answers = entries.iter().flat_map(|entry| {
        entry.applicant.answers.iter().map(|answer| (entry.token.as_str(), answer))
    });
    question_store::insert(transaction, &answers.collect::<Vec<_>>()).await?;
    let ids: HashMap<String, i64> = rows.into_iter().map(|row| (row.token, row.id)).collect();
    let ids: Vec<i64> = tokens.iter().filter_map(|token| ids.get(token).copied()).collect();
    if mail {
        tell(transaction, &ids, doing.now).await?;
    }
    Ok(ids)
}

/// Cancels those of these sign-ups that are still what they were made at that moment; how many. Their seats go
/// to the first in line.
pub(crate) async fn take_back(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    sign_ups: &[i64],
    made_at: time::OffsetDateTime,
    mail: bool,
) -> Result<u64, sqlx::Error> {
    let cancelled = sqlx::query_scalar!(
        "update sign_ups set status = 'cancelled', updated_at = $4
         where event_id = $1 and id = any($2) and updated_at = $3 and status in ('confirmed', 'waitlisted')
         returning id",
        doing.event.0,
        sign_ups,
        made_at,
        instant(doing.now),
    )
    .fetch_all(&mut **transaction)
    .await?;
    if mail {
        tell(transaction, &cancelled, doing.now).await?;
    }
    give_out(transaction, doing).await?;
    Ok(u64::try_from(cancelled.len()).unwrap_or_default())
}

/// Mails these people what they are now.
async fn tell(
    transaction: &mut PgTransaction<'_>,
    sign_ups: &[i64],
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select s.status, p.email, s.language, s.id, s.event_id, $2
         from sign_ups s join people p on p.id = s.person_id
         where s.id = any($1) and p.email is not null order by s.queue_number",
        sign_ups,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
