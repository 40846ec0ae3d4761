//! The SQL of a series' stops: one more, one less, and two that change places. Stops are in the order of time, so
//! those that change places change their dates.

use super::model::StopRow;
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::events::model::{EventId, State};
use crate::events::store::word;
use crate::organise::plan::model::Choice;
use crate::signup::store::{Locking, lock_seats};
use crate::text::Lang;
use crate::time::{civil, instant};
use sqlx::{PgPool, PgTransaction};

/// What became of a form about stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is done.
    Done,
    /// It is done, and those signed up are told of their new date.
    Told,
    /// Somebody else was before, or it cannot be.
    Nothing,
}

/// Adds an event of the same programme that is in no series.
///
/// # Errors
/// If the database does not answer.
pub async fn add(
    pool: &PgPool,
    viewer: &Viewer,
    series: i64,
    event: &str,
) -> Result<Moved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update events e set series_id = s.id from series s
         where s.id = $1 and e.slug = $2 and e.programme_id = s.programme_id and e.series_id is null",
        series,
        event,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(if changed.rows_affected() > 0 { Moved::Done } else { Moved::Nothing })
}

/// Takes an event out of a series. It stays where it is, on its own.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(
    pool: &PgPool,
    viewer: &Viewer,
    series: i64,
    event: &str,
) -> Result<Moved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update events set series_id = null where slug = $2 and series_id = $1",
        series,
        event
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(if changed.rows_affected() > 0 { Moved::Done } else { Moved::Nothing })
}

struct Stop {
    event: EventId,
    starts: i64,
    has_people: bool,
}

/// Lets two stops that follow each other change places: each begins when the other did and lasts as long as before;
/// its times of sign-up move along. Only what is still to come.
///
/// # Errors
/// If the database does not answer.
pub async fn swap(
    pool: &PgPool,
    viewer: &Viewer,
    series: i64,
    (one, other): (&str, &str),
    now: i64,
) -> Result<Moved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    // Seats before events, as whoever signs up takes them; and always in the same order.
    let ids = sqlx::query_scalar!(
        "select id from events where series_id = $1 and slug in ($2, $3) order by id",
        series,
        one,
        other
    )
    .fetch_all(&mut *transaction)
    .await?;
    for id in ids {
        lock_seats(&mut transaction, EventId(id), Locking::Held).await?;
    }
    let rows = sqlx::query!(
        r#"
        select e.id, e.starts_at, e.starts_at > $4 and e.state in ('draft', 'preliminary', 'published') as "can_move!",
            e.state = 'published' and exists (select from sign_ups s where s.event_id = e.id
                and s.status in ('requested', 'confirmed', 'waitlisted')) as "has_people!"
        from events e where e.series_id = $1 and e.slug in ($2, $3) order by e.id for update
        "#,
        series,
        one,
        other,
        instant(now),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut stops: Vec<Stop> = rows
        .into_iter()
        .filter(|row| row.can_move)
        .map(|row| Stop {
            event: EventId(row.id),
            starts: row.starts_at.unix_timestamp(),
            has_people: row.has_people,
        })
        .collect();
    stops.sort_by_key(|stop| stop.starts);
    let [first, second] = stops.as_slice() else { return Ok(Moved::Nothing) };
    // The page may be old: between the two something else may be now.
    let between = sqlx::query_scalar!(
        r#"select exists (select from events where series_id = $1 and archived_at is null
            and starts_at > $2 and starts_at < $3) as "between!""#,
        series,
        instant(first.starts),
        instant(second.starts),
    )
    .fetch_one(&mut *transaction)
    .await?;
    if between || first.starts == second.starts {
        return Ok(Moved::Nothing);
    }
    begin_at(&mut transaction, first.event, second.starts).await?;
    begin_at(&mut transaction, second.event, first.starts).await?;
    transaction.commit().await?;
    Ok(if first.has_people || second.has_people { Moved::Told } else { Moved::Done })
}

/// Lets an event begin at an instant. Sign-up opens and closes as long before as it did, by the clocks there: what
/// closes at noon closes at noon on the other side of summer time, too.
async fn begin_at(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    starts: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update events set starts_at = $2::timestamptz, ends_at = $2::timestamptz + (ends_at - starts_at),
             sign_up_opens_at = (sign_up_opens_at at time zone time_zone
                 + (($2::timestamptz at time zone time_zone) - (starts_at at time zone time_zone))) at time zone time_zone,
             sign_up_closes_at = (sign_up_closes_at at time zone time_zone
                 + (($2::timestamptz at time zone time_zone) - (starts_at at time zone time_zone))) at time zone time_zone
         where id = $1",
        event.0,
        instant(starts),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The stops of a series in the order of time, drafts too.
///
/// # Errors
/// If the database does not answer.
pub async fn stops(
    pool: &PgPool,
    lang: Lang,
    series: i64,
    now: i64,
) -> Result<Vec<StopRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select e.slug, e.state, e.time_known and not e.all_day as "has_clock!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!",
            e.starts_at at time zone e.time_zone as "starts!",
            e.starts_at > $3 and e.state in ('draft', 'preliminary', 'published') as "can_move!",
            (select count(*) from sign_ups s where s.event_id = e.id
                and s.status in ('requested', 'confirmed', 'waitlisted')) as "signed_up!"
        from events e where e.series_id = $1 and e.archived_at is null order by e.starts_at, e.id
        "#,
        series,
        lang == Lang::En,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StopRow {
                slug: row.slug,
                title: row.title,
                state: word(State::parse(&row.state), &row.state)?,
                starts: civil(row.starts),
                has_clock: row.has_clock,
                can_move: row.can_move,
                signed_up: row.signed_up,
            })
        })
        .collect()
}

/// The events of a series' programme that are in no series: address and title with the day.
///
/// # Errors
/// If the database does not answer.
pub async fn loose(pool: &PgPool, lang: Lang, series: i64) -> Result<Vec<Choice>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select e.slug, to_char(e.starts_at at time zone e.time_zone, 'YYYY-MM-DD') as "day!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!"
        from events e join series s on s.programme_id = e.programme_id
        where s.id = $1 and e.series_id is null and e.archived_at is null order by e.starts_at desc, e.id limit 300
        "#,
        series,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, format!("{} {}", row.day, row.title))).collect())
}
