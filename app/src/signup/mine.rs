//! The sign-ups of one person, for whoever has made sure that it is this person who asks.

use super::model::Status;
use crate::events::model::{EventId, Way};
use crate::events::store::word;
use crate::time::instant;
use sqlx::{PgExecutor, PgPool};

/// How somebody stands with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The secret of the sign-up's page.
    pub token: String,
    /// How the sign-up stands.
    pub status: Status,
    /// How they take part.
    pub way: Way,
    /// The place in line, counted from 1, of what is not over.
    pub position: Option<u32>,
    /// When the sign-up last changed (seconds since 1970 UTC).
    pub updated: i64,
}

/// The series of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InSeries {
    /// Its address's last part.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

/// An event that somebody has or had to do with: signed up for, or a stop of a series in which they are or were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyEvent {
    /// Which.
    pub event: EventId,
    /// Their latest sign-up, where they have one; one that stands goes before those that were cancelled.
    pub place: Option<Place>,
    /// The series, if they are or were in it.
    pub series: Option<InSeries>,
    /// The organiser has said where the meeting is.
    pub has_meeting: bool,
    /// Its published recordings.
    pub recordings: Vec<i64>,
}

/// All events that somebody has or had to do with, in the order of time. One query, however many there are.
///
/// # Errors
/// If the database does not answer.
pub async fn all(
    pool: &PgPool,
    person: i64,
    english: bool,
    now: i64,
) -> Result<Vec<MyEvent>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with own as materialized (
            select distinct on (event_id) id, event_id, status, token, way, queue_number, updated_at
            from sign_ups where person_id = $1
            order by event_id, status in ('cancelled', 'refused'), id desc
        ), line as (
            select distinct e.series_id from own join events e on e.id = own.event_id
            where own.status <> 'refused' and e.series_id is not null
        ), seen as (
            select event_id as id from own
            union
            select e.id from line join events e on e.series_id = line.series_id
        )
        select e.id, e.meeting_url is not null as "has_meeting!",
            own.status as "status?", own.token as "token?", own.way as "way?", own.updated_at as "updated_at?",
            s.slug as "series?",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "series_title?",
            array(select r.id from recordings r where r.event_id = e.id and r.state = 'published' order by r.id)
                as "recordings!",
            case when own.status = 'waitlisted' and e.ends_at > $3 then (
                select count(*) from sign_ups before
                where before.event_id = e.id and before.way = own.way
                    and before.status = 'waitlisted' and before.queue_number <= own.queue_number
            ) end as position
        from seen join events e on e.id = seen.id and e.state <> 'draft'
        left join own on own.event_id = e.id
        left join line on line.series_id = e.series_id
        left join series s on s.id = line.series_id
        order by e.starts_at, e.id
        "#,
        person,
        english,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        let place = match (row.token, row.status, row.way, row.updated_at) {
            (Some(token), Some(status), Some(way), Some(updated)) => Some(Place {
                token,
                status: word(Status::parse(&status), &status)?,
                way: word(Way::parse(&way), &way)?,
                position: row.position.and_then(|position| u32::try_from(position).ok()),
                updated: updated.unix_timestamp(),
            }),
            _ => None,
        };
        events.push(MyEvent {
            event: EventId(row.id),
            place,
            series: row.series.zip(row.series_title).map(|(slug, title)| InSeries { slug, title }),
            has_meeting: row.has_meeting,
            recordings: row.recordings,
        });
    }
    Ok(events)
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
