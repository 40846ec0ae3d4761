//! The SQL of where people can be moved, and what would become of them there.

use super::model::Status;
use super::moving::{Mover, Offer, Target, forecast};
use crate::events::model::{EventId, Phase, Way};
use crate::events::store::{lines, word};
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;
use std::collections::HashSet;

/// How many names the page shows of those who are to be moved.
const NAMES: usize = 5;

/// What there is to choose from for these sign-ups of an event: the coming events of its programme.
///
/// # Errors
/// If the database does not answer.
pub async fn offer(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    sign_ups: &[i64],
    now: i64,
) -> Result<Option<Offer>, sqlx::Error> {
    let Some(from) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let rows = sqlx::query!(
        "select id, person_id, way, status, name from sign_ups
         where event_id = $1 and id = any($2) and status in ('requested', 'confirmed', 'waitlisted')
         order by status = 'waitlisted', queue_number, id",
        event.0,
        sign_ups,
    )
    .fetch_all(pool)
    .await?;
    let mut movers = Vec::with_capacity(rows.len());
    for row in &rows {
        movers.push(Mover {
            person: row.person_id,
            way: word(Way::parse(&row.way), &row.way)?,
            status: word(Status::parse(&row.status), &row.status)?,
        });
    }
    let ids = sqlx::query_scalar!(
        "select e.id from events e join events here on here.programme_id = e.programme_id
         where here.id = $1 and e.id <> $1 and e.state = 'published' and e.ends_at > $2
         order by e.starts_at, e.id limit 100",
        event.0,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    let people: Vec<i64> = movers.iter().map(|mover| mover.person).collect();
    let there = sqlx::query!(
        "select event_id, person_id from sign_ups
         where event_id = any($1) and person_id = any($2) and status in ('requested', 'confirmed', 'waitlisted')",
        &ids,
        &people,
    )
    .fetch_all(pool)
    .await?;
    let there: HashSet<_> = there.into_iter().map(|row| (row.event_id, row.person_id)).collect();
    let targets = lines(pool, lang, &ids, now).await?.into_iter().map(|line| line.line);
    let targets = targets.filter(|line| !matches!(line.phase, Phase::Past | Phase::Cancelled));
    Ok(Some(Offer {
        from: from.line,
        sign_ups: rows.iter().map(|row| row.id).collect(),
        names: rows.into_iter().take(NAMES).map(|row| row.name).collect(),
        targets: targets
            .map(|line| Target {
                forecast: forecast(&movers, &line.seats, |person| {
                    there.contains(&(line.id.0, person))
                }),
                line,
            })
            .collect(),
        is_unchosen: false,
    }))
}
