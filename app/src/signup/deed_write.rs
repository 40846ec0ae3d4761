//! The steps that the deeds of an organiser are made of, each within a transaction that holds the lock of the
//! event's seats.

use super::deed_store::Doing;
use super::deeds::DeedKind;
use super::model::Status;
use super::promotion::promote;
use super::store::{SeatLine, lock_seats};
use crate::audit::store::act;
use crate::events::model::{EventId, Way};
use crate::time::instant;
use sqlx::PgTransaction;

/// How many seats a way lacks for so many more.
pub(super) fn lacks(line: &SeatLine, wanted: i32) -> i32 {
    line.capacity.map_or(0, |capacity| (wanted - (capacity - line.confirmed)).clamp(0, wanted))
}

/// Writes down whom it is done to, and what they are now: nobody, nothing.
pub(super) async fn note(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    kind: DeedKind,
    sign_ups: &[i64],
    from: &[Status],
    with_mail: bool,
) -> Result<Option<(i64, u64)>, sqlx::Error> {
    let deed = sqlx::query_scalar!(
        "insert into deeds (event_id, kind, actor_id, at, with_mail) values ($1, $2, $3, $4, $5) returning id",
        doing.event.0,
        kind.as_str(),
        doing.actor.0,
        instant(doing.now),
        with_mail,
    )
    .fetch_one(&mut **transaction)
    .await?;
    let becomes = match kind {
        DeedKind::Cancel | DeedKind::Move => Status::Cancelled,
        // What is done to the event itself is done to nobody.
        DeedKind::Promote | DeedKind::Add | DeedKind::Open | DeedKind::Close | DeedKind::Seats => {
            Status::Confirmed
        }
        DeedKind::Attended => Status::Attended,
        DeedKind::NoShow => Status::NoShow,
    };
    let from: Vec<String> = from.iter().map(|status| status.as_str().to_owned()).collect();
    let noted = sqlx::query!(
        "insert into deed_sign_ups (deed_id, sign_up_id, was, became)
         select $1, id, status, $5 from sign_ups where event_id = $2 and id = any($3) and status = any($4)",
        deed,
        doing.event.0,
        sign_ups,
        &from,
        becomes.as_str(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok((noted.rows_affected() > 0).then_some((deed, noted.rows_affected())))
}

/// How many of those whom a deed is done to were one of these, in one way.
pub(super) async fn taken_up(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
    way: Way,
    was: &[Status],
) -> Result<i32, sqlx::Error> {
    let was: Vec<String> = was.iter().map(|status| status.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"select count(*)::integer as "count!" from deed_sign_ups d join sign_ups s on s.id = d.sign_up_id
        where d.deed_id = $1 and s.way = $2 and d.was = any($3)"#,
        deed,
        way.as_str(),
        &was,
    )
    .fetch_one(&mut **transaction)
    .await
}

/// Adds seats for a deed.
pub(super) async fn add_seats(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    deed: i64,
    way: Way,
    count: i32,
) -> Result<(), sqlx::Error> {
    // Where there are more people than seats already, those count first.
    sqlx::query!(
        "with raised as (
            update event_ways set capacity = greatest(capacity, confirmed) + $4
            where event_id = $1 and way = $2 and capacity is not null
        )
        insert into deed_seats (deed_id, way, raised)
        select $3, way, greatest(confirmed - capacity, 0) + $4 from event_ways where event_id = $1 and way = $2",
        event.0,
        way.as_str(),
        deed,
        count,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What the history says of the changes that follow.
pub(super) async fn say_why(
    transaction: &mut PgTransaction<'_>,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select set_config('stafett.reason', $1, true)", reason)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(())
}

/// Mails everybody whom a deed is about what they are now.
pub(super) async fn tell(
    transaction: &mut PgTransaction<'_>,
    deed: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         select case when s.status = 'confirmed' and d.was = 'waitlisted' then 'promoted' else s.status end,
             p.email, s.language, s.id, s.event_id, $2
         from deed_sign_ups d join sign_ups s on s.id = d.sign_up_id join people p on p.id = s.person_id
         where d.deed_id = $1 and p.email is not null order by s.queue_number",
        deed,
        instant(now),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What is free now goes to the first in line, and is no doing of the organiser's.
pub(super) async fn give_out(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
) -> Result<(), sqlx::Error> {
    act(transaction, None).await?;
    for line in lock_seats(transaction, doing.event, doing.locking).await? {
        promote(transaction, doing.event, line.way, line.capacity, doing.now).await?;
    }
    Ok(())
}
