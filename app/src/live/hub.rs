//! The hub of one server process. A relay turns committed changes into notices for all processes; a
//! listener hears them, reads the events anew once, and hands the figures to every open stream.
//!
//! Nothing is lost when the database restarts: the listener's connection tells of the break, and every
//! stream then reads its events again.

use super::model::{Message, Standing};
use super::store::{self, CHANNEL};
use crate::error::AppError;
use crate::events::model::EventId;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, broadcast};

/// Changes within this time are told together.
const COALESCE: Duration = Duration::from_millis(100);
/// Changes that nobody woke the relay for (another process died, or somebody used psql) wait so long.
const POLL: Duration = Duration::from_millis(400);
/// After a failure.
const RETRY: Duration = Duration::from_millis(500);
/// Streams that are further behind than this many notices read their events again.
const BACKLOG: usize = 256;

/// What the hub tells the streams and the keeper of rendered pages.
#[derive(Clone, Debug)]
pub enum Notice {
    /// These events changed, and stand like this now.
    Changed {
        /// How they stand. An event that is gone is not among them.
        standings: Arc<[Standing]>,
        /// Which they are.
        events: Arc<[EventId]>,
        /// More than seats changed.
        facts: bool,
    },
    /// Something may have been missed: read again.
    Missed,
}

/// A handle to the hub.
#[derive(Clone)]
pub struct Hub {
    pool: PgPool,
    notices: broadcast::Sender<Notice>,
    wake: Arc<Notify>,
    committed: Arc<Notify>,
}

impl Hub {
    /// A hub that nobody feeds yet; see [`Hub::run`].
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            notices: broadcast::channel(BACKLOG).0,
            wake: Arc::default(),
            committed: Arc::default(),
        }
    }

    /// Hears what happens from now on. A receiver that lags must treat it as [`Notice::Missed`].
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }

    /// Tells the relay that a change was committed just now.
    pub fn wake_relay(&self) {
        self.wake.notify_one();
        self.committed.notify_one();
    }

    /// Waits until this process has committed something; for one waiter, the carrier of mails.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    /// How these events stand.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn standings(&self, ids: &[EventId]) -> Result<Vec<Standing>, AppError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        Ok(store::standings(&self.pool, &ids).await?)
    }

    /// Relays and listens until the process ends.
    pub async fn run(self) {
        tokio::join!(self.relay(), self.listen());
    }

    async fn relay(&self) {
        loop {
            let woken = tokio::time::timeout(POLL, self.wake.notified()).await.is_ok();
            if woken {
                tokio::time::sleep(COALESCE).await;
            }
            if let Err(error) = self.relay_once().await {
                tracing::warn!(%error, "changes could not be told; trying again");
                tokio::time::sleep(RETRY).await;
            }
        }
    }

    async fn relay_once(&self) -> Result<(), sqlx::Error> {
        let mut connection = self.pool.acquire().await?;
        while store::relay(&mut connection).await? > 0 {}
        Ok(())
    }

    async fn listen(&self) {
        loop {
            if let Err(error) = self.listen_until_broken().await {
                tracing::warn!(%error, "not listening for changes; trying again");
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn listen_until_broken(&self) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.ignore_pool_close_event(true);
        listener.listen(CHANNEL).await?;
        // What changed before this moment may have been missed.
        self.tell(Notice::Missed);
        loop {
            match listener.try_recv().await? {
                Some(notification) => self.hear(notification.payload()).await?,
                None => self.tell(Notice::Missed),
            }
        }
    }

    async fn hear(&self, payload: &str) -> Result<(), sqlx::Error> {
        let mut ids = Vec::new();
        let mut facts = false;
        for part in payload.split(',') {
            let (id, marked) = part.strip_suffix('!').map_or((part, false), |id| (id, true));
            facts |= marked;
            ids.extend(id.parse::<i64>());
        }
        let standings = store::standings(&self.pool, &ids).await?;
        self.tell(Notice::Changed {
            standings: standings.into(),
            events: ids.into_iter().map(EventId).collect(),
            facts,
        });
        Ok(())
    }

    fn tell(&self, notice: Notice) {
        // Nobody listening is fine.
        let _ = self.notices.send(notice);
    }
}

impl Notice {
    /// What a page that shows `shown` must be told; `None` if it is not concerned.
    #[must_use]
    pub fn for_page(&self, shown: &[EventId]) -> Option<Vec<Message>> {
        let Self::Changed { standings, facts, .. } = self else {
            return None;
        };
        let mine: Vec<_> =
            standings.iter().filter(|standing| shown.contains(&standing.id)).cloned().collect();
        let mut messages = Vec::new();
        if !mine.is_empty() {
            messages.push(Message::Standings(mine));
        }
        if *facts {
            messages.push(Message::Programme);
        }
        (!messages.is_empty()).then_some(messages)
    }
}

#[cfg(test)]
#[path = "hub_tests.rs"]
mod tests;
