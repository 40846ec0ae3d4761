//! The SQL of the planners' calendar.

use super::clash::{Needs, clashes};
use super::model::{Collision, Collisions, MOST_COLLISIONS, PlannedEvent};
use crate::account::model::Viewer;
use crate::events::model::{EventId, State};
use crate::events::store::word;
use crate::organise::plan::store::organised_by;
use crate::text::Lang;
use crate::time::{civil, day_begins, instant};
use jiff::civil::Date;
use sqlx::PgPool;
use time::OffsetDateTime;

/// All events from one day to another: what is public, and the drafts of those programmes that the viewer organises.
///
/// # Errors
/// If the database does not answer.
pub async fn between(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    (from, to): (Date, Date),
) -> Result<(Vec<PlannedEvent>, Vec<Needs>), sqlx::Error> {
    let to = day_begins(to.tomorrow().unwrap_or(to));
    at_once(pool, lang, viewer, (instant(day_begins(from)), instant(to))).await
}

/// What collides with an event as it is saved, the earliest first. Nothing does with one whose hours are not known,
/// nor with one that has been cancelled or put away.
///
/// # Errors
/// If the database does not answer.
pub async fn of_event(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    event: EventId,
) -> Result<Collisions, sqlx::Error> {
    let row = sqlx::query!(
        "select slug, starts_at, ends_at from events
         where id = $1 and time_known and state <> 'cancelled' and archived_at is null",
        event.0
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(Collisions::default()) };
    let (events, needs) = at_once(pool, lang, viewer, (row.starts_at, row.ends_at)).await?;
    let Some(here) = events.iter().position(|other| other.slug == row.slug) else {
        return Ok(Collisions::default());
    };
    let found: Vec<_> = clashes(&needs)
        .into_iter()
        .filter_map(|clash| {
            let event = events.get(clash.other(here)?)?.clone();
            Some(Collision { event, shared: clash.shared })
        })
        .collect();
    let count = found.len();
    Ok(Collisions { shown: found.into_iter().take(MOST_COLLISIONS).collect(), count })
}

/// All events some of which is between two instants.
async fn at_once(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    (from, to): (OffsetDateTime, OffsetDateTime),
) -> Result<(Vec<PlannedEvent>, Vec<Needs>), sqlx::Error> {
    let mine = organised_by(viewer);
    let rows = sqlx::query!(
        r#"
        select e.slug, e.state, e.all_day, e.time_known, e.programme_id, e.venue, e.address, e.meeting_url as room,
            ($1::bigint[] is null or e.programme_id = any($1)) as "is_mine!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme!",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as series,
            case when $2 then coalesce(p.audience_en, p.audience_sv) else p.audience_sv end as audience,
            e.starts_at, e.ends_at,
            e.starts_at at time zone e.time_zone as "starts!", e.ends_at at time zone e.time_zone as "ends!",
            coalesce(speaking.people, '{}') as "people!", coalesce(speaking.names, '{}') as "names!",
            coalesce(about.themes, '{}') as "themes!", coalesce(about.names, '{}') as "theme_names!"
        from events e
        join programmes p on p.id = e.programme_id
        left join series s on s.id = e.series_id
        left join lateral (
            select array_agg(person.id order by es.position) as people,
                array_agg(person.name order by es.position) as names
            from event_speakers es join people person on person.id = es.person_id where es.event_id = e.id
        ) speaking on true
        left join lateral (
            select array_agg(t.id order by t.slug) as themes,
                array_agg(case when $2 then t.name_en else t.name_sv end order by t.slug) as names
            from event_themes et join themes t on t.id = et.theme_id where et.event_id = e.id
        ) about on true
        where e.starts_at < $4 and e.ends_at > $3 and e.starts_at >= $3 - interval '31 days'
            and e.state <> 'cancelled' and e.archived_at is null
            and (e.state <> 'draft' or $1::bigint[] is null or e.programme_id = any($1))
        order by e.starts_at, e.id limit 5000
        "#,
        mine.as_deref(),
        lang == Lang::En,
        from,
        to,
    )
    .fetch_all(pool)
    .await?;
    let mut events = Vec::with_capacity(rows.len());
    let mut needs = Vec::with_capacity(rows.len());
    for row in rows {
        let time = (row.starts_at.unix_timestamp(), row.ends_at.unix_timestamp());
        needs.push(Needs {
            time: row.time_known.then_some(time),
            is_mine: row.is_mine,
            speakers: row.people.into_iter().zip(row.names).collect(),
            venue: row.venue,
            address: row.address,
            room: row.room,
            programme: (row.programme_id, row.programme.clone()),
            audience: row.audience,
            themes: row.themes.into_iter().zip(row.theme_names).collect(),
        });
        events.push(PlannedEvent {
            slug: row.slug,
            title: row.title,
            home: row.series.unwrap_or(row.programme),
            state: word(State::parse(&row.state), &row.state)?,
            is_mine: row.is_mine,
            starts: civil(row.starts),
            ends: civil(row.ends),
            has_clock: row.time_known && !row.all_day,
        });
    }
    Ok((events, needs))
}
