//! The public forms: signing up, asking to be told. Plain POST routes, so that they work without
//! JavaScript; a good form is answered with a redirect (303), a form with something wrong in it with
//! itself (422), and programs that ask for JSON get that.

use crate::form_body::read_pairs;
pub use crate::form_body::{LARGEST_FORM, read};
use crate::refused::{Refused, refuse, wants_json};
use crate::router::State;
use app::error::AppError;
use app::events::model::{EventId, Phase, Slug, Way};
use app::events::store as events;
use app::signup::model::{
    Applicant, Email, Field, Outcome, Posted, Problem, Problems, Refusal, SignUpForm,
};
use app::signup::questions::QuestionProblems;
use app::signup::{question_store, questions};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{self, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use serde::Deserialize;
use serde_json::json;

/// What stops a form on its way; each becomes a page or JSON at the end of the handler.
pub(crate) enum Stop {
    Refused(Refused),
    NotFound,
    Wrong(Box<Posted>),
    NotOpen,
    /// A machine filled in the field that no person sees: it is told that all is well.
    Machine,
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        // Logs it.
        let _ = AppError::from(error);
        Self::Refused(Refused::Unavailable)
    }
}

/// All of a request but its body, to answer with once that has been read.
pub fn parts_of(request: &Request) -> Parts {
    let mut copy = http::Request::new(());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy.into_parts().0
}

/// What is between the last two slashes: `a` in `/events/a/sign-up`. As it stands in the address: nothing
/// that has to be escaped there is a slug or a secret.
pub fn word_before_last(path: &str) -> String {
    path.rsplit('/').nth(1).unwrap_or_default().to_owned()
}

/// The answer to a form that did what it should: go there.
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
    )
        .into_response()
}

/// `POST /events/{slug}/sign-up`
pub async fn sign_up(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let slug = word_before_last(asked.uri.path());
    match try_sign_up(&state, lang, &slug, request).await {
        Ok(outcome) => signed_up(&state, lang, &slug, &asked, outcome),
        Err(stop) => stopped(&state, lang, &slug, &asked, stop, "signed-up").await,
    }
}

async fn try_sign_up(
    state: &State,
    lang: Lang,
    slug: &str,
    request: Request,
) -> Result<Outcome, Stop> {
    let form = SignUpForm::from_pairs(read_pairs(request).await?);
    if !form.website.is_empty() {
        return Err(Stop::Machine);
    }
    let (event, ways, phase) = open_event(state, slug).await?;
    if phase != Phase::Open {
        return Err(Stop::NotOpen);
    }
    let questions = question_store::questions(&state.services.pool, lang, event).await?;
    let wrong = |problems: Problems, question_problems: QuestionProblems| {
        let form = form.to_show_again();
        Stop::Wrong(Box::new(Posted { form, problems, question_problems, ..Posted::default() }))
    };
    let (applicant, answers) = (form.read(&ways), questions::read(&questions, &form.answers));
    let applicant = match (applicant, answers) {
        (Ok(applicant), Ok(answers)) => Applicant { answers, ..applicant },
        (applicant, answers) => {
            let problems = applicant.err().unwrap_or_default();
            return Err(wrong(problems, answers.err().unwrap_or_default()));
        }
    };
    let outcome = state.services.desk.sign_up(event, applicant, lang).await;
    let outcome = outcome.map_err(|refusal| match refusal {
        Refusal::NotOpen => Stop::NotOpen,
        Refusal::NoSuchWay => wrong(vec![(Field::Way, Problem::NotAChoice)], Vec::new()),
        Refusal::Unavailable => Stop::Refused(Refused::Unavailable),
    })?;
    state.keeper.forget(&[event]);
    Ok(outcome)
}

/// The event at this address, the ways it offers, and what one can do with it now.
pub(crate) async fn open_event(
    state: &State,
    slug: &str,
) -> Result<(EventId, Vec<Way>, Phase), Stop> {
    let slug = Slug::parse(slug).ok_or(Stop::NotFound)?;
    let services = &state.services;
    events::offer(&services.pool, &slug, services.clock.now()).await?.ok_or(Stop::NotFound)
}

fn signed_up(state: &State, lang: Lang, slug: &str, asked: &Parts, outcome: Outcome) -> Response {
    let manage = outcome.token.as_ref().map(|token| lang.href(&format!("/sign-ups/{token}")));
    if wants_json(asked) {
        let url = manage.map(|path| format!("{}{path}", state.config.public_url));
        return (
            [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
            axum::Json(json!({
                "status": outcome.status,
                "position": outcome.position,
                "manage_url": url,
            })),
        )
            .into_response();
    }
    match manage {
        Some(path) => see_other(&format!("{path}?new=1")),
        None => see_other(&lang.href(&format!("/events/{slug}/signed-up"))),
    }
}

/// What is answered to a form that was stopped.
pub(crate) async fn stopped(
    state: &State,
    lang: Lang,
    slug: &str,
    asked: &Parts,
    stop: Stop,
    fine: &str,
) -> Response {
    let json = wants_json(asked);
    match stop {
        Stop::Refused(refused) => refuse(state, asked, refused).await,
        Stop::NotFound if json => {
            (StatusCode::NOT_FOUND, axum::Json(json!({ "error": "Not Found" }))).into_response()
        }
        // The page at this address says that there is none.
        Stop::NotFound => crate::pages::render(state, asked, || {}).await,
        Stop::NotOpen if json => {
            (StatusCode::CONFLICT, axum::Json(json!({ "error": "sign-up is not open" })))
                .into_response()
        }
        Stop::NotOpen => {
            let posted = Posted { not_open: true, ..Posted::default() };
            crate::pages::render(state, asked, move || provide_context(posted.clone())).await
        }
        Stop::Wrong(posted) if json => {
            let problems: serde_json::Map<_, _> =
                posted
                    .problems
                    .iter()
                    .map(|(field, problem)| {
                        (field.as_str().to_owned(), lang.problem(*field, *problem).into())
                    })
                    .chain(posted.question_problems.iter().map(|(question, problem)| {
                        (format!("q-{question}"), problem.as_str().into())
                    }))
                    .collect();
            let body =
                axum::Json(json!({ "error": "the form is not complete", "fields": problems }));
            (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
        }
        Stop::Wrong(posted) => {
            let mut answer =
                crate::pages::render(state, asked, move || provide_context((*posted).clone()))
                    .await;
            if answer.status() == StatusCode::OK {
                *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            answer
        }
        Stop::Machine if json => {
            axum::Json(json!({ "status": "confirmed", "position": null, "manage_url": null }))
                .into_response()
        }
        Stop::Machine => match Slug::parse(slug) {
            Some(slug) => see_other(&lang.href(&format!("/events/{}/{fine}", slug.as_str()))),
            None => crate::pages::render(state, asked, || {}).await,
        },
    }
}

/// The form "tell me when sign-up opens".
#[derive(Default, Deserialize)]
#[serde(default)]
struct WatchForm {
    email: String,
    website: String,
}

/// `POST /events/{slug}/watch`
pub async fn watch(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let slug = word_before_last(asked.uri.path());
    match try_watch(&state, lang, &slug, request).await {
        Ok(()) if wants_json(&asked) => axum::Json(json!({ "status": "watching" })).into_response(),
        Ok(()) => see_other(&lang.href(&format!("/events/{slug}/watching"))),
        Err(stop) => stopped(&state, lang, &slug, &asked, stop, "watching").await,
    }
}

async fn try_watch(state: &State, lang: Lang, slug: &str, request: Request) -> Result<(), Stop> {
    let form: WatchForm = read(request).await?;
    if !form.website.is_empty() {
        return Err(Stop::Machine);
    }
    let (event, _, phase) = open_event(state, slug).await?;
    if !matches!(phase, Phase::Preliminary | Phase::OpensLater) {
        return Err(Stop::NotOpen);
    }
    let Some(email) = Email::parse(&form.email) else {
        let typed = form.email.chars().take(app::signup::model::LONGEST_EMAIL).collect();
        let problems = vec![(Field::Email, Problem::NotAnAddress)];
        return Err(Stop::Wrong(Box::new(Posted {
            watch: Some(typed),
            problems,
            ..Posted::default()
        })));
    };
    let now = state.services.clock.now();
    Ok(events::watch_opening(&state.services.pool, event, &email, lang, now).await?)
}
