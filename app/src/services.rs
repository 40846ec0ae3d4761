//! What the server's side of a slice needs: handed in once at start, found by every server function.

use crate::account::passkey::relying_party::RelyingParty;
use crate::error::AppError;
use crate::events::model::{EventId, Phase};
use crate::events::store::Line;
use crate::live::hub::Hub;
use crate::organise::figures::model::Figures;
use crate::organise::people::model::PeoplePage;
use crate::signup::desk::Desk;
use crate::text::Lang;
use crate::together::Together;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::prelude::use_context;
use sqlx::PgPool;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The time, in seconds since 1970 UTC. Tests hand in their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(|| jiff::Timestamp::now().as_second()))
    }

    /// A clock that always shows the same.
    #[must_use]
    pub fn fixed(now: i64) -> Self {
        Self(Arc::new(move || now))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

/// Everything that is shared by all requests of a process.
#[derive(Clone)]
pub struct Services {
    /// Connections to Postgres.
    pub pool: PgPool,
    /// Where sign-ups are decided.
    pub desk: Desk,
    /// Where changes come in and go out.
    pub hub: Hub,
    /// The time.
    pub clock: Clock,
    /// The site as authenticators know it; `None` where browsers have no passkeys.
    pub passkeys: Option<Arc<RelyingParty>>,
    /// The address people use, without a slash at its end.
    pub public_url: Arc<str>,
    /// The `<option>`s of all known organisations, as HTML.
    pub organisation_options: Arc<str>,
    /// What is served beside the pages.
    pub site: Arc<SiteFiles>,
    /// What several organisers read at once.
    pub readings: Readings,
}

/// Readings that are shared by all who ask for the same; see [`Together`].
#[derive(Clone, Default)]
pub struct Readings {
    /// The list of an event: which event, in which language, what is asked (as it stands in an address), and
    /// whether an organiser asks.
    pub people: Together<(EventId, Lang, String, bool), Read<PeoplePage>>,
    /// The figures of an event: which event, in which language, whether all organisations are asked for, and
    /// whether an organiser asks.
    pub figures: Together<(EventId, Lang, bool, bool), Read<Option<Figures>>>,
}

/// What a reading gives; its failure is shared like the rest.
type Read<T> = Result<T, AppError>;

/// The content-hashed names of the files that every page loads.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles {
    /// Address of the JavaScript module.
    pub js: String,
    /// Address of the WebAssembly module.
    pub wasm: String,
    /// The files that each part of the module is made of, by the part's name (`later::Part::name`): its own, and what it
    /// shares with other parts.
    pub parts: HashMap<String, Vec<String>>,
    /// Address of the style sheet of every page.
    pub css: String,
    /// Address of the style sheet that the organiser's pages and the door have beside it.
    pub organisers_css: String,
    /// Address of what sends files of recordings from a browser.
    pub upload: String,
    /// The largest file of a recording that is taken, in bytes.
    pub largest_upload: u64,
    /// It shows demonstration data.
    pub is_demonstration: bool,
}

impl Services {
    /// The services of the running request.
    ///
    /// # Errors
    /// [`AppError::Internal`] outside a request.
    pub fn of_request() -> Result<Self, AppError> {
        use_context::<Self>().ok_or_else(|| {
            tracing::error!("a server function ran without its services");
            AppError::Internal
        })
    }
}

impl Services {
    /// The site as authenticators know it, if passkeys can be used on the page that the running request is
    /// about.
    #[must_use]
    pub fn passkeys_here(&self) -> Option<Arc<RelyingParty>> {
        let parts = use_context::<Parts>();
        let host = parts.as_ref().and_then(|parts| parts.headers.get(header::HOST));
        self.passkeys_at(host)
    }

    /// The same for a request with this `Host`.
    #[must_use]
    pub fn passkeys_at(&self, host: Option<&HeaderValue>) -> Option<Arc<RelyingParty>> {
        let host = host.and_then(|host| host.to_str().ok());
        self.passkeys.clone().filter(|party| party.is_at(host))
    }
}

/// What a page tells about itself while it is rendered, so that it can be kept and dropped in time.
#[derive(Clone, Default)]
pub struct PageNotes(Arc<Mutex<Notes>>);

/// See [`PageNotes`].
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Events that the page shows.
    pub events: HashSet<EventId>,
    /// The page shows what every reader may see, and says above when it changes: it may be kept.
    pub is_public: bool,
    /// When it becomes wrong by itself (seconds since 1970 UTC).
    pub until: Option<i64>,
    /// What search engines read has been written into the head.
    pub head_written: bool,
    /// The nonce that its scripts carry.
    pub nonce: Option<String>,
    /// The one other origin that the page shows a frame of (CSP 3 §6.1.6), since its reader has chosen that.
    pub frame_from: Option<String>,
}

impl PageNotes {
    /// The notes of the page that is being rendered; loose ones where no page is.
    #[must_use]
    pub fn of_request() -> Self {
        use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Self>().cloned())
            .unwrap_or_default()
    }

    /// Adds to the notes.
    pub fn write(&self, change: impl FnOnce(&mut Notes)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What has been noted.
    #[must_use]
    pub fn read(&self) -> Notes {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Notes {
    /// The page lists these events and changes when they do.
    pub fn lists(&mut self, lines: &[Line], now: i64) {
        self.is_public = true;
        for line in lines {
            self.events.insert(line.line.id);
            if let Some(instant) = Phase::next_change(line.hours, now) {
                self.expires(instant);
            }
        }
    }

    /// The page becomes wrong at `instant` unless it does so sooner.
    pub fn expires(&mut self, instant: i64) {
        self.until = Some(self.until.map_or(instant, |until| until.min(instant)));
    }
}

/// The number under which the log has a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);
