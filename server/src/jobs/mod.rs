//! What a server process does by itself: carrying mail out, writing it when its time has come, and removing
//! it when it is old. Every process does all of it; the database sees to it that each thing is done once.

mod imports;
pub mod mail;
pub(crate) mod materials;
pub mod media;
pub mod media_files;
mod old_mails;
mod opening;
mod recorded;
mod reminders;

use crate::router::State;
use std::future::Future;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Starts all jobs. The answer ends once the process has been told to stop and all mail that was being
/// sent has been seen to.
pub fn start(state: &State) -> JoinHandle<()> {
    let due = state.config.due_each;
    tokio::spawn(opening::run(due, state.services.clone(), state.stopped.clone()));
    tokio::spawn(reminders::run(due, state.services.clone(), state.stopped.clone()));
    tokio::spawn(recorded::run(due, state.services.clone(), state.stopped.clone()));
    tokio::spawn(imports::run(due, state.services.clone(), state.stopped.clone()));
    tokio::spawn(media_files::run(state.clone()));
    tokio::spawn(media::run(state.clone()));
    tokio::spawn(materials::run(state.clone()));
    tokio::spawn(old_mails::run(state.services.clone(), state.stopped.clone()));
    let Some(smtp) = state.config.smtp.clone() else {
        return tokio::spawn(async {});
    };
    tokio::spawn(mail::run(
        state.services.clone(),
        state.config.mail_site(),
        smtp,
        state.stopped.clone(),
    ))
}

/// Does something now and then until the process is told to stop. A failure is logged, and the next time
/// comes as usual.
async fn now_and_then<F>(
    each: Duration,
    mut stopped: tokio::sync::watch::Receiver<bool>,
    what: &str,
    mut task: impl FnMut() -> F,
) where
    F: Future<Output = Result<(), sqlx::Error>>,
{
    loop {
        if let Err(error) = task().await {
            tracing::warn!(%error, "{what}; trying again");
        }
        // An error means that the sender is gone, which is a way of stopping, too.
        if tokio::time::timeout(each, stopped.wait_for(|stopped| *stopped)).await.is_ok() {
            return;
        }
    }
}
