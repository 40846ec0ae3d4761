//! The SQL of the door: whether it is open, and who is expected.

use super::model::{Came, Door, Guest, Opening};
use crate::account::model::PersonId;
use crate::events::model::{EventId, Way};
use crate::events::store::{lines, word};
use crate::signup::model::Status;
use crate::text::Lang;
use crate::time::{civil, today};
use sqlx::PgPool;

/// Who stands at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody who organises or hosts.
    Person(PersonId),
    /// A steward with a link.
    Link(i64),
}

impl By {
    /// Whether they may check people in now.
    #[must_use]
    pub const fn may(self, opening: Opening) -> bool {
        match self {
            Self::Person(_) => matches!(opening, Opening::Open | Opening::Over),
            Self::Link(_) => matches!(opening, Opening::Open),
        }
    }
}

/// The event whose door a steward's link opens, and the link's number; `None` for one that was never made or is
/// revoked.
///
/// # Errors
/// If the database does not answer.
pub async fn steward(pool: &PgPool, token: &str) -> Result<Option<(EventId, i64)>, sqlx::Error> {
    let Some(hash) = crate::account::secret::hash(token) else { return Ok(None) };
    let row = sqlx::query!(
        "select id, event_id from door_links where token_hash = $1 and revoked_at is null",
        hash
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| (EventId(row.event_id), row.id)))
}

/// Whether it is one of the event's days, from midnight to midnight in Sweden.
///
/// # Errors
/// If the database does not answer.
pub async fn opening(
    pool: &PgPool,
    event: EventId,
    now: i64,
) -> Result<Option<Opening>, sqlx::Error> {
    let row = sqlx::query!("select state, starts_at, ends_at from events where id = $1", event.0)
        .fetch_optional(pool)
        .await?;
    Ok(row.map(|row| {
        let (starts, ends) = (row.starts_at.unix_timestamp(), row.ends_at.unix_timestamp());
        let day = today(now);
        if row.state == "cancelled" {
            Opening::Cancelled
        } else if day < today(starts) {
            Opening::NotYet
        // What ends at midnight does not touch the day that begins there.
        } else if today((ends - 1).max(starts)) < day {
            Opening::Over
        } else {
            Opening::Open
        }
    }))
}

/// The door as whoever stands there sees it; with `since`, of the list only those who may have changed since that
/// version. A steward sees nobody on other days.
///
/// # Errors
/// If the database does not answer.
pub async fn door(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    by: By,
    since: Option<i64>,
    now: i64,
) -> Result<Option<Door>, sqlx::Error> {
    let Some(opening) = opening(pool, event, now).await? else { return Ok(None) };
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let may_check_in = by.may(opening);
    let is_for_all = matches!(by, By::Person(_));
    let mut door = Door {
        line: line.line,
        opening,
        may_check_in,
        guests: Vec::new(),
        is_part: false,
        count: 0,
        version: 0,
        links: None,
    };
    if may_check_in || is_for_all {
        // Taken before the list is read: what is written meanwhile is read once more, and nothing is missed.
        let standing = sqlx::query!(
            r#"
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "version!",
                pg_snapshot_xmax(pg_current_snapshot())::text::bigint as "newest!", count(*) as "count!"
            from sign_ups s where s.event_id = $1 and (s.status not in ('cancelled', 'refused') or not exists (
                select from sign_ups o where o.event_id = s.event_id and o.person_id = s.person_id and o.id <> s.id
                    and (o.status not in ('cancelled', 'refused') or o.id > s.id)))
            "#,
            event.0
        )
        .fetch_one(pool)
        .await?;
        // A version from the future is of another database: everything is read.
        let since = since.filter(|since| (1..=standing.newest).contains(since));
        door.guests = guests(pool, event, since).await?;
        door.is_part = since.is_some();
        door.count = usize::try_from(standing.count).unwrap_or_default();
        door.version = standing.version;
    }
    Ok(Some(door))
}

/// Everybody who signed up, by name; who signed up again only as they stand now. With `since`, only rows that a
/// transaction has written since: each row knows by which it was (`xmin`, of 32 bits, going round), so nothing is
/// kept for it, and nobody who writes has to think of it.
async fn guests(
    pool: &PgPool,
    event: EventId,
    since: Option<i64>,
) -> Result<Vec<Guest>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select s.id, s.name, s.organisation, s.way, s.status, s.ticket,
            c.happened_at at time zone e.time_zone as "at?", coalesce(l.name, p.name) as by
        from sign_ups s join events e on e.id = s.event_id
        left join lateral (
            select happened_at, door_link_id, actor_id from check_ins
            where sign_up_id = s.id and undone_at is null order by happened_at, id limit 1
        ) c on s.status = 'attended'
        left join door_links l on l.id = c.door_link_id
        left join people p on p.id = c.actor_id
        where s.event_id = $1 and (s.status not in ('cancelled', 'refused') or not exists (
            select from sign_ups o where o.event_id = s.event_id and o.person_id = s.person_id and o.id <> s.id
                and (o.status not in ('cancelled', 'refused') or o.id > s.id)))
            and ($2::bigint is null
                or (s.xmin::text::bigint - $2 % 4294967296 + 4294967296) % 4294967296 < 2147483648)
        order by s.name collate "sv-x-icu", s.id
        "#,
        event.0,
        since
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let by = row.by;
            Ok(Guest {
                id: row.id,
                name: row.name,
                organisation: row.organisation,
                way: word(Way::parse(&row.way), &row.way)?,
                status: word(Status::parse(&row.status), &row.status)?,
                came: row.at.map(|at| Came { at: civil(at), by }),
                ticket: row.ticket,
            })
        })
        .collect()
}
