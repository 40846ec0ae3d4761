//! Reads the text of the files of materials, so that it is found. Each process has a worker that takes one file at a
//! time; the database sees to it that no two have the same, and that what a killed process had is taken by another.
//! docs/materials.md says more.

mod office;
mod pdf;
#[cfg(test)]
pub(crate) mod tests;

use super::media::sandbox::{Sandbox, Stop, Watch};
use super::media::source::readable;
use crate::media::store::{StoreError, new_stem};
use crate::router::State;
use app::materials::file::{FileKind, Unread};
use app::materials::file_store::{self, Read, Task};
use app::recordings::jobs::model::{Tool, Why};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So often it is looked for something to read, where there was nothing.
const PAUSE: Duration = Duration::from_secs(3);
/// So often whoever reads says so, and hears whether it is still wanted.
const RENEW: Duration = Duration::from_secs(2);
/// What folders of files that are read begin with.
const FOLDER: &str = "material-";

/// Until the process is told to stop.
pub async fn run(state: State) {
    if state.config.media_jobs == 0 {
        return;
    }
    let mut stopped = state.stopped.clone();
    loop {
        let did = match one(&state).await {
            Ok(did) => did,
            Err(error) => {
                tracing::warn!(%error, "files of materials could not be looked for; trying again");
                false
            }
        };
        let pause = if did { Duration::ZERO } else { PAUSE };
        // An error means that the sender is gone, which is a way of stopping, too.
        if tokio::time::timeout(pause, stopped.wait_for(|stopped| *stopped)).await.is_ok() {
            return;
        }
    }
}

/// Takes the next file that can be read here, and reads it. Whether there was one.
///
/// # Errors
/// If the database does not answer.
pub(crate) async fn one(state: &State) -> Result<bool, sqlx::Error> {
    let has_tools = Tool::Poppler.is_here() && Tool::Limits.is_here();
    let can = |kind: &FileKind| has_tools || *kind != FileKind::Pdf;
    let kinds: Vec<FileKind> = FileKind::ALL.iter().copied().filter(can).collect();
    let (pool, clock) = (&state.services.pool, &state.services.clock);
    let Some(task) = file_store::take(pool, &kinds, &new_stem(), clock.now()).await? else {
        return Ok(false);
    };
    let begun = std::time::Instant::now();
    let watch = Watch::default();
    let read = tokio::select! {
        read = read(state, &task, &watch) => read,
        error = look_after(state, &task, &watch) => return Err(error),
    };
    let (material, took) = (task.material, begun.elapsed().as_secs());
    match read {
        Ok(read) => {
            let is_done = file_store::finish(pool, &task, &read, clock.now()).await?;
            let parts = read.parts.len();
            tracing::info!(material, took, parts, is_done, "a material's file was read");
            state.services.hub.wake_relay();
        }
        Err(Stop::NotWanted) if *state.stopped.borrow() => {
            file_store::give_back(pool, &task).await?;
        }
        Err(Stop::NotWanted) => {
            tracing::info!(material, "a material's file is not wanted any more");
        }
        Err(Stop::Failed(why)) => {
            let why = unread(why);
            tracing::warn!(material, took, why = why.as_str(), "a material's file was not read");
            file_store::fail(pool, &task, why, clock.now()).await?;
        }
    }
    Ok(true)
}

const fn unread(why: Why) -> Unread {
    match why {
        Why::Locked => Unread::Locked,
        Why::Unreadable | Why::CutOff => Unread::Unreadable,
        Why::Swollen | Why::Memory | Why::TooLarge => Unread::Swollen,
        Why::TooLong => Unread::TooLong,
        Why::Gone => Unread::Gone,
        Why::Full => Unread::Full,
        Why::Interrupted => Unread::Interrupted,
        _ => Unread::Unknown,
    }
}

/// Says that somebody is at it, tells how far it has come, and ends it when it is not wanted any more. Does not return
/// while the database answers.
async fn look_after(state: &State, task: &Task, watch: &Watch) -> sqlx::Error {
    let mut stopped = state.stopped.clone();
    let mut misses = 0;
    loop {
        let is_over =
            tokio::time::timeout(RENEW, stopped.wait_for(|stopped| *stopped)).await.is_ok();
        if is_over {
            watch.end();
            // Whoever reads hears of it, and ends.
            std::future::pending::<()>().await;
        }
        let now = state.services.clock.now();
        match file_store::renew(&state.services.pool, task, watch.progress(), now).await {
            Ok(true) => misses = 0,
            Ok(false) => watch.end(),
            // The lease is longer than a short absence.
            Err(_) if misses < 10 => misses += 1,
            Err(error) => {
                watch.end();
                return error;
            }
        }
    }
}

async fn read(state: &State, task: &Task, watch: &Watch) -> Result<Read, Stop> {
    let work = state.config.uploads.join("work");
    let folder = make_folder(state, &work, task).await?;
    let file = bring(state, task, folder.path()).await.map_err(|error| {
        tracing::error!(%error, "the store does not give a material's file");
        Stop::Failed(if error.is_full() { Why::Full } else { Why::Unknown })
    })?;
    let file = file.ok_or(Stop::Failed(Why::Gone))?;
    let file = readable(file, folder.path())?;
    let sandbox = Sandbox { folder: folder.path().to_owned(), watch: watch.clone() };
    let kind = task.kind;
    let thread = tokio::task::spawn_blocking(move || text_of(&sandbox, file, kind));
    let read = thread.await.map_err(|error| {
        tracing::error!(%error, "reading a material's file broke off");
        Stop::Failed(Why::Unknown)
    });
    // The folder goes with all that is left in it.
    drop(folder);
    let mut read = read??;
    read.shorten();
    Ok(read)
}

/// The file, opened; out of a bucket it is fetched first. Nothing if it is not there.
async fn bring(state: &State, task: &Task, folder: &Path) -> Result<Option<File>, StoreError> {
    if !state.media.is_a_service() {
        return state.media.open(&task.key, task.bytes).await;
    }
    let path = folder.join("fetched");
    let into = File::options().read(true).write(true).create_new(true).open(path)?;
    state.media.fetch(&task.key, task.bytes, into).await
}

/// The text of a file on this machine. Blocks.
fn text_of(sandbox: &Sandbox, file: File, kind: FileKind) -> Result<Read, Stop> {
    let mut read = match kind {
        FileKind::Pdf => pdf::read(sandbox, &file)?,
        _ => office::read(&sandbox.watch, file, kind)?,
    };
    read.language =
        app::materials::file::language_of(read.parts.iter().map(|part| part.text.as_str()));
    if read.parts.is_empty() {
        read.why = Some(Unread::NoText);
    }
    Ok(read)
}

/// An empty folder for a file, and none left of those whose servers were killed.
async fn make_folder(state: &State, work: &Path, task: &Task) -> Result<tempfile::TempDir, Stop> {
    std::fs::create_dir_all(work)?;
    let mut left: Vec<(i64, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(work)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let id = name.and_then(|name| name.strip_prefix(FOLDER)?.split('-').next()?.parse().ok());
        left.extend(id.map(|id| (id, path)));
    }
    let ids: Vec<i64> = left.iter().map(|(id, _)| *id).filter(|id| *id != task.material).collect();
    let running = file_store::running(&state.services.pool, &ids).await.map_err(|error| {
        tracing::error!(%error, "the database does not answer a reader of files");
        Stop::Failed(Why::Unknown)
    })?;
    for (id, path) in left {
        if !running.contains(&id) {
            // Another process may be at the same.
            let _ = std::fs::remove_dir_all(path);
        }
    }
    let prefix = format!("{FOLDER}{}-", task.material);
    // Whole: programs run elsewhere than this process does.
    let work = std::fs::canonicalize(work)?;
    Ok(tempfile::Builder::new().prefix(&prefix).tempdir_in(work)?)
}
