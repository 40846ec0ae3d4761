//! The sign-up desk. Requests for one event, or for one whole series, are gathered for a moment and committed
//! together, so that a hot event costs one commit for many people instead of one for each. The moment is short
//! when nobody else comes: a batch waits only for the one before it, and for a millisecond at the most.
//!
//! The desk makes sign-ups quick; it is the lock and the constraints in the database that make them
//! right, and so any number of server processes may each have a desk.

use super::clerks::{Clerks, Errand};
use super::model::{Applicant, Outcome, Refusal};
use super::series_write::{self, SeriesId, SeriesOutcome};
use super::store::{self, Entry, Locking};
use crate::events::model::EventId;
use crate::live::hub::Hub;
use crate::services::Clock;
use crate::text::Lang;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sqlx::PgPool;

/// What it takes to write sign-ups.
#[derive(Clone)]
pub(super) struct Office {
    pool: PgPool,
    hub: Hub,
    clock: Clock,
    locking: Locking,
}

/// A handle to the desk of this process.
#[derive(Clone)]
pub struct Desk {
    events: Clerks<EventId>,
    series: Clerks<SeriesId>,
}

impl Desk {
    /// A desk that writes to `pool` and tells `hub` that something changed.
    #[must_use]
    pub fn new(pool: PgPool, hub: Hub, clock: Clock) -> Self {
        Self::of(Office { pool, hub, clock, locking: Locking::Held })
    }

    fn of(office: Office) -> Self {
        Self { events: Clerks::new(office.clone()), series: Clerks::new(office) }
    }

    /// One that does not lock seats, for the tests that show what the lock is for.
    #[cfg(test)]
    pub(super) fn without_lock(pool: PgPool, hub: Hub, clock: Clock) -> Self {
        Self::of(Office { pool, hub, clock, locking: Locking::LeftOut })
    }

    /// Signs up one person. The answer comes after the commit: whoever is told "confirmed" has a seat.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn sign_up(
        &self,
        event: EventId,
        applicant: Applicant,
        lang: Lang,
    ) -> Result<Outcome, Refusal> {
        let entry = Entry { applicant, lang, token: new_token()? };
        self.events.hand_in(event, entry).await
    }

    /// Signs up one person for every stop of a series that is open: all of them or, if the database fails, none.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn sign_up_for_series(
        &self,
        series: SeriesId,
        applicant: Applicant,
        lang: Lang,
    ) -> Result<SeriesOutcome, Refusal> {
        let entry = Entry { applicant, lang, token: new_token()? };
        self.series.hand_in(series, entry).await
    }
}

impl Office {
    /// What was written; nothing, and a word in the log, if the database failed.
    fn written<T>(&self, result: Result<T, sqlx::Error>, people: usize) -> Option<T> {
        match result {
            Ok(told) => {
                self.hub.wake_relay();
                Some(told)
            }
            Err(error) => {
                tracing::error!(%error, people, "sign-ups were not written");
                None
            }
        }
    }
}

impl Errand for EventId {
    type Told = Outcome;
    type Office = Office;
    // Fewer than wait in a rush: while these are written, the others are read and answered.
    const BATCH: usize = 96;

    async fn write(
        self,
        office: &Office,
        entries: &[Entry],
    ) -> Option<Vec<Result<Outcome, Refusal>>> {
        let now = office.clock.now();
        let written = store::sign_up(&office.pool, self, entries, now, office.locking).await;
        office.written(written, entries.len())
    }
}

impl Errand for SeriesId {
    type Told = SeriesOutcome;
    type Office = Office;
    // Each is a place at every stop.
    const BATCH: usize = 64;

    async fn write(
        self,
        office: &Office,
        entries: &[Entry],
    ) -> Option<Vec<Result<SeriesOutcome, Refusal>>> {
        let now = office.clock.now();
        let written = series_write::sign_up(&office.pool, self, entries, now, office.locking).await;
        let told = office.written(written, entries.len())?;
        Some(told.into_iter().map(Ok).collect())
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
