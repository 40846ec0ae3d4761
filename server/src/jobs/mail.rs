//! The worker that carries mails to the mail server. Each process has one; they share the queue.
//!
//! Mails are taken up a few at a time (a lease, see `app::mail::store`), sent over several connections at
//! once, and concluded as they come back, many in one statement when many come at once. It is one loop
//! that asks the database, so mail never takes more than one of the site's connections, and never holds a
//! transaction open while the mail server takes its time.
//!
//! At least once: a process that dies between the mail server's yes and the database's may leave those
//! mails to be sent again, under the same Message-ID, when their lease has ended. Nothing else is sent
//! twice.

mod message;
pub mod picture;
pub mod relay;
#[cfg(test)]
mod tests;

use app::live::hub::Hub;
use app::mail::letters::{Letter, Site, letters};
use app::mail::model::{LEASE, MOST_TIMES};
use app::mail::store::{Outcome, Taken, conclude, take};
use app::services::{Clock, Services};
use relay::{Relay, Smtp, Trouble};
use sqlx::PgPool;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

pub use message::{Carried, compose};

/// How many are sent at once.
const CONNECTIONS: usize = 8;
/// The most that are taken up at once.
const BATCH: usize = 64;
/// So long a mail server may take over one mail.
const PATIENCE: Duration = Duration::from_secs(60);
/// What was written by a process that could not nudge this one, and what is tried again, waits so long.
const POLL: Duration = Duration::from_secs(1);
/// After the database has failed.
const RETRY: Duration = Duration::from_secs(1);

/// Whatever takes a mail to where it is read.
pub trait Carrier: Send + Sync + 'static {
    /// Carries one mail.
    fn carry(&self, mail: Carried) -> impl Future<Output = Result<(), Trouble>> + Send;

    /// There is nothing to carry just now.
    fn rest(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

/// Carries mails to this mail server until the process is told to stop.
pub async fn run(services: Services, site: Site, smtp: Smtp, stopped: watch::Receiver<bool>) {
    let Services { pool, hub, clock, .. } = services;
    Worker { pool, hub, clock, site: Arc::new(site), carrier: Arc::new(Relay::new(smtp)) }
        .run(stopped)
        .await;
}

/// See the head of this file.
struct Worker<C> {
    pool: PgPool,
    hub: Hub,
    clock: Clock,
    site: Arc<Site>,
    carrier: Arc<C>,
}

type Results = JoinSet<(Taken, Outcome)>;

impl<C: Carrier> Worker<C> {
    async fn run(self, mut stopped: watch::Receiver<bool>) {
        let lines = Arc::new(Semaphore::new(CONNECTIONS));
        let mut under_way = Results::new();
        let mut done = Vec::new();
        loop {
            let is_stopping = *stopped.borrow();
            if is_stopping {
                // What has not begun is given back; what has is waited for.
                lines.close();
            }
            let taken = match self.round(&mut under_way, &mut done, &lines, is_stopping).await {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(%error, "the queue of mails cannot be reached; trying again");
                    tokio::time::sleep(RETRY).await;
                    continue;
                }
            };
            if is_stopping && under_way.is_empty() && done.is_empty() {
                return;
            }
            // A full batch may have left some that are due.
            if taken == BATCH && under_way.len() < BATCH {
                continue;
            }
            tokio::select! {
                Some(result) = under_way.join_next() => done.extend(result.ok()),
                () = self.hub.committed(), if !is_stopping => {}
                () = tokio::time::sleep(POLL) => self.carrier.rest().await,
                () = told(&mut stopped), if !is_stopping => {}
            }
        }
    }

    /// Concludes what has come back, and takes up what there is room for. Returns how many it took.
    async fn round(
        &self,
        under_way: &mut Results,
        done: &mut Vec<(Taken, Outcome)>,
        lines: &Arc<Semaphore>,
        is_stopping: bool,
    ) -> Result<usize, sqlx::Error> {
        // A task that panicked has no result; the mail's lease ends by itself.
        while let Some(result) = under_way.try_join_next() {
            done.extend(result.ok());
        }
        conclude(&self.pool, done, self.clock.now()).await?;
        done.clear();
        let room = BATCH - under_way.len().min(BATCH);
        if is_stopping || room < BATCH / 2 {
            return Ok(0);
        }
        let leased = Instant::now();
        let most = i64::try_from(room).unwrap_or_default();
        let taken = take(&self.pool, most, self.clock.now()).await?;
        if taken.is_empty() {
            return Ok(0);
        }
        let ids: Vec<i64> = taken.iter().map(|mail| mail.id).collect();
        let letters = letters(&self.pool, &ids, &self.site, self.clock.now()).await?;
        let mut letters: HashMap<i64, Letter> =
            letters.into_iter().map(|letter| (letter.id, letter)).collect();
        let count = taken.len();
        for mail in taken {
            if mail.attempts > MOST_TIMES {
                done.push((mail, Outcome::Failed("taken up too often".to_owned())));
                continue;
            }
            let Some(letter) = letters.remove(&mail.id).filter(|letter| letter.holds) else {
                done.push((mail, Outcome::Dropped));
                continue;
            };
            let lines = Arc::clone(lines);
            let (site, carrier) = (Arc::clone(&self.site), Arc::clone(&self.carrier));
            let now = self.clock.now();
            under_way.spawn(async move {
                let outcome = carry(&*carrier, &lines, &site, &letter, leased, now).await;
                (mail, outcome)
            });
        }
        Ok(if count == room { BATCH } else { count })
    }
}

/// Waits until the process is told to stop; so it is, too, when nobody is left to tell it.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Carries one letter, once a line is free.
async fn carry<C: Carrier>(
    carrier: &C,
    lines: &Semaphore,
    site: &Site,
    letter: &Letter,
    leased: Instant,
    now: i64,
) -> Outcome {
    let Ok(_line) = lines.acquire().await else { return Outcome::NotTried };
    // Whoever begins later than this could still be at it when another process takes the mail up.
    let lease = Duration::from_secs(LEASE.unsigned_abs());
    if leased.elapsed() + PATIENCE + POLL > lease {
        return Outcome::NotTried;
    }
    let carried = match compose(site, letter, now) {
        Ok(carried) => carried,
        Err(problem) => return failed(letter, problem),
    };
    match tokio::time::timeout(PATIENCE, carrier.carry(carried)).await {
        Ok(Ok(())) => Outcome::Sent,
        Ok(Err(Trouble::Passing(problem))) => Outcome::TryLater(problem),
        Ok(Err(Trouble::Lasting(problem))) => failed(letter, problem),
        Err(_) => Outcome::TryLater("the mail server took too long".to_owned()),
    }
}

fn failed(letter: &Letter, problem: String) -> Outcome {
    // Whom it was for stands in the queue, and not in the log.
    tracing::info!(mail = letter.id, kind = letter.kind.as_str(), "a mail cannot be delivered");
    Outcome::Failed(problem)
}
