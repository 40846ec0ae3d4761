//! The files of recordings, as the database has them. What is in them lies in the store.

use super::jobs;
use super::model::{RecordingId, Role};
use crate::time::instant;
use sqlx::{PgConnection, PgPool};

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Of which recording.
    pub recording: RecordingId,
    /// For `Content-Type`.
    pub content_type: String,
    /// How long it is.
    pub bytes: u64,
    /// When it was made (seconds since 1970 UTC).
    pub made: i64,
}

/// The file under a key.
///
/// # Errors
/// If the database does not answer.
pub async fn by_key(pool: &PgPool, key: &str) -> Result<Option<File>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select recording_id as "recording_id!", content_type as "content_type!", bytes as "bytes!",
            created_at as "created_at!"
        from media_files where key = $1
        union all
        select recording_id, 'image/jpeg', bytes, created_at from slide_pages where key = $1"#,
        key
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| File {
        recording: RecordingId(row.recording_id),
        content_type: row.content_type,
        bytes: row.bytes.unsigned_abs(),
        made: row.created_at.unix_timestamp(),
    }))
}

/// A file that has been put into the store.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Of which recording.
    pub recording: RecordingId,
    /// What it is of it.
    pub role: Role,
    /// Under which key.
    pub key: &'a str,
    /// For `Content-Type`.
    pub content_type: &'a str,
    /// How long it is; not 0.
    pub bytes: u64,
}

/// Writes down that the recording has this file, in the place of one that it may have had in the same role. What was
/// made from an original goes with it, and with the others' files their keys are left to be taken away. What is to be
/// made of the new one is written down.
///
/// # Errors
/// If the database does not answer.
pub async fn save(
    transaction: &mut PgConnection,
    file: &NewFile<'_>,
    now: i64,
) -> Result<(), sqlx::Error> {
    if file.role == Role::Original {
        sqlx::query!(
            "delete from media_files where recording_id = $1 and (is_derived or role in ('video', 'poster', 'sprite'))",
            file.recording.0
        )
        .execute(&mut *transaction)
        .await?;
        // That of another film.
        sqlx::query!(
            "update recordings set duration_ms = null where id = $1 and duration_ms is not null",
            file.recording.0
        )
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query!(
        "insert into media_files (recording_id, role, key, content_type, bytes, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (recording_id, role) do update set key = excluded.key, content_type = excluded.content_type,
            bytes = excluded.bytes, width = null, height = null, duration_ms = null, is_derived = false,
            created_at = excluded.created_at",
        file.recording.0,
        file.role.as_str(),
        file.key,
        file.content_type,
        i64::try_from(file.bytes).unwrap_or(i64::MAX),
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    jobs::store::plan(transaction, file.recording, file.role, file.key, now).await
}

/// Keys whose files nothing has named since then, at most so many.
///
/// # Errors
/// If the database does not answer.
pub async fn left(pool: &PgPool, before: i64, most: i64) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select key from media_left l
         where left_at < $1 and not exists (select from media_files f where f.key = l.key)
            and not exists (select from slide_pages p where p.key = l.key)
            and not exists (select from material_files m where m.key = l.key)
         order by left_at limit $2",
        instant(before),
        most
    )
    .fetch_all(pool)
    .await
}

/// The file under this key has been taken away.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(pool: &PgPool, key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from media_left where key = $1", key).execute(pool).await?;
    Ok(())
}
