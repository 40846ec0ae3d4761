//! The SQL of one's own sign-up: seeing, cancelling, changing and going to it, and what frees a seat. Like
//! signing up, everything that writes takes the lock of the event's seats first.

use super::history_store::history;
use super::model::{OwnSignUp, Status};
use super::promotion::{capacity, promote};
use super::question_store;
use super::store::{Locking, lock_seats, terms};
use crate::door::ticket::Ticket;
use crate::events::model::{EventId, State, Way};
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
        !self.has_begun && self.status.is_live()
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
    let mut transaction = super::store::begin(pool).await?;
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
    let mut transaction = super::store::begin(pool).await?;
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
    let terms = terms(&mut transaction, event, now).await?.ok_or(sqlx::Error::RowNotFound)?;
    // What has been approved stays approved.
    let status =
        if held.status == Status::Confirmed { Status::Confirmed } else { terms.with_seat() };
    sqlx::query!(
        "update sign_ups set way = $2, status = $5, queue_number = $3, updated_at = $4 where id = $1",
        held.id,
        to.as_str(),
        queue_number,
        instant(now),
        status.as_str(),
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
    mail(&mut transaction, status.as_str(), held.id, now).await?;
    promote(&mut transaction, event, held.way, capacity(&seats, held.way), now).await?;
    transaction.commit().await?;
    Ok(Some(Moved::Done))
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
            case when s.status = 'confirmed' and s.reply_by > $2 then s.reply_by at time zone e.time_zone end as reply_by,
            s.ticket, s.refusal_reason, programme.is_demonstration, e.meeting_url is not null as "has_meeting!",
            g.name as "signed_up_by?",
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
        token,
        instant(now),
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
    let questions = question_store::questions(pool, lang, line.id).await?;
    let answers = question_store::answers(pool, row.id).await?;
    let history = history(pool, row.id).await?;
    Ok(Some(OwnSignUp {
        event_id: line.id,
        event: line,
        name: row.name,
        organisation: row.organisation,
        email: row.email,
        way,
        status,
        position: row.position.and_then(|position| u32::try_from(position).ok()),
        can_cancel: status.is_live() && now < hours.starts,
        reply_by: row.reply_by.map(civil),
        questions,
        answers,
        refusal_reason: row.refusal_reason.filter(|_| status == Status::Refused),
        ticket: (status == Status::Confirmed && way == Way::OnSite && now < hours.ends)
            .then(|| Ticket { code: row.ticket, ..Ticket::default() }),
        has_meeting: row.has_meeting && way == Way::Digital && now < hours.ends,
        history,
        is_demonstration: row.is_demonstration,
        signed_up_by: row.signed_up_by,
    }))
}
