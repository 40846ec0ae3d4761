//! The SQL of what is done at the door: letting people in and taking it back, at whatever time it was.

use super::model::{Came, Opening};
use super::outcome::{Done, Outcome, happened};
use super::store::{By, opening};
use crate::audit;
use crate::events::model::EventId;
use crate::events::store::word;
use crate::signup::model::Status;
use crate::time::{civil, instant};
use sqlx::{PgPool, PgTransaction};

/// What is told of somebody.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The number of the sign-up.
    pub sign_up: i64,
    /// What is sent twice has the same.
    pub key: &'a str,
    /// How many seconds ago it happened; 0 where there is a network.
    pub seconds_ago: i64,
}

/// Whose ticket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The number of a sign-up of this event.
    Here(i64),
    /// It is for another event.
    Elsewhere,
    /// There is no such ticket.
    Nobody,
}

/// Whose ticket it is.
///
/// # Errors
/// If the database does not answer.
pub async fn by_ticket(pool: &PgPool, event: EventId, ticket: &str) -> Result<Holder, sqlx::Error> {
    let found = sqlx::query!(
        "select id, event_id from sign_ups where ticket = $1 order by event_id = $2 desc limit 1",
        ticket,
        event.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(match found {
        None => Holder::Nobody,
        Some(row) if row.event_id == event.0 => Holder::Here(row.id),
        Some(_) => Holder::Elsewhere,
    })
}

/// When it counts as having happened, if whoever tells of it might do it then. What a door has kept is let in a
/// day later as well, if it was open when it happened.
async fn time_of(
    pool: &PgPool,
    event: EventId,
    by: By,
    seconds_ago: i64,
    now: i64,
) -> Result<Option<i64>, sqlx::Error> {
    let at = happened(seconds_ago, now);
    let Some(then) = opening(pool, event, at).await? else { return Ok(None) };
    if by.may(then) {
        return Ok(Some(at));
    }
    // A telephone's time from before the door opened, told while it is open.
    let is_open = then == Opening::NotYet
        && opening(pool, event, now).await?.is_some_and(|opening| by.may(opening));
    Ok(is_open.then_some(now))
}

/// A transaction in which everything is done by whoever stands at the door.
async fn begin(pool: &PgPool, by: By) -> Result<PgTransaction<'static>, sqlx::Error> {
    match by {
        By::Person(person) => audit::store::begin(pool, person).await,
        By::Link(link) => {
            let mut transaction = pool.begin().await?;
            sqlx::query!("select set_config('stafett.door', $1, true)", link.to_string())
                .fetch_one(&mut *transaction)
                .await?;
            Ok(transaction)
        }
    }
}

/// What a sign-up of this event is now, and whose; it does not change until the transaction ends.
async fn standing(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    sign_up: i64,
) -> Result<Option<(Status, String)>, sqlx::Error> {
    let found = sqlx::query!(
        "select status, name from sign_ups where id = $1 and event_id = $2 for update",
        sign_up,
        event.0
    )
    .fetch_optional(&mut **transaction)
    .await?;
    found.map(|row| Ok((word(Status::parse(&row.status), &row.status)?, row.name))).transpose()
}

/// Checks somebody in. Twice is once, at two doors too: the earliest time stands.
///
/// # Errors
/// If the database does not answer: then nobody has been checked in.
pub async fn check_in(
    pool: &PgPool,
    event: EventId,
    by: By,
    told: Told<'_>,
    now: i64,
) -> Result<Outcome, sqlx::Error> {
    let who = told.sign_up;
    let Some(at) = time_of(pool, event, by, told.seconds_ago, now).await? else {
        return Ok(Outcome::new(Done::Closed, who, None));
    };
    let mut transaction = begin(pool, by).await?;
    let (was, name) = match standing(&mut transaction, event, who).await? {
        None => return Ok(Outcome::new(Done::Nobody, 0, None)),
        Some((Status::Cancelled, name)) => {
            return Ok(Outcome::new(Done::Cancelled, who, Some(name)));
        }
        Some((was @ (Status::Confirmed | Status::NoShow | Status::Attended), name)) => (was, name),
        Some((_, name)) => return Ok(Outcome::new(Done::NoPlace, who, Some(name))),
    };
    let (link, actor) = match by {
        By::Person(person) => (None, Some(person.0)),
        By::Link(link) => (Some(link), None),
    };
    let noted = sqlx::query!(
        "insert into check_ins (sign_up_id, key, happened_at, received_at, door_link_id, actor_id)
         values ($1, $2, $3, $4, $5, $6) on conflict (sign_up_id, key) do nothing",
        who,
        told.key,
        instant(at),
        instant(now),
        link,
        actor,
    )
    .execute(&mut *transaction)
    .await?;
    let is_new = noted.rows_affected() > 0;
    // What was told before has been done, or been undone since.
    if is_new {
        sqlx::query!(
            "update sign_ups set status = 'attended', updated_at = $2 where id = $1",
            who,
            instant(now)
        )
        .execute(&mut *transaction)
        .await?;
    }
    let done = match (is_new, was) {
        (true, Status::Attended) => Done::Already,
        (true, _) | (false, Status::Attended) => Done::In,
        (false, _) => Done::Out,
    };
    let mut outcome = Outcome::new(done, who, Some(name));
    if let Some((key, came)) = first(&mut transaction, who).await? {
        outcome.is_first = key == told.key;
        outcome.came = Some(came);
    }
    transaction.commit().await?;
    Ok(outcome)
}

/// Which check-in of somebody's stands: the earliest that has not been undone.
async fn first(
    transaction: &mut PgTransaction<'_>,
    sign_up: i64,
) -> Result<Option<(String, Came)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select c.key, c.happened_at at time zone e.time_zone as "at!", coalesce(l.name, p.name) as by
        from check_ins c join sign_ups s on s.id = c.sign_up_id join events e on e.id = s.event_id
        left join door_links l on l.id = c.door_link_id
        left join people p on p.id = c.actor_id
        where c.sign_up_id = $1 and c.undone_at is null order by c.happened_at, c.id limit 1
        "#,
        sign_up
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| (row.key, Came { at: civil(row.at), by: row.by })))
}

/// Takes back that somebody came, whoever let them in. A check-in that is later than that stays: somebody who was
/// let in again at another door, while this one had no network, is here.
///
/// # Errors
/// If the database does not answer: then nothing has been undone.
pub async fn undo(
    pool: &PgPool,
    event: EventId,
    by: By,
    told: Told<'_>,
    now: i64,
) -> Result<Outcome, sqlx::Error> {
    let who = told.sign_up;
    let Some(at) = time_of(pool, event, by, told.seconds_ago, now).await? else {
        return Ok(Outcome::new(Done::Closed, who, None));
    };
    let mut transaction = begin(pool, by).await?;
    let name = match standing(&mut transaction, event, who).await? {
        None => return Ok(Outcome::new(Done::Nobody, 0, None)),
        Some((Status::Attended, name)) => name,
        Some((_, name)) => return Ok(Outcome::new(Done::Out, who, Some(name))),
    };
    sqlx::query!(
        "update check_ins set undone_at = $2
         where sign_up_id = $1 and undone_at is null and happened_at <= $3",
        who,
        instant(now),
        instant(at)
    )
    .execute(&mut *transaction)
    .await?;
    let mut outcome = Outcome::new(Done::Out, who, Some(name));
    if let Some((_, came)) = first(&mut transaction, who).await? {
        outcome.done = Done::Already;
        outcome.came = Some(came);
    } else {
        sqlx::query!(
            "update sign_ups set status = 'confirmed', updated_at = $2 where id = $1",
            who,
            instant(now)
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(outcome)
}
