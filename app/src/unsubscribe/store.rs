//! The SQL of what people want to be mailed about.

use super::model::{Stoppable, Watch, Wish, WishesPage};
use crate::account::model::{PersonId, Viewer};
use crate::events::model::Phase;
use crate::events::opening::{is_token, unwatch, watched};
use crate::events::store::{lines, word};
use crate::text::Lang;
use sqlx::PgPool;

/// What the link with this secret stops; `None` if it is none, or not any more.
///
/// # Errors
/// If the database does not answer.
pub async fn find(
    pool: &PgPool,
    lang: Lang,
    token: &str,
    now: i64,
) -> Result<Option<Stoppable>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let row = sqlx::query!("select kind, wanted from mail_wishes where token = $1", token)
        .fetch_optional(pool)
        .await?;
    if let Some(row) = row {
        let wish = word(Wish::parse(&row.kind), &row.kind)?;
        return Ok(Some(Stoppable::Wish { wish, wanted: row.wanted }));
    }
    let Some(event) = watched(pool, token).await? else { return Ok(None) };
    let line = lines(pool, lang, &[event.0], now).await?.pop();
    Ok(line.map(|line| Stoppable::Opening(Box::new(line.line))))
}

/// Stops what the link with this secret stops. A second time nothing happens, nor for a link that there
/// never was. False for what can be no link.
///
/// # Errors
/// If the database does not answer.
pub async fn stop(pool: &PgPool, token: &str) -> Result<bool, sqlx::Error> {
    if !is_token(token) {
        return Ok(false);
    }
    let stopped = sqlx::query!("update mail_wishes set wanted = false where token = $1", token)
        .execute(pool)
        .await?;
    if stopped.rows_affected() == 0 {
        unwatch(pool, token).await?;
    }
    Ok(true)
}

/// What a person wants.
///
/// # Errors
/// If the database does not answer.
pub async fn wishes(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    now: i64,
) -> Result<WishesPage, sqlx::Error> {
    let unwanted = sqlx::query_scalar!(
        "select kind from mail_wishes where person_id = $1 and not wanted",
        viewer.id.0
    )
    .fetch_all(pool)
    .await?;
    let wanted = Wish::ALL
        .iter()
        .copied()
        .filter(|wish| !unwanted.iter().any(|kind| kind == wish.as_str()))
        .collect();
    Ok(WishesPage {
        email: viewer.email.clone(),
        wanted,
        watches: watches(pool, lang, viewer.id, now).await?,
    })
}

/// The sign-ups that a person, or somebody with their address, asked to be told about, if they can still
/// open.
async fn watches(
    pool: &PgPool,
    lang: Lang,
    person: PersonId,
    now: i64,
) -> Result<Vec<Watch>, sqlx::Error> {
    let rows = sqlx::query!(
        "select w.id, w.event_id from opening_watchers w join people p on p.email_key = w.email_key
         where p.id = $1 and w.told_at is null",
        person.0
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.event_id).collect();
    let lines = lines(pool, lang, &ids, now).await?;
    let watches = lines.into_iter().filter_map(|line| {
        let event = line.line;
        let row = rows.iter().find(|row| row.event_id == event.id.0)?;
        let can_open = !matches!(event.phase, Phase::Cancelled | Phase::Past | Phase::Closed);
        can_open.then_some(Watch { id: row.id, event })
    });
    Ok(watches.collect())
}

/// Keeps what a person wants; what is not in `wanted` is not.
///
/// # Errors
/// If the database does not answer.
pub async fn save(pool: &PgPool, person: PersonId, wanted: &[Wish]) -> Result<(), sqlx::Error> {
    let kinds: Vec<String> = Wish::ALL.iter().map(|wish| wish.as_str().to_owned()).collect();
    let chosen: Vec<bool> = Wish::ALL.iter().map(|wish| wanted.contains(wish)).collect();
    // In the order in which the jobs add such rows, so that neither waits for the other in a circle.
    sqlx::query!(
        "insert into mail_wishes (person_id, kind, wanted)
         select $1, new.kind, new.wanted from unnest($2::text[], $3::boolean[]) as new (kind, wanted)
         order by new.kind
         on conflict (person_id, kind) do update set wanted = excluded.wanted",
        person.0,
        &kinds,
        &chosen,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Forgets that a person wanted to be told when sign-up opens. A second time nothing happens, nor for a
/// number that is somebody else's.
///
/// # Errors
/// If the database does not answer.
pub async fn end_watch(pool: &PgPool, person: PersonId, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from opening_watchers w using people p
         where w.id = $2 and p.id = $1 and p.email_key = w.email_key",
        person.0,
        id
    )
    .execute(pool)
    .await?;
    Ok(())
}
