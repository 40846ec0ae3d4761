//! Seats that become free, and those who stand in line for them: strictly first come, first served.

use super::model::Status;
use super::store::{Locking, SeatLine, lock_seats, terms};
use crate::events::model::{EventId, Way};
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// Sets how many seats a way has; `None` is as many as want to. Seats that become free by it go to the first
/// in line at once. Nobody is thrown out where there are more people than seats: they stay, and no seat is
/// given out until there are fewer. Says how many have a seat beyond the capacity; `None` if the event
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
    let mut transaction = pool.begin().await?;
    let seats = lock_seats(&mut transaction, event, Locking::Held).await?;
    if !seats.iter().any(|line| line.way == way) {
        return Ok(None);
    }
    let beyond = set_seats(&mut transaction, event, &[(way, capacity)], now).await?;
    transaction.commit().await?;
    Ok(Some(beyond))
}

/// The same for several ways of an event and within a transaction that changes more of it. The caller takes the
/// lock of the seats before anything else. Says how many have a seat beyond the capacity, all ways together.
pub(crate) async fn set_seats(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    wanted: &[(Way, Option<u32>)],
    now: i64,
) -> Result<u32, sqlx::Error> {
    let mut beyond = 0;
    for &(way, capacity) in wanted {
        let capacity = capacity.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
        sqlx::query!(
            "update event_ways set capacity = $3 where event_id = $1 and way = $2",
            event.0,
            way.as_str(),
            capacity
        )
        .execute(&mut **transaction)
        .await?;
        promote(transaction, event, way, capacity, now).await?;
        let more = sqlx::query_scalar!(
            r#"select greatest(confirmed - capacity, 0) as "beyond?" from event_ways where event_id = $1 and way = $2"#,
            event.0,
            way.as_str(),
        )
        .fetch_optional(&mut **transaction)
        .await?;
        beyond += more.flatten().and_then(|more| u32::try_from(more).ok()).unwrap_or_default();
    }
    Ok(beyond)
}

/// How many seats a way has; `None` is as many as want to.
pub(super) fn capacity(seats: &[SeatLine], way: Way) -> Option<i32> {
    seats.iter().find(|line| line.way == way).and_then(|line| line.capacity)
}

/// Gives every free seat to the first in line. The caller holds the lock of the seats.
pub(super) async fn promote(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    way: Way,
    capacity: Option<i32>,
    now: i64,
) -> Result<(), sqlx::Error> {
    let terms = terms(transaction, event, now).await?;
    let Some(terms) = terms.filter(|terms| terms.gives_seats()) else { return Ok(()) };
    let status = terms.with_seat();
    let mail = if status == Status::Confirmed { "promoted" } else { status.as_str() };
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
            update sign_ups s set status = $5, updated_at = $4,
                reply_by = case when e.reply_hours is not null then
                    least($4::timestamptz + make_interval(hours => e.reply_hours), e.starts_at) end
            from first_in_line f, events e where s.id = f.id and e.id = $1
            returning s.id, s.person_id, s.language, s.queue_number
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
        select $6, p.email, promoted.language, promoted.id, $1, $4
        from promoted join people p on p.id = promoted.person_id
        where p.email is not null
        order by promoted.queue_number
        "#,
        event.0,
        way.as_str(),
        capacity,
        instant(now),
        status.as_str(),
        mail,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
