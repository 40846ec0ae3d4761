//! The SQL of an organiser who signs somebody up by hand.

use super::deed_store::Doing;
use super::deed_write::{add_seats, lacks, tell};
use super::deeds::{DeedKind, NotDone};
use super::desk::new_token;
use super::model::{Applicant, Status};
use super::store::{Entry, Terms, lock_seats, people, terms};
use crate::audit::store::begin;
use crate::text::{Lang, consent};
use crate::time::instant;
use sqlx::PgPool;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// They have a place, or one in line.
    As(Status),
    /// The address was signed up before, and keeps what it had.
    Already,
}

/// How somebody is added.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// Who.
    pub applicant: Applicant,
    /// The language of their mails.
    pub lang: Lang,
    /// A seat is added where none is free; otherwise they stand at the end of the line.
    pub beyond: bool,
    /// They are told.
    pub with_mail: bool,
}

/// Signs somebody up, also while sign-up is not open. The organiser's hand is a yes where a yes is asked for.
///
/// # Errors
/// If the database does not answer: then nobody has been added.
pub async fn add(
    pool: &PgPool,
    doing: Doing,
    by_hand: ByHand,
) -> Result<Result<Added, NotDone>, sqlx::Error> {
    let ByHand { applicant, lang, beyond, with_mail } = by_hand;
    let Ok(token) = new_token() else { return Err(sqlx::Error::WorkerCrashed) };
    let mut transaction = begin(pool, doing.actor).await?;
    let seats = lock_seats(&mut transaction, doing.event, doing.locking).await?;
    let terms = terms(&mut transaction, doing.event, doing.now).await?;
    let line = seats.iter().find(|line| line.way == applicant.way);
    let Some(line) = line.filter(|_| terms.is_some_and(Terms::gives_seats)) else {
        return Ok(Err(NotDone::Over));
    };
    let entry = Entry { applicant, lang, token };
    let known = people(&mut transaction, std::slice::from_ref(&entry)).await?;
    let person = known.values().next().copied().ok_or(sqlx::Error::RowNotFound)?;
    let is_there = sqlx::query_scalar!(
        r#"select exists (select from sign_ups where event_id = $1 and person_id = $2
            and status in ('requested', 'confirmed', 'waitlisted', 'attended')) as "is_there!""#,
        doing.event.0,
        person,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_there {
        return Ok(Ok(Added::Already));
    }
    let has_seat = beyond || line.has_room();
    let status = if has_seat { Status::Confirmed } else { Status::Waitlisted };
    let deed = sqlx::query_scalar!(
        "insert into deeds (event_id, kind, actor_id, at, with_mail) values ($1, $2, $3, $4, $5) returning id",
        doing.event.0,
        DeedKind::Add.as_str(),
        doing.actor.0,
        instant(doing.now),
        with_mail,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if has_seat && lacks(line, 1) > 0 {
        add_seats(&mut transaction, doing.event, deed, line.way, 1).await?;
    }
    sqlx::query!(
        "with added as (
            insert into sign_ups (event_id, token, way, person_id, status, queue_number, name, organisation,
                language, consented_at, consent_version, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $10) returning id, status
        )
        insert into deed_sign_ups (deed_id, sign_up_id, was, became)
        select $12, id, 'cancelled', status from added",
        doing.event.0,
        entry.token,
        line.way.as_str(),
        person,
        status.as_str(),
        line.last_queue_number + 1,
        entry.applicant.name,
        entry.applicant.organisation,
        lang.tag(),
        instant(doing.now),
        consent::HAND,
        deed,
    )
    .execute(&mut *transaction)
    .await?;
    if with_mail {
        tell(&mut transaction, deed, doing.now).await?;
    }
    transaction.commit().await?;
    Ok(Ok(Added::As(status)))
}
