//! Passkeys over HTTP. A ceremony is two requests of the page's script: what to ask the authenticator, and
//! what it said. Between them the browser has the ceremony's handle in a cookie. Renaming and removing are
//! plain forms.

use crate::accounts::{Stop, device_of, done, is_tls, stopped, token, viewer};
use crate::cookies::{CEREMONY, SESSION};
use crate::pages::page;
use crate::posts::{parts_of, read, see_other, word_before_last};
use crate::refused::wants_json;
use crate::router::State;
use app::account::model::local_path;
use app::account::passkey::ceremony_store::{self, Purpose};
use app::account::passkey::model::{NotDone, PasskeyId, read_name};
use app::account::passkey::relying_party::{Owner, RelyingParty};
use app::account::passkey::store::{self, Named};
use app::account::secret;
use app::account::store::NewSession;
use app::error::AppError;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

/// The addresses that passkeys post to. A GET there is a page, or none.
pub fn forms(prefix: &str) -> axum::Router<State> {
    let mine = format!("{prefix}/me/account/passkeys");
    axum::Router::new()
        .route(&format!("{prefix}/sign-in/passkey/begin"), post(begin_sign_in).get(page))
        .route(&format!("{prefix}/sign-in/passkey"), post(sign_in).get(page))
        .route(&format!("{mine}/begin"), post(begin_adding).get(page))
        .route(&mine, post(add).get(page))
        .route(&format!("{mine}/{{id}}/rename"), post(rename).get(page))
        .route(&format!("{mine}/{{id}}/remove"), post(remove).get(page))
}

/// What an authenticator said, on its way back.
#[derive(Deserialize)]
struct Answer<C> {
    credential: C,
    /// Where one was going.
    #[serde(default)]
    next: String,
}

/// The site as authenticators know it; at an address where there are no passkeys this is none either.
fn party(state: &State, asked: &Parts) -> Result<Arc<RelyingParty>, AppError> {
    state.services.passkeys_at(asked.headers.get(header::HOST)).ok_or(AppError::NotFound)
}

/// The handle of the ceremony that this browser has begun.
fn handle<'a>(state: &State, asked: &'a Parts) -> Result<&'a str, NotDone> {
    CEREMONY.value(is_tls(state), &asked.headers).ok_or(NotDone::Over)
}

/// What becomes of a request of the page's script: a JSON object and a cookie.
async fn answer<T: Serialize>(
    state: &State,
    asked: &Parts,
    result: Result<(T, HeaderValue), Stop>,
) -> Response {
    match result {
        Ok((body, cookie)) => {
            let headers = [
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                (header::SET_COOKIE, cookie),
            ];
            (headers, axum::Json(body)).into_response()
        }
        Err(stop) => stopped(state, asked, stop).await,
    }
}

/// Keeps a ceremony that begins. Returns the cookie with its handle.
async fn keep(
    state: &State,
    purpose: Purpose,
    waiting: &(impl Serialize + Sync),
) -> Result<HeaderValue, Stop> {
    let handle = secret::new()?;
    let services = &state.services;
    ceremony_store::begin(&services.pool, &handle, purpose, waiting, services.clock.now()).await?;
    Ok(CEREMONY.set(is_tls(state), Some(&handle)))
}

/// `POST /sign-in/passkey/begin`
async fn begin_sign_in(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let begun = async {
        let (question, waiting) = party(&state, &asked)?.begin_sign_in()?;
        Ok((question, keep(&state, Purpose::SignIn, &waiting).await?))
    };
    answer(&state, &asked, begun.await).await
}

/// `POST /sign-in/passkey`
async fn sign_in(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let result = try_sign_in(&state, &asked, request).await;
    let has_begun = result.is_ok();
    let mut answer = answer(&state, &asked, result).await;
    if has_begun {
        let over = CEREMONY.set(is_tls(&state), None);
        answer.headers_mut().append(header::SET_COOKIE, over);
    }
    answer
}

/// Where to go, and the cookie of the new session.
async fn try_sign_in(
    state: &State,
    asked: &Parts,
    request: Request,
) -> Result<(serde_json::Value, HeaderValue), Stop> {
    let party = party(state, asked)?;
    let handle = handle(state, asked)?;
    let Answer { credential, next } = read::<Answer<PublicKeyCredential>>(request).await?;
    let (pool, now) = (&state.services.pool, state.services.clock.now());
    let waiting =
        ceremony_store::take(pool, handle, Purpose::SignIn, now).await?.ok_or(NotDone::Over)?;
    let (user, id) = party.names(&credential).ok_or(NotDone::Unknown)?;
    let new_token = secret::new()?;
    let session = NewSession {
        token: &new_token,
        device: &device_of(asked),
        instead_of: token(state, &asked.headers),
    };
    let holds = |passkey: &mut _| party.finish_sign_in(&credential, waiting, passkey);
    let named = Named { user, credential: id };
    store::sign_in(pool, named, &session, now, holds).await??;
    let lang = Lang::of_path(asked.uri.path());
    let next = local_path(&next).map_or_else(|| lang.href("/me"), ToOwned::to_owned);
    let body = json!({ "status": "signed in", "next": next });
    Ok((body, SESSION.set(is_tls(state), Some(&new_token))))
}

/// `POST /me/account/passkeys/begin`
async fn begin_adding(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let begun = async {
        let viewer = viewer(&asked)?;
        let party = party(&state, &asked)?;
        let (user, known) = store::known(&state.services.pool, viewer.id).await??;
        let owner = Owner { user, email: &viewer.email, name: &viewer.name };
        let (question, waiting) = party.begin_adding(owner, known)?;
        Ok((question, keep(&state, Purpose::Add(viewer.id), &waiting).await?))
    };
    answer(&state, &asked, begun.await).await
}

/// `POST /me/account/passkeys`
async fn add(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let added = async {
        let viewer = viewer(&asked)?;
        let party = party(&state, &asked)?;
        let handle = handle(&state, &asked)?;
        let Answer { credential, .. } =
            read::<Answer<RegisterPublicKeyCredential>>(request).await?;
        let (pool, now) = (&state.services.pool, state.services.clock.now());
        let purpose = Purpose::Add(viewer.id);
        let waiting =
            ceremony_store::take(pool, handle, purpose, now).await?.ok_or(NotDone::Over)?;
        let passkey = party.finish_adding(&credential, &waiting)?;
        let lang = Lang::of_path(asked.uri.path());
        store::add(pool, viewer.id, &passkey, &device_of(&asked), lang, now).await??;
        state.services.hub.wake_relay();
        Ok((json!({ "status": "added" }), CEREMONY.set(is_tls(&state), None)))
    };
    answer(&state, &asked, added.await).await
}

/// The passkey that a form's address names.
fn passkey_in(asked: &Parts) -> Result<PasskeyId, AppError> {
    word_before_last(asked.uri.path()).parse().map(PasskeyId).map_err(|_| AppError::NotFound)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NameForm {
    name: String,
}

/// `POST /me/account/passkeys/{id}/rename`
async fn rename(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let renamed = async {
        let viewer = viewer(&asked)?;
        let passkey = passkey_in(&asked)?;
        let form: NameForm = read(request).await?;
        let Some(name) = read_name(&form.name) else { return Ok(false) };
        // Whether the number is somebody else's passkey or nobody's is not told.
        store::rename(&state.services.pool, viewer.id, passkey, &name).await?;
        Ok(true)
    };
    let place = "?passkey=renamed#passkeys";
    match renamed.await {
        Ok(false) if wants_json(&asked) => {
            let body = axum::Json(json!({ "error": "the name is empty, or too long" }));
            (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
        }
        Ok(false) => {
            let lang = Lang::of_path(asked.uri.path());
            see_other(&lang.href("/me/account?passkey=nameless#passkeys"))
        }
        result => done(&state, &asked, result.map(|_| ()), "renamed", place).await,
    }
}

/// `POST /me/account/passkeys/{id}/remove`
async fn remove(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let removed = async {
        let viewer = viewer(&asked)?;
        let passkey = passkey_in(&asked)?;
        let lang = Lang::of_path(asked.uri.path());
        let services = &state.services;
        // Whether the number is somebody else's passkey or nobody's is not told.
        store::remove(&services.pool, viewer.id, passkey, lang, services.clock.now()).await?;
        services.hub.wake_relay();
        Ok(())
    };
    done(&state, &asked, removed.await, "removed", "?passkey=removed#passkeys").await
}
