//! The SQL of one's own sign-up: seeing, cancelling, changing and going to it, and what frees a seat. Like
//! signing up, everything that writes takes the lock of the event's seats first.

use super::model::{Moment, OwnSignUp, Status};
use super::store::{Locking, SeatLine, lock_seats, phase};
use crate::events::model::{EventId, Phase, State, Way};
use crate::events::store::{Line, lines, word};
use crate::text::Lang;
use crate::time::{civil, instant};
use sqlx::{PgPool, PgTransaction};

/// The text can be somebody's secret; what cannot is not looked up.
pub(super) fn is_token(text: &str) -> bool {
    text.len() < 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

async fn event_of(pool: &PgPool, token: &str) -> Result<Option<EventId>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let id = sqlx::query_scalar!("select event_id from sign_ups where token = $1", token);
    Ok(id.fetch_optional(pool).await?.map(EventId))
}

/// A sign-up as it is while the event's seats are locked.
struct Held {
    id: i64,
    way: Way,
    status: Status,
    has_begun: bool,
    /// The event takes place.
    is_on: bool,
}

impl Held {
    /// It is a place, or one in line, of an event that has not begun.
    fn can_change(&self) -> bool {
        !self.has_begun && matches!(self.status, Status::Confirmed | Status::Waitlisted)
    }
}

async fn held(
    transaction: &mut PgTransaction<'_>,
    token: &str,
    now: i64,
) -> Result<Held, sqlx::Error> {
    let row = sqlx::query!(
        "select s.id, s.way, s.status, e.starts_at, e.state
         from sign_ups s join events e on e.id = s.event_id where s.token = $1",
        token
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Held {
        id: row.id,
        way: word(Way::parse(&row.way), &row.way)?,
        status: word(Status::parse(&row.status), &row.status)?,
        has_begun: now >= row.starts_at.unix_timestamp(),
        is_on: word(State::parse(&row.state), &row.state)? == State::Published,
    })
}

async fn mail(
    transaction: &mut PgTransaction<'_>,
    kind: &str,
    sign_up: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select $1, p.email, s.language, s.id, s.event_id, $3
         from sign_ups s join people p on p.id = s.person_id
         where s.id = $2 and p.email is not null",
        kind,
        sign_up,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What came of asking to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It is cancelled, now or since before.
    Done,
    /// The event has begun.
    TooLate,
}

/// Cancels the sign-up with this secret and gives the freed seat to the first in line, in one
/// transaction. `None` if there is no such sign-up.
///
/// # Errors
/// If the database does not answer.
pub async fn cancel(
    pool: &PgPool,
    token: &str,
    reason: Option<&str>,
    now: i64,
) -> Result<Option<Cancelled>, sqlx::Error> {
    let Some(event) = event_of(pool, token).await? else { return Ok(None) };
    let mut transaction = pool.begin().await?;
    let seats = lock_seats(&mut transaction, event, Locking::Held).await?;
    let held = held(&mut transaction, token, now).await?;
    if held.status == Status::Cancelled {
        return Ok(Some(Cancelled::Done));
    }
    if !held.can_change() {
        return Ok(Some(Cancelled::TooLate));
    }
    sqlx::query!(
        "update sign_ups set status = 'cancelled', cancel_reason = $2, updated_at = $3 where id = $1",
        held.id,
        reason,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    mail(&mut transaction, "cancelled", held.id, now).await?;
    promote(&mut transaction, event, held.way, capacity(&seats, held.way), now).await?;
    transaction.commit().await?;
    Ok(Some(Cancelled::Done))
}

/// What came of asking to take part in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// One has a place in that way, now or since before.
    Done,
    /// There is no seat in that way; one keeps the place one has.
    Full,
    /// The event has begun or is cancelled, or the sign-up is no more.
    TooLate,
    /// The event does not offer that way.
    NoSuchWay,
}

/// Moves the sign-up with this secret to another way of taking part if there is room, and gives the seat
/// that it leaves to the first in line there. `None` if there is no such sign-up.
///
/// # Errors
/// If the database does not answer.
pub async fn change_way(
    pool: &PgPool,
    token: &str,
    to: Way,
    now: i64,
) -> Result<Option<Moved>, sqlx::Error> {
    let Some(event) = event_of(pool, token).await? else { return Ok(None) };
    let mut transaction = pool.begin().await?;
    let seats = lock_seats(&mut transaction, event, Locking::Held).await?;
    let held = held(&mut transaction, token, now).await?;
    let Some(line) = seats.iter().find(|line| line.way == to) else {
        return Ok(Some(Moved::NoSuchWay));
    };
    if !held.can_change() || !held.is_on {
        return Ok(Some(Moved::TooLate));
    }
    if held.way == to {
        return Ok(Some(Moved::Done));
    }
    if !line.has_room() {
        return Ok(Some(Moved::Full));
    }
    let queue_number = line.last_queue_number + 1;
    sqlx::query!(
        "update sign_ups set way = $2, status = 'confirmed', queue_number = $3, updated_at = $4 where id = $1",
        held.id,
        to.as_str(),
        queue_number,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "update event_ways set last_queue_number = $3 where event_id = $1 and way = $2",
        event.0,
        to.as_str(),
        queue_number,
    )
    .execute(&mut *transaction)
    .await?;
    mail(&mut transaction, "confirmed", held.id, now).await?;
    promote(&mut transaction, event, held.way, capacity(&seats, held.way), now).await?;
    transaction.commit().await?;
    Ok(Some(Moved::Done))
}

/// Sets how many seats a way has; `None` is as many as want to. Seats that become free by it go to the first
/// in line at once. Nobody is thrown out where there are more people than seats: they stay, and no seat is
/// given out until there are fewer. Says how many are confirmed beyond the capacity; `None` if the event
/// does not offer that way.
///
/// # Errors
/// If the database does not answer.
pub async fn set_capacity(
    pool: &PgPool,
    event: EventId,
    way: Way,
    capacity: Option<u32>,
    now: i64,
) -> Result<Option<u32>, sqlx::Error> {
    let capacity = capacity.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
    let mut transaction = pool.begin().await?;
    let seats = lock_seats(&mut transaction, event, Locking::Held).await?;
    if !seats.iter().any(|line| line.way == way) {
        return Ok(None);
    }
    sqlx::query!(
        "update event_ways set capacity = $3 where event_id = $1 and way = $2",
        event.0,
        way.as_str(),
        capacity
    )
    .execute(&mut *transaction)
    .await?;
    promote(&mut transaction, event, way, capacity, now).await?;
    let beyond = sqlx::query_scalar!(
        r#"select greatest(confirmed - capacity, 0) as "beyond?" from event_ways where event_id = $1 and way = $2"#,
        event.0,
        way.as_str(),
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Some(beyond.and_then(|beyond| u32::try_from(beyond).ok()).unwrap_or_default()))
}

fn capacity(seats: &[SeatLine], way: Way) -> Option<i32> {
    seats.iter().find(|line| line.way == way).and_then(|line| line.capacity)
}

/// Gives every free seat to the first in line. The caller holds the lock of the seats.
async fn promote(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    way: Way,
    capacity: Option<i32>,
    now: i64,
) -> Result<(), sqlx::Error> {
    if phase(transaction, event, now)
        .await?
        .is_none_or(|phase| matches!(phase, Phase::Cancelled | Phase::Past))
    {
        return Ok(());
    }
    sqlx::query!(
        r#"
        with first_in_line as (
            select s.id from sign_ups s
            where s.event_id = $1 and s.way = $2 and s.status = 'waitlisted'
            order by s.queue_number
            limit (select case when $3::int is null then null
                else greatest($3 - w.confirmed, 0) end
                from event_ways w where w.event_id = $1 and w.way = $2)
        ),
        promoted as (
            update sign_ups s set status = 'confirmed', updated_at = $4
            from first_in_line f where s.id = f.id
            returning s.id, s.person_id, s.language, s.queue_number
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
        select 'promoted', p.email, promoted.language, promoted.id, $1, $4
        from promoted join people p on p.id = promoted.person_id
        where p.email is not null
        order by promoted.queue_number
        "#,
        event.0,
        way.as_str(),
        capacity,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The sign-up with this secret, as its owner sees it.
///
/// # Errors
/// If the database does not answer.
pub async fn own(
    pool: &PgPool,
    lang: Lang,
    token: &str,
    now: i64,
) -> Result<Option<OwnSignUp>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some(row) = sqlx::query!(
        r#"
        select s.id, s.event_id, s.way, s.status, s.name, s.organisation, p.email as "email!",
            programme.is_demonstration, e.meeting_url is not null as "has_meeting!",
            s.created_at at time zone e.time_zone as "created!", g.name as "signed_up_by?",
            case when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position
        from sign_ups s
        join people p on p.id = s.person_id
        join events e on e.id = s.event_id
        join programmes programme on programme.id = e.programme_id
        left join group_sign_ups g on g.id = s.group_sign_up_id and g.person_id <> s.person_id
        where s.token = $1
        "#,
        token
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let Some(Line { line, hours }) = lines(pool, lang, &[row.event_id], now).await?.pop() else {
        return Ok(None);
    };
    let status = word(Status::parse(&row.status), &row.status)?;
    let way = word(Way::parse(&row.way), &row.way)?;
    let history = history(pool, row.id, civil(row.created), status, way).await?;
    Ok(Some(OwnSignUp {
        event_id: line.id,
        event: line,
        name: row.name,
        organisation: row.organisation,
        email: row.email,
        way,
        status,
        position: row.position.and_then(|position| u32::try_from(position).ok()),
        can_cancel: matches!(status, Status::Confirmed | Status::Waitlisted) && now < hours.starts,
        has_meeting: row.has_meeting && way == Way::Digital && now < hours.ends,
        history,
        is_demonstration: row.is_demonstration,
        signed_up_by: row.signed_up_by,
    }))
}

/// How it began, and every change since.
async fn history(
    pool: &PgPool,
    sign_up: i64,
    created: jiff::civil::DateTime,
    status: Status,
    way: Way,
) -> Result<Vec<Moment>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select h.happened_at at time zone e.time_zone as "happened!", h.from_status, h.to_status, h.from_way, h.to_way
        from sign_up_history h join sign_ups s on s.id = h.sign_up_id join events e on e.id = s.event_id
        where h.sign_up_id = $1 order by h.id
        "#,
        sign_up
    )
    .fetch_all(pool)
    .await?;
    let (first_status, first_way) = match rows.first() {
        Some(row) => (
            word(Status::parse(&row.from_status), &row.from_status)?,
            word(Way::parse(&row.from_way), &row.from_way)?,
        ),
        None => (status, way),
    };
    let mut moments =
        vec![Moment { at: created, from: None, status: first_status, way: first_way }];
    for row in rows {
        moments.push(Moment {
            at: civil(row.happened),
            from: Some((
                word(Status::parse(&row.from_status), &row.from_status)?,
                word(Way::parse(&row.from_way), &row.from_way)?,
            )),
            status: word(Status::parse(&row.to_status), &row.to_status)?,
            way: word(Way::parse(&row.to_way), &row.to_way)?,
        });
    }
    Ok(moments)
}
