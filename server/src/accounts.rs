//! Accounts over HTTP: who a request comes from, and the forms of signing in and of
//! one's own account.

use crate::cookies::SESSION;
use crate::posts::{parts_of, read, see_other, word_before_last};
use crate::refused::{Refused, refuse, wants_json};
use crate::router::State;
use app::account::device;
use app::account::model::{PostedAddress, SessionId, Viewer, local_path};
use app::account::passkey::model::NotDone;
use app::account::profile::{PostedProfile, ProfileField, ProfileForm};
use app::account::store::{NewLink, NewSession};
use app::account::who::Who;
use app::account::{people_store, secret, store};
use app::error::AppError;
use app::signup::model::{Email, LONGEST_EMAIL, Problem};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::prelude::provide_context;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// The addresses that forms of accounts post to. A GET there is a page, or none.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    axum::Router::new()
        .route(&format!("{prefix}/sign-in"), post(ask_for_link).get(page))
        .route(&format!("{prefix}/sign-in/{{secret}}"), post(sign_in).get(page))
        .route(&format!("{prefix}/sign-out"), post(sign_out).get(page))
        .route(&format!("{prefix}/me/account"), post(save_profile).get(page))
        .route(&format!("{prefix}/me/account/sessions/end-others"), post(end_others).get(page))
        .route(&format!("{prefix}/me/account/sessions/{{id}}/end"), post(end_session).get(page))
}

/// The site is behind TLS.
pub(crate) fn is_tls(state: &State) -> bool {
    state.config.public_url.starts_with("https://")
}

/// The token in the session's cookie, if there is one.
pub(crate) fn token<'a>(state: &State, headers: &'a HeaderMap) -> Option<&'a str> {
    SESSION.value(is_tls(state), headers)
}

/// The browser that asks, as its owner knows it.
pub(crate) fn device_of(asked: &Parts) -> String {
    let user_agent = asked.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    device::name(user_agent.unwrap_or_default())
}

/// The layer: finds out whom a request's session belongs to, once, and only if it has one. What is answered
/// to it is nobody else's.
pub async fn recognise(
    extract::State(state): extract::State<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    // Files and the stream are the same for all.
    let is_personal = !path.starts_with("/pkg/") && path != "/live";
    let Some(token) = token(&state, request.headers()).filter(|_| is_personal) else {
        return next.run(request).await;
    };
    let services = &state.services;
    let who = match store::viewer(&services.pool, token, services.clock.now()).await {
        Ok(Some(viewer)) => Who::Known(Arc::new(viewer)),
        Ok(None) => Who::Anonymous,
        Err(error) => {
            // Logs it.
            let _ = AppError::from(error);
            Who::Unavailable
        }
    };
    request.extensions_mut().insert(who);
    let mut answer = next.run(request).await;
    let is_page = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// What stops a form; each becomes a page or JSON.
pub(crate) enum Stop {
    Refused(Refused),
    /// The page at the form's address says why.
    Page(AppError),
    /// A passkey's ceremony did not come to its end. Only a script asks for one.
    NotDone(NotDone),
}

impl From<NotDone> for Stop {
    fn from(not_done: NotDone) -> Self {
        Self::NotDone(not_done)
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Unavailable => Self::Refused(Refused::Unavailable),
            error => Self::Page(error),
        }
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        AppError::from(error).into()
    }
}

pub(crate) async fn stopped(state: &State, asked: &Parts, stop: Stop) -> Response {
    match stop {
        Stop::Refused(refused) => refuse(state, asked, refused).await,
        Stop::NotDone(not_done) => {
            let status = StatusCode::from_u16(not_done.status()).unwrap_or(StatusCode::CONFLICT);
            (status, axum::Json(json!({ "error": not_done }))).into_response()
        }
        Stop::Page(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            if wants_json(asked) {
                let reason = status.canonical_reason().unwrap_or_default();
                return (status, axum::Json(json!({ "error": reason }))).into_response();
            }
            let mut answer = crate::pages::render(state, asked, || {}).await;
            if answer.status() == StatusCode::OK {
                *answer.status_mut() = status;
            }
            answer
        }
    }
}

/// Who posts; nobody is an error.
pub(crate) fn viewer(asked: &Parts) -> Result<Arc<Viewer>, AppError> {
    asked.extensions.get::<Who>().cloned().unwrap_or_default().require()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AddressForm {
    email: String,
    next: String,
    website: String,
}

/// `POST /sign-in`: the answer is the same for every address, and so is the work behind it.
async fn ask_for_link(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let form: AddressForm = match read(request).await {
        Ok(form) => form,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let json = wants_json(&asked);
    let Some(email) = Email::parse(&form.email) else {
        if json {
            let body = axum::Json(json!({ "error": "not an e-mail address" }));
            return (StatusCode::UNPROCESSABLE_ENTITY, body).into_response();
        }
        let posted = PostedAddress {
            email: form.email.chars().take(LONGEST_EMAIL).collect(),
            next: local_path(&form.next).unwrap_or_default().to_owned(),
        };
        return unprocessable(&state, &asked, move || provide_context(posted.clone())).await;
    };
    // What fills in the field that no person sees is a machine: it is told that all is well.
    if form.website.is_empty()
        && let Err(stop) = mail_link(&state, lang, &email, local_path(&form.next)).await
    {
        return stopped(&state, &asked, stop).await;
    }
    if json {
        return (StatusCode::ACCEPTED, axum::Json(json!({ "status": "sent" }))).into_response();
    }
    see_other(&lang.href("/sign-in/sent"))
}

async fn mail_link(
    state: &State,
    lang: Lang,
    email: &Email,
    next: Option<&str>,
) -> Result<(), Stop> {
    let secret = secret::new()?;
    let link = NewLink { email, lang, next, secret: &secret };
    store::mail_link(&state.services.pool, &link, state.services.clock.now()).await?;
    Ok(())
}

/// The page at the form's address, with the form as it was filled.
async fn unprocessable(
    state: &State,
    asked: &Parts,
    context: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let mut answer = crate::pages::render(state, asked, context).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /sign-in/{secret}`: uses the link up.
async fn sign_in(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    match try_sign_in(&state, &asked).await {
        Ok(Some((next, token))) => {
            let mut answer = if wants_json(&asked) {
                axum::Json(json!({ "status": "signed in", "next": next })).into_response()
            } else {
                see_other(&next)
            };
            answer
                .headers_mut()
                .insert(header::SET_COOKIE, SESSION.set(is_tls(&state), Some(&token)));
            answer
        }
        // The page says what has become of the link.
        Ok(None) => stopped(&state, &asked, Stop::Page(AppError::NotFound)).await,
        Err(stop) => stopped(&state, &asked, stop).await,
    }
}

/// Where to go, and the new session's token.
async fn try_sign_in(state: &State, asked: &Parts) -> Result<Option<(String, String)>, Stop> {
    let path = asked.uri.path();
    let lang = Lang::of_path(path);
    let link = path.rsplit('/').next().unwrap_or_default();
    let new_token = secret::new()?;
    let session = NewSession {
        token: &new_token,
        device: &device_of(asked),
        instead_of: token(state, &asked.headers),
    };
    let now = state.services.clock.now();
    let arrived = store::sign_in(&state.services.pool, link, &session, now).await?;
    Ok(arrived.map(|arrived| {
        // Looked at once more: what leads elsewhere is not followed, however it came into the table.
        let next = arrived.next.as_deref().and_then(local_path).map(ToOwned::to_owned);
        (next.unwrap_or_else(|| lang.href("/me")), new_token)
    }))
}

/// `POST /sign-out`
async fn sign_out(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    if let Some(token) = token(&state, &asked.headers)
        && let Err(error) = store::sign_out(&state.services.pool, token).await
    {
        return stopped(&state, &asked, error.into()).await;
    }
    let mut answer = see_other(&Lang::of_path(asked.uri.path()).href("/"));
    answer.headers_mut().insert(header::SET_COOKIE, SESSION.set(is_tls(&state), None));
    answer
}

/// `POST /me/account`
async fn save_profile(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    match try_save_profile(&state, &asked, request).await {
        Ok(None) if wants_json(&asked) => axum::Json(json!({ "status": "saved" })).into_response(),
        Ok(None) => see_other(&lang.href("/me/account?saved")),
        Ok(Some(posted)) if wants_json(&asked) => {
            let fields: serde_json::Map<_, _> = posted
                .problems
                .iter()
                .map(|(field, problem)| {
                    (field.as_str().to_owned(), lang.profile_problem(*field, *problem).into())
                })
                .collect();
            let body = json!({ "error": "the form is not complete", "fields": fields });
            (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(body)).into_response()
        }
        Ok(Some(posted)) => {
            unprocessable(&state, &asked, move || provide_context(posted.clone())).await
        }
        Err(stop) => stopped(&state, &asked, stop).await,
    }
}

/// The form, if there is something wrong with it.
async fn try_save_profile(
    state: &State,
    asked: &Parts,
    request: Request,
) -> Result<Option<PostedProfile>, Stop> {
    let viewer = viewer(asked)?;
    let form: ProfileForm = read(request).await?;
    let wrong = |problems| PostedProfile { form: form.to_show_again(), problems };
    let profile = match form.read() {
        Ok(profile) => profile,
        Err(problems) => return Ok(Some(wrong(problems))),
    };
    let saved = people_store::save_profile(&state.services.pool, viewer.id, &profile).await?;
    Ok((!saved).then(|| wrong(vec![(ProfileField::Municipality, Problem::NotAChoice)])))
}

/// `POST /me/account/sessions/{id}/end`
async fn end_session(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let ended = async {
        let viewer = viewer(&asked)?;
        let id = word_before_last(asked.uri.path()).parse().map_err(|_| AppError::NotFound)?;
        // Whether the number is somebody else's session or nobody's is not told: it is gone for this person.
        store::end_session(&state.services.pool, viewer.id, SessionId(id)).await?;
        Ok(())
    };
    done(&state, &asked, ended.await, "ended", "#sessions").await
}

/// `POST /me/account/sessions/end-others`
async fn end_others(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let ended = async {
        let viewer = viewer(&asked)?;
        store::end_other_sessions(&state.services.pool, viewer.id, viewer.session).await?;
        Ok(())
    };
    done(&state, &asked, ended.await, "ended", "#sessions").await
}

/// The answer to a form of the account's page that has nothing wrong in it: the page, at the place in it
/// that the form is about.
pub(crate) async fn done(
    state: &State,
    asked: &Parts,
    result: Result<(), Stop>,
    status: &str,
    place: &str,
) -> Response {
    match result {
        Ok(()) if wants_json(asked) => axum::Json(json!({ "status": status })).into_response(),
        Ok(()) => see_other(&Lang::of_path(asked.uri.path()).href(&format!("/me/account{place}"))),
        // Nobody is signed in: the page to go on from is the account's, which says so.
        Err(Stop::Page(AppError::Unauthorised)) if !wants_json(asked) => {
            see_other(&Lang::of_path(asked.uri.path()).href("/me/account"))
        }
        Err(stop) => stopped(state, asked, stop).await,
    }
}
