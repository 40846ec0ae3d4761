//! What a job is of, opened. What lies in a bucket is fetched once for all jobs of that file, into the folder where jobs
//! work, and goes when none of them is to come any more.

use super::sandbox::{Stop, Watch, can_be_alone};
use super::{database, stored};
use crate::router::State;
use app::recordings::jobs::model::Why;
use app::recordings::jobs::store::{self, Job};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error as IoError, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What folders of jobs begin with; their number follows.
pub const FOLDER: &str = "job-";
/// What files that were fetched begin with; their key follows.
const FETCHED: &str = "source-";
/// What the name of one ends with that has not come whole.
const PART: &str = ".part";
/// So often it is looked whether another worker has fetched a file, and whether it is still wanted.
const LOOK: Duration = Duration::from_millis(200);
/// Everybody may read a file with this among its mode's bits.
const FOR_ALL: u32 = 0o004;

/// The file that a job is of.
///
/// # Errors
/// If it is not there, cannot be read, or is not wanted any more.
pub async fn open(state: &State, job: &Job, work: &Path, watch: &Watch) -> Result<File, Stop> {
    if state.media.is_a_service() {
        return fetched(state, job, work, watch).await;
    }
    let here = state.media.open(&job.source, job.bytes).await.map_err(stored)?;
    here.ok_or(Stop::Failed(Why::Gone))
}

/// A file as a program may read it that is let into a place of its own. It is handed over open, so it may lie in folders
/// that nobody else can pass through. Root is nobody there, though, whose files are not its own: they are copied.
///
/// # Errors
/// If there is no room for the copy.
pub fn readable(file: File, folder: &Path) -> Result<File, IoError> {
    let known = file.metadata()?;
    let is_root = rustix::process::geteuid().is_root();
    if !is_root || known.uid() == 0 || known.mode() & FOR_ALL != 0 || !can_be_alone() {
        return Ok(file);
    }
    let path = folder.join("source");
    let mut copy = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
    let mut from = &file;
    // On one file system the two share what they hold, where it can do that.
    std::io::copy(&mut from, &mut copy)?;
    Ok(copy)
}

/// The file as it was fetched, or fetched now. Of several workers one fetches, and the others wait for it.
async fn fetched(state: &State, job: &Job, work: &Path, watch: &Watch) -> Result<File, Stop> {
    let whole = work.join(format!("{FETCHED}{}", job.source));
    let part = work.join(format!("{FETCHED}{}{PART}", job.source));
    loop {
        if let Some(file) = there(&whole, job.bytes)? {
            return Ok(file);
        }
        if let Some(turn) = take_turn(&part)? {
            // Somebody else may have been at it until now.
            if let Some(file) = there(&whole, job.bytes)? {
                let _ = std::fs::remove_file(&part);
                return Ok(file);
            }
            let fetched = fetch(state, job, work, turn, watch).await;
            if fetched.is_err() {
                let _ = std::fs::remove_file(&part);
            }
            let file = fetched?;
            std::fs::rename(&part, &whole)?;
            return Ok(file);
        }
        if watch.is_unwanted() {
            return Err(Stop::NotWanted);
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn fetch(
    state: &State,
    job: &Job,
    work: &Path,
    turn: File,
    watch: &Watch,
) -> Result<File, Stop> {
    make_room(work, state.config.largest_upload.saturating_sub(job.bytes))?;
    let unwanted = async {
        while !watch.is_unwanted() {
            tokio::time::sleep(LOOK).await;
        }
    };
    let came = tokio::select! {
        came = state.media.fetch(&job.source, job.bytes, turn) => came.map_err(stored)?,
        () = unwanted => return Err(Stop::NotWanted),
    };
    came.ok_or(Stop::Failed(Why::Gone))
}

/// The file as it was fetched before. It is noted that somebody wanted it.
fn there(path: &Path, bytes: u64) -> Result<Option<File>, IoError> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    if file.metadata()?.len() != bytes {
        return Ok(None);
    }
    file.set_modified(SystemTime::now())?;
    Ok(Some(file))
}

/// The right to fetch a file, and an empty one to fetch it into; nothing while somebody else has it. The system takes it
/// away with the process.
fn take_turn(part: &Path) -> Result<Option<File>, IoError> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(part)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        locked => locked?,
    }
    // Whoever had it may have taken the name away meanwhile: then this is no longer the file of that name.
    let (mine, named) = (file.metadata()?, std::fs::metadata(part));
    if !named.is_ok_and(|named| (named.ino(), named.dev()) == (mine.ino(), mine.dev())) {
        return Ok(None);
    }
    file.set_len(0)?;
    Ok(Some(file))
}

/// What was fetched longest ago goes until the rest takes no more than this. Whoever reads one of them has it open.
fn make_room(work: &Path, most: u64) -> Result<(), IoError> {
    let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for (path, name) in names(work)? {
        if name.starts_with(FETCHED) && !name.ends_with(PART) {
            // Another process may have taken it away.
            let Ok(file) = std::fs::metadata(&path) else { continue };
            files.push((file.modified()?, file.len(), path));
        }
    }
    files.sort();
    let mut all: u64 = files.iter().map(|file| file.1).sum();
    for (_, bytes, path) in files {
        if all <= most {
            return Ok(());
        }
        let _ = std::fs::remove_file(path);
        all -= bytes;
    }
    Ok(())
}

/// Takes away what jobs have left: folders of those that nobody is at, also of killed servers, and files that were
/// fetched for jobs of which none is to come. `mine` is about to have a folder.
///
/// # Errors
/// If the folder cannot be read, or the database does not answer.
pub async fn sweep(state: &State, work: &Path, mine: Option<i64>) -> Result<(), Stop> {
    let mut folders = Vec::new();
    let mut files = Vec::new();
    for (path, name) in names(work)? {
        if let Some(key) = name.strip_prefix(FETCHED) {
            files.push((key.trim_end_matches(PART).to_owned(), path));
        } else if let Some(job) = name.strip_prefix(FOLDER) {
            let job = job.split('-').next().and_then(|job| job.parse::<i64>().ok());
            folders.extend(job.filter(|job| Some(*job) != mine).map(|job| (job, path)));
        }
    }
    let pool = &state.services.pool;
    if !folders.is_empty() {
        let jobs: Vec<i64> = folders.iter().map(|(job, _)| *job).collect();
        let running = store::running(pool, &jobs).await.map_err(database)?;
        for (job, path) in folders {
            if !running.contains(&job) {
                // Another process may be at the same.
                let _ = std::fs::remove_dir_all(path);
            }
        }
    }
    if !files.is_empty() {
        let keys: Vec<String> = files.iter().map(|(key, _)| key.clone()).collect();
        let open = store::awaited(pool, &keys).await.map_err(database)?;
        for (key, path) in files {
            if !open.contains(&key) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
    Ok(())
}

/// What is in the folder of jobs, with its names; nothing where there is no such folder.
fn names(work: &Path) -> Result<Vec<(PathBuf, String)>, IoError> {
    let entries = match std::fs::read_dir(work) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        names.extend(entry.file_name().into_string().ok().map(|name| (entry.path(), name)));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_the_turn_and_nobody_has_that_of_a_file_that_went() {
        let folder = tempfile::tempdir().unwrap();
        let part = folder.path().join("source-x.part");
        let first = take_turn(&part).unwrap().unwrap();
        assert!(take_turn(&part).unwrap().is_none());
        drop(first);
        std::fs::write(&part, b"half of it").unwrap();
        let second = take_turn(&part).unwrap().unwrap();
        assert_eq!(second.metadata().unwrap().len(), 0, "what a killed process left is no begin");
        // It has come whole: its name is another one, and this is a new file.
        std::fs::rename(&part, folder.path().join("source-x")).unwrap();
        assert!(take_turn(&part).unwrap().is_some());
    }

    #[test]
    fn what_was_wanted_longest_ago_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, bytes, ago) in [
            ("source-a.mp4", 40, 30),
            ("source-b.mp4", 40, 10),
            ("source-c.mp4", 40, 20),
            ("source-d.mp4.part", 90, 90),
            ("job-7-x", 90, 90),
        ] {
            let file = File::create(path(name)).unwrap();
            file.set_len(bytes).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(ago)).unwrap();
        }
        assert!(there(&path("source-a.mp4"), 40).unwrap().is_some(), "it is wanted again");
        make_room(folder.path(), 80).unwrap();
        let is_there = |name: &str| path(name).exists();
        assert!(is_there("source-a.mp4") && is_there("source-b.mp4") && !is_there("source-c.mp4"));
        assert!(there(&path("source-b.mp4"), 41).unwrap().is_none(), "it has another length");
        make_room(folder.path(), 0).unwrap();
        assert!(!is_there("source-a.mp4") && !is_there("source-b.mp4"));
        assert!(is_there("source-d.mp4.part") && is_there("job-7-x"));
        make_room(&path("nothing"), 0).unwrap();
    }
}
