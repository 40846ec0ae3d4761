//! What players tell of having been watched: how far somebody who is signed in has come, which is kept for them, and how
//! much a recording is watched, which is counted without anybody in it. And the forms that empty the first and switch it
//! off.

use crate::accounts::{Stop, stopped, viewer};
use crate::client::address_of;
use crate::config::Rate;
use crate::posts::{parts_of, read, see_other, word_before_last};
use crate::protect::Limiter;
use crate::refused::{Refused, wants_json};
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access;
use app::recordings::model::RecordingState;
use app::recordings::watching::counting::Counted;
use app::recordings::watching::counting_store::count;
use app::recordings::watching::model::Report;
use app::recordings::watching::store;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;
use std::num::NonZeroU32;

/// The address that players tell.
pub fn reports(prefix: &str) -> axum::Router<State> {
    axum::Router::new().route(
        &format!("{prefix}/recordings/{{slug}}/watched"),
        post(watched).get(crate::pages::page),
    )
}

/// The forms on one's own page. A GET there is a page, or none.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    axum::Router::new()
        .route(&format!("{prefix}/me/watching"), post(keep).get(page))
        .route(&format!("{prefix}/me/watching/empty"), post(empty).get(page))
}

/// What a player tells.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ReportForm {
    at: String,
    seen: String,
    begun: String,
    parts: String,
}

/// Lets so many reports a minute through from one network: those of a municipality in which a few hundred watch at once.
pub fn limiter() -> Option<Limiter> {
    const A_MINUTE: u32 = 1_200;
    Some(Limiter::new(Rate { count: NonZeroU32::new(A_MINUTE)?, seconds: 60 }))
}

/// `POST /recordings/{slug}/watched`. Only programs ask; the answer is JSON whatever happens.
async fn watched(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let from = address_of(&request, state.config.trust_proxy);
    let taken = async {
        let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
        if matches!(who, Who::Unavailable) {
            return Err(AppError::Unavailable.into());
        }
        let is_counted = state.counted.as_ref().is_none_or(|limit| limit.lets_through(from));
        if who.viewer().is_none() && !is_counted {
            return Err(Stop::Refused(Refused::TooMany));
        }
        let form: ReportForm = read(request).await?;
        let pool = &state.services.pool;
        let slug = word_before_last(asked.uri.path());
        let door = access::by_slug(pool, &slug).await?.ok_or(AppError::NotFound)?;
        door.admit(pool, &who).await?;
        let duration = store::duration(pool, door.id).await?;
        let nonsense = |_| Stop::Page(AppError::BadRequest);
        let report = Report::read(&form.at, &form.seen, duration).map_err(nonsense)?;
        let counted =
            Counted::read(&report, &form.begun, &form.parts, duration).map_err(nonsense)?;
        let now = state.services.clock.now();
        let is_kept = match who.viewer() {
            Some(viewer) => store::add(pool, viewer.id, door.id, &report, now).await?,
            None => false,
        };
        // Those who organise it look at their own work, and who wants nothing kept is not counted either.
        let is_audience =
            who.viewer().is_none_or(|viewer| is_kept && !viewer.may_organise(door.programme_id));
        if is_counted
            && is_audience
            && door.state == RecordingState::Published
            && !counted.is_nothing()
        {
            count(pool, door.id, &counted, now).await?;
        }
        Ok::<_, Stop>(is_kept)
    };
    let mut answer = match taken.await {
        Ok(is_kept) => axum::Json(json!({ "kept": is_kept })).into_response(),
        Err(Stop::Page(error)) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
            let reason = status.canonical_reason().unwrap_or_default();
            (status, axum::Json(json!({ "error": reason }))).into_response()
        }
        Err(stop) => stopped(&state, &asked, stop).await,
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Whether it is kept from now on.
#[derive(Default, Deserialize)]
#[serde(default)]
struct KeepForm {
    keep: String,
}

/// `POST /me/watching`: `keep` is `yes` or `no`.
async fn keep(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let kept = async {
        let viewer = viewer(&asked)?;
        let form: KeepForm = read(request).await?;
        let keeps = match form.keep.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(Refused::Unreadable.into()),
        };
        store::keep(&state.services.pool, viewer.id, keeps).await?;
        Ok(if keeps { "on" } else { "off" })
    };
    after(&state, &asked, kept.await).await
}

/// `POST /me/watching/empty`
async fn empty(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let emptied = async {
        let viewer = viewer(&asked)?;
        store::empty(&state.services.pool, viewer.id).await?;
        Ok("emptied")
    };
    after(&state, &asked, emptied.await).await
}

async fn after(
    state: &State,
    asked: &axum::http::request::Parts,
    done: Result<&'static str, Stop>,
) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    match done {
        Ok(_) if wants_json(asked) => axum::Json(json!({ "status": "saved" })).into_response(),
        Ok(what) => see_other(&lang.href(&format!("/me?watching={what}#watching"))),
        // Nobody is signed in: the page to go on from says so.
        Err(Stop::Page(AppError::Unauthorised)) if !wants_json(asked) => {
            see_other(&lang.href("/me"))
        }
        Err(stop) => stopped(state, asked, stop).await,
    }
}
