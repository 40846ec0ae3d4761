//! The SQL of the files of materials, and of reading them (migrations/0036_material_files.sql).

use super::file::{FileKind, MOST_TEXT, Part, TextLanguage, Unread};
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::events::store::word;
use crate::time::instant;
use sqlx::PgPool;

/// So long whoever reads a file has it before they must say again that they are at it, in seconds.
pub const LEASE: i64 = 60;
/// So often a file is begun whose server ends while it is at it.
pub const MOST_TRIES: i32 = 3;

/// A file that has been put into the store.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Of which material.
    pub material: i64,
    /// Under which key.
    pub key: &'a str,
    /// What sort it is.
    pub kind: FileKind,
    /// How long it is; not 0.
    pub bytes: u64,
    /// What it was called, without folders.
    pub name: &'a str,
    /// The last part of its address.
    pub called: &'a str,
    /// The material is here now, if it was only announced.
    pub is_here: bool,
}

/// The material has this file, in the place of one that it may have had. False if there is no such material any more;
/// the key is then left to be taken away.
///
/// # Errors
/// If the database does not answer.
pub async fn save(
    pool: &PgPool,
    actor: PersonId,
    file: &NewFile<'_>,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    // The material first, as whoever takes it away does: of two who send a file at once the second waits.
    let there = sqlx::query_scalar!(
        "update materials set is_announced = is_announced and not $2 where id = $1 returning id",
        file.material,
        file.is_here,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if there.is_none() {
        return Ok(false);
    }
    sqlx::query!(
        "insert into material_files (material_id, key, kind, bytes, name, called, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (material_id) do update set key = excluded.key, kind = excluded.kind, bytes = excluded.bytes,
            name = excluded.name, called = excluded.called, pages = null, language = null,
            created_at = excluded.created_at",
        file.material,
        file.key,
        file.kind.as_str(),
        i64::try_from(file.bytes).unwrap_or(i64::MAX),
        file.name,
        file.called,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!("delete from media_left where key = $1", file.key)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes a material's file away. False if it had none.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(pool: &PgPool, actor: PersonId, material: i64) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let gone = sqlx::query!("delete from material_files where material_id = $1", material)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(gone.rows_affected() > 0)
}

/// Somebody wants a file read again whose reading has come to an end. False where there is none, or somebody is at it.
///
/// # Errors
/// If the database does not answer.
pub async fn read_again(
    pool: &PgPool,
    actor: PersonId,
    material: i64,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let changed = sqlx::query!(
        "update material_readings set state = 'waiting', progress = 0, why = null, tries = 0, created_at = $2,
            ended_at = null
         where material_id = $1 and state in ('done', 'failed')",
        material,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}

/// A file that somebody reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Of which material.
    pub material: i64,
    /// The key of the very file.
    pub key: String,
    /// What sort it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
    /// Who has taken it.
    pub worker: String,
}

/// Takes the next file of these sorts that is to be read, if there is one that nobody is at. What has been begun too
/// often has failed.
///
/// # Errors
/// If the database does not answer.
pub async fn take(
    pool: &PgPool,
    kinds: &[FileKind],
    worker: &str,
    now: i64,
) -> Result<Option<Task>, sqlx::Error> {
    sqlx::query!(
        "update material_readings set state = 'failed', why = 'interrupted', worker = null, leased_until = null,
            ended_at = $1
         where state = 'running' and leased_until < $1 and tries >= $2",
        instant(now),
        MOST_TRIES,
    )
    .execute(pool)
    .await?;
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let row = sqlx::query!(
        "with next as (
            select r.material_id from material_readings r join material_files f on f.material_id = r.material_id
            where f.kind = any($1) and (r.state = 'waiting' or r.state = 'running' and r.leased_until < $3)
            order by r.created_at, r.material_id limit 1 for update of r skip locked
        )
        update material_readings r set state = 'running', worker = $2, leased_until = $4, tries = r.tries + 1,
            progress = 0, why = null, ended_at = null
        from next, material_files f
        where r.material_id = next.material_id and f.material_id = r.material_id
        returning r.material_id, r.key, f.kind, f.bytes",
        &kinds,
        worker,
        instant(now),
        instant(now + LEASE),
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Task {
            material: row.material_id,
            key: row.key,
            kind: word(FileKind::parse(&row.kind), &row.kind)?,
            bytes: row.bytes.unsigned_abs(),
            worker: worker.to_owned(),
        })
    })
    .transpose()
}

/// Whoever reads a file is still at it, and has come so far. False if it is theirs no more: it has been replaced or
/// taken away.
///
/// # Errors
/// If the database does not answer.
pub async fn renew(
    pool: &PgPool,
    task: &Task,
    progress: i32,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let renewed = sqlx::query!(
        "update material_readings set progress = $4, leased_until = $5
         where material_id = $1 and key = $2 and worker = $3 and state = 'running'",
        task.material,
        task.key,
        task.worker,
        progress.clamp(0, 100),
        instant(now + LEASE),
    )
    .execute(pool)
    .await?;
    Ok(renewed.rows_affected() > 0)
}

/// The server ends: the file waits for another, and this try does not count.
///
/// # Errors
/// If the database does not answer.
pub async fn give_back(pool: &PgPool, task: &Task) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update material_readings set state = 'waiting', worker = null, leased_until = null, progress = 0,
            tries = tries - 1
         where material_id = $1 and key = $2 and worker = $3 and state = 'running'",
        task.material,
        task.key,
        task.worker,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// It could not be read.
///
/// # Errors
/// If the database does not answer.
pub async fn fail(pool: &PgPool, task: &Task, why: Unread, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update material_readings set state = 'failed', why = $4, worker = null, leased_until = null, ended_at = $5
         where material_id = $1 and key = $2 and worker = $3 and state = 'running'",
        task.material,
        task.key,
        task.worker,
        why.as_str(),
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// How many pages or slides the file has.
    pub pages: Option<i32>,
    /// The language of its text.
    pub language: Option<TextLanguage>,
    /// The text.
    pub parts: Vec<Part>,
    /// What is to be said of it.
    pub why: Option<Unread>,
}

impl Read {
    /// Leaves out what is more than is kept, from its end.
    pub fn shorten(&mut self) {
        let mut length = 0;
        let fits = self.parts.iter().take_while(|part| {
            length += part.text.len();
            length <= MOST_TEXT
        });
        let fits = fits.count();
        if fits < self.parts.len() {
            self.parts.truncate(fits);
            self.why = Some(Unread::Part);
        }
    }
}

/// The file has been read: what is in it is found from now on. False if it was theirs no more; then nothing has changed.
///
/// # Errors
/// If the database does not answer.
pub async fn finish(
    pool: &PgPool,
    task: &Task,
    read: &Read,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    // The file first, as whoever replaces it does: what is kept is then of this very file, or nothing is.
    let file = sqlx::query_scalar!(
        "update material_files set pages = $3, language = $4 where material_id = $1 and key = $2 returning material_id",
        task.material,
        task.key,
        read.pages,
        read.language.map(TextLanguage::as_str),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let done = sqlx::query!(
        "update material_readings set state = 'done', progress = 100, why = $4, worker = null, leased_until = null,
            ended_at = $5
         where material_id = $1 and key = $2 and worker = $3 and state = 'running'",
        task.material,
        task.key,
        task.worker,
        read.why.map(Unread::as_str),
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    if file.is_none() || done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("delete from material_texts where material_id = $1", task.material)
        .execute(&mut *transaction)
        .await?;
    let texts: Vec<&str> = read.parts.iter().map(|part| part.text.as_str()).collect();
    let pages: Vec<Option<i32>> = read.parts.iter().map(|part| part.page).collect();
    sqlx::query!(
        "insert into material_texts (material_id, part, page, language, text)
         select $1, p.part::integer, p.page, $2, p.text
         from unnest($3::integer[], $4::text[]) with ordinality as p (page, text, part)",
        task.material,
        read.language.map(TextLanguage::as_str),
        &pages as &[Option<i32>],
        &texts as &[&str],
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Of these materials, those whose files somebody is reading.
///
/// # Errors
/// If the database does not answer.
pub async fn running(pool: &PgPool, materials: &[i64]) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select material_id from material_readings where material_id = any($1) and state = 'running'",
        materials
    )
    .fetch_all(pool)
    .await
}
