//! What is done with a draft, and with an import that is through: choosing, confirming, undoing.

use crate::form_body::read_pairs;
use crate::organise::{Allowed, allowed, failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::error::AppError;
use app::events::model::EventId;
use app::events::store::lines;
use app::organise::imports::draft_store::{self, Import, find};
use app::organise::imports::model::{
    Kind, MOST_COLUMNS, MOST_MINUTES, MOST_ROWS, PostedImport, Settings, Stage, Wrong,
};
use app::organise::imports::page_store::{draft, seen};
use app::organise::imports::{events_draft, run_store, undo_store};
use app::signup::deed_store::Doing;
use app::signup::store::Locking;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// A form about an import of somebody who may.
pub(super) struct Asked {
    pub(super) state: State,
    pub(super) parts: Parts,
    pub(super) viewer: Arc<Viewer>,
    /// The event that it is about, and its slug; nothing for an import of events.
    pub(super) event: Option<(EventId, String)>,
    pub(super) import: Import,
    pub(super) pairs: Vec<(String, String)>,
}

/// `POST /organise/events/{slug}/import/{id}`
pub async fn act(extract::State(state): extract::State<State>, request: Request) -> Response {
    let parts = parts_of(&request);
    let (rest, id) = parts.uri.path().rsplit_once('/').unwrap_or_default();
    let (slug, id) = (word_before_last(rest), id.parse::<i64>().unwrap_or(0));
    let allowed = match allowed(&state, &parts, slug).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &parts, error).await,
    };
    let import = match find(&state.services.pool, id).await {
        Ok(import) => import.filter(|import| import.home.event == Some(allowed.found.event.0)),
        Err(error) => return failed(&state, &parts, error).await,
    };
    let Some(import) = import else {
        return not_allowed(&state, &parts, AppError::NotFound).await;
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &parts, refused).await,
    };
    let Allowed { viewer, found, slug } = allowed;
    let event = Some((found.event, slug));
    Asked { state, parts, viewer, event, import, pairs }.act().await
}

impl Asked {
    /// Does what the form asks for.
    pub(super) async fn act(self) -> Response {
        let what = self.value("do").unwrap_or_default().to_owned();
        let done = match what.as_str() {
            "choose" => self.choose().await,
            "confirm" => self.confirm().await,
            "drop" => self.drop_it().await,
            "undo" => self.undo().await,
            _ => Ok(refuse(&self.state, &self.parts, Refused::Unreadable).await),
        };
        match done {
            Ok(answer) => answer,
            Err(error) => failed(&self.state, &self.parts, error).await,
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The page that files are read in on.
    fn base(&self) -> String {
        match &self.event {
            Some((_, slug)) => format!("/organise/events/{slug}/import"),
            None => "/organise/import".to_owned(),
        }
    }

    /// The import's own page, or what is under it.
    fn page(&self, rest: &str) -> Response {
        let lang = Lang::of_path(self.parts.uri.path());
        see_other(&lang.href(&format!("{}/{}{rest}", self.base(), self.import.about.id)))
    }

    /// The same page, with what is wrong (422).
    async fn wrong(&self, wrong: Wrong) -> Response {
        let mail = self.value("mail") == Some("yes");
        let posted = PostedImport { wrong: Some(wrong), mail, ..PostedImport::default() };
        let context = move || provide_context(posted.clone());
        let mut answer = crate::pages::render(&self.state, &self.parts, context).await;
        if answer.status() == StatusCode::OK {
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        answer
    }

    async fn choose(&self) -> Result<Response, sqlx::Error> {
        let settings = match self.import.about.kind {
            Kind::Attendance => self.chosen_of_report(),
            Kind::People => self.chosen_of_people(),
            // There is nothing to choose.
            Kind::Events | Kind::Schedule => return Ok(self.page("")),
        };
        let (pool, actor) = (&self.state.services.pool, self.viewer.id);
        draft_store::choose(pool, actor, self.import.about.id, &settings).await?;
        Ok(self.page("#preview"))
    }

    /// Who somebody is, and what counts as having been there.
    fn chosen_of_report(&self) -> Settings {
        let mut settings = self.import.settings.clone();
        if self.value("forget") == Some("yes") {
            settings.matches.clear();
        }
        for (name, value) in &self.pairs {
            let row = name.strip_prefix("match-").and_then(|row| row.parse().ok());
            if let (Some(row), Ok(sign_up)) = (row, value.parse())
                && settings.matches.len() < MOST_ROWS
            {
                settings.matches.insert(row, sign_up);
            }
        }
        let minutes = self.value("least_minutes").and_then(|minutes| minutes.trim().parse().ok());
        settings.least_minutes = minutes.unwrap_or(0).min(MOST_MINUTES);
        settings.absent = self.value("absent") == Some("yes");
        settings
    }

    fn chosen_of_people(&self) -> Settings {
        let columns = (0..self.import.titles.len().min(MOST_COLUMNS)).map(|at| {
            let word = self.value(&format!("col-{at}")).unwrap_or_default();
            word.chars().take(30).collect::<String>()
        });
        let words = |name: &str| self.value(name).unwrap_or_default().chars().take(200).collect();
        Settings {
            columns: columns.collect(),
            organisation: words("organisation"),
            way: words("way"),
            lang: self.value("lang").and_then(Lang::parse).unwrap_or_default(),
            gone_too: self.value("gone_too") == Some("yes"),
            ..self.import.settings.clone()
        }
    }

    async fn confirm(&self) -> Result<Response, sqlx::Error> {
        // Sent twice: it is under way, or through.
        if !matches!(self.import.about.stage, Stage::Draft | Stage::Failed) {
            return Ok(self.page(""));
        }
        let services = &self.state.services;
        let (pool, now) = (&services.pool, services.clock.now());
        // Nobody is signed up by a report of who was there.
        if self.import.about.kind == Kind::People && self.value("consent") != Some("yes") {
            return Ok(self.wrong(Wrong::Unagreed).await);
        }
        let drafted = match &self.event {
            None => events_draft::draft(pool, &self.import).await?,
            Some((event, _)) => {
                let lang = Lang::of_path(self.parts.uri.path());
                let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else {
                    return Ok(self.page(""));
                };
                draft(pool, &line.line, &self.import, now).await?
            }
        };
        if drafted.lacks.is_some() || drafted.counts.written() == 0 {
            return Ok(self.page(""));
        }
        if self.value("seen") != Some(seen(drafted.counts).as_str()) {
            return Ok(self.wrong(Wrong::Moved).await);
        }
        let mail = self.value("mail") == Some("yes");
        let settings = Settings { mail, ..self.import.settings.clone() };
        let (actor, id) = (self.viewer.id, self.import.about.id);
        if draft_store::confirm(pool, actor, id, &settings, now).await? {
            begin(&self.state, id);
        }
        Ok(self.page(""))
    }

    async fn drop_it(&self) -> Result<Response, sqlx::Error> {
        let (pool, actor) = (&self.state.services.pool, self.viewer.id);
        draft_store::remove(pool, actor, self.import.about.id).await?;
        let lang = Lang::of_path(self.parts.uri.path());
        Ok(see_other(&lang.href(&self.base())))
    }

    async fn undo(&self) -> Result<Response, sqlx::Error> {
        let services = &self.state.services;
        let doing = Doing {
            // An import of events moves no seats of one of them in particular.
            event: self.event.as_ref().map_or(EventId(0), |(event, _)| *event),
            actor: self.viewer.id,
            now: services.clock.now(),
            locking: Locking::Held,
        };
        match undo_store::undo(&services.pool, &self.import, doing).await? {
            Ok(_) => {
                services.hub.wake_relay();
                Ok(self.page(""))
            }
            Err(_) => Ok(self.page("?done=too_late")),
        }
    }
}

/// Carries it through beside the answer. What is stopped by the end of the process is taken up by the next
/// (`jobs/imports.rs`).
fn begin(state: &State, id: i64) {
    let services = state.services.clone();
    tokio::spawn(async move {
        match run_store::run(&services.pool, id).await {
            Ok(_) => services.hub.wake_relay(),
            Err(error) => tracing::warn!(%error, "an import was not carried through; trying again"),
        }
    });
}
