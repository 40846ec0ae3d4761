//! The SQL of opening and closing sign-up at once, and of the number of seats, as an organiser does it from the
//! page where sign-ups are followed; and of undoing it. Seats are locked before the event, as by whoever signs up.

use super::deed_store::{Doing, Outcome};
use super::deeds::{DeedKind, NotDone};
use super::promotion::set_seats;
use super::store::{lock_seats, terms};
use crate::audit::store::begin;
use crate::events::model::{EventId, Phase, Way};
use crate::events::store::word;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// Writes down that something was done to an event.
async fn note(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    kind: DeedKind,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into deeds (event_id, kind, actor_id, at, with_mail) values ($1, $2, $3, $4, false) returning id",
        doing.event.0,
        kind.as_str(),
        doing.actor.0,
        instant(doing.now),
    )
    .fetch_one(&mut **transaction)
    .await
}

/// Opens sign-up now, or closes it. Where it is so already, nothing is done; nor where nobody could sign up
/// anyhow: before it is published, and once it has begun or is cancelled.
///
/// # Errors
/// If the database does not answer: then nothing has been done.
pub async fn set_open(pool: &PgPool, doing: Doing, open: bool) -> Outcome {
    let mut transaction = begin(pool, doing.actor).await?;
    lock_seats(&mut transaction, doing.event, doing.locking).await?;
    // Held for writing from the start: two who both share it would wait for each other to let go.
    let Some(was) = sqlx::query!(
        "select starts_at, sign_up_opens_at, sign_up_closes_at from events where id = $1 for update",
        doing.event.0
    )
    .fetch_optional(&mut *transaction)
    .await?
    else {
        return Ok(Err(NotDone::Over));
    };
    let phase = terms(&mut transaction, doing.event, doing.now).await?.map(|terms| terms.phase);
    let now = instant(doing.now);
    match (phase, open) {
        (Some(Phase::Open), true) | (Some(Phase::Closed | Phase::OpensLater), false) => {
            return Ok(Ok(0));
        }
        (Some(Phase::OpensLater | Phase::Closed), true) if now < was.starts_at => {}
        (Some(Phase::Open), false) => {}
        _ => return Ok(Err(NotDone::Over)),
    }
    let (opens, closes) = if open {
        // It closes when it would have, unless that is why it is closed.
        (
            was.sign_up_opens_at.map(|opens| opens.min(now)),
            was.sign_up_closes_at.filter(|closes| *closes > now),
        )
    } else {
        // What is opened and closed within a second was never open.
        let opens = was.sign_up_opens_at.map(|opens| opens.min(now - time::Duration::SECOND));
        (opens, Some(now))
    };
    let kind = if open { DeedKind::Open } else { DeedKind::Close };
    let deed = note(&mut transaction, doing, kind).await?;
    sqlx::query!(
        "insert into deed_hours (deed_id, opens_was, closes_was, opens_became, closes_became)
         values ($1, $2, $3, $4, $5)",
        deed,
        was.sign_up_opens_at,
        was.sign_up_closes_at,
        opens,
        closes,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "update events set sign_up_opens_at = $2, sign_up_closes_at = $3 where id = $1",
        doing.event.0,
        opens,
        closes,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Ok(1))
}

/// Sets the number of seats; what comes free goes to the line. Nobody loses a place by it: where there are more
/// people than seats they stay, and it says how many they are. `None` if it was so already.
///
/// # Errors
/// If the database does not answer: then nothing has been done.
pub async fn change_seats(
    pool: &PgPool,
    doing: Doing,
    wanted: &[(Way, Option<u32>)],
) -> Result<Option<u32>, sqlx::Error> {
    let mut transaction = begin(pool, doing.actor).await?;
    let seats = lock_seats(&mut transaction, doing.event, doing.locking).await?;
    let number = |seats: Option<u32>| seats.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
    let changed: Vec<(Way, Option<u32>, Option<i32>)> = wanted
        .iter()
        .filter_map(|&(way, becomes)| {
            let line = seats.iter().find(|line| line.way == way)?;
            (line.capacity != number(becomes)).then_some((way, becomes, line.capacity))
        })
        .collect();
    if changed.is_empty() {
        return Ok(None);
    }
    let deed = note(&mut transaction, doing, DeedKind::Seats).await?;
    for &(way, becomes, was) in &changed {
        sqlx::query!(
            "insert into deed_capacities (deed_id, way, was, became) values ($1, $2, $3, $4)",
            deed,
            way.as_str(),
            was,
            number(becomes),
        )
        .execute(&mut *transaction)
        .await?;
    }
    let wanted: Vec<_> = changed.iter().map(|&(way, becomes, _)| (way, becomes)).collect();
    let beyond = set_seats(&mut transaction, doing.event, &wanted, doing.now).await?;
    transaction.commit().await?;
    Ok(Some(beyond))
}

/// Takes back the hours that a deed gave an event; not if somebody has changed them since.
pub(super) async fn undo_hours(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    deed: i64,
) -> Result<Result<(), NotDone>, sqlx::Error> {
    let undone = sqlx::query!(
        "update events e set sign_up_opens_at = d.opens_was, sign_up_closes_at = d.closes_was
         from deed_hours d where d.deed_id = $2 and e.id = $1
             and (e.sign_up_opens_at, e.sign_up_closes_at) is not distinct from (d.opens_became, d.closes_became)",
        event.0,
        deed,
    )
    .execute(&mut **transaction)
    .await?
    .rows_affected();
    Ok(if undone == 1 { Ok(()) } else { Err(NotDone::Changed) })
}

/// Takes back the seats that a deed gave an event; not if somebody has changed them since. The caller holds their
/// lock.
pub(super) async fn undo_seats(
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    deed: i64,
) -> Result<Result<(), NotDone>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.way, d.was, w.capacity is not distinct from d.became as "stands!"
        from deed_capacities d join event_ways w on w.event_id = $2 and w.way = d.way where d.deed_id = $1"#,
        deed,
        doing.event.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    if rows.iter().any(|row| !row.stands) {
        return Ok(Err(NotDone::Changed));
    }
    let mut wanted = Vec::new();
    for row in rows {
        let was = row.was.map(|was| u32::try_from(was).unwrap_or_default());
        wanted.push((word(Way::parse(&row.way), &row.way)?, was));
    }
    set_seats(transaction, doing.event, &wanted, doing.now).await?;
    Ok(Ok(()))
}

/// What a deed of an event was.
///
/// # Errors
/// If the database does not answer.
pub async fn kind_of(
    pool: &PgPool,
    event: EventId,
    deed: i64,
) -> Result<Option<DeedKind>, sqlx::Error> {
    let kind = sqlx::query_scalar!(
        "select kind from deeds where id = $1 and event_id = $2",
        deed,
        event.0
    )
    .fetch_optional(pool)
    .await?;
    kind.map(|kind| word(DeedKind::parse(&kind), &kind)).transpose()
}
