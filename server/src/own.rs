//! What somebody does with their own sign-up: cancel it, take part in another way, go to the meeting. Whoever
//! has its secret may.

use crate::posts::{Stop, parts_of, read, see_other, stopped, word_before_last};
use crate::refused::{Refused, wants_json};
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::events::model::{Slug, Way};
use app::signup::join::Joining;
use app::signup::join_store::{Asker, join};
use app::signup::model::tidy_reason;
use app::signup::own_store::{Cancelled, Moved, cancel as cancel_sign_up, change_way};
use app::text::Lang;
use axum::extract::{self, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use serde::Deserialize;
use serde_json::json;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct CancelForm {
    pub(crate) reason: String,
}

/// `POST /sign-ups/{token}/cancel`. The answer is the sign-up's own page.
pub async fn cancel(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    // Programs need not send anything.
    let form = if request.headers().contains_key(header::CONTENT_TYPE) {
        read(request).await
    } else {
        Ok(CancelForm::default())
    };
    let form = match form {
        Ok(form) => form,
        Err(refused) => {
            return stopped(&state, lang_of(&asked), "", &asked, refused.into(), "").await;
        }
    };
    let token = word_before_last(asked.uri.path());
    let reason = tidy_reason(&form.reason);
    let services = &state.services;
    let now = services.clock.now();
    match cancel_sign_up(&services.pool, &token, reason.as_deref(), now).await {
        Ok(Some(Cancelled::Done)) => {
            services.hub.wake_relay();
            done(&asked, &token, json!({ "status": "cancelled" }))
        }
        Ok(Some(Cancelled::TooLate)) => refused(&asked, &token, "the event has begun", ""),
        Ok(None) => no_such(&state, &asked).await,
        Err(error) => stopped(&state, lang_of(&asked), "", &asked, Stop::from(error), "").await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WayForm {
    way: String,
}

/// `POST /sign-ups/{token}/way`. The answer is the sign-up's own page, which says if there was no room.
pub async fn way(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let form: WayForm = match read(request).await {
        Ok(form) => form,
        Err(refused) => {
            return stopped(&state, lang_of(&asked), "", &asked, refused.into(), "").await;
        }
    };
    let token = word_before_last(asked.uri.path());
    let Some(way) = Way::parse(&form.way) else {
        return refused(&asked, &token, "there is no such way", "");
    };
    let services = &state.services;
    match change_way(&services.pool, &token, way, services.clock.now()).await {
        Ok(Some(Moved::Done)) => {
            services.hub.wake_relay();
            done(&asked, &token, json!({ "status": "confirmed", "way": way.as_str() }))
        }
        Ok(Some(Moved::Full)) => refused(&asked, &token, "there is no room", "?full=1"),
        Ok(Some(Moved::TooLate)) => refused(&asked, &token, "the event has begun", ""),
        Ok(Some(Moved::NoSuchWay)) => refused(&asked, &token, "there is no such way", ""),
        Ok(None) => no_such(&state, &asked).await,
        Err(error) => stopped(&state, lang_of(&asked), "", &asked, Stop::from(error), "").await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ticket {
    ticket: Option<String>,
}

/// `GET /events/{slug}/join?ticket=…`: on to the meeting, or a page that says why not.
pub async fn go(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = request.into_parts().0;
    let slug =
        word_before_last(asked.uri.path().strip_suffix("/join").map_or("", |_| asked.uri.path()));
    let ticket = Query::<Ticket>::try_from_uri(&asked.uri).ok().and_then(|query| query.0.ticket);
    let Some(slug) = Slug::parse(&slug) else { return no_such(&state, &asked).await };
    let services = &state.services;
    let now = services.clock.now();
    let who = asked.extensions.get::<Who>();
    if ticket.is_none() && matches!(who, Some(Who::Unavailable)) {
        let stop = Stop::Refused(Refused::Unavailable);
        return stopped(&state, lang_of(&asked), "", &asked, stop, "").await;
    }
    let asker = Asker {
        ticket: ticket.as_deref(),
        person: who.and_then(Who::viewer).map(|viewer| viewer.id),
        is_navigation: asked.method == Method::GET && is_navigation(&asked.headers),
    };
    match join(&services.pool, &slug, asker, now).await {
        Ok(Some(Joining::To(address))) => to(&address),
        Ok(Some(Joining::Not(why))) => {
            crate::pages::render(&state, &asked, move || provide_context(why)).await
        }
        Ok(None) => no_such(&state, &asked).await,
        Err(error) => stopped(&state, lang_of(&asked), "", &asked, Stop::from(error), "").await,
    }
}

/// A person follows a link, and no program looks at what is behind it: browsers say so (Fetch Metadata §2).
/// Those that say nothing are believed.
fn is_navigation(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
        && headers.get("sec-purpose").is_none()
}

/// The ticket in the address that one comes from stays here: the site's referrer policy is `same-origin`.
fn to(address: &str) -> Response {
    let location = HeaderValue::try_from(address).unwrap_or(HeaderValue::from_static("/"));
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn lang_of(asked: &Parts) -> Lang {
    Lang::of_path(asked.uri.path())
}

fn done(asked: &Parts, token: &str, body: serde_json::Value) -> Response {
    if wants_json(asked) {
        return axum::Json(body).into_response();
    }
    see_other(&lang_of(asked).href(&format!("/sign-ups/{token}")))
}

/// Nothing was changed: the sign-up's own page shows how it stands.
fn refused(asked: &Parts, token: &str, why: &str, query: &str) -> Response {
    if wants_json(asked) {
        return (StatusCode::CONFLICT, axum::Json(json!({ "error": why }))).into_response();
    }
    see_other(&lang_of(asked).href(&format!("/sign-ups/{token}{query}")))
}

pub(crate) async fn no_such(state: &State, asked: &Parts) -> Response {
    if wants_json(asked) {
        let status =
            StatusCode::from_u16(AppError::NotFound.status()).unwrap_or(StatusCode::NOT_FOUND);
        return (status, axum::Json(json!({ "error": "Not Found" }))).into_response();
    }
    crate::pages::render(state, asked, || {}).await
}
