//! The SQL of events that come from a file: drafts are made, and what came from the same file before is changed.

use super::events_plan::{COLUMNS, EventDeed, PlannedEvent, Source, of_field, write as put};
use super::model::{ShownRow, Verdict};
use super::presenters_store::{brought_in, newest};
use super::run_store::low;
use crate::events::model::EventId;
use crate::organise::plan::model::{PlanProblem, Sheet};
use crate::organise::plan::read::{PlanProblems, read};
use crate::organise::plan::save_store::{write, write_new};
use crate::organise::plan::slug_store::Slugs;
use crate::organise::plan::store::sheet;
use crate::signup::store::{Locking, lock_all, lock_seats};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use sqlx::{Acquire, PgConnection, PgTransaction};
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// Where those who speak stand in a row.
static SPEAKERS: LazyLock<usize> = LazyLock::new(|| {
    COLUMNS.iter().position(|column| *column == "speakers").unwrap_or(COLUMNS.len())
});

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
    version: i64,
    /// How it was; nothing if the import made it.
    sheet: Option<Sheet>,
    /// What stood in the file the last time.
    cells: Option<Vec<String>>,
    /// Presenters who came in with it.
    #[serde(default)]
    pub(super) people: Vec<i64>,
}

/// Carries out what was planned for a row: the event, and how it was. What turns out to be wrong only now is said
/// in the row, and nothing is done.
pub(super) async fn carry_out(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    planned: &mut PlannedEvent,
    slugs: &mut Slugs,
    now: i64,
) -> Result<Option<(i64, Before)>, sqlx::Error> {
    if matches!(planned.deed, EventDeed::Leave) {
        return Ok(None);
    }
    let mut before = Before { version: 0, sheet: None, cells: None, people: Vec::new() };
    // One row that cannot be leaves the others.
    let mut row = transaction.begin().await?;
    let brings_people = planned.cells.get(*SPEAKERS).is_some_and(|cell| !cell.is_empty());
    let newest = if brings_people { Some(newest(&mut row).await?) } else { None };
    let (event, problems) = match &planned.deed {
        EventDeed::Leave => return Ok(None),
        EventDeed::Make(form) => make(&mut row, form, slugs).await?,
        EventDeed::Change(event, fields) => {
            change(&mut row, programme, EventId(*event), fields, &mut before.sheet, now).await?
        }
    };
    let Some(event) = event.filter(|_| problems.is_empty()) else {
        row.rollback().await?;
        refuse(&mut planned.shown, problems);
        return Ok(None);
    };
    before.version = version(&mut row, event).await?;
    if let Some(newest) = newest {
        before.people = brought_in(&mut row, event, newest).await?;
    }
    if !planned.uid.is_empty() {
        before.cells = remember(&mut row, programme, planned, event).await?;
    }
    row.commit().await?;
    Ok(Some((event.0, before)))
}

/// The event that something was done with, and what is wrong with it after all.
type Outcome = (Option<EventId>, PlanProblems);

async fn make(
    transaction: &mut PgTransaction<'_>,
    form: &Sheet,
    slugs: &mut Slugs,
) -> Result<Outcome, sqlx::Error> {
    let edit = match read(form) {
        Ok(edit) => edit,
        Err(problems) => return Ok((None, problems)),
    };
    let event = slugs.insert(transaction, &edit).await?;
    let mut problems = Vec::new();
    write_new(transaction, event, &edit, &mut problems).await?;
    Ok((Some(event), problems))
}

async fn change(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    event: EventId,
    fields: &[(&'static str, String)],
    before: &mut Option<Sheet>,
    now: i64,
) -> Result<Outcome, sqlx::Error> {
    // Seats before the event, as whoever signs up takes them.
    lock_seats(transaction, event, Locking::Held).await?;
    let state = sqlx::query_scalar!("select state from events where id = $1 for update", event.0)
        .fetch_optional(&mut **transaction)
        .await?;
    let (Some(state), Some(was)) = (state, sheet(&mut *transaction, event).await?) else {
        return Ok((None, vec![("home".to_owned(), PlanProblem::Missing)]));
    };
    let mut form = was.clone();
    *before = Some(was);
    for (field, value) in fields {
        put(&mut form, field, value);
    }
    let edit = match read(&form) {
        Ok(edit) => edit,
        Err(problems) => return Ok((None, problems)),
    };
    let mut problems = Vec::new();
    // As in the form: what is published says how one takes part.
    if edit.format.is_none() && !matches!(state.as_str(), "draft" | "preliminary") {
        problems.push(("format".to_owned(), PlanProblem::NeedsFormat));
    }
    // Whoever reads a file in may write in this programme and no other.
    if edit.programme != programme {
        problems.push(("home".to_owned(), PlanProblem::NotAChoice));
    }
    if problems.is_empty() {
        write(transaction, event, &edit, now, &mut problems).await?;
    }
    Ok((Some(event), problems))
}

fn refuse(shown: &mut ShownRow, problems: PlanProblems) {
    shown.verdict = Verdict::Refuse;
    shown.notes.extend(problems.into_iter().map(|(field, problem)| of_field(&field, problem)));
}

async fn version(transaction: &mut PgTransaction<'_>, event: EventId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("select version from events where id = $1", event.0)
        .fetch_one(&mut **transaction)
        .await
}

/// Keeps what stood in the file; what stood there the last time.
async fn remember(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    planned: &PlannedEvent,
    event: EventId,
) -> Result<Option<Vec<String>>, sqlx::Error> {
    let was = sqlx::query_scalar!(
        r#"select cells as "cells: Json<Vec<String>>" from event_sources where programme_id = $1 and uid = $2"#,
        programme,
        planned.uid,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into event_sources (programme_id, uid, event_id, cells) values ($1, $2, $3, $4)
         on conflict (programme_id, uid) do update set event_id = excluded.event_id, cells = excluded.cells",
        programme,
        planned.uid,
        event.0,
        Json(&planned.cells) as _,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(was.map(|was| was.0))
}

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

/// Makes an event that an import changed what it was before; not if anybody has changed it since. Whether it did.
pub(super) async fn take_back(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    before: &Before,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let Some(form) = &before.sheet else { return Ok(false) };
    lock_seats(transaction, event, Locking::Held).await?;
    let version =
        sqlx::query_scalar!("select version from events where id = $1 for update", event.0)
            .fetch_optional(&mut **transaction)
            .await?;
    if version != Some(before.version) {
        return Ok(false);
    }
    let Ok(edit) = read(form) else { return Ok(false) };
    let mut problems = Vec::new();
    let mut row = transaction.begin().await?;
    write(&mut row, event, &edit, now, &mut problems).await?;
    if !problems.is_empty() {
        row.rollback().await?;
        return Ok(false);
    }
    if let Some(cells) = &before.cells {
        sqlx::query!(
            "update event_sources set cells = $2 where event_id = $1",
            event.0,
            Json(cells) as _
        )
        .execute(&mut *row)
        .await?;
    }
    row.commit().await?;
    Ok(true)
}
