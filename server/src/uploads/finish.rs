//! An upload that is all here becomes a file of its recording. Every step can be done again: whoever comes to one that
//! was stopped half-way goes on with it.

use super::kind::{self, NotTaken};
use super::part::Folder;
use super::whole;
use crate::media::store::{MediaStore, StoreError, content_type_of};
use app::recordings::files::{self, NewFile};
use app::recordings::model::Role;
use app::recordings::uploads::{self, Upload};
use app::services::Services;
use std::io::{Error as IoError, Read};

/// Why it did not become one.
#[derive(Debug, thiserror::Error)]
pub enum NotFinished {
    /// It is nothing that is taken, and has been taken away.
    #[error("it is not taken: {0:?}")]
    NotTaken(NotTaken),
    /// Nothing of it is there.
    #[error("its file is gone")]
    Gone,
    /// The disk fails.
    #[error(transparent)]
    Disk(#[from] IoError),
    /// The store does.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database does.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What finishing needs.
#[derive(Clone)]
pub struct Place {
    /// The database and the clock.
    pub services: Services,
    /// Where files lie.
    pub media: MediaStore,
    /// Where uploads lie.
    pub folder: Folder,
}

/// Makes a file of its recording of an upload that is all here. Whoever calls has the turn to write to it.
///
/// # Errors
/// Why not. If it is not taken, it has been removed.
pub async fn finish(place: &Place, upload: &Upload) -> Result<(), NotFinished> {
    if upload.is_done {
        return Ok(());
    }
    let Some((extension, role)) = recognise(place, upload).await? else {
        return Err(NotFinished::Gone);
    };
    let (pool, now) = (&place.services.pool, place.services.clock.now());
    let key = format!("{}.{extension}", upload.stem);
    let content_type = content_type_of(&extension).unwrap_or("application/octet-stream");
    if !uploads::is_stored_as(pool, upload.id, &extension, role, now).await? {
        return Err(NotFinished::Gone);
    }
    let path = place.folder.path(&upload.stem);
    if tokio::fs::try_exists(&path).await? {
        place.media.put_file(&key, path).await?;
    } else if place.media.size(&key).await? != Some(upload.bytes) {
        return Err(NotFinished::Gone);
    }
    let file =
        NewFile { recording: upload.recording, role, key: &key, content_type, bytes: upload.bytes };
    if uploads::finish(pool, upload, &file, now).await? {
        tracing::info!(upload = upload.id, bytes = upload.bytes, extension, "an upload is done");
        place.services.hub.wake_relay();
        return Ok(());
    }
    // Another process was quicker, or the recording is gone; its key is then among those that are taken away.
    if files::by_key(pool, &key).await?.is_some() { Ok(()) } else { Err(NotFinished::Gone) }
}

/// What it is. Nothing if none of it is there.
async fn recognise(place: &Place, upload: &Upload) -> Result<Option<(String, Role)>, NotFinished> {
    if let Some(found) = &upload.found {
        return Ok(Some(found.clone()));
    }
    let (folder, stem, name) = (place.folder.clone(), upload.stem.clone(), upload.name.clone());
    let (wanted, bytes) = (upload.wanted, upload.bytes);
    let look = tokio::task::spawn_blocking(move || {
        let mut file = match std::fs::File::open(folder.path(&stem)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let begin = begin(&mut file)?;
        let found = match kind::of(&begin, &name) {
            Ok(kind) => match whole::check(kind, &mut file, bytes)? {
                Ok(()) => kind.role(wanted).map(|role| (kind.extension().to_owned(), role)),
                Err(not_taken) => Err(not_taken),
            },
            Err(not_taken) => Err(not_taken),
        };
        Ok::<_, IoError>(Some(found))
    });
    match look.await.map_err(IoError::other)?? {
        None => Ok(None),
        Some(Ok(found)) => Ok(Some(found)),
        Some(Err(not_taken)) => {
            remove(place, upload).await?;
            Err(NotFinished::NotTaken(not_taken))
        }
    }
}

fn begin(file: &mut std::fs::File) -> Result<Vec<u8>, IoError> {
    let mut begin = Vec::new();
    let most = u64::try_from(kind::ENOUGH).unwrap_or(u64::MAX);
    file.take(most).read_to_end(&mut begin)?;
    Ok(begin)
}

/// Takes an upload away, with what has come of it.
///
/// # Errors
/// If the database or the disk fails.
pub async fn remove(place: &Place, upload: &Upload) -> Result<(), NotFinished> {
    uploads::remove(&place.services.pool, upload.id).await?;
    let (folder, stem) = (place.folder.clone(), upload.stem.clone());
    tokio::task::spawn_blocking(move || folder.remove(&stem)).await.map_err(IoError::other)??;
    Ok(())
}
