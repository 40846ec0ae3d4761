//! The SQL of drafts: what was read from a file, and what was chosen of it. Nothing here writes anywhere else.

use super::model::{Earlier, Kind, Settings, Stage};
use super::people_plan::FileRow;
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::events::store::word;
use crate::time::{civil, instant};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

/// How many rows one statement writes.
const PART: usize = 1_000;

/// What an import belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The programme.
    pub programme: i64,
    /// The event, where it is about one.
    pub event: Option<i64>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// What is in it.
    pub kind: Kind,
    /// What it belongs to.
    pub home: Home,
    /// What it is called.
    pub file: String,
    /// How it was understood.
    pub read_as: String,
    /// Its headings.
    pub titles: Vec<String>,
    /// Its rows.
    pub rows: Vec<FileRow>,
    /// What was chosen.
    pub settings: Settings,
}

/// An import as it lies there.
#[derive(Clone, Debug)]
pub struct Import {
    /// What a list says of it.
    pub about: Earlier,
    /// What it belongs to.
    pub home: Home,
    /// Who read it in.
    pub actor: Option<PersonId>,
    /// How the file was understood.
    pub read_as: String,
    /// Its headings.
    pub titles: Vec<String>,
    /// What was chosen.
    pub settings: Settings,
    /// How many rows have been seen to.
    pub progress: i32,
    /// When it was confirmed, in seconds.
    pub confirmed_at: Option<i64>,
    /// How many the undoing left alone.
    pub left_alone: i32,
}

/// Keeps a draft; its number.
///
/// # Errors
/// If the database does not answer: then nothing is kept.
pub async fn create(
    pool: &PgPool,
    actor: PersonId,
    draft: &NewDraft,
    now: i64,
) -> Result<i64, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let file: String = draft.file.chars().filter(|c| !c.is_control()).take(200).collect();
    let id = sqlx::query_scalar!(
        "insert into imports (kind, programme_id, event_id, actor_id, made_at, file_name, read_as, titles, settings)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        draft.kind.as_str(),
        draft.home.programme,
        draft.home.event,
        actor.0,
        instant(now),
        if file.is_empty() { "?".to_owned() } else { file },
        draft.read_as,
        &draft.titles,
        Json(&draft.settings) as _,
    )
    .fetch_one(&mut *transaction)
    .await?;
    for part in draft.rows.chunks(PART) {
        let (numbers, cells): (Vec<i32>, Vec<Value>) =
            part.iter().map(|row| (row.number, Value::from(row.cells.clone()))).unzip();
        sqlx::query!(
            "insert into import_rows (import_id, number, cells) select $1, * from unnest($2::integer[], $3::jsonb[])",
            id,
            &numbers,
            &cells,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(id)
}

/// The import with this number; nothing if it belongs elsewhere.
///
/// # Errors
/// If the database does not answer.
pub async fn find(pool: &PgPool, id: i64) -> Result<Option<Import>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select i.kind, i.programme_id, i.event_id, i.actor_id, i.made_at at time zone 'Europe/Stockholm' as "made!", i.file_name, i.read_as, i.titles,
            i.settings as "settings: Json<Settings>", i.state, i.progress, i.confirmed_at, i.left_alone,
            p.name as "by?", (select count(*) from import_rows r where r.import_id = i.id) as "rows!"
        from imports i left join people p on p.id = i.actor_id where i.id = $1
        "#,
        id
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Import {
            about: Earlier {
                id,
                kind: word(Kind::parse(&row.kind), &row.kind)?,
                stage: word(Stage::parse(&row.state), &row.state)?,
                file: row.file_name,
                at: civil(row.made),
                by: row.by,
                rows: usize::try_from(row.rows).unwrap_or_default(),
            },
            home: Home { programme: row.programme_id, event: row.event_id },
            actor: row.actor_id.map(PersonId),
            read_as: row.read_as,
            titles: row.titles,
            settings: row.settings.0,
            progress: row.progress,
            confirmed_at: row.confirmed_at.map(|at| at.unix_timestamp()),
            left_alone: row.left_alone,
        })
    })
    .transpose()
}

/// What was read in for an event, or for a programme, the latest first.
///
/// # Errors
/// If the database does not answer.
pub async fn earlier(pool: &PgPool, home: Home) -> Result<Vec<Earlier>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select i.id, i.kind, i.made_at at time zone 'Europe/Stockholm' as "made!", i.file_name, i.state, p.name as "by?",
            (select count(*) from import_rows r where r.import_id = i.id) as "rows!"
        from imports i left join people p on p.id = i.actor_id
        where i.programme_id = $1 and i.event_id is not distinct from $2 order by i.id desc limit 20
        "#,
        home.programme,
        home.event,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Earlier {
                id: row.id,
                kind: word(Kind::parse(&row.kind), &row.kind)?,
                stage: word(Stage::parse(&row.state), &row.state)?,
                file: row.file_name,
                at: civil(row.made),
                by: row.by,
                rows: usize::try_from(row.rows).unwrap_or_default(),
            })
        })
        .collect()
}

/// The rows of a file, in their order.
///
/// # Errors
/// If the database does not answer.
pub async fn rows(connection: &mut PgConnection, id: i64) -> Result<Vec<FileRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select number, cells as "cells: Json<Vec<String>>" from import_rows where import_id = $1 order by number"#,
        id
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| FileRow { number: row.number, cells: row.cells.0 }).collect())
}

/// Keeps what was chosen, as long as nothing is written; whether it is.
///
/// # Errors
/// If the database does not answer.
pub async fn choose(
    pool: &PgPool,
    actor: PersonId,
    id: i64,
    settings: &Settings,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let done = sqlx::query!(
        "update imports set settings = $2 where id = $1 and state in ('draft', 'failed')",
        id,
        Json(settings) as _,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Says that a draft is to be written as it was seen; once, however often it is asked.
///
/// # Errors
/// If the database does not answer.
pub async fn confirm(
    pool: &PgPool,
    actor: PersonId,
    id: i64,
    settings: &Settings,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let done = sqlx::query!(
        "update imports set state = 'running', settings = $2, confirmed_at = $3, actor_id = $4, progress = 0, tries = 0
         where id = $1 and state in ('draft', 'failed')",
        id,
        Json(settings) as _,
        instant(now),
        actor.0,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a draft away.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(pool: &PgPool, actor: PersonId, id: i64) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let done =
        sqlx::query!("delete from imports where id = $1 and state in ('draft', 'failed')", id)
            .execute(&mut *transaction)
            .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Takes away what was read in before that moment, with its rows; how many.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_old(pool: &PgPool, before: i64) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from imports where made_at < $1 and state <> 'running'",
        instant(before)
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}
