//! What is made of files once they have come. Each process has workers that take one job at a time; the database sees to
//! it that no two have the same, and that what a killed process had is taken by another. docs/recordings.md says more.

mod deeds;
mod ffmpeg;
mod film;
#[cfg(test)]
mod hard_tests;
mod measure;
mod pictures;
#[cfg(test)]
mod place_tests;
pub(super) mod sandbox;
mod slides;
pub(super) mod source;
mod speech;
#[cfg(test)]
mod tests;

pub use deeds::forms;

use crate::media::store::{StoreError, content_type_of, new_key, new_stem};
use crate::router::State;
use app::captions::model::{Cue, TrackKind};
use app::captions::store::{NewTrack, Saved, save};
use app::recordings::jobs::model::{Facts, JobKind, Why};
use app::recordings::jobs::store::{self, Job, Made, SlidePage};
use app::recordings::jobs::tools;
use app::recordings::model::Role;
use ffmpeg::Source;
use sandbox::{Sandbox, Stop, Watch};
use slides::NewPage;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So often it is looked for something to do, where there was nothing.
const PAUSE: Duration = Duration::from_secs(3);
/// So often whoever is at a job says so, and hears whether it is still wanted.
const RENEW: Duration = Duration::from_secs(2);

/// A file that was made, on this machine.
#[derive(Debug)]
struct New {
    role: Role,
    extension: &'static str,
    path: PathBuf,
    bytes: u64,
    size: Option<(i32, i32)>,
    duration_ms: Option<i32>,
}

/// What came of a job, on this machine.
#[derive(Debug)]
enum Came {
    Facts(Facts),
    File(New),
    Pages(Vec<NewPage>),
    Said(Vec<Cue>),
    Nothing(Why),
}

/// Until the process is told to stop.
pub async fn run(state: State) {
    for tool in tools::missing().into_iter().filter(|_| state.config.media_jobs > 0) {
        let package = tool.as_str();
        tracing::info!(package, "not installed: files that take it are served as they came");
    }
    let workers = (0..state.config.media_jobs).map(|_| work(state.clone()));
    futures::future::join_all(workers).await;
}

async fn work(state: State) {
    let mut stopped = state.stopped.clone();
    loop {
        let did = match one(&state).await {
            Ok(did) => did,
            Err(error) => {
                tracing::warn!(%error, "media jobs could not be looked for; trying again");
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

/// Takes the next job that can be done here, and does it. Whether there was one.
///
/// # Errors
/// If the database does not answer.
pub(crate) async fn one(state: &State) -> Result<bool, sqlx::Error> {
    let missing = tools::missing();
    let can = |kind: &JobKind| !kind.takes().iter().any(|tool| missing.contains(tool));
    let kinds: Vec<JobKind> = JobKind::ALL.iter().copied().filter(can).collect();
    let worker = new_stem();
    let (pool, clock) = (&state.services.pool, &state.services.clock);
    let Some(job) = store::take(pool, &kinds, &worker, clock.now()).await? else {
        tidy(state).await;
        return Ok(false);
    };
    let begun = std::time::Instant::now();
    let watch = Watch::default();
    let looked_after = look_after(state, &job, &watch);
    let came = tokio::select! {
        came = carry_out(state, &job, &watch) => came,
        error = looked_after => return Err(error),
    };
    let took = begun.elapsed().as_secs();
    match came {
        Ok(is_done) => {
            tracing::info!(job = job.id, kind = job.kind.as_str(), took, is_done, "a media job");
            state.services.hub.wake_relay();
        }
        Err(Stop::NotWanted) if *state.stopped.borrow() => store::give_back(pool, &job).await?,
        Err(Stop::NotWanted) => {
            tracing::info!(
                job = job.id,
                kind = job.kind.as_str(),
                "a media job is not wanted any more"
            );
        }
        Err(Stop::Failed(why)) => {
            tracing::warn!(
                job = job.id,
                kind = job.kind.as_str(),
                took,
                why = why.as_str(),
                "a media job failed"
            );
            store::fail(pool, &job, why, clock.now()).await?;
        }
    }
    Ok(true)
}

/// What jobs have left goes when there is nothing else to do. What cannot be taken away now is the next time.
async fn tidy(state: &State) {
    // Why it could not be has been logged.
    let _ = source::sweep(state, &state.config.uploads.join("work"), None).await;
}

/// Says that somebody is at it, tells how far it has come, and ends it when it is not wanted any more. Does not return
/// while the database answers.
async fn look_after(state: &State, job: &Job, watch: &Watch) -> sqlx::Error {
    let mut stopped = state.stopped.clone();
    let mut misses = 0;
    loop {
        let is_over =
            tokio::time::timeout(RENEW, stopped.wait_for(|stopped| *stopped)).await.is_ok();
        if is_over {
            watch.end();
            // Whoever carries it out hears of it, and ends.
            std::future::pending::<()>().await;
        }
        let now = state.services.clock.now();
        match store::renew(&state.services.pool, job, watch.progress(), now).await {
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

/// Does it. Whether it was still wanted when it was done.
async fn carry_out(state: &State, job: &Job, watch: &Watch) -> Result<bool, Stop> {
    let work = state.config.uploads.join("work");
    let folder = make_folder(state, &work, job).await?;
    let file = source::open(state, job, &work, watch).await?;
    let sandbox = Sandbox { folder: folder.path().to_owned(), watch: watch.clone() };
    let (task, speech) = (job.clone(), state.config.speech.clone());
    let thread =
        tokio::task::spawn_blocking(move || make(&sandbox, &task, file, speech.as_deref()));
    let came = thread.await.map_err(|error| {
        tracing::error!(%error, "a media job broke off");
        Stop::Failed(Why::Unknown)
    })??;
    let done = keep(state, job, came).await;
    // The folder goes with all that is left in it.
    drop(folder);
    done
}

/// What is done on this machine. Blocks.
fn make(sandbox: &Sandbox, job: &Job, file: File, speech: Option<&str>) -> Result<Came, Stop> {
    let file = source::readable(file, &sandbox.folder)?;
    if job.kind == JobKind::Slides {
        return slides::pages(sandbox, &file);
    }
    let source = Source::new(file, &job.source).ok_or(Stop::Failed(Why::Unreadable))?;
    let facts = &job.facts;
    match job.kind {
        JobKind::Measure => measure::measure(sandbox, &source).map(Came::Facts),
        JobKind::Poster => pictures::poster(sandbox, &source, facts),
        JobKind::Sprite => pictures::sprite(sandbox, &source, facts),
        JobKind::Video => film::video(sandbox, &source, facts, job.bytes),
        JobKind::Audio | JobKind::Portable if facts.sound.is_none() => {
            Err(Stop::Failed(Why::NoSound))
        }
        JobKind::Audio => film::audio(sandbox, &source, facts),
        JobKind::Portable => film::portable(sandbox, &source, facts),
        JobKind::Speech => {
            let command = speech.ok_or(Stop::Failed(Why::NoTool))?;
            speech::hear(sandbox, &source, facts, command, job.language).map(Came::Said)
        }
        JobKind::Slides => Err(Stop::Failed(Why::Unknown)),
    }
}

/// An empty folder for a job, and none left of those whose servers were killed.
async fn make_folder(state: &State, work: &Path, job: &Job) -> Result<tempfile::TempDir, Stop> {
    std::fs::create_dir_all(work)?;
    source::sweep(state, work, Some(job.id)).await?;
    let prefix = format!("{}{}-", source::FOLDER, job.id);
    // Whole: programs run elsewhere than this process does.
    let work = std::fs::canonicalize(work)?;
    Ok(tempfile::Builder::new().prefix(&prefix).tempdir_in(work)?)
}

fn database(error: sqlx::Error) -> Stop {
    tracing::error!(%error, "the database does not answer a media job");
    Stop::Failed(Why::Unknown)
}

fn stored(error: StoreError) -> Stop {
    let why = match error.io_kind() {
        _ if error.is_full() => Why::Full,
        Some(ErrorKind::PermissionDenied) => Why::NotLet,
        _ => Why::Unknown,
    };
    tracing::error!(%error, "the store does not take or give what a media job is of");
    Stop::Failed(why)
}

/// Puts what was made into the store, and writes it down. Whether it was still wanted.
async fn keep(state: &State, job: &Job, came: Came) -> Result<bool, Stop> {
    let pool = &state.services.pool;
    let came = match came {
        Came::Facts(facts) => store::Came::Facts(facts, state.config.speech.is_some()),
        Came::Nothing(why) => store::Came::Nothing(why),
        Came::Said(cues) => return heard(state, job, &cues).await,
        Came::File(new) => {
            let key = new_key(new.extension);
            put(state, vec![(key.clone(), new.path)]).await?;
            store::Came::File(Made {
                role: new.role,
                key,
                content_type: content_type_of(new.extension).unwrap_or("application/octet-stream"),
                bytes: new.bytes,
                size: new.size,
                duration_ms: new.duration_ms,
            })
        }
        Came::Pages(new) => {
            let mut pages = Vec::new();
            let mut files = Vec::new();
            for page in new {
                let key = new_key("jpg");
                pages.push(SlidePage {
                    page: page.page,
                    key: key.clone(),
                    bytes: std::fs::metadata(&page.path)?.len(),
                    width: page.size.0,
                    height: page.size.1,
                    words: page.words,
                });
                files.push((key, page.path));
            }
            put(state, files).await?;
            store::Came::Pages(pages)
        }
    };
    store::finish(pool, job, &came, state.services.clock.now()).await.map_err(database)
}

/// Should this process be killed, or nobody want them any more, their keys are among those that are taken away.
async fn put(state: &State, files: Vec<(String, PathBuf)>) -> Result<(), Stop> {
    let keys: Vec<String> = files.iter().map(|(key, _)| key.clone()).collect();
    let now = state.services.clock.now();
    store::will_put(&state.services.pool, &keys, now).await.map_err(database)?;
    for (key, path) in files {
        state.media.put_file(&key, path).await.map_err(stored)?;
    }
    Ok(())
}

/// Captions that nobody has read yet, where there are none in the language that is spoken.
async fn heard(state: &State, job: &Job, cues: &[Cue]) -> Result<bool, Stop> {
    let pool = &state.services.pool;
    let new = NewTrack {
        recording: job.recording,
        language: job.language,
        kind: TrackKind::Captions,
        reviewed_at: None,
        cues,
    };
    let mut transaction = pool.begin().await.map_err(database)?;
    let saved = save(&mut transaction, &new, None).await.map_err(database)?;
    let came = match saved {
        Saved::Saved { .. } => store::Came::Elsewhere,
        Saved::Changed => store::Came::Nothing(Why::KeptOther),
    };
    let now = state.services.clock.now();
    let is_done =
        store::finish_within(&mut transaction, job, &came, now).await.map_err(database)?;
    if is_done {
        transaction.commit().await.map_err(database)?;
    }
    Ok(is_done)
}
