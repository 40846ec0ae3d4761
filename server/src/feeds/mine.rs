//! Somebody's own calendar: all their places, at an address that only they know. And the forms that make it, renew it and
//! switch it off.

use super::{calendar_file, failed, language, parameters};
use crate::accounts::{Stop, stopped, viewer};
use crate::posts::{parts_of, see_other};
use crate::refused::wants_json;
use crate::router::State;
use app::account::secret;
use app::error::AppError;
use app::events::ics;
use app::me::calendar_store;
use app::text::Lang;
use axum::extract::{self, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;

/// The forms. A GET there is the page, or none.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    axum::Router::new()
        .route(&format!("{prefix}/me/calendar"), post(renew).get(page))
        .route(&format!("{prefix}/me/calendar/end"), post(end).get(page))
}

/// `/feeds/mine/{secret}.ics`. Whoever has the address may; one that was renewed or switched off is nobody's (404).
pub async fn serve(
    extract::State(state): extract::State<State>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let lang = language(&parameters(&uri));
    let services = &state.services;
    let found = async {
        let secret = file.strip_suffix(".ics").ok_or(AppError::NotFound)?;
        let now = services.clock.now();
        let origin = &state.config.public_url;
        let entries = calendar_store::entries(&services.pool, lang, secret, origin, now).await?;
        entries.ok_or(AppError::NotFound)
    };
    let mut answer = match found.await {
        Ok(entries) => {
            let file = ics::write(lang, lang.my_calendar_name(), &entries);
            calendar_file(&headers, "stafett", file)
        }
        Err(error) => failed(error),
    };
    // RFC 9111 §5.2.2.7: what is one person's is kept by nobody on the way.
    let private = HeaderValue::from_static("private, no-cache");
    answer.headers_mut().insert(header::CACHE_CONTROL, private);
    answer
}

/// `POST /me/calendar`: a new address, the first or in the old one's place.
async fn renew(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let done = async {
        let viewer = viewer(&asked)?;
        let services = &state.services;
        let now = services.clock.now();
        let had_one = calendar_store::secret_of(&services.pool, viewer.id).await?.is_some();
        calendar_store::renew(&services.pool, viewer.id, &secret::new()?, now).await?;
        Ok(had_one)
    };
    // Only where there was an address is one told that it is nobody's now.
    let done = done.await;
    let next = if matches!(done, Ok(true)) { "new" } else { "on" };
    after(&state, &asked, done.map(|_| ()), &format!("/me/calendar?feed={next}")).await
}

/// `POST /me/calendar/end`
async fn end(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let done = async {
        let viewer = viewer(&asked)?;
        calendar_store::end(&state.services.pool, viewer.id).await?;
        Ok(())
    };
    after(&state, &asked, done.await, "/me/calendar?feed=off").await
}

async fn after(state: &State, asked: &Parts, done: Result<(), Stop>, next: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    match done {
        Ok(()) if wants_json(asked) => axum::Json(json!({ "status": "saved" })).into_response(),
        Ok(()) => see_other(&lang.href(next)),
        // Nobody is signed in: one's own page says so, and leads on to signing in.
        Err(Stop::Page(AppError::Unauthorised)) if !wants_json(asked) => {
            see_other(&lang.href("/me"))
        }
        Err(stop) => stopped(state, asked, stop).await,
    }
}
