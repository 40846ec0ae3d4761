//! The SQL of the stream of changes.

use super::model::Standing;
use crate::events::model::{EventId, Seats, WaySeats};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

/// The channel that tells every server process what changed.
pub const CHANNEL: &str = "stafett_changes";
/// NOTIFY takes less than 8,000 bytes; a number and its marks take at most 21.
const IDS_PER_NOTICE: usize = 300;
/// The most changes that are told in one go.
const CHANGES_PER_ROUND: i64 = 5_000;

/// How these events stand.
///
/// # Errors
/// If the database does not answer.
pub async fn standings(pool: &PgPool, ids: &[i64]) -> Result<Vec<Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select e.id, e.version,
            coalesce(json_agg(json_build_object('way', w.way, 'capacity', w.capacity,
                'confirmed', w.confirmed, 'waitlisted', w.waitlisted) order by w.way desc)
                filter (where w.way is not null), '[]') as "ways!: Json<Vec<WaySeats>>",
            coalesce(sum(w.version), 0)::bigint as "seats_version!"
        from events e left join event_ways w on w.event_id = e.id
        where e.id = any($1) and e.state <> 'draft' group by e.id
        "#,
        ids
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            id: EventId(row.id),
            seats: Seats { ways: row.ways.0, version: row.seats_version },
            version: row.version,
        })
        .collect())
}

/// Takes the changes that have been committed and tells every process of them. Returns how many there
/// were. Several relays never take the same one, and one that dies leaves its changes to the others.
///
/// # Errors
/// If the database does not answer.
pub async fn relay(connection: &mut PgConnection) -> Result<usize, sqlx::Error> {
    use sqlx::Connection as _;
    let mut transaction = connection.begin().await?;
    let rows = sqlx::query!(
        "delete from changes where id in (
             select id from changes order by id limit $1 for update skip locked)
         returning event_id, facts",
        CHANGES_PER_ROUND
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut ids: Vec<(i64, bool)> = rows.iter().map(|row| (row.event_id, row.facts)).collect();
    // `true` sorts last: of an event that changed in both ways the later mark is kept.
    ids.sort_unstable();
    ids.reverse();
    ids.dedup_by_key(|(id, _)| *id);
    for chunk in ids.chunks(IDS_PER_NOTICE) {
        let payload: Vec<String> = chunk
            .iter()
            .map(|(id, facts)| format!("{id}{}", if *facts { "!" } else { "" }))
            .collect();
        sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload.join(","))
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(rows.len())
}
