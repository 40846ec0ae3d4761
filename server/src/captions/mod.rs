//! Captions, chapters and the times of slides as organisers send them, and captions as files to take away.

mod chapters;
mod decode;
mod export;
mod form;
mod posts;
mod slides;
#[cfg(test)]
mod tests;

use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access::{self, Door};
use axum::Router;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The addresses that these forms post to. They take more than other forms do; how much, they say themselves.
pub fn forms(prefix: &str) -> Router<State> {
    use crate::pages::page;
    let recording = format!("{prefix}/organise/recordings/{{slug}}");
    Router::new()
        // A language is the page; with the ending of a file it is the file.
        .route(
            &format!("{recording}/captions/{{text}}"),
            post(posts::post).get(export::file_or_page),
        )
        .route(&format!("{recording}/chapters"), post(chapters::post).get(page))
        .route(&format!("{recording}/slides"), post(slides::post).get(page))
}

/// Whoever asks organises the recording's programme. One that is not theirs and one that is not there are answered
/// alike.
async fn allowed(
    state: &State,
    asked: &Parts,
    slug: &str,
) -> Result<(Arc<Viewer>, Door), AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let door = access::by_slug(&state.services.pool, slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok((viewer, door.ok_or(AppError::Forbidden)?))
}

/// What stops a form on its way.
enum Stop {
    Denied(AppError),
    Refused(Refused),
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Self::Denied(error)
    }
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

impl Stop {
    async fn answer(self, state: &State, asked: &Parts) -> Response {
        match self {
            Self::Denied(error) if crate::refused::wants_json(asked) => {
                json(error.status(), serde_json::json!({ "error": error.status() }))
            }
            Self::Denied(error) => crate::organise::not_allowed(state, asked, error).await,
            Self::Refused(refused) => refuse(state, asked, refused).await,
        }
    }
}

/// The page with what was posted.
async fn shown<T: Clone + Send + Sync + 'static>(
    state: &State,
    asked: &Parts,
    status: StatusCode,
    posted: T,
) -> Response {
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    answer
}

fn json(status: u16, body: serde_json::Value) -> Response {
    use axum::http::header::CACHE_CONTROL;
    use axum::response::IntoResponse;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}
