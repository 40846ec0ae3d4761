//! The SQL of an event's figures. Each of its questions is answered by an index of the event's sign-ups, or of
//! their history.

use super::model::{Curve, Figures, Step, TOP, WayFigures};
use super::places::{Reached, reached};
use crate::events::model::{EventId, Way};
use crate::events::store::{lines, word};
use crate::organise::store::mails;
use crate::text::Lang;
use crate::time::{civil, instant, local};
use jiff::tz::TimeZone;
use sqlx::PgPool;

/// All figures of an event; of the organisations all, or the largest.
///
/// # Errors
/// If the database does not answer.
pub async fn figures(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    all: bool,
    may_change: bool,
    now: i64,
) -> Result<Option<Figures>, sqlx::Error> {
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let written = sqlx::query!(
        r#"select organisation, count(*)::integer as "people!" from sign_ups
        where event_id = $1 and status in ('requested', 'confirmed', 'attended', 'no_show')
        group by organisation"#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    let written =
        written.into_iter().map(|row| (row.organisation, row.people.max(0).cast_unsigned()));
    let Reached { mut organisations, counties } = reached(written);
    let organisations_in_all = organisations.len();
    if !all {
        organisations.truncate(TOP);
    }
    Ok(Some(Figures {
        ways: unsettled(pool, event, now).await?,
        curve: curve(pool, event, now).await?,
        line: line.line,
        may_change,
        mails: mails(pool, event).await?,
        organisations,
        organisations_in_all,
        counties,
    }))
}

/// Of the seats that are taken, those that are not settled.
async fn unsettled(
    pool: &PgPool,
    event: EventId,
    now: i64,
) -> Result<Vec<WayFigures>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select way, (count(*) filter (where status = 'requested'))::integer as "requested!",
            (count(*) filter (where status = 'confirmed'))::integer as "offered!"
        from sign_ups where event_id = $1 and (status = 'requested' or status = 'confirmed' and reply_by > $2)
        group by way"#,
        event.0,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WayFigures {
                way: word(Way::parse(&row.way), &row.way)?,
                requested: row.requested.max(0).cast_unsigned(),
                offered: row.offered.max(0).cast_unsigned(),
            })
        })
        .collect()
}

/// From the opening, or the first who signed up, until now. How somebody began is what their first change says
/// that they were, or what they still are.
async fn curve(pool: &PgPool, event: EventId, now: i64) -> Result<Option<Curve>, sqlx::Error> {
    let span = sqlx::query!(
        r#"select time_zone, sign_up_opens_at, ends_at,
            (select min(created_at) from sign_ups where event_id = e.id) as first
        from events e where id = $1"#,
        event.0
    )
    .fetch_one(pool)
    .await?;
    let zone = TimeZone::get(&span.time_zone).unwrap_or(TimeZone::UTC);
    let opened = span.sign_up_opens_at.map(time::OffsetDateTime::unix_timestamp);
    let first = span.first.map(time::OffsetDateTime::unix_timestamp);
    let begins = [opened.filter(|opened| *opened <= now), first].into_iter().flatten().min();
    let Some(begins) = begins else { return Ok(None) };
    let ends = now.min(span.ends_at.unix_timestamp()).max(begins);
    let step = Step::between(begins, ends);
    let rows = sqlx::query!(
        r#"
        with mine as materialized (
            select id, created_at, status from sign_ups where event_id = $1
        ), moves as materialized (
            select h.id, h.sign_up_id, h.happened_at, h.from_status, h.to_status
            from mine join sign_up_history h on h.sign_up_id = mine.id
        ), begun as (
            select distinct on (sign_up_id) sign_up_id, from_status from moves order by sign_up_id, id
        ), steps as (
            select mine.created_at as at, coalesce(begun.from_status, mine.status) as status, 1 as people
            from mine left join begun on begun.sign_up_id = mine.id
            union all select happened_at, from_status, -1 from moves
            union all select happened_at, to_status, 1 from moves
        )
        select date_trunc($2, at at time zone $3) as "at!",
            coalesce(sum(people) filter (where status in ('requested', 'confirmed', 'attended', 'no_show')), 0)
                as "taken!",
            coalesce(sum(people) filter (where status = 'waitlisted'), 0) as "waiting!"
        from steps group by 1 order by 1
        "#,
        event.0,
        match step {
            Step::Hour => "hour",
            Step::Day => "day",
        },
        span.time_zone,
    )
    .fetch_all(pool)
    .await?;
    let changes = rows.into_iter().map(|row| (civil(row.at), row.taken, row.waiting));
    Ok(Some(Curve::of(local(begins, &zone), local(ends, &zone), step, changes)))
}
