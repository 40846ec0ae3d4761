//! What an organiser does to several sign-ups at once, and undoing it. Whoever asks is looked at before what they
//! sent is read.

use crate::form_body::read_selection;
use crate::organise::{Allowed, allowed, chosen, done, failed, not_allowed, wrong};
use crate::posts::{parts_of, word_before_last};
use crate::refused::refuse;
use crate::router::State;
use app::organise::model::{PostedTerms, TermsProblem};
use app::signup::attendance_store::note_attendance;
use app::signup::deed_store::{self, Doing, Outcome};
use app::signup::deeds::{DeedKind, NotDone};
use app::signup::hand_store::{self, Added, ByHand};
use app::signup::hours_store;
use app::signup::model::{Posted, SignUpForm, Status, tidy_reason};
use app::signup::store::Locking;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use leptos::prelude::provide_context;

/// A form of somebody who may, and whom it is about.
pub(crate) struct Asked {
    pub parts: Parts,
    pub allowed: Allowed,
    pub posted: PostedTerms,
}

impl Asked {
    pub fn doing(&self, state: &State) -> Doing {
        Doing {
            event: self.allowed.found.event,
            actor: self.allowed.viewer.id,
            now: state.services.clock.now(),
            locking: Locking::Held,
        }
    }
}

pub(crate) async fn asked(state: &State, request: Request) -> Result<Asked, Response> {
    let parts = parts_of(&request);
    let allowed = match allowed(state, &parts, word_before_last(parts.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return Err(not_allowed(state, &parts, error).await),
    };
    match read_selection(request).await {
        Ok(pairs) => {
            Ok(Asked { parts, allowed, posted: PostedTerms { pairs, problems: Vec::new() } })
        }
        Err(refused) => Err(refuse(state, &parts, refused).await),
    }
}

/// The sign-ups that the form is about; nobody is an answer of its own.
pub(crate) async fn people(state: &State, asked: &Asked) -> Result<Vec<i64>, Response> {
    let event = asked.allowed.found.event;
    let sign_ups = match chosen(state, &asked.parts, event, &asked.posted).await {
        Ok(sign_ups) => sign_ups,
        Err(error) => return Err(failed(state, &asked.parts, error).await),
    };
    if sign_ups.is_empty() {
        return Err(done(&asked.parts, &asked.allowed.slug, "nobody"));
    }
    Ok(sign_ups)
}

pub(crate) async fn conclude(
    state: &State,
    asked: Asked,
    outcome: Outcome,
    what: &str,
    full: &str,
) -> Response {
    let what = match outcome {
        Ok(Ok(0)) => "nothing",
        Ok(Ok(_)) => {
            state.services.hub.wake_relay();
            what
        }
        Ok(Err(NotDone::Full)) => full,
        Ok(Err(NotDone::Changed)) => "moved_on",
        Ok(Err(NotDone::Over)) => "too_late",
        Ok(Err(NotDone::NotBegun)) => "not_begun",
        Err(error) => return failed(state, &asked.parts, error).await,
    };
    done(&asked.parts, &asked.allowed.slug, what)
}

/// `POST /organise/events/{slug}/cancel`
pub async fn cancel(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let sign_ups = match people(&state, &asked).await {
        Ok(sign_ups) => sign_ups,
        Err(answer) => return answer,
    };
    let reason = asked.posted.value("cancel_reason").and_then(tidy_reason);
    let with_mail = asked.posted.value("mail") == Some("yes");
    let doing = asked.doing(&state);
    let pool = &state.services.pool;
    let outcome = deed_store::cancel(pool, doing, &sign_ups, reason.as_deref(), with_mail).await;
    conclude(&state, asked, outcome, "off", "nothing").await
}

/// `POST /organise/events/{slug}/promote`
pub async fn promote(extract::State(state): extract::State<State>, request: Request) -> Response {
    let mut asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let sign_ups = match people(&state, &asked).await {
        Ok(sign_ups) => sign_ups,
        Err(answer) => return answer,
    };
    let Some(reason) = asked.posted.value("promote_reason").and_then(tidy_reason) else {
        asked.posted.problems = vec![("promote_reason".to_owned(), TermsProblem::NoReason)];
        return wrong(&state, &asked.parts, asked.posted).await;
    };
    let beyond = asked.posted.value("beyond") == Some("yes");
    let doing = asked.doing(&state);
    let pool = &state.services.pool;
    let outcome = deed_store::promote_out_of_turn(pool, doing, &sign_ups, &reason, beyond).await;
    if matches!(outcome, Ok(Err(NotDone::Full))) {
        asked.posted.problems = vec![("beyond".to_owned(), TermsProblem::Full)];
        return wrong(&state, &asked.parts, asked.posted).await;
    }
    conclude(&state, asked, outcome, "up", "nothing").await
}

/// `POST /organise/events/{slug}/attended`
pub async fn attended(extract::State(state): extract::State<State>, request: Request) -> Response {
    attendance(&state, request, true, "attended").await
}

/// `POST /organise/events/{slug}/no-show`
pub async fn no_show(extract::State(state): extract::State<State>, request: Request) -> Response {
    attendance(&state, request, false, "no_show").await
}

async fn attendance(state: &State, request: Request, was_there: bool, what: &str) -> Response {
    let asked = match asked(state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let sign_ups = match people(state, &asked).await {
        Ok(sign_ups) => sign_ups,
        Err(answer) => return answer,
    };
    let doing = asked.doing(state);
    let outcome = note_attendance(&state.services.pool, doing, &sign_ups, was_there).await;
    conclude(state, asked, outcome, what, "nothing").await
}

/// `POST /organise/events/{slug}/add`
pub async fn add(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let form = SignUpForm::from_pairs(asked.posted.pairs.clone());
    let applicant = match form.read(&asked.allowed.found.ways) {
        Ok(applicant) => applicant,
        Err(problems) => {
            let posted = Posted { form: form.to_show_again(), problems, ..Posted::default() };
            let context = move || provide_context(posted.clone());
            let mut answer = crate::pages::render(&state, &asked.parts, context).await;
            if answer.status() == StatusCode::OK {
                *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            return answer;
        }
    };
    let by_hand = ByHand {
        applicant,
        lang: asked.posted.value("lang").and_then(Lang::parse).unwrap_or_default(),
        beyond: asked.posted.value("beyond") == Some("yes"),
        with_mail: asked.posted.value("mail") == Some("yes"),
    };
    let what = match hand_store::add(&state.services.pool, asked.doing(&state), by_hand).await {
        Ok(Ok(Added::Already)) => "already",
        Ok(Ok(Added::As(status))) => {
            state.services.hub.wake_relay();
            if status == Status::Waitlisted { "added_line" } else { "added" }
        }
        Ok(Err(_)) => "too_late",
        Err(error) => return failed(&state, &asked.parts, error).await,
    };
    done(&asked.parts, &asked.allowed.slug, what)
}

/// `POST /organise/events/{slug}/undo`
pub async fn undo(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let deed = asked.posted.value("deed").and_then(|deed| deed.parse().ok()).unwrap_or(0);
    let doing = asked.doing(&state);
    let pool = &state.services.pool;
    let kind = match hours_store::kind_of(pool, doing.event, deed).await {
        Ok(kind) => kind,
        Err(error) => return failed(&state, &asked.parts, error).await,
    };
    let (undone, changed) = match kind {
        Some(DeedKind::Open | DeedKind::Close) => ("undone_hours", "changed_since"),
        Some(DeedKind::Seats) => ("undone_seats", "changed_since"),
        _ => ("undone", "moved_on"),
    };
    let outcome = deed_store::undo(pool, doing, deed).await;
    if matches!(outcome, Ok(Err(NotDone::Changed))) {
        return done(&asked.parts, &asked.allowed.slug, changed);
    }
    conclude(&state, asked, outcome, undone, "gone").await
}
