//! The SQL of signing up for a whole series: every stop that is open, for several people at once.

use super::desk::new_token;
use super::model::Applicant;
use super::placing::{Counter, Wanted};
use super::series_store::stops;
use super::store::{Entry, Locking, mail_again, people};
use crate::events::model::Phase;
use crate::text::consent;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};
use std::collections::HashMap;

/// A series' own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeriesId(pub i64);

/// What came of signing up for a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesOutcome {
    /// Signed up; the secret of one's own page of it.
    SignedUp(String),
    /// The address took the whole before; the link goes there.
    Again,
    /// No stop is open.
    NotOpen,
}

/// Signs everybody in `entries` up for every stop that is open, in their order, in one transaction. The secret
/// of an entry becomes that of the person's page of the whole.
///
/// # Errors
/// If the database does not answer: then nobody has been signed up, unless the connection was lost during the
/// commit itself.
pub(super) async fn sign_up(
    pool: &PgPool,
    series: SeriesId,
    entries: &[Entry],
    now: i64,
    locking: Locking,
) -> Result<Vec<SeriesOutcome>, sqlx::Error> {
    let mut stops = stops(pool, series, now).await?;
    stops.retain(|stop| stop.phase == Phase::Open);
    let mut transaction = super::store::begin(pool).await?;
    // Seats before people, as for a single event: whoever takes a single stop at the same moment waits for us or
    // we for them, and neither for the other. However many people and stops there are, it is one question to the
    // database for each thing: while the seats are locked, everybody else waits for us.
    let events: Vec<_> = stops.iter().map(|stop| stop.id).collect();
    let counter = Counter::open(&mut transaction, &events, now, locking).await?;
    // Some may have closed since they were read.
    stops.retain(|stop| counter.is_open(stop.id) && !stop.ways.is_empty());
    if stops.is_empty() {
        return Ok(vec![SeriesOutcome::NotOpen; entries.len()]);
    }
    let people = people(&mut transaction, entries).await?;
    let wholes = take_wholes(&mut transaction, series, entries, &people, now).await?;
    let again: Vec<i64> = entries
        .iter()
        .filter(|entry| !wholes.contains_key(&entry.token))
        .filter_map(|entry| people.get(&entry.applicant.email.key()).copied())
        .collect();
    tell_again(&mut transaction, series, &again, now).await?;
    let mut parts = Vec::with_capacity(wholes.len() * stops.len());
    for entry in entries {
        let Some(&whole) = wholes.get(&entry.token) else { continue };
        for stop in &stops {
            let Some(way) = stop.way_for(entry.applicant.way) else { continue };
            let applicant = Applicant { way, ..entry.applicant.clone() };
            let part = Entry { applicant, lang: entry.lang, token: secret()? };
            parts.push((stop.id, whole, part));
        }
    }
    let wanted: Vec<_> = parts
        .iter()
        .map(|(event, whole, entry)| Wanted { event: *event, entry, whole: Some(*whole) })
        .collect();
    counter.place(&mut transaction, &people, &wanted, now).await?;
    transaction.commit().await?;
    let told = |entry: &Entry| match wholes.get(&entry.token) {
        Some(_) => SeriesOutcome::SignedUp(entry.token.clone()),
        None => SeriesOutcome::Again,
    };
    Ok(entries.iter().map(told).collect())
}

pub(super) fn secret() -> Result<String, sqlx::Error> {
    new_token().map_err(|_| sqlx::Error::Io(std::io::Error::other("no randomness to be had")))
}

/// Writes down who takes the whole, and gives the numbers of those that are new by their secrets. Whoever has
/// taken it before, or stands in `entries` twice, is not among them.
async fn take_wholes(
    transaction: &mut PgTransaction<'_>,
    series: SeriesId,
    entries: &[Entry],
    people: &HashMap<String, i64>,
    now: i64,
) -> Result<HashMap<String, i64>, sqlx::Error> {
    let column = |value: fn(&Entry) -> &str| -> Vec<String> {
        entries.iter().map(|entry| value(entry).to_owned()).collect()
    };
    let who: Vec<i64> = entries
        .iter()
        .map(|entry| people.get(&entry.applicant.email.key()).copied())
        .collect::<Option<_>>()
        .ok_or(sqlx::Error::RowNotFound)?;
    let rows = sqlx::query!(
        r#"
        insert into series_sign_ups (token, series_id, person_id, way, name, organisation, language,
            consented_at, consent_version, created_at)
        select new.token, $1, new.person, new.way, new.name, new.organisation, new.language, $2, $3, $2
        from unnest($4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[]) with ordinality
            as new (token, person, way, name, organisation, language, place)
        order by new.place
        on conflict (series_id, person_id) where left_at is null do nothing
        returning id, token
        "#,
        series.0,
        instant(now),
        consent::CURRENT,
        &column(|entry| &entry.token),
        &who,
        &column(|entry| entry.applicant.way.as_str()),
        &column(|entry| &entry.applicant.name),
        &column(|entry| &entry.applicant.organisation),
        &column(|entry| entry.lang.tag()),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.token, row.id)).collect())
}

/// The link to the first of their places goes to whoever signs up for the whole once more.
async fn tell_again(
    transaction: &mut PgTransaction<'_>,
    series: SeriesId,
    people: &[i64],
    now: i64,
) -> Result<(), sqlx::Error> {
    if people.is_empty() {
        return Ok(());
    }
    let first = sqlx::query_scalar!(
        "select distinct on (s.person_id) s.id from sign_ups s join events e on e.id = s.event_id
         where e.series_id = $1 and s.person_id = any($2) and s.status in ('requested', 'confirmed', 'waitlisted')
         order by s.person_id, e.starts_at, s.id",
        series.0,
        people
    )
    .fetch_all(&mut **transaction)
    .await?;
    mail_again(transaction, &first, now).await
}
