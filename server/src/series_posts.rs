//! The forms of a whole series: signing up for it, and leaving it; and the task that includes late stops.

use crate::form_body::read_pairs;
use crate::own::{CancelForm, no_such};
use crate::posts::{Stop, parts_of, read, see_other, stopped, word_before_last};
use crate::refused::{Refused, wants_json};
use crate::router::State;
use app::events::model::Slug;
use app::services::Services;
use app::signup::model::{Applicant, Posted, SignUpForm, tidy_reason};
use app::signup::question_store::questions_of;
use app::signup::questions;
use app::signup::series_store;
use app::signup::series_write::SeriesOutcome;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use serde_json::json;
use std::time::Duration;

/// How often stops are looked for that have opened since somebody took the whole.
const LATE_STOPS: Duration = Duration::from_secs(5);

/// `POST /series/{slug}/sign-up`
pub async fn sign_up(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let slug = word_before_last(asked.uri.path());
    match try_sign_up(&state, lang, &slug, request).await {
        Ok(outcome) => signed_up(&state, lang, &slug, &asked, outcome).await,
        Err(Stop::Machine) if !wants_json(&asked) => {
            see_other(&lang.href(&format!("/series/{slug}/signed-up")))
        }
        Err(stop) => stopped(&state, lang, &slug, &asked, stop, "signed-up").await,
    }
}

async fn try_sign_up(
    state: &State,
    lang: Lang,
    slug: &str,
    request: Request,
) -> Result<SeriesOutcome, Stop> {
    let form = SignUpForm::from_pairs(read_pairs(request).await?);
    let slug = Slug::parse(slug).ok_or(Stop::NotFound)?;
    let services = &state.services;
    let now = services.clock.now();
    let offer = series_store::offer(&services.pool, &slug, now).await?.ok_or(Stop::NotFound)?;
    if !form.website.is_empty() {
        return Err(Stop::Machine);
    }
    if !offer.is_open() {
        return Ok(SeriesOutcome::NotOpen);
    }
    let asked = questions_of(&services.pool, lang, &offer.open()).await?;
    let asked: Vec<_> = asked.into_iter().map(|(_, question)| question).collect();
    let applicant = match (form.read(&offer.ways()), questions::read(&asked, &form.answers)) {
        (Ok(applicant), Ok(answers)) => Applicant { answers, ..applicant },
        (applicant, answers) => {
            return Err(Stop::Wrong(Box::new(Posted {
                form: form.to_show_again(),
                problems: applicant.err().unwrap_or_default(),
                question_problems: answers.err().unwrap_or_default(),
                ..Posted::default()
            })));
        }
    };
    let outcome = services.desk.sign_up_for_series(offer.id, applicant, lang).await;
    outcome.map_err(|_| Stop::Refused(Refused::Unavailable))
}

async fn signed_up(
    state: &State,
    lang: Lang,
    slug: &str,
    asked: &Parts,
    outcome: SeriesOutcome,
) -> Response {
    let json = wants_json(asked);
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match outcome {
        SeriesOutcome::SignedUp(token) => {
            let path = lang.href(&format!("/sign-ups/series/{token}"));
            if json {
                let url = format!("{}{path}", state.config.public_url);
                return (no_store, axum::Json(json!({ "status": "signed_up", "manage_url": url })))
                    .into_response();
            }
            see_other(&format!("{path}?new=1"))
        }
        SeriesOutcome::Again if json => {
            (no_store, axum::Json(json!({ "status": "signed_up", "manage_url": null })))
                .into_response()
        }
        SeriesOutcome::Again => see_other(&lang.href(&format!("/series/{slug}/signed-up"))),
        SeriesOutcome::NotOpen if json => {
            let body = axum::Json(json!({ "error": "sign-up is not open" }));
            (StatusCode::CONFLICT, body).into_response()
        }
        SeriesOutcome::NotOpen => {
            let posted = Posted { not_open: true, ..Posted::default() };
            crate::pages::render(state, asked, move || provide_context(posted.clone())).await
        }
    }
}

/// `POST /sign-ups/series/{token}/leave`. The answer is its own page.
pub async fn leave(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let token = word_before_last(asked.uri.path());
    let form = if request.headers().contains_key(header::CONTENT_TYPE) {
        read(request).await
    } else {
        Ok(CancelForm::default())
    };
    let form: CancelForm = match form {
        Ok(form) => form,
        Err(refused) => return stopped(&state, lang, "", &asked, refused.into(), "").await,
    };
    let services = &state.services;
    let reason = tidy_reason(&form.reason);
    let now = services.clock.now();
    match series_store::leave(&services.pool, &token, reason.as_deref(), now).await {
        Ok(Some(())) => {
            services.hub.wake_relay();
            if wants_json(&asked) {
                return axum::Json(json!({ "status": "left" })).into_response();
            }
            see_other(&lang.href(&format!("/sign-ups/series/{token}")))
        }
        Ok(None) => no_such(&state, &asked).await,
        Err(error) => stopped(&state, lang, "", &asked, Stop::from(error), "").await,
    }
}

/// Includes those who took a whole series in stops that open later, for as long as the process runs. Any
/// number of processes may do so.
pub async fn include_late_stops(services: Services) {
    loop {
        match series_store::include_late_stops(&services.pool, services.clock.now()).await {
            Ok(0) => {}
            Ok(_) => services.hub.wake_relay(),
            Err(error) => tracing::warn!(%error, "late stops of series could not be looked for"),
        }
        tokio::time::sleep(LATE_STOPS).await;
    }
}
