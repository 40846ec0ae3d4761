//! The SQL of an event's programme and materials. Only what differs is written, so that the audit log tells what
//! somebody did and nothing else.

use super::read::{Slot, Thing};
use crate::events::model::EventId;
use sqlx::PgTransaction;

/// Makes this the programme of the event.
pub(super) async fn set_slots(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    slots: &[Slot],
) -> Result<(), sqlx::Error> {
    let most = i32::try_from(slots.len()).unwrap_or(i32::MAX);
    // Positions that are there already are kept: those of an import may begin elsewhere.
    let positions = sqlx::query_scalar!(
        "select position from slots where event_id = $1 order by position",
        event.0
    )
    .fetch_all(&mut **transaction)
    .await?;
    let after = positions.last().map_or(0, |last| last + 1);
    let new = (0..most).map(|extra| after + extra);
    for (slot, position) in slots.iter().zip(positions.iter().copied().chain(new)) {
        sqlx::query!(
            "insert into slots (event_id, position, minutes, title_sv, title_en) values ($1, $2, $3, $4, $5)
             on conflict (event_id, position) do update
             set minutes = excluded.minutes, title_sv = excluded.title_sv, title_en = excluded.title_en
             where (slots.minutes, slots.title_sv, slots.title_en)
                 is distinct from (excluded.minutes, excluded.title_sv, excluded.title_en)",
            event.0,
            position,
            slot.minutes,
            slot.title_sv,
            slot.title_en,
        )
        .execute(&mut **transaction)
        .await?;
    }
    let surplus: Vec<i32> = positions.into_iter().skip(slots.len()).collect();
    sqlx::query!("delete from slots where event_id = $1 and position = any($2)", event.0, &surplus)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Makes these the materials of the event. Those of others are left alone, whatever number is given.
pub(super) async fn set_materials(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    programme: i64,
    things: &[Thing],
) -> Result<(), sqlx::Error> {
    let there = sqlx::query!(
        "select id, position from materials where event_id = $1 order by position",
        event.0
    )
    .fetch_all(&mut **transaction)
    .await?;
    let kept: Vec<i64> = things
        .iter()
        .filter_map(|thing| thing.id)
        .filter(|id| there.iter().any(|row| row.id == *id))
        .collect();
    sqlx::query!("delete from materials where event_id = $1 and id <> all($2)", event.0, &kept)
        .execute(&mut **transaction)
        .await?;
    let in_order: Vec<i64> =
        there.iter().map(|row| row.id).filter(|id| kept.contains(id)).collect();
    // Places are the programme's. Where the order is another, everything gets a new place at its end.
    let moves = in_order != kept;
    let mut last = sqlx::query_scalar!(
        r#"select coalesce(max(position), 0) as "last!" from materials where programme_id = $1"#,
        programme
    )
    .fetch_one(&mut **transaction)
    .await?;
    for thing in things {
        let known = thing.id.filter(|id| kept.contains(id));
        match known {
            Some(id) => {
                let place = moves.then(|| {
                    last += 1;
                    last
                });
                sqlx::query!(
                    "update materials set kind = $2, title = $3, url = $4, about_sv = $5, about_en = $6,
                         is_announced = $7, position = coalesce($8, position)
                     where id = $1 and ($8::int is not null or (kind, title, url, about_sv, about_en, is_announced)
                         is distinct from ($2, $3, $4, $5, $6, $7))",
                    id,
                    thing.kind,
                    thing.title,
                    thing.url,
                    thing.about_sv,
                    thing.about_en,
                    thing.is_announced,
                    place,
                )
                .execute(&mut **transaction)
                .await?;
            }
            None => {
                last += 1;
                sqlx::query!(
                    "insert into materials
                         (programme_id, event_id, position, kind, title, url, about_sv, about_en, is_announced)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    programme,
                    event.0,
                    last,
                    thing.kind,
                    thing.title,
                    thing.url,
                    thing.about_sv,
                    thing.about_en,
                    thing.is_announced,
                )
                .execute(&mut **transaction)
                .await?;
            }
        }
    }
    Ok(())
}
