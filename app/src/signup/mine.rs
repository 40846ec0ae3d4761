//! The sign-ups of one person, for whoever has made sure that it is this person who asks.

use super::model::Status;
use crate::events::model::EventId;
use crate::events::store::word;
use crate::time::instant;
use sqlx::{PgExecutor, PgPool};

/// A place or a place in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// At what.
    pub event: EventId,
    /// `Requested`, `Confirmed` or `Waitlisted`.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// The secret of the sign-up's page.
    pub token: String,
}

/// What a person is signed up for and is not over yet.
///
/// # Errors
/// If the database does not answer.
pub async fn coming(pool: &PgPool, person: i64, now: i64) -> Result<Vec<Place>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select s.event_id, s.status, s.token,
            case when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position
        from sign_ups s join events e on e.id = s.event_id
        where s.person_id = $1 and s.status in ('requested', 'confirmed', 'waitlisted') and e.ends_at > $2
        "#,
        person,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Place {
                event: EventId(row.event_id),
                status: word(Status::parse(&row.status), &row.status)?,
                position: row.position.and_then(|position| u32::try_from(position).ok()),
                token: row.token,
            })
        })
        .collect()
}

/// Where a person said they work when they last signed up for something.
///
/// # Errors
/// If the database does not answer.
pub async fn organisation(
    executor: impl PgExecutor<'_>,
    person: i64,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select organisation from sign_ups where person_id = $1 order by id desc limit 1",
        person
    )
    .fetch_optional(executor)
    .await
}
