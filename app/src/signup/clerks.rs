//! Clerks who gather what is wanted of one thing for a moment and have it written in one transaction.

use super::model::Refusal;
use super::store::Entry;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long the first of a batch waits for others.
const GATHERING: Duration = Duration::from_millis(1);
/// The most that wait for one thing in this process; more are told to try again.
const QUEUE: usize = 20_000;
/// After this the person is told to try again. The sign-up may still be written, and is then found.
const PATIENCE: Duration = Duration::from_secs(20);
/// A clerk with nothing to do for so long goes home.
const IDLE: Duration = Duration::from_secs(30);

/// Something that people sign up for: an event, or a whole series.
pub(super) trait Errand: Copy + Eq + Hash + Send + 'static {
    /// What a person is told.
    type Told: Send + 'static;
    /// What it takes to write them.
    type Office: Clone + Send + Sync + 'static;
    /// The most that are committed at once.
    const BATCH: usize;

    /// Writes everybody in `entries`, in their order, in one transaction, and says what came of it for each of
    /// them; nothing if nothing was written.
    fn write(
        self,
        office: &Self::Office,
        entries: &[Entry],
    ) -> impl Future<Output = Option<Vec<Result<Self::Told, Refusal>>>> + Send;
}

struct Request<T> {
    entry: Entry,
    answer: oneshot::Sender<Result<T, Refusal>>,
}

type Sender<E> = mpsc::Sender<Request<<E as Errand>::Told>>;

/// The clerks of this process, one for each thing that somebody wants just now.
pub(super) struct Clerks<E: Errand> {
    office: E::Office,
    at_work: Arc<Mutex<HashMap<E, Sender<E>>>>,
}

impl<E: Errand> Clone for Clerks<E> {
    fn clone(&self) -> Self {
        Self { office: self.office.clone(), at_work: Arc::clone(&self.at_work) }
    }
}

impl<E: Errand> Clerks<E> {
    pub(super) fn new(office: E::Office) -> Self {
        Self { office, at_work: Arc::default() }
    }

    /// Hands one person in. The answer comes after the commit.
    pub(super) async fn hand_in(&self, errand: E, entry: Entry) -> Result<E::Told, Refusal> {
        let (answer, answered) = oneshot::channel();
        self.queue(errand, Request { entry, answer })?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(Refusal::Unavailable),
        }
    }

    fn queue(&self, errand: E, request: Request<E::Told>) -> Result<(), Refusal> {
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let request = match at_work.get(&errand) {
            Some(clerk) => match clerk.try_send(request) {
                Ok(()) => return Ok(()),
                Err(mpsc::error::TrySendError::Full(_)) => return Err(Refusal::Unavailable),
                Err(mpsc::error::TrySendError::Closed(request)) => request,
            },
            None => request,
        };
        let (sender, receiver) = mpsc::channel(QUEUE);
        sender.try_send(request).map_err(|_| Refusal::Unavailable)?;
        at_work.insert(errand, sender);
        tokio::spawn(self.clone().serve(errand, receiver));
        Ok(())
    }

    /// Works through what is wanted of one thing, a batch at a time.
    async fn serve(self, errand: E, mut requests: mpsc::Receiver<Request<E::Told>>) {
        let mut batch = Vec::with_capacity(E::BATCH);
        loop {
            match tokio::time::timeout(IDLE, requests.recv_many(&mut batch, E::BATCH)).await {
                Ok(0) => return,
                Ok(_) => {
                    if batch.len() < E::BATCH {
                        tokio::time::sleep(GATHERING).await;
                        while batch.len() < E::BATCH
                            && let Ok(request) = requests.try_recv()
                        {
                            batch.push(request);
                        }
                    }
                    self.write(errand, &mut batch).await;
                }
                Err(_) => {
                    // Nobody can hand in between the look and the removal: both are under the lock.
                    let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
                    if requests.is_empty() {
                        at_work.remove(&errand);
                        return;
                    }
                }
            }
        }
    }

    async fn write(&self, errand: E, batch: &mut Vec<Request<E::Told>>) {
        let (entries, answers): (Vec<_>, Vec<_>) =
            batch.drain(..).map(|request| (request.entry, request.answer)).unzip();
        match errand.write(&self.office, &entries).await {
            Some(told) => {
                for (answer, told) in answers.into_iter().zip(told) {
                    // Whoever has gone away meanwhile keeps the place, and has the mail.
                    let _ = answer.send(told);
                }
            }
            None => {
                for answer in answers {
                    let _ = answer.send(Err(Refusal::Unavailable));
                }
            }
        }
    }
}
