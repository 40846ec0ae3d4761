//! The SQL of an organiser's yes or no to those who have asked for a place.

use super::promotion::{capacity, promote};
use super::store::{Locking, Terms, lock_seats, terms};
use crate::account::model::PersonId;
use crate::audit::store::act;
use crate::events::model::EventId;
use crate::time::instant;
use sqlx::PgPool;

/// What an organiser decides.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// They have the seat that is held for them.
    Approve,
    /// They get none; those in line lose their place in it.
    Refuse {
        /// The organiser's word to them.
        reason: Option<&'a str>,
    },
}

/// Decides on these sign-ups of an event, and says on how many there was something to decide: whoever has
/// been decided on before, or has left, stays as they are. Seats that become free go to the first in line.
/// Nobody is given a place at an event that is cancelled or over.
///
/// # Errors
/// If the database does not answer: then nothing has been decided.
pub async fn decide(
    pool: &PgPool,
    event: EventId,
    sign_ups: &[i64],
    decision: Decision<'_>,
    actor: PersonId,
    now: i64,
) -> Result<u64, sqlx::Error> {
    let mut transaction = super::store::begin(pool).await?;
    let seats = lock_seats(&mut transaction, event, Locking::Held).await?;
    let terms = terms(&mut transaction, event, now).await?;
    if matches!(decision, Decision::Approve) && !terms.is_some_and(Terms::gives_seats) {
        return Ok(0);
    }
    act(&mut transaction, Some(actor)).await?;
    let (from, to, mail, reason) = match decision {
        Decision::Approve => (&["requested"][..], "confirmed", "approved", None),
        Decision::Refuse { reason } => {
            (&["requested", "waitlisted"][..], "refused", "refused", reason)
        }
    };
    let from: Vec<String> = from.iter().map(ToString::to_string).collect();
    let decided = sqlx::query!(
        "with decided as (
            update sign_ups set status = $3, refusal_reason = $4, updated_at = $5
            where event_id = $1 and id = any($2) and status = any($6)
            returning id, person_id, language, queue_number
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
        select $7, p.email, d.language, d.id, $1, $5
        from decided d join people p on p.id = d.person_id order by d.queue_number",
        event.0,
        sign_ups,
        to,
        reason,
        instant(now),
        &from,
        mail,
    )
    .execute(&mut *transaction)
    .await?;
    // The seats that follow go to whoever is first in line, and are no doing of the organiser's.
    act(&mut transaction, None).await?;
    for line in &seats {
        promote(&mut transaction, event, line.way, capacity(&seats, line.way), now).await?;
    }
    transaction.commit().await?;
    Ok(decided.rows_affected())
}
