//! `POST /organise/recordings/{slug}/slides`: which page of the slides is shown from when on.

use super::form::read as read_form;
use super::{Stop, allowed, shown};
use crate::posts::{parts_of, see_other};
use crate::router::State;
use app::organise::captions::model::PostedSlides;
use app::organise::captions::slides_form::read;
use app::organise::captions::store;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

/// `POST …/slides`
pub(super) async fn post(
    extract::State(state): extract::State<State>,
    extract::Path(slug): extract::Path<String>,
    request: Request,
) -> Response {
    let parts = parts_of(&request);
    match try_post(&state, &parts, &slug, request).await {
        Ok(answer) => answer,
        Err(stop) => stop.answer(&state, &parts).await,
    }
}

async fn try_post(
    state: &State,
    parts: &Parts,
    slug: &str,
    request: Request,
) -> Result<Response, Stop> {
    let (viewer, door) = allowed(state, parts, slug).await?;
    let sent = read_form(request, viewer.id).await?;
    let lang = Lang::of_path(parts.uri.path());
    let pool = &state.services.pool;
    let duration = store::beside(pool, lang, slug, &door).await?.duration_ms;
    let lines = sent.value("lines").to_owned();
    if !sent.fields.iter().any(|(name, _)| name == "lines") {
        return Err(crate::refused::Refused::Unreadable.into());
    }
    match read(&lines, duration) {
        Ok(times) => {
            store::save_slides(pool, viewer.id, door.id, &times).await?;
            state.services.hub.wake_relay();
            let page = format!("/organise/recordings/{slug}/slides?done=slides");
            Ok(see_other(&lang.href(&page)))
        }
        Err(wrong) => {
            let posted = PostedSlides { is_there: true, lines, wrong };
            Ok(shown(state, parts, StatusCode::UNPROCESSABLE_ENTITY, posted).await)
        }
    }
}
