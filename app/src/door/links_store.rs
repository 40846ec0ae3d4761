//! The SQL of the stewards' links: made and revoked by those who organise.

use super::model::DoorLink;
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::events::model::EventId;
use crate::time::{civil, instant};
use sqlx::PgPool;

/// Makes a link; `hash` is of the secret that stands in its address.
///
/// # Errors
/// If the database does not answer.
pub async fn make(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    name: &str,
    hash: &[u8],
    now: i64,
) -> Result<(), sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    sqlx::query!(
        "insert into door_links (event_id, token_hash, name, made_by, made_at) values ($1, $2, $3, $4, $5)",
        event.0,
        hash,
        name,
        actor.0,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Revokes a link: from now on it opens nothing. What was done with it stays.
///
/// # Errors
/// If the database does not answer.
pub async fn revoke(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    link: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    sqlx::query!(
        "update door_links set revoked_at = $3 where id = $1 and event_id = $2 and revoked_at is null",
        link,
        event.0,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// The links that open the door of an event, in the order in which they were made.
///
/// # Errors
/// If the database does not answer.
pub async fn links(pool: &PgPool, event: EventId) -> Result<Vec<DoorLink>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select l.id, l.name, l.made_at at time zone e.time_zone as "made!", p.name as "by?",
            (select count(distinct c.sign_up_id) from check_ins c
                where c.door_link_id = l.id and c.undone_at is null) as "came!"
        from door_links l join events e on e.id = l.event_id left join people p on p.id = l.made_by
        where l.event_id = $1 and l.revoked_at is null order by l.id
        "#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DoorLink {
            id: row.id,
            name: row.name,
            made: civil(row.made),
            by: row.by,
            came: row.came,
        })
        .collect())
}
