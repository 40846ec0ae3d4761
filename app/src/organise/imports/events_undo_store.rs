//! The SQL of taking back what an import made of events.

use super::events_over_store::{held, write_over};
use super::events_store::Before;
use crate::account::model::PersonId;
use crate::organise::plan::read::read;
use crate::signup::store::{Locking, lock_all};
use serde_json::Value;
use sqlx::PgTransaction;

/// How many are written together.
const PART: usize = 250;

/// Takes away the events that an import made, but for those that somebody has changed or published since; how many.
pub(super) async fn take_away(
    transaction: &mut PgTransaction<'_>,
    made: &[(i64, Before)],
) -> Result<u64, sqlx::Error> {
    let events: Vec<i64> = made.iter().map(|(event, _)| *event).collect();
    let versions: Vec<i64> = made.iter().map(|(_, before)| before.version).collect();
    lock_all(transaction, &events, Locking::Held).await?;
    // A picture, a letter and a place are somebody's work, too, and make no new version of it.
    let gone = sqlx::query!(
        "delete from events e using unnest($1::bigint[], $2::bigint[]) as made (id, version)
         where e.id = made.id and e.version = made.version and e.state = 'draft'
             and not exists (select from images i where i.event_id = e.id)
             and not exists (select from letters l where l.event_id = e.id)
             and not exists (select from sign_ups s where s.event_id = e.id)",
        &events,
        &versions,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(gone.rows_affected())
}

/// Makes events that an import changed what they were before, but for those that somebody has changed since; how
/// many.
pub(super) async fn take_back(
    transaction: &mut PgTransaction<'_>,
    actor: PersonId,
    changed: &[(i64, Before)],
    now: i64,
) -> Result<u64, sqlx::Error> {
    let mut taken_back = 0;
    for part in changed.chunks(PART) {
        let events: Vec<i64> = part.iter().map(|(event, _)| *event).collect();
        let standing = held(transaction, &events).await?;
        let (mut edits, mut cells) = (Vec::new(), Vec::new());
        for (event, before) in part {
            let is_as_made =
                standing.get(event).is_some_and(|standing| standing.version == before.version);
            let form = before.sheet.as_ref().filter(|_| is_as_made);
            let Some(Ok(edit)) = form.map(read) else { continue };
            edits.push((*event, edit));
            cells.push(before.cells.as_ref());
        }
        let written = write_over(transaction, actor, &standing, &edits, now).await?;
        let (mut sources, mut stood) = (Vec::new(), Vec::new());
        for (((event, _), cells), written) in edits.iter().zip(cells).zip(written) {
            taken_back += u64::from(written.is_ok());
            if let (Some(cells), Ok(_)) = (cells, written) {
                sources.push(*event);
                stood.push(Value::from(cells.clone()));
            }
        }
        sqlx::query!(
            "update event_sources s set cells = n.cells from unnest($1::bigint[], $2::jsonb[]) as n (event, cells)
             where s.event_id = n.event",
            &sources,
            &stood,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(taken_back)
}
