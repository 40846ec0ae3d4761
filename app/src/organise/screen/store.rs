//! The SQL of the screen.

use super::model::{Code, Screen, now_and_next, parts};
use crate::door::model::Opening;
use crate::door::store::opening;
use crate::door::ticket::code;
use crate::events::model::{EventId, Slug};
use crate::events::store::{Drafts, page};
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

/// How many have come, and how many have a place; those who take part from afar are not expected in the room of a
/// hybrid event, as at its door.
async fn counts(pool: &PgPool, event: EventId) -> Result<(i64, i64), sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select count(*) filter (where s.status = 'attended') as "here!", count(*) as "expected!"
        from sign_ups s
        where s.event_id = $1 and s.status in ('confirmed', 'attended', 'no_show')
            and (s.way = 'on_site'
                or (select count(*) from event_ways w where w.event_id = $1) < 2
                or exists (select from check_ins c where c.sign_up_id = s.id and c.undone_at is null))
        "#,
        event.0
    )
    .fetch_one(pool)
    .await?;
    Ok((row.here, row.expected))
}

/// What the clock at the event's place shows.
async fn local_now(
    pool: &PgPool,
    event: EventId,
    now: i64,
) -> Result<jiff::civil::DateTime, sqlx::Error> {
    let now = sqlx::query_scalar!(
        r#"select $2::timestamptz at time zone time_zone as "now!" from events where id = $1"#,
        event.0,
        crate::time::instant(now)
    )
    .fetch_one(pool)
    .await?;
    Ok(civil(now))
}

/// The screen of an event, drafts too: it is tried out before the day.
///
/// # Errors
/// If the database does not answer.
pub async fn screen(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    slug: &Slug,
    origin: &str,
    now: i64,
) -> Result<Option<Screen>, sqlx::Error> {
    let Some(page) = page(pool, lang, slug, now, Drafts::Seen).await? else { return Ok(None) };
    let (here, expected) = counts(pool, event).await?;
    let opening = opening(pool, event, now).await?;
    let parts = parts(page.line.when.starts, &page.slots);
    let local = local_now(pool, event, now).await?;
    let (on, next) = now_and_next(&parts, local);
    let has_materials = !page.materials.is_empty();
    let path = lang.href(&format!("/events/{}", page.line.slug));
    let url = format!("{origin}{path}{}", if has_materials { "#materials" } else { "" });
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    Ok(Some(Screen {
        here,
        expected,
        has_begun: matches!(opening, Some(Opening::Open | Opening::Over)),
        on: on.cloned(),
        next: next.cloned(),
        address: format!("{host}{path}"),
        has_materials,
        code: code(&url).map(|(size, squares)| Code { size, squares }),
        line: page.line,
    }))
}
