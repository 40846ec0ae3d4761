//! The SQL of sign-ups. Every function that writes takes the lock of the event's seats first, and so
//! they happen one after the other for one event, whichever server process asks.

use super::model::{Applicant, Outcome, Refusal, Status};
use super::placing::{Counter, Wanted};
use crate::events::model::{EventId, Hours, Phase, State, Way};
use crate::events::store::word;
use crate::text::Lang;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};
use std::collections::HashMap;

/// One who signs up, and the secret of the page they will get.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub applicant: Applicant,
    /// The language of their mails.
    pub lang: Lang,
    /// 128 random bits as text.
    pub token: String,
}

/// The seats of one way, read under the lock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeatLine {
    pub(super) way: Way,
    pub(super) capacity: Option<i32>,
    pub(super) confirmed: i32,
    pub(super) waitlisted: i32,
    pub(super) last_queue_number: i64,
}

impl SeatLine {
    /// Whoever comes now gets a seat: there is one, and nobody stands in line for it.
    pub(super) fn has_room(&self) -> bool {
        self.waitlisted == 0 && self.capacity.is_none_or(|capacity| self.confirmed < capacity)
    }
}

/// Begins a transaction that gives out seats. A connection keeps the plans of what it asks, also for keys that
/// refer to other tables. One that was made while a table had a page or two reads it from end to end, and goes on
/// doing so until Postgres next looks how large it has become, which takes a minute: long for a rush, and seats
/// are locked meanwhile. All that is asked here is found by an index, so plans are made without the other way.
pub(crate) async fn begin(pool: &PgPool) -> Result<PgTransaction<'static>, sqlx::Error> {
    pool.begin_with("begin; set local enable_seqscan = off").await
}

/// How the seats are read before they are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// The row is held until the transaction ends.
    Held,
    /// Not at all. Only to show in a test what the lock is for.
    #[cfg(test)]
    LeftOut,
}

/// Signs up everybody in `entries`, in their order, in one transaction.
///
/// # Errors
/// If the database does not answer: then nobody has been signed up, unless the connection was lost
/// during the commit itself.
pub async fn sign_up(
    pool: &PgPool,
    event: EventId,
    entries: &[Entry],
    now: i64,
    locking: Locking,
) -> Result<Vec<Result<Outcome, Refusal>>, sqlx::Error> {
    let mut transaction = begin(pool).await?;
    let Placed { outcomes, again } = place(&mut transaction, event, entries, now, locking).await?;
    mail_again(&mut transaction, &again, now).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

/// What came of placing some people at one event.
pub(super) struct Placed {
    pub(super) outcomes: Vec<Result<Outcome, Refusal>>,
    /// Sign-ups, older than this transaction, of people who came once more.
    pub(super) again: Vec<i64>,
}

/// Gives everybody in `entries` a seat or a place in line, in their order, within a transaction that may
/// place the same people elsewhere too. Whoever does that takes the events in the order of their numbers.
pub(super) async fn place(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    entries: &[Entry],
    now: i64,
    locking: Locking,
) -> Result<Placed, sqlx::Error> {
    let counter = Counter::open(transaction, &[event], now, locking).await?;
    if !counter.is_open(event) {
        let outcomes = vec![Err(Refusal::NotOpen); entries.len()];
        return Ok(Placed { outcomes, again: Vec::new() });
    }
    let people = people(transaction, entries).await?;
    let wanted: Vec<_> = entries.iter().map(|entry| Wanted { event, entry, whole: None }).collect();
    counter.place(transaction, &people, &wanted, now).await
}

/// Takes the lock of the event's seats, and reads them.
pub(crate) async fn lock_seats(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    locking: Locking,
) -> Result<Vec<SeatLine>, sqlx::Error> {
    let lines = lock_all(transaction, &[event.0], locking).await?;
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// The same for several events, in the order of their numbers: two that want the same ones never wait for
/// each other in a circle.
pub(crate) async fn lock_all(
    transaction: &mut PgTransaction<'_>,
    events: &[i64],
    locking: Locking,
) -> Result<Vec<(EventId, SeatLine)>, sqlx::Error> {
    struct Row {
        event_id: i64,
        way: String,
        capacity: Option<i32>,
        confirmed: i32,
        waitlisted: i32,
        last_queue_number: i64,
    }
    let rows = match locking {
        Locking::Held => {
            sqlx::query_as!(
                Row,
                "select event_id, way, capacity, confirmed, waitlisted, last_queue_number from event_ways
                 where event_id = any($1) order by event_id, way for update",
                events
            )
            .fetch_all(&mut **transaction)
            .await?
        }
        #[cfg(test)]
        Locking::LeftOut => {
            let read = sqlx::query_as!(
                Row,
                "select event_id, way, capacity, confirmed, waitlisted, last_queue_number from event_ways
                 where event_id = any($1) order by event_id, way",
                events
            )
            .fetch_all(&mut **transaction)
            .await?;
            // Long enough for others to read the same before this one writes, on any machine: what goes wrong
            // without the lock then goes wrong every time, not only when chance lets two meet.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            read
        }
    };
    rows.into_iter()
        .map(|row| {
            let line = SeatLine {
                way: word(Way::parse(&row.way), &row.way)?,
                capacity: row.capacity,
                confirmed: row.confirmed,
                waitlisted: row.waitlisted,
                last_queue_number: row.last_queue_number,
            };
            Ok((EventId(row.event_id), line))
        })
        .collect()
}

/// What an event asks of those who sign up, held still until the transaction ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub(super) phase: Phase,
    needs_approval: bool,
}

impl Terms {
    /// What somebody is who gets a seat.
    pub(super) fn with_seat(self) -> Status {
        if self.needs_approval { Status::Requested } else { Status::Confirmed }
    }

    /// Seats that become free are given out.
    pub(super) fn gives_seats(self) -> bool {
        !matches!(self.phase, Phase::Cancelled | Phase::Past)
    }
}

/// The event's terms; `None` if there is no such event.
pub(super) async fn terms(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    now: i64,
) -> Result<Option<Terms>, sqlx::Error> {
    let terms = all_terms(transaction, &[event.0], now).await?;
    Ok(terms.first().map(|(_, terms)| *terms))
}

/// The same for several events.
pub(super) async fn all_terms(
    transaction: &mut PgTransaction<'_>,
    events: &[i64],
    now: i64,
) -> Result<Vec<(EventId, Terms)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, state, starts_at, ends_at, sign_up_opens_at, sign_up_closes_at, needs_approval
         from events where id = any($1) order by id for share",
        events
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let hours = Hours {
                starts: row.starts_at.unix_timestamp(),
                ends: row.ends_at.unix_timestamp(),
                opens: row.sign_up_opens_at.map(time::OffsetDateTime::unix_timestamp),
                closes: row.sign_up_closes_at.map(time::OffsetDateTime::unix_timestamp),
            };
            let phase = Phase::at(word(State::parse(&row.state), &row.state)?, hours, now);
            Ok((EventId(row.id), Terms { phase, needs_approval: row.needs_approval }))
        })
        .collect()
}

/// The numbers of the people with these addresses, new ones among them, by the addresses' keys.
pub(super) async fn people(
    transaction: &mut PgTransaction<'_>,
    entries: &[Entry],
) -> Result<HashMap<String, i64>, sqlx::Error> {
    let mut wanted: Vec<_> = entries
        .iter()
        .map(|entry| {
            let email = &entry.applicant.email;
            (email.key(), email.as_str().to_owned(), entry.applicant.name.clone())
        })
        .collect();
    // In one order everywhere: two transactions that add the same people never wait for each other.
    wanted.sort();
    wanted.dedup_by(|a, b| a.0 == b.0);
    let (mut keys, mut emails, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (key, email, name) in wanted {
        keys.push(key);
        emails.push(email);
        names.push(name);
    }
    sqlx::query!(
        "insert into people (name, email, email_key)
         select * from unnest($1::text[], $2::text[], $3::text[])
         on conflict (email_key) do nothing",
        &names,
        &emails,
        &keys,
    )
    .execute(&mut **transaction)
    .await?;
    let rows = sqlx::query!(
        r#"select id, email_key as "key!" from people where email_key = any($1)"#,
        &keys
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
}

/// Sends the link again to those who are signed up already, at most every ten minutes, so that nobody's
/// mailbox can be filled by signing them up over and over.
pub(super) async fn mail_again(
    transaction: &mut PgTransaction<'_>,
    sign_ups: &[i64],
    now: i64,
) -> Result<(), sqlx::Error> {
    if sign_ups.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select 'signed_up_again', p.email, s.language, s.id, s.event_id, $1::timestamptz
         from sign_ups s join people p on p.id = s.person_id
         where s.id = any($2) and p.email is not null and not exists (
             select 1 from mails m where m.sign_up_id = s.id and m.kind = 'signed_up_again'
                 and m.created_at > $1::timestamptz - interval '10 minutes')",
        instant(now),
        sign_ups,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The names of all known organisations, for suggesting.
///
/// # Errors
/// If the database does not answer.
pub async fn organisation_names(pool: &PgPool) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select name from organisations order by name").fetch_all(pool).await
}
