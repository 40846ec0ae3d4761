//! The SQL that writes forms over events that are there: what a file changes, and what is taken back of it.

use super::presenters_store::brought_in;
use crate::account::model::PersonId;
use crate::audit::store::act;
use crate::events::model::EventId;
use crate::organise::plan::facts_store::{Facts, write_facts};
use crate::organise::plan::model::Sheet;
use crate::organise::plan::presenters_store::newest;
use crate::organise::plan::read::{EventEdit, PlanProblems, read};
use crate::organise::plan::save_store::write;
use crate::organise::plan::store::sheets;
use crate::signup::store::{Locking, lock_all};
use sqlx::{Acquire, PgTransaction};
use std::collections::HashMap;

/// An event as it stands, which nobody else changes meanwhile.
pub(super) struct Standing {
    pub(super) state: String,
    pub(super) version: i64,
    pub(super) sheet: Sheet,
    contact: Option<i64>,
}

/// Holds these events, by their numbers; those that are gone are not among them.
pub(super) async fn held(
    transaction: &mut PgTransaction<'_>,
    events: &[i64],
) -> Result<HashMap<i64, Standing>, sqlx::Error> {
    // Seats before the events, as whoever signs up takes them.
    lock_all(transaction, events, Locking::Held).await?;
    let rows = sqlx::query!(
        "select id, state, version, contact_id from events where id = any($1) order by id for update",
        events
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut sheets = sheets(&mut *transaction, events).await?;
    let standing = rows.into_iter().filter_map(|row| {
        let (state, version, contact) = (row.state, row.version, row.contact_id);
        Some((row.id, Standing { state, version, contact, sheet: sheets.remove(&row.id)? }))
    });
    Ok(standing.collect())
}

/// Writes each form over its event, which is held. Of each the presenters who came in with it, or what is wrong with
/// it after all; then nothing of it is written.
pub(super) async fn write_over(
    transaction: &mut PgTransaction<'_>,
    actor: PersonId,
    standing: &HashMap<i64, Standing>,
    edits: &[(i64, EventEdit)],
    now: i64,
) -> Result<Vec<Result<Vec<i64>, PlanProblems>>, sqlx::Error> {
    let (mut facts, mut others) = (Vec::new(), Vec::new());
    for (place, (event, edit)) in edits.iter().enumerate() {
        let was = standing.get(event);
        match was.and_then(|was| Some((was.contact, read(&was.sheet).ok()?))) {
            Some((contact, was)) if edit.has_parts_of(&was) => {
                facts.push(Facts { event: *event, edit, contact });
            }
            _ => others.push((place, EventId(*event), edit)),
        }
    }
    act(transaction, Some(actor)).await?;
    write_facts(transaction, &facts).await?;
    let mut written: Vec<Result<Vec<i64>, PlanProblems>> =
        edits.iter().map(|_| Ok(Vec::new())).collect();
    for (place, event, edit) in others {
        // One that cannot be leaves the others.
        let mut row = transaction.begin().await?;
        // Who moved up because of the one before was nobody's doing: this is.
        act(&mut row, Some(actor)).await?;
        let newest = if edit.speakers.is_empty() { None } else { Some(newest(&mut row).await?) };
        let mut problems = Vec::new();
        write(&mut row, event, edit, now, &mut problems).await?;
        let result = if problems.is_empty() {
            let people = match newest {
                Some(newest) => brought_in(&mut row, event, newest).await?,
                None => Vec::new(),
            };
            row.commit().await?;
            Ok(people)
        } else {
            row.rollback().await?;
            Err(problems)
        };
        if let Some(written) = written.get_mut(place) {
            *written = result;
        }
    }
    Ok(written)
}
