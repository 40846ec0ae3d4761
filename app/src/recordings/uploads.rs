//! Uploads: files of recordings that are on their way (migrations/0029_uploads.sql).

use super::files::{self, NewFile};
use super::model::{RecordingId, Role};
use crate::account::model::{PersonId, Viewer};
use crate::audit::store::act;
use crate::time::instant;
use sqlx::PgPool;

/// So many somebody may have on their way at once.
pub const MOST_AT_ONCE: i64 = 20;

/// What an upload is to become.
#[derive(Clone, Debug)]
pub struct NewUpload<'a> {
    /// A file of which recording.
    pub recording: RecordingId,
    /// The name of its file and of the key that it will have, without an ending.
    pub stem: &'a str,
    /// What the file is called where it comes from, at most 200 characters.
    pub name: &'a str,
    /// What its sender says of it, as it was sent; at most 4,000 characters.
    pub metadata: &'a str,
    /// What of the recording it is to be, where that was said.
    pub wanted: Option<Role>,
    /// How long it will be; not 0.
    pub bytes: u64,
}

/// An upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its number, a part of its address.
    pub id: i64,
    /// Of which recording.
    pub recording: RecordingId,
    /// Who began it; nobody any more if they have been erased.
    pub person: Option<PersonId>,
    /// The name of its file, without an ending.
    pub stem: String,
    /// What the file is called where it comes from.
    pub name: String,
    /// What its sender said of it, as it was sent.
    pub metadata: String,
    /// What of the recording it is to be, where that was said.
    pub wanted: Option<Role>,
    /// How long it will be.
    pub bytes: u64,
    /// What was there when last somebody looked.
    pub received: u64,
    /// What it was found to be: the ending of its key, and what of the recording it is.
    pub found: Option<(String, Role)>,
    /// It is a file of the recording.
    pub is_done: bool,
    /// When something of it last came (seconds since 1970 UTC).
    pub touched: i64,
}

struct Row {
    id: i64,
    recording_id: i64,
    person_id: Option<i64>,
    stem: String,
    name: String,
    metadata: String,
    wanted: Option<String>,
    bytes: i64,
    received: i64,
    extension: Option<String>,
    role: Option<String>,
    state: String,
    touched_at: time::OffsetDateTime,
}

impl From<Row> for Upload {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            recording: RecordingId(row.recording_id),
            person: row.person_id.map(PersonId),
            stem: row.stem,
            name: row.name,
            metadata: row.metadata,
            wanted: row.wanted.as_deref().and_then(Role::parse),
            bytes: row.bytes.unsigned_abs(),
            received: row.received.unsigned_abs(),
            found: row.extension.zip(row.role.as_deref().and_then(Role::parse)),
            is_done: row.state == "done",
            touched: row.touched_at.unix_timestamp(),
        }
    }
}

/// Begins one; nothing if this person has too many on their way already.
///
/// # Errors
/// If the database does not answer.
pub async fn create(
    pool: &PgPool,
    viewer: &Viewer,
    new: &NewUpload<'_>,
    now: i64,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into uploads (recording_id, person_id, stem, name, wanted, bytes, created_at, touched_at, metadata)
         select $1, $2, $3, $4, $5, $6, $7, $7, $9
         where (select count(*) from uploads where person_id = $2 and state <> 'done') < $8
         returning id",
        new.recording.0,
        viewer.id.0,
        new.stem,
        new.name,
        new.wanted.map(Role::as_str),
        i64::try_from(new.bytes).unwrap_or(i64::MAX),
        instant(now),
        MOST_AT_ONCE,
        new.metadata,
    )
    .fetch_optional(pool)
    .await
}

/// An upload to this recording.
///
/// # Errors
/// If the database does not answer.
pub async fn find(
    pool: &PgPool,
    recording: RecordingId,
    id: i64,
) -> Result<Option<Upload>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, recording_id, person_id, stem, name, metadata, wanted, bytes, received, extension, role, state, touched_at
         from uploads where id = $1 and recording_id = $2",
        id,
        recording.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Upload::from))
}

/// The uploads to this recording that are on their way, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn coming(pool: &PgPool, recording: RecordingId) -> Result<Vec<Upload>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, recording_id, person_id, stem, name, metadata, wanted, bytes, received, extension, role, state, touched_at
         from uploads where recording_id = $1 and state <> 'done' order by id desc",
        recording.0
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// Those to which nothing has come since then, and that are no files of their recordings yet. All of them may be here:
/// that their files say.
///
/// # Errors
/// If the database does not answer.
pub async fn unfinished(pool: &PgPool, before: i64) -> Result<Vec<Upload>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, recording_id, person_id, stem, name, metadata, wanted, bytes, received, extension, role, state, touched_at
         from uploads where state <> 'done' and touched_at < $1 order by touched_at desc limit 500",
        instant(before)
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// So much has come.
///
/// # Errors
/// If the database does not answer.
pub async fn received(pool: &PgPool, id: i64, received: u64, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update uploads set received = least($2, bytes), touched_at = $3 where id = $1 and state = 'coming'",
        id,
        i64::try_from(received).unwrap_or(i64::MAX),
        instant(now)
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// It was found to be this, and goes into the store. False if it is there already, or gone. Should nothing come of it,
/// its key is among those whose files are taken away.
///
/// # Errors
/// If the database does not answer.
pub async fn is_stored_as(
    pool: &PgPool,
    id: i64,
    extension: &str,
    role: Role,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query!(
        "with changed as (
            update uploads set state = 'storing', extension = $2, role = $3, received = bytes
            where id = $1 and state <> 'done' returning stem
         )
         insert into media_left (key, left_at) select stem || '.' || $2, $4 from changed
         on conflict (key) do update set left_at = excluded.left_at",
        id,
        extension,
        role.as_str(),
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// It is in the store, and from now on a file of its recording, in the name of whoever began it. Done once, however
/// often it is asked for; false if it had been done, or is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn finish(
    pool: &PgPool,
    upload: &Upload,
    file: &NewFile<'_>,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    act(&mut transaction, upload.person).await?;
    let changed = sqlx::query!(
        "update uploads set state = 'done', touched_at = $2 where id = $1 and state = 'storing'",
        upload.id,
        instant(now)
    )
    .execute(&mut *transaction)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    files::save(&mut transaction, file, now).await?;
    sqlx::query!("delete from media_left where key = $1", file.key)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes it out of the list, and says what its file was called.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(pool: &PgPool, id: i64) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("delete from uploads where id = $1 returning stem", id)
        .fetch_optional(pool)
        .await
}

/// Those to which nothing has come since then, and those that were done before.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_old(pool: &PgPool, before: i64) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query!(
        "delete from uploads where touched_at < $1 and state <> 'storing'",
        instant(before)
    )
    .execute(pool)
    .await?;
    Ok(removed.rows_affected())
}

/// Of these names of files, those that no upload has.
///
/// # Errors
/// If the database does not answer.
pub async fn strangers(pool: &PgPool, stems: &[String]) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select stem as "stem!" from unnest($1::text[]) as here (stem)
         where not exists (select from uploads u where u.stem = here.stem and u.state <> 'done')"#,
        stems
    )
    .fetch_all(pool)
    .await
}
