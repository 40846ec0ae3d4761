//! Carrying an import through: all of it in one transaction, by one process at a time. Whatever stops it half-way
//! leaves nothing, and the next that looks begins it anew.

use super::attendance_plan;
use super::draft_store::{Import, find, rows};
use super::events_run_store::events;
use super::model::{Kind, ShownRow, Stage};
use super::people_plan::{Standing, key, plan};
use super::people_store::questions;
use crate::audit::store::begin;
use crate::events::model::EventId;
use crate::signup::attendance_store::{self, Turn};
use crate::signup::deed_store::Doing;
use crate::signup::import_store;
use crate::signup::store::Locking;
use crate::time::instant;
use serde_json::Value;
use sqlx::{PgPool, PgTransaction};

/// How many rows are written between two words of how far it has come.
const PART: usize = 500;
/// What has failed so often is not tried again.
const TRIES: i32 = 3;

/// The imports that were confirmed before that moment and are not through.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(pool: &PgPool, before: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from imports where state = 'running' and confirmed_at < $1 order by confirmed_at",
        instant(before)
    )
    .fetch_all(pool)
    .await
}

/// Carries an import through; nothing is done if somebody else is at it, or it is through. Whether this did it.
///
/// # Errors
/// If the database does not answer: then nothing has been written.
pub async fn run(pool: &PgPool, id: i64) -> Result<bool, sqlx::Error> {
    let Some(import) = find(pool, id).await?.filter(|import| import.about.stage == Stage::Running)
    else {
        return Ok(false);
    };
    let (Some(actor), Some(at)) = (import.actor, import.confirmed_at) else {
        // Whoever confirmed it has left.
        give_up(pool, id).await?;
        return Ok(false);
    };
    let mut transaction = begin(pool, actor).await?;
    let is_mine = sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(21, $1::integer) as "mine!""#,
        low(id)
    )
    .fetch_one(&mut *transaction)
    .await?;
    if !is_mine {
        return Ok(false);
    }
    // Read once more, now that nobody else is at it.
    let still = sqlx::query_scalar!("select state from imports where id = $1", id)
        .fetch_optional(&mut *transaction)
        .await?;
    if still.as_deref() != Some(Stage::Running.as_str()) {
        return Ok(false);
    }
    let tries = sqlx::query_scalar!(
        "update imports set tries = tries + 1 where id = $1 returning tries",
        id
    )
    .fetch_one(pool)
    .await?;
    if tries > TRIES {
        drop(transaction);
        give_up(pool, id).await?;
        return Ok(false);
    }
    match import.about.kind {
        Kind::People => {
            let Some(event) = import.home.event.map(EventId) else { return Ok(false) };
            let doing = Doing { event, actor, now: at, locking: Locking::Held };
            if !people(pool, &mut transaction, doing, &import).await? {
                drop(transaction);
                give_up(pool, id).await?;
                return Ok(false);
            }
        }
        Kind::Attendance => {
            let Some(event) = import.home.event.map(EventId) else { return Ok(false) };
            let doing = Doing { event, actor, now: at, locking: Locking::Held };
            if !attendance(pool, &mut transaction, doing, &import).await? {
                drop(transaction);
                give_up(pool, id).await?;
                return Ok(false);
            }
        }
        Kind::Events | Kind::Schedule => {
            events(pool, &mut transaction, &import, actor, at).await?;
        }
    }
    sqlx::query!("update imports set state = 'done' where id = $1", id)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}

/// The lock is by a number of half the width: two imports whose numbers are four thousand million apart wait for
/// each other, and nothing else comes of it.
#[expect(clippy::cast_possible_truncation, reason = "that is what is wanted")]
pub(super) const fn low(id: i64) -> i32 {
    id as i32
}

async fn give_up(pool: &PgPool, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!("update imports set state = 'failed' where id = $1 and state = 'running'", id)
        .execute(pool)
        .await?;
    Ok(())
}

/// Signs people up; nothing if the event is over by now.
async fn people(
    pool: &PgPool,
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    import: &Import,
) -> Result<bool, sqlx::Error> {
    let id = import.about.id;
    // Before the seats are held: nobody else waits while a file is read.
    let rows = rows(&mut *transaction, id).await?;
    let questions = questions(pool, doing.event).await?;
    let keys: Vec<String> = rows.iter().filter_map(|row| key(&import.settings, row)).collect();
    let Some(mut held) = import_store::held_seats(transaction, doing).await? else {
        return Ok(false);
    };
    let known = import_store::known(&mut *transaction, doing.event, &keys).await?;
    let standing = Standing { seats: held.seats.clone(), known, questions };
    let planned = plan(&rows, &import.settings, standing);
    let mut seen_to = 0;
    for part in planned.chunks(PART) {
        let newcomers: Vec<_> = part.iter().filter_map(|row| row.newcomer.as_ref()).collect();
        let added =
            import_store::add(transaction, doing, &mut held, &newcomers, import.settings.mail)
                .await?;
        let mut added = added.into_iter();
        let sign_ups: Vec<Option<i64>> =
            part.iter().map(|row| row.newcomer.as_ref().and_then(|_| added.next())).collect();
        let became: Vec<Became<'_>> = part
            .iter()
            .zip(sign_ups)
            .map(|(row, sign_up)| Became {
                number: row.shown.number,
                shown: &row.shown,
                sign_up,
                event: None,
                was: None,
            })
            .collect();
        note(transaction, id, &became).await?;
        seen_to += part.len();
        tell_progress(pool, id, seen_to).await?;
    }
    Ok(true)
}

/// The rows of those who are not in the report come after all that can be in a file.
const AFTER_ALL: i32 = 1_000_000;

/// Says who was there; nothing if the event has not begun.
async fn attendance(
    pool: &PgPool,
    transaction: &mut PgTransaction<'_>,
    doing: Doing,
    import: &Import,
) -> Result<bool, sqlx::Error> {
    let id = import.about.id;
    if !attendance_store::has_begun(pool, doing.event, doing.now).await? {
        return Ok(false);
    }
    let rows = rows(&mut *transaction, id).await?;
    attendance_store::hold(transaction, doing.event).await?;
    let guests = attendance_store::guests(&mut *transaction, doing.event).await?;
    let noted = attendance_plan::plan(&rows, &import.settings, &guests);
    let (mut seen_to, mut absent) = (0, AFTER_ALL);
    for part in noted.chunks(PART) {
        let turns = part.iter().filter_map(|noted| {
            let (sign_up, was) = noted.change?;
            Some(Turn { sign_up, was, becomes: noted.shown.status? })
        });
        attendance_store::turn(transaction, doing, &turns.collect::<Vec<_>>(), None).await?;
        let became: Vec<Became<'_>> = part
            .iter()
            .map(|noted| {
                let number = if noted.shown.number == 0 {
                    absent += 1;
                    absent
                } else {
                    noted.shown.number
                };
                let (sign_up, was) = noted.change.unzip();
                let was = was.map(|was| was.as_str().to_owned());
                Became { number, shown: &noted.shown, sign_up, event: None, was }
            })
            .collect();
        note(transaction, id, &became).await?;
        seen_to += part.len();
        tell_progress(pool, id, seen_to).await?;
    }
    Ok(true)
}

/// What became of a row.
pub(super) struct Became<'a> {
    pub(super) number: i32,
    pub(super) shown: &'a ShownRow,
    pub(super) sign_up: Option<i64>,
    pub(super) event: Option<i64>,
    /// What the sign-up was before, or how the event was.
    pub(super) was: Option<String>,
}

/// Writes down what became of some rows.
pub(super) async fn note(
    transaction: &mut PgTransaction<'_>,
    id: i64,
    became: &[Became<'_>],
) -> Result<(), sqlx::Error> {
    let numbers: Vec<i32> = became.iter().map(|row| row.number).collect();
    let verdicts: Vec<String> =
        became.iter().map(|row| row.shown.verdict.as_str().to_owned()).collect();
    let values: Vec<Value> =
        became.iter().map(|row| serde_json::to_value(row.shown).unwrap_or_default()).collect();
    let sign_ups: Vec<Option<i64>> = became.iter().map(|row| row.sign_up).collect();
    let events: Vec<Option<i64>> = became.iter().map(|row| row.event).collect();
    let was: Vec<Option<String>> = became.iter().map(|row| row.was.clone()).collect();
    sqlx::query!(
        "insert into import_rows (import_id, number, cells, verdict, shown, sign_up_id, event_id, was)
         select $1, n.number, '[]', n.verdict, n.shown, n.sign_up, n.event, n.was
         from unnest($2::integer[], $3::text[], $4::jsonb[], $5::bigint[], $6::bigint[], $7::text[])
            as n (number, verdict, shown, sign_up, event, was)
         on conflict (import_id, number) do update
            set verdict = excluded.verdict, shown = excluded.shown, sign_up_id = excluded.sign_up_id,
                event_id = excluded.event_id, was = excluded.was",
        id,
        &numbers,
        &verdicts,
        &values,
        &sign_ups as &[Option<i64>],
        &events as &[Option<i64>],
        &was as &[Option<String>],
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Says how far it has come, for whoever looks meanwhile.
pub(super) async fn tell_progress(
    pool: &PgPool,
    id: i64,
    seen_to: usize,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update imports set progress = $2 where id = $1",
        id,
        i32::try_from(seen_to).unwrap_or(i32::MAX)
    )
    .execute(pool)
    .await?;
    Ok(())
}
