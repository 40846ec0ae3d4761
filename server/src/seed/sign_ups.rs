//! Places that made-up participants have taken in the demonstration season.

use rand::Rng;
use rand::distr::Alphanumeric;
use serde_json::{Value, json};

use super::dates::Dates;
use super::events::Planned;
use super::facts::Participant;
use super::{Ids, SeedError, Tx, record, storing};

/// The wording that they agreed to.
const CONSENT_VERSION: i32 = 1;
/// Sign-ups came in one after the other, this far apart, the last of them just before loading.
const MINUTES_BETWEEN: i64 = 137;
/// Each event begins this much further down the list of participants, so that they are not all the same.
const STEP: usize = 5;

/// Takes the places that the facts tell of, and says how many that were.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    planned: &[Planned<'_>],
    participants: &[Participant],
    events: &Ids,
    dates: &Dates,
) -> Result<usize, SeedError> {
    let people = insert_people(tx, participants).await?;
    let mut rows = Vec::new();
    for (index, it) in planned.iter().enumerate() {
        let (event, at) = (it.event, it.at.as_str());
        let wanted = event.taken + event.waiting;
        if wanted == 0 {
            continue;
        }
        if wanted > participants.len() {
            return Err(record(at, "more places are taken than there are participants"));
        }
        let way = it.format.and_then(|format| format.ways().first());
        let who = participants.iter().cycle().skip(index * STEP % participants.len());
        for (place, person) in who.take(wanted).enumerate() {
            let minutes_ago = i64::try_from(wanted - place).unwrap_or(0) * MINUTES_BETWEEN;
            rows.push(json!({
                "token": token(),
                "event_id": events.get(&event.slug, at)?,
                "way": way,
                "person_id": people.get(&person.email, at)?,
                "status": if place < event.taken { "confirmed" } else { "waitlisted" },
                "queue_number": place + 1,
                "name": person.name,
                "organisation": person.organisation,
                "language": person.language.as_deref().unwrap_or("sv"),
                "signed_up_at": dates.before_now(minutes_ago)?,
                "consent_version": CONSENT_VERSION,
            }));
        }
    }
    let count = rows.len();
    sqlx::query!(
        "insert into sign_ups
            (token, event_id, way, person_id, status, queue_number, name, organisation, language,
             consented_at, consent_version, created_at, updated_at)
         select token, event_id, way, person_id, status, queue_number, name, organisation, language,
             signed_up_at, consent_version, signed_up_at, signed_up_at
         from jsonb_to_recordset($1) as r
            (token text, event_id bigint, way text, person_id bigint, status text, queue_number bigint,
             name text, organisation text, language text, signed_up_at timestamptz, consent_version integer)",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("sign-ups"))?;
    Ok(count)
}

async fn insert_people(tx: &mut Tx<'_>, participants: &[Participant]) -> Result<Ids, SeedError> {
    let rows: Vec<Value> =
        participants.iter().map(|it| json!({"name": it.name, "email": it.email})).collect();
    let inserted = sqlx::query!(
        r#"insert into people (name, email, email_key)
         select name, email, lower(email)
         from jsonb_to_recordset($1) as r (name text, email text)
         returning email as "email!", id"#,
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("participants"))?;
    Ok(Ids::new("participant", inserted.into_iter().map(|it| (it.email, it.id))))
}

/// 24 letters and digits: more than 128 random bits.
fn token() -> String {
    rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect()
}
