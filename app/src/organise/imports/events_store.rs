//! The SQL of events that come from a file: drafts are made, and what came from the same file before is changed.

use super::events_over_store::{Standing, held, write_over};
use super::events_plan::{EventDeed, PlannedEvent, Source, of_field, write as put};
use super::model::{ShownRow, Verdict};
use super::run_store::low;
use crate::account::model::PersonId;
use crate::events::model::EventId;
use crate::organise::plan::model::{PlanProblem, Sheet};
use crate::organise::plan::new_store::{self, Made};
use crate::organise::plan::read::{EventEdit, PlanProblems, read};
use crate::organise::plan::slug_store::Slugs;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgTransaction};
use std::collections::HashMap;

/// The events that came from a file before, by what they are known by there.
///
/// # Errors
/// If the database does not answer.
pub async fn known(
    connection: &mut PgConnection,
    programme: i64,
    uids: &[String],
) -> Result<HashMap<String, Source>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select s.uid, s.event_id, s.cells as "cells: Json<Vec<String>>" from event_sources s
        join events e on e.id = s.event_id and e.programme_id = s.programme_id
        where s.programme_id = $1 and s.uid = any($2)"#,
        programme,
        uids,
    )
    .fetch_all(connection)
    .await?;
    let source = |event, cells: Json<Vec<String>>| Source { event, cells: cells.0 };
    Ok(rows.into_iter().map(|row| (row.uid, source(row.event_id, row.cells))).collect())
}

/// One import of a programme at a time: two files with the same events do not make them twice, and an import and one
/// that is undone do not wait for each other's events.
pub(super) async fn hold(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_xact_lock(22, $1::integer)", low(programme))
        .fetch_one(&mut **transaction)
        .await?;
    Ok(())
}

impl Before {
    /// The import made it.
    pub(super) const fn was_made(&self) -> bool {
        self.sheet.is_none()
    }
}

/// How an event was before an import, to make it that again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its version once the import had written it.
    pub(super) version: i64,
    /// How it was; nothing if the import made it.
    pub(super) sheet: Option<Sheet>,
    /// What stood in the file the last time.
    pub(super) cells: Option<Vec<String>>,
    /// Presenters who came in with it.
    #[serde(default)]
    pub(super) people: Vec<i64>,
}

/// Carries out what was planned for some rows: of each the event, and how it was. What turns out to be wrong only now
/// is said in its row, and nothing is done there.
pub(super) async fn carry_out(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    planned: &mut [PlannedEvent],
    slugs: &mut Slugs,
    actor: PersonId,
    now: i64,
) -> Result<Vec<Option<(i64, Before)>>, sqlx::Error> {
    let mut done = make_all(transaction, planned, slugs).await?;
    change_all(transaction, programme, planned, &mut done, actor, now).await?;
    let source = |(planned, done): (_, &Option<(i64, Before)>)| {
        done.as_ref().map(|(event, _)| (planned, EventId(*event)))
    };
    let sources: Vec<_> = planned.iter().zip(&done).filter_map(source).collect();
    remember(transaction, programme, &sources).await?;
    Ok(done)
}

/// Makes those that are new.
async fn make_all(
    transaction: &mut PgTransaction<'_>,
    planned: &mut [PlannedEvent],
    slugs: &mut Slugs,
) -> Result<Vec<Option<(i64, Before)>>, sqlx::Error> {
    let mut done: Vec<Option<(i64, Before)>> = planned.iter().map(|_| None).collect();
    let (mut places, mut edits) = (Vec::new(), Vec::new());
    for (place, planned) in planned.iter_mut().enumerate() {
        let EventDeed::Make(form) = &planned.deed else { continue };
        match read(form) {
            Ok(edit) => {
                places.push(place);
                edits.push(edit);
            }
            Err(problems) => refuse(&mut planned.shown, problems),
        }
    }
    let made = new_store::make(transaction, slugs, &edits).await?;
    for (place, made) in places.into_iter().zip(made) {
        let (Some(planned), Some(done)) = (planned.get_mut(place), done.get_mut(place)) else {
            continue;
        };
        match made {
            Ok(Made { event, version, brought_in: people, .. }) => {
                *done = Some((event.0, Before { version, sheet: None, cells: None, people }));
            }
            Err(problems) => refuse(&mut planned.shown, problems),
        }
    }
    Ok(done)
}

/// Changes those that are there.
async fn change_all(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    planned: &mut [PlannedEvent],
    done: &mut [Option<(i64, Before)>],
    actor: PersonId,
    now: i64,
) -> Result<(), sqlx::Error> {
    let changes: Vec<(usize, i64)> = planned
        .iter()
        .enumerate()
        .filter_map(|(place, planned)| match planned.deed {
            EventDeed::Change(event, _) => Some((place, event)),
            _ => None,
        })
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let events: Vec<i64> = changes.iter().map(|(_, event)| *event).collect();
    let mut standing = held(transaction, &events).await?;
    let (mut places, mut edits) = (Vec::new(), Vec::new());
    for (place, event) in changes {
        let Some(planned) = planned.get_mut(place) else { continue };
        match changed(programme, &planned.deed, standing.get(&event)) {
            Ok(edit) => {
                places.push(place);
                edits.push((event, edit));
            }
            Err(problems) => refuse(&mut planned.shown, problems),
        }
    }
    let written = write_over(transaction, actor, &standing, &edits, now).await?;
    let versions = versions(transaction, &events).await?;
    let uids: Vec<String> = planned.iter().map(|planned| planned.uid.clone()).collect();
    let mut cells = remembered(transaction, programme, &uids).await?;
    for ((place, (event, _)), written) in places.into_iter().zip(edits).zip(written) {
        let (Some(planned), Some(done)) = (planned.get_mut(place), done.get_mut(place)) else {
            continue;
        };
        match written {
            Ok(people) => {
                let version = versions.get(&event).copied().unwrap_or_default();
                let sheet = standing.remove(&event).map(|was| was.sheet);
                let cells = cells.remove(&planned.uid);
                *done = Some((event, Before { version, sheet, cells, people }));
            }
            Err(problems) => refuse(&mut planned.shown, problems),
        }
    }
    Ok(())
}

/// The event as it is to be; or what is wrong with it after all.
fn changed(
    programme: i64,
    deed: &EventDeed,
    standing: Option<&Standing>,
) -> Result<EventEdit, PlanProblems> {
    let wrong = |field: &str, problem| vec![(field.to_owned(), problem)];
    let (EventDeed::Change(_, fields), Some(standing)) = (deed, standing) else {
        return Err(wrong("home", PlanProblem::Missing));
    };
    let mut form = standing.sheet.clone();
    for (field, value) in fields {
        put(&mut form, field, value);
    }
    let edit = read(&form)?;
    let mut problems = Vec::new();
    // As in the form: what is published says how one takes part.
    if edit.format.is_none() && !matches!(standing.state.as_str(), "draft" | "preliminary") {
        problems.extend(wrong("format", PlanProblem::NeedsFormat));
    }
    // Whoever reads a file in may write in this programme and no other.
    if edit.programme != programme {
        problems.extend(wrong("home", PlanProblem::NotAChoice));
    }
    if problems.is_empty() { Ok(edit) } else { Err(problems) }
}

fn refuse(shown: &mut ShownRow, problems: PlanProblems) {
    shown.verdict = Verdict::Refuse;
    shown.notes.extend(problems.into_iter().map(|(field, problem)| of_field(&field, problem)));
}

async fn versions(
    transaction: &mut PgTransaction<'_>,
    events: &[i64],
) -> Result<HashMap<i64, i64>, sqlx::Error> {
    let rows = sqlx::query!("select id, version from events where id = any($1)", events)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version)).collect())
}

/// What stood in the file the last time, by what the events are known by.
async fn remembered(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    uids: &[String],
) -> Result<HashMap<String, Vec<String>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select uid, cells as "cells: Json<Vec<String>>" from event_sources where programme_id = $1 and uid = any($2)"#,
        programme,
        uids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.uid, row.cells.0)).collect())
}

/// Keeps what stood in the file.
async fn remember(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    sources: &[(&PlannedEvent, EventId)],
) -> Result<(), sqlx::Error> {
    // What has nothing that it is known by is not known again.
    let sources = || sources.iter().filter(|(planned, _)| !planned.uid.is_empty());
    let uids: Vec<String> = sources().map(|(planned, _)| planned.uid.clone()).collect();
    let events: Vec<i64> = sources().map(|(_, event)| event.0).collect();
    let cells: Vec<Value> =
        sources().map(|(planned, _)| Value::from(planned.cells.clone())).collect();
    sqlx::query!(
        "insert into event_sources (programme_id, uid, event_id, cells)
         select $1, * from unnest($2::text[], $3::bigint[], $4::jsonb[])
         on conflict (programme_id, uid) do update set event_id = excluded.event_id, cells = excluded.cells",
        programme,
        &uids,
        &events,
        &cells,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
