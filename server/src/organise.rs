//! The organiser's forms. Whoever asks is looked at before what they sent is read.

use crate::form_body::read_pairs;
use crate::posts::{Stop, parts_of, see_other, stopped, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::events::model::Slug;
use app::organise::model::{MOST_QUESTIONS, PostedTerms, read_question, read_terms};
use app::organise::store::{self, Found};
use app::signup::approval::{Decision, decide};
use app::signup::model::{Status, tidy_reason};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The addresses that the organiser's forms post to. A GET there is the event's page.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let event = format!("{prefix}/organise/events/{{slug}}");
    axum::Router::new()
        .route(&format!("{event}/decide"), post(decide_on).get(page))
        .route(&format!("{event}/terms"), post(terms).get(page))
        .route(&format!("{event}/questions"), post(ask).get(page))
        .route(&format!("{event}/questions/{{id}}/remove"), post(remove).get(page))
}

/// Who may, and what it is about.
pub(crate) struct Allowed {
    pub(crate) viewer: Arc<Viewer>,
    pub(crate) found: Found,
    pub(crate) slug: String,
}

/// Finds out whether whoever asks organises the event with this slug. An event that is not theirs and one that
/// is not there are answered alike.
pub(crate) async fn allowed(
    state: &State,
    asked: &Parts,
    slug: String,
) -> Result<Allowed, AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let parsed = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = store::find(&state.services.pool, &parsed).await?;
    let found = found.filter(|found| viewer.may_organise(found.programme));
    Ok(Allowed { viewer, found: found.ok_or(AppError::Forbidden)?, slug })
}

/// The page at this address says the same of whoever asks.
pub(crate) async fn not_allowed(state: &State, asked: &Parts, error: AppError) -> Response {
    let mut answer = crate::pages::render(state, asked, || {}).await;
    *answer.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
    answer
}

/// Back to the event's page, which says what was done.
fn done(asked: &Parts, slug: &str, what: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    see_other(&lang.href(&format!("/organise/events/{slug}?done={what}")))
}

pub(crate) async fn failed(state: &State, asked: &Parts, error: sqlx::Error) -> Response {
    stopped(state, Lang::of_path(asked.uri.path()), "", asked, Stop::from(error), "").await
}

/// The page with the form as it was filled, and what is wrong (422).
async fn wrong(state: &State, asked: &Parts, posted: PostedTerms) -> Response {
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /organise/events/{slug}/decide`
async fn decide_on(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let posted = match read_pairs(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let services = &state.services;
    let (event, now) = (allowed.found.event, services.clock.now());
    let sign_ups = match posted.value("sign_up") {
        Some("all") => {
            let waiting = store::waiting(&services.pool, event).await;
            match waiting {
                Ok(sign_ups) => sign_ups,
                Err(error) => return failed(&state, &asked, error).await,
            }
        }
        Some(text) => text.parse().into_iter().collect(),
        None => Vec::new(),
    };
    let reason = posted.value("reason").and_then(tidy_reason);
    let (decision, what) = match posted.value("decision") {
        Some("approve") => (Decision::Approve, "approved"),
        Some("refuse") => {
            (Decision::Refuse { reason: reason.as_deref() }, Status::Refused.as_str())
        }
        _ => return refuse(&state, &asked, Refused::Unreadable).await,
    };
    match decide(&services.pool, event, &sign_ups, decision, allowed.viewer.id, now).await {
        Ok(0) => done(&asked, &allowed.slug, "nothing"),
        Ok(_) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, what)
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/terms`
async fn terms(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let mut posted = match read_pairs(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let terms = match read_terms(&posted, &allowed.found.ways) {
        Ok(terms) => terms,
        Err(problems) => {
            posted.problems = problems;
            return wrong(&state, &asked, posted).await;
        }
    };
    let services = &state.services;
    match store::set_terms(&services.pool, allowed.found.event, &terms, services.clock.now()).await
    {
        Ok(beyond) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, if beyond > 0 { "beyond" } else { "saved" })
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/questions`
async fn ask(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let mut posted = match read_pairs(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let question = match read_question(&posted) {
        Ok(question) => question,
        Err(problems) => {
            posted.problems = problems;
            return wrong(&state, &asked, posted).await;
        }
    };
    let services = &state.services;
    let event = allowed.found.event;
    match store::add_question(&services.pool, event, &question, MOST_QUESTIONS).await {
        Ok(is_added) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, if is_added { "asked" } else { "many" })
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/questions/{id}/remove`
async fn remove(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let path = asked.uri.path().trim_end_matches("/remove");
    let (rest, id) = path.rsplit_once('/').unwrap_or_default();
    let slug = word_before_last(rest);
    let allowed = match allowed(&state, &asked, slug).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let Ok(question) = id.parse() else { return done(&asked, &allowed.slug, "nothing") };
    let services = &state.services;
    match store::remove_question(&services.pool, allowed.found.event, question).await {
        Ok(()) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, "removed")
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}
