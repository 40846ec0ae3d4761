//! The SQL of what an organiser does to sign-ups at once, and of undoing it. Everything takes the lock of the
//! event's seats first.

use super::deed_write::{add_seats, give_out, lacks, note, say_why, taken_up, tell};
use super::deeds::{DeedKind, MINUTES_TO_UNDO, NotDone};
use super::hours_store::{undo_hours, undo_seats};
use super::model::Status;
use super::move_store::{has_moved_on, move_back};
use super::store::{Locking, SeatLine, Terms, lock_all, lock_seats, terms};
use crate::account::model::PersonId;
use crate::audit::store::{act, begin};
use crate::events::model::EventId;
use crate::events::store::word;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// What came of it: how many it was done to, or why it was not done.
pub type Outcome = Result<Result<u64, NotDone>, sqlx::Error>;

/// Who does it, and when.
#[derive(Clone, Copy, Debug)]
pub struct Doing {
    /// At which event.
    pub event: EventId,
    /// Who.
    pub actor: PersonId,
    /// When.
    pub now: i64,
    /// How the seats are read.
    pub locking: Locking,
}

/// Cancels these sign-ups; whoever has left, or has been there, stays as they are. The seats go to the first in
/// line.
///
/// # Errors
/// If the database does not answer: then nothing has been done.
pub async fn cancel(
    pool: &PgPool,
    doing: Doing,
    sign_ups: &[i64],
    reason: Option<&str>,
    with_mail: bool,
) -> Outcome {
    let mut transaction = begin(pool, doing.actor).await?;
    lock_seats(&mut transaction, doing.event, doing.locking).await?;
    let from = [Status::Requested, Status::Confirmed, Status::Waitlisted];
    let Some((deed, count)) =
        note(&mut transaction, doing, DeedKind::Cancel, sign_ups, &from, with_mail).await?
    else {
        return Ok(Ok(0));
    };
    sqlx::query!(
        "update sign_ups s set status = 'cancelled', cancel_reason = $2, updated_at = $3
         from deed_sign_ups d where d.deed_id = $1 and s.id = d.sign_up_id",
        deed,
        reason,
        instant(doing.now),
    )
    .execute(&mut *transaction)
    .await?;
    if with_mail {
        tell(&mut transaction, deed, doing.now).await?;
    }
    give_out(&mut transaction, doing).await?;
    transaction.commit().await?;
    Ok(Ok(count))
}

/// Gives these people in line a place before those who stood there longer; why is kept in their history. Where
/// there are not seats enough, as many are added if `beyond` says so, otherwise nothing is done.
///
/// # Errors
/// If the database does not answer: then nothing has been done.
pub async fn promote_out_of_turn(
    pool: &PgPool,
    doing: Doing,
    sign_ups: &[i64],
    reason: &str,
    beyond: bool,
) -> Outcome {
    let mut transaction = begin(pool, doing.actor).await?;
    let seats = lock_seats(&mut transaction, doing.event, doing.locking).await?;
    let terms = terms(&mut transaction, doing.event, doing.now).await?;
    if !terms.is_some_and(Terms::gives_seats) {
        return Ok(Err(NotDone::Over));
    }
    let from = [Status::Waitlisted];
    let Some((deed, count)) =
        note(&mut transaction, doing, DeedKind::Promote, sign_ups, &from, true).await?
    else {
        return Ok(Ok(0));
    };
    let mut missing = 0;
    for line in &seats {
        let wanted = taken_up(&mut transaction, deed, line.way, &from).await?;
        let lacks = lacks(line, wanted);
        if lacks > 0 {
            missing += lacks;
            add_seats(&mut transaction, doing.event, deed, line.way, lacks).await?;
        }
    }
    if missing > 0 && !beyond {
        return Ok(Err(NotDone::Full));
    }
    say_why(&mut transaction, reason).await?;
    sqlx::query!(
        "update sign_ups s set status = 'confirmed', updated_at = $2
         from deed_sign_ups d where d.deed_id = $1 and s.id = d.sign_up_id",
        deed,
        instant(doing.now),
    )
    .execute(&mut *transaction)
    .await?;
    say_why(&mut transaction, "").await?;
    tell(&mut transaction, deed, doing.now).await?;
    transaction.commit().await?;
    Ok(Ok(count))
}

/// Undoes a deed, for everybody or nobody: who was cancelled has the place again that they had, in line too, and
/// who was taken out of turn is where they were. Not if one of them has changed something since, nor if a seat
/// has gone to somebody else.
///
/// # Errors
/// If the database does not answer: then nothing has been undone.
pub async fn undo(pool: &PgPool, doing: Doing, deed: i64) -> Outcome {
    let mut transaction = begin(pool, doing.actor).await?;
    let seats = lock_both(&mut transaction, doing, deed).await?;
    let Some(row) = sqlx::query!(
        r#"select kind, at, with_mail, to_event_id, undone_at is not null as "is_undone!" from deeds where id = $1 and event_id = $2"#,
        deed,
        doing.event.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    else {
        return Ok(Err(NotDone::Over));
    };
    if row.is_undone {
        return Ok(Ok(0));
    }
    let terms = terms(&mut transaction, doing.event, doing.now).await?;
    let is_late = doing.now - row.at.unix_timestamp() > MINUTES_TO_UNDO * 60;
    let kind = word(DeedKind::parse(&row.kind), &row.kind)?;
    if is_late || !(kind.is_attendance() || terms.is_some_and(Terms::gives_seats)) {
        return Ok(Err(NotDone::Over));
    }
    if row.to_event_id.is_some() && has_moved_on(&mut transaction, deed).await? {
        return Ok(Err(NotDone::Changed));
    }
    let to_event = match kind {
        DeedKind::Open | DeedKind::Close => {
            Some(undo_hours(&mut transaction, doing.event, deed).await?)
        }
        DeedKind::Seats => Some(undo_seats(&mut transaction, doing, deed).await?),
        _ => None,
    };
    if let Some(undone) = to_event {
        if let Err(why) = undone {
            return Ok(Err(why));
        }
        done_with(&mut transaction, doing, deed).await?;
        transaction.commit().await?;
        return Ok(Ok(1));
    }
    let changed = sqlx::query_scalar!(
        r#"
        select count(*) as "count!" from deed_sign_ups d join sign_ups s on s.id = d.sign_up_id
        where d.deed_id = $1 and (s.status <> d.became or s.updated_at <> $2 or exists (
            select from sign_ups other where other.event_id = s.event_id and other.person_id = s.person_id
                and other.id <> s.id and other.status in ('requested', 'confirmed', 'waitlisted')))
        "#,
        deed,
        row.at,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if changed > 0 {
        return Ok(Err(NotDone::Changed));
    }
    if matches!(kind, DeedKind::Cancel | DeedKind::Move) {
        for line in &seats {
            let with_seat = [Status::Requested, Status::Confirmed];
            let wanted = taken_up(&mut transaction, deed, line.way, &with_seat).await?;
            if lacks(line, wanted) > 0 {
                return Ok(Err(NotDone::Full));
            }
        }
    }
    if let Some(to) = row.to_event_id {
        move_back(&mut transaction, deed, doing.now).await?;
        give_out(&mut transaction, Doing { event: EventId(to), ..doing }).await?;
        act(&mut transaction, Some(doing.actor)).await?;
    }
    let count = sqlx::query!(
        "update sign_ups s set status = d.was, cancel_reason = null, reply_by = null, updated_at = $2
         from deed_sign_ups d where d.deed_id = $1 and s.id = d.sign_up_id",
        deed,
        instant(doing.now),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    // The seats that were added for it go with it.
    sqlx::query!(
        "update event_ways w set capacity = greatest(w.capacity - d.raised, 0)
         from deed_seats d where d.deed_id = $1 and w.event_id = $2 and w.way = d.way",
        deed,
        doing.event.0,
    )
    .execute(&mut *transaction)
    .await?;
    done_with(&mut transaction, doing, deed).await?;
    if row.with_mail {
        tell(&mut transaction, deed, doing.now).await?;
    }
    if !kind.is_attendance() {
        give_out(&mut transaction, doing).await?;
    }
    transaction.commit().await?;
    Ok(Ok(count))
}

/// Takes the lock of the event's seats, and of those of the event that a deed has moved people to: both at once,
/// so that two who do the like never wait for each other in a circle. Returns the seats of the first.
async fn lock_both(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    deed: i64,
) -> Result<Vec<SeatLine>, sqlx::Error> {
    let mut events = vec![doing.event.0];
    let to = sqlx::query_scalar!(
        "select to_event_id from deeds where id = $1 and event_id = $2",
        deed,
        doing.event.0
    )
    .fetch_optional(&mut **transaction)
    .await?;
    events.extend(to.flatten());
    let lines = lock_all(transaction, &events, doing.locking).await?;
    let here = lines.into_iter().filter(|(event, _)| *event == doing.event);
    Ok(here.map(|(_, line)| line).collect())
}

/// From here on it has been undone.
async fn done_with(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    deed: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update deeds set undone_at = $2 where id = $1", deed, instant(doing.now))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
