//! Goes on with uploads that were stopped when all had come, removes those that nobody goes on with, and takes files
//! out of the store that nothing names any more.

use super::now_and_then;
use crate::router::State;
use crate::uploads::KEPT;
use crate::uploads::finish::{NotFinished, finish};
use app::recordings::uploads::Upload;
use app::recordings::{files, uploads};
use std::time::Duration;

const EACH: Duration = Duration::from_secs(60);
/// So long the process to which the last of it came is given, in seconds.
const HEAD_START: i64 = 60;
/// So long a file is kept after nothing names it, in seconds: another upload may just be about to.
const LEFT: i64 = 3_600;
/// And a file that no upload has, from before its row was written or after it was removed.
const STRANGE: Duration = Duration::from_secs(86_400);
/// So many files are taken away each time.
const MOST: i64 = 200;

/// Until the process is told to stop.
pub async fn run(state: State) {
    let stopped = state.stopped.clone();
    now_and_then(EACH, stopped, "files could not be looked after", async || {
        let now = state.services.clock.now();
        go_on(&state, now - HEAD_START).await?;
        remove_left(&state, now - LEFT).await?;
        remove_old(&state, now - KEPT).await
    })
    .await;
}

/// Uploads that are all here become files of their recordings.
pub(crate) async fn go_on(state: &State, before: i64) -> Result<(), sqlx::Error> {
    for upload in uploads::unfinished(&state.services.pool, before).await? {
        if !is_here(state, &upload).await {
            continue;
        }
        let Some(_turn) = state.writers.begin(upload.id).await else { continue };
        match finish(&state.uploads(), &upload).await {
            Ok(()) | Err(NotFinished::Gone) => {}
            Err(NotFinished::NotTaken(why)) => {
                tracing::info!(?why, upload = upload.id, "an upload was not taken");
            }
            Err(NotFinished::Database(error)) => return Err(error),
            Err(error) => {
                tracing::error!(%error, upload = upload.id, "an upload waits to be stored")
            }
        }
    }
    Ok(())
}

/// All of it is here, whatever was last written down of it.
async fn is_here(state: &State, upload: &Upload) -> bool {
    if upload.found.is_some() {
        return true;
    }
    let (folder, stem) = (state.uploads().folder, upload.stem.clone());
    let offset = tokio::task::spawn_blocking(move || folder.offset(&stem)).await;
    matches!(offset, Ok(Ok(Some(offset))) if offset == upload.bytes)
}

pub(crate) async fn remove_left(state: &State, before: i64) -> Result<(), sqlx::Error> {
    let pool = &state.services.pool;
    for key in files::left(pool, before, MOST).await? {
        match state.media.remove(&key).await {
            Ok(()) => files::forget(pool, &key).await?,
            Err(error) => {
                tracing::warn!(%error, key, "a file could not be taken out of the store");
                break;
            }
        }
    }
    Ok(())
}

pub(crate) async fn remove_old(state: &State, before: i64) -> Result<(), sqlx::Error> {
    let pool = &state.services.pool;
    let removed = uploads::remove_old(pool, before).await?;
    if removed > 0 {
        tracing::info!(removed, "old uploads");
    }
    let folder = state.uploads().folder;
    let listed = {
        let folder = folder.clone();
        tokio::task::spawn_blocking(move || folder.old(STRANGE)).await
    };
    let stems = match listed {
        Ok(Ok(stems)) => stems,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the folder for uploads cannot be read");
            return Ok(());
        }
        Err(_) => return Ok(()),
    };
    for stem in uploads::strangers(pool, &stems).await? {
        let folder = folder.clone();
        let gone = tokio::task::spawn_blocking(move || folder.remove(&stem)).await;
        if let Ok(Err(error)) = gone {
            tracing::warn!(%error, "an old upload could not be removed");
        }
    }
    Ok(())
}
