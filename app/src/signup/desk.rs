//! The sign-up desk. Requests for one event are gathered for a moment and committed together, so that a
//! hot event costs one commit for many people instead of one for each. The moment is short when nobody
//! else comes: a batch waits only for the one before it, and for [`GATHERING`] at the most.
//!
//! The desk makes sign-ups quick; it is the lock and the constraints in the database that make them
//! right, and so any number of server processes may each have a desk.

use super::model::{Applicant, Outcome, Refusal};
use super::store::{self, Entry, Locking};
use crate::events::model::EventId;
use crate::live::hub::Hub;
use crate::services::Clock;
use crate::text::Lang;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sqlx::PgPool;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long the first of a batch waits for others.
const GATHERING: Duration = Duration::from_millis(1);
/// The most that are committed at once.
const BATCH: usize = 256;
/// The most that wait for one event in this process; more are told to try again.
const QUEUE: usize = 20_000;
/// After this the person is told to try again. The sign-up may still be written, and is then found.
const PATIENCE: Duration = Duration::from_secs(20);
/// A clerk with nothing to do for so long goes home.
const IDLE: Duration = Duration::from_secs(30);

type Answer = Result<Outcome, Refusal>;

struct Request {
    entry: Entry,
    answer: oneshot::Sender<Answer>,
}

/// A handle to the desk of this process.
#[derive(Clone)]
pub struct Desk {
    pool: PgPool,
    hub: Hub,
    clock: Clock,
    clerks: Arc<Mutex<HashMap<EventId, mpsc::Sender<Request>>>>,
    locking: Locking,
}

impl Desk {
    /// A desk that writes to `pool` and tells `hub` that something changed.
    #[must_use]
    pub fn new(pool: PgPool, hub: Hub, clock: Clock) -> Self {
        Self { pool, hub, clock, clerks: Arc::default(), locking: Locking::Held }
    }

    /// The same desk without the lock, for the test that shows what the lock is for.
    #[cfg(test)]
    pub(super) fn without_lock(mut self) -> Self {
        self.locking = Locking::LeftOut;
        self
    }

    /// Signs up one person. The answer comes after the commit: whoever is told "confirmed" has a seat.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn sign_up(&self, event: EventId, applicant: Applicant, lang: Lang) -> Answer {
        let entry = Entry { applicant, lang, token: new_token()? };
        let (answer, answered) = oneshot::channel();
        self.hand_in(event, Request { entry, answer })?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(Refusal::Unavailable),
        }
    }

    fn hand_in(&self, event: EventId, request: Request) -> Result<(), Refusal> {
        let mut clerks = self.clerks.lock().unwrap_or_else(PoisonError::into_inner);
        let request = match clerks.get(&event) {
            Some(clerk) => match clerk.try_send(request) {
                Ok(()) => return Ok(()),
                Err(mpsc::error::TrySendError::Full(_)) => return Err(Refusal::Unavailable),
                Err(mpsc::error::TrySendError::Closed(request)) => request,
            },
            None => request,
        };
        let (sender, receiver) = mpsc::channel(QUEUE);
        sender.try_send(request).map_err(|_| Refusal::Unavailable)?;
        clerks.insert(event, sender);
        tokio::spawn(self.clone().serve(event, receiver));
        Ok(())
    }

    /// Works through the requests for one event, a batch at a time.
    async fn serve(self, event: EventId, mut requests: mpsc::Receiver<Request>) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            match tokio::time::timeout(IDLE, requests.recv_many(&mut batch, BATCH)).await {
                Ok(0) => return,
                Ok(_) => {
                    if batch.len() < BATCH {
                        tokio::time::sleep(GATHERING).await;
                        while batch.len() < BATCH
                            && let Ok(request) = requests.try_recv()
                        {
                            batch.push(request);
                        }
                    }
                    self.commit(event, &mut batch).await;
                }
                Err(_) => {
                    // Nobody can hand in between the look and the removal: both are under the lock.
                    let mut clerks = self.clerks.lock().unwrap_or_else(PoisonError::into_inner);
                    if requests.is_empty() {
                        clerks.remove(&event);
                        return;
                    }
                }
            }
        }
    }

    async fn commit(&self, event: EventId, batch: &mut Vec<Request>) {
        let (entries, answers): (Vec<_>, Vec<_>) =
            batch.drain(..).map(|request| (request.entry, request.answer)).unzip();
        let now = self.clock.now();
        match store::sign_up(&self.pool, event, &entries, now, self.locking).await {
            Ok(outcomes) => {
                self.hub.wake_relay();
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // Whoever has gone away meanwhile keeps the place, and has the mail.
                    let _ = answer.send(outcome);
                }
            }
            Err(error) => {
                tracing::error!(%error, event = event.0, people = entries.len(), "sign-ups were not written");
                for answer in answers {
                    let _ = answer.send(Err(Refusal::Unavailable));
                }
            }
        }
    }
}

/// 128 random bits in the alphabet of RFC 4648 §5 (base64url).
pub(super) fn new_token() -> Result<String, Refusal> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bits = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bits).map_err(|error| {
        tracing::error!(%error, "no randomness to be had");
        Refusal::Unavailable
    })?;
    let mut number = u128::from_be_bytes(bits);
    let mut token = String::with_capacity(22);
    for _ in 0..22 {
        token.push(char::from(ALPHABET[usize::try_from(number & 63).unwrap_or_default()]));
        number >>= 6;
    }
    Ok(token)
}
