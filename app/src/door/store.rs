//! The SQL of the door: who is expected, checking in and undoing it.

use super::model::{Came, Done, Door, Guest, Opening};
use crate::account::model::PersonId;
use crate::audit;
use crate::events::model::{EventId, Way};
use crate::events::store::{lines, word};
use crate::signup::model::Status;
use crate::text::Lang;
use crate::time::{civil, instant, today};
use sqlx::{PgPool, PgTransaction};

/// Who stands at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody who organises or hosts.
    Person(PersonId),
    /// A steward with a link.
    Link(i64),
}

impl By {
    /// Whether they may check people in now.
    #[must_use]
    pub const fn may(self, opening: Opening) -> bool {
        match self {
            Self::Person(_) => matches!(opening, Opening::Open | Opening::Over),
            Self::Link(_) => matches!(opening, Opening::Open),
        }
    }
}

/// Somebody comes.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The number of the sign-up.
    pub sign_up: i64,
    /// What is sent twice has the same.
    pub key: &'a str,
    /// When it happened.
    pub at: i64,
}

/// The event whose door a steward's link opens, and the link's number; `None` for one that was never made or is
/// revoked.
///
/// # Errors
/// If the database does not answer.
pub async fn steward(pool: &PgPool, token: &str) -> Result<Option<(EventId, i64)>, sqlx::Error> {
    let Some(hash) = crate::account::secret::hash(token) else { return Ok(None) };
    let row = sqlx::query!(
        "select id, event_id from door_links where token_hash = $1 and revoked_at is null",
        hash
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| (EventId(row.event_id), row.id)))
}

/// Whether it is one of the event's days, from midnight to midnight in Sweden.
///
/// # Errors
/// If the database does not answer.
pub async fn opening(
    pool: &PgPool,
    event: EventId,
    now: i64,
) -> Result<Option<Opening>, sqlx::Error> {
    let row = sqlx::query!("select state, starts_at, ends_at from events where id = $1", event.0)
        .fetch_optional(pool)
        .await?;
    Ok(row.map(|row| {
        let (starts, ends) = (row.starts_at.unix_timestamp(), row.ends_at.unix_timestamp());
        let day = today(now);
        if row.state == "cancelled" {
            Opening::Cancelled
        } else if day < today(starts) {
            Opening::NotYet
        // What ends at midnight does not touch the day that begins there.
        } else if today((ends - 1).max(starts)) < day {
            Opening::Over
        } else {
            Opening::Open
        }
    }))
}

/// The door as whoever stands there sees it. A steward sees nobody on other days.
///
/// # Errors
/// If the database does not answer.
pub async fn door(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    by: By,
    now: i64,
) -> Result<Option<Door>, sqlx::Error> {
    let Some(opening) = opening(pool, event, now).await? else { return Ok(None) };
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let may_check_in = by.may(opening);
    let is_for_all = matches!(by, By::Person(_));
    let guests = if may_check_in || is_for_all { guests(pool, event).await? } else { Vec::new() };
    Ok(Some(Door { line: line.line, opening, may_check_in, guests, links: None }))
}

/// Everybody who signed up, by name; who signed up again only as they stand now.
async fn guests(pool: &PgPool, event: EventId) -> Result<Vec<Guest>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select s.id, s.name, s.organisation, s.way, s.status,
            c.happened_at at time zone e.time_zone as "at?", coalesce(l.name, p.name) as by
        from sign_ups s join events e on e.id = s.event_id
        left join lateral (
            select happened_at, door_link_id, actor_id from check_ins
            where sign_up_id = s.id and undone_at is null order by happened_at, id limit 1
        ) c on s.status = 'attended'
        left join door_links l on l.id = c.door_link_id
        left join people p on p.id = c.actor_id
        where s.event_id = $1 and (s.status not in ('cancelled', 'refused') or not exists (
            select from sign_ups o where o.event_id = s.event_id and o.person_id = s.person_id and o.id <> s.id
                and (o.status not in ('cancelled', 'refused') or o.id > s.id)))
        order by s.name collate "sv-x-icu", s.id
        "#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let by = row.by;
            Ok(Guest {
                id: row.id,
                name: row.name,
                organisation: row.organisation,
                way: word(Way::parse(&row.way), &row.way)?,
                status: word(Status::parse(&row.status), &row.status)?,
                came: row.at.map(|at| Came { at: civil(at), by }),
            })
        })
        .collect()
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

/// What a sign-up of this event is now; it does not change until the transaction ends.
async fn status(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    sign_up: i64,
) -> Result<Option<Status>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        "select status from sign_ups where id = $1 and event_id = $2 for update",
        sign_up,
        event.0
    )
    .fetch_optional(&mut **transaction)
    .await?;
    found.map(|status| word(Status::parse(&status), &status)).transpose()
}

/// Checks somebody in. Twice is once, at two doors too: the earliest time stands.
///
/// # Errors
/// If the database does not answer: then nobody has been checked in.
pub async fn check_in(
    pool: &PgPool,
    event: EventId,
    by: By,
    arrival: Arrival<'_>,
    now: i64,
) -> Result<Done, sqlx::Error> {
    if !opening(pool, event, now).await?.is_some_and(|opening| by.may(opening)) {
        return Ok(Done::Closed);
    }
    let mut transaction = begin(pool, by).await?;
    let was = match status(&mut transaction, event, arrival.sign_up).await? {
        None => return Ok(Done::Nobody),
        Some(was @ (Status::Confirmed | Status::NoShow | Status::Attended)) => was,
        Some(_) => return Ok(Done::NoPlace),
    };
    let (link, actor) = match by {
        By::Person(person) => (None, Some(person.0)),
        By::Link(link) => (Some(link), None),
    };
    let noted = sqlx::query!(
        "insert into check_ins (sign_up_id, key, happened_at, received_at, door_link_id, actor_id)
         values ($1, $2, $3, $4, $5, $6) on conflict (sign_up_id, key) do nothing",
        arrival.sign_up,
        arrival.key,
        instant(arrival.at.min(now)),
        instant(now),
        link,
        actor,
    )
    .execute(&mut *transaction)
    .await?;
    // What was told before has been done, or been undone since.
    if noted.rows_affected() > 0 {
        sqlx::query!(
            "update sign_ups set status = 'attended', updated_at = $2 where id = $1",
            arrival.sign_up,
            instant(now)
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(match (noted.rows_affected() > 0, was) {
        (true, Status::Attended) => Done::Already,
        (true, _) | (false, Status::Attended) => Done::In,
        (false, _) => Done::Out,
    })
}

/// Takes back that somebody came, whoever let them in.
///
/// # Errors
/// If the database does not answer: then nothing has been undone.
pub async fn undo(
    pool: &PgPool,
    event: EventId,
    by: By,
    sign_up: i64,
    now: i64,
) -> Result<Done, sqlx::Error> {
    if !opening(pool, event, now).await?.is_some_and(|opening| by.may(opening)) {
        return Ok(Done::Closed);
    }
    let mut transaction = begin(pool, by).await?;
    match status(&mut transaction, event, sign_up).await? {
        None => return Ok(Done::Nobody),
        Some(Status::Attended) => {}
        Some(_) => return Ok(Done::Out),
    }
    sqlx::query!(
        "update check_ins set undone_at = $2 where sign_up_id = $1 and undone_at is null",
        sign_up,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "update sign_ups set status = 'confirmed', updated_at = $2 where id = $1",
        sign_up,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Done::Out)
}
