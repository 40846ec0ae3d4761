//! Pictures: taken in, made smaller, and served.

mod shrink;
#[cfg(test)]
mod tests;
mod upload;

use crate::organise::{failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::refuse;
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::images::model::file_of;
use app::images::store::file;
use app::organise::images::model::{About, Description, ImageProblem, LONGEST_ALT, PostedImage};
use app::organise::images::store::{describe, find, remove, save};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::prelude::provide_context;
use upload::Upload;

/// The addresses that the forms post to. They take more than other forms do.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let mut router = axum::Router::new();
    for about in About::ALL {
        let name = if *about == About::Speaker { "id" } else { "slug" };
        let address = format!("{prefix}/organise/{}/{{{name}}}/image", about.as_str());
        router = router.route(&address, post(take).get(page));
    }
    router
}

/// `GET /images/{hash}-{width}`: the same for ever, so browsers keep it.
pub async fn serve(
    extract::State(state): extract::State<State>,
    extract::Path(name): extract::Path<String>,
) -> Response {
    let Some((hash, width)) = file_of(&name) else { return StatusCode::NOT_FOUND.into_response() };
    match file(&state.services.pool, hash, width).await {
        Ok(Some(bytes)) => (
            [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            bytes,
        )
            .into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a picture could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// `POST /organise/{events,series,programmes,speakers}/{name}/image`
async fn take(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) if viewer.organises() => viewer,
        Ok(_) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let (about, name) = address(&asked);
    let pool = &state.services.pool;
    let of = match find(pool, &viewer, about, &name).await {
        Ok(Some(of)) => of,
        Ok(None) if about == About::Speaker => {
            return not_allowed(&state, &asked, AppError::NotFound).await;
        }
        Ok(None) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let upload = match upload::read(request, viewer.id).await {
        Ok(upload) => upload,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let Upload { file, is_too_large, description, removes } = upload;
    if removes {
        return match remove(pool, &viewer, of).await {
            Ok(()) => done(&state, &asked, about, &name, "no_image"),
            Err(error) => failed(&state, &asked, error).await,
        };
    }
    if is_too_large {
        let mut problems = vec![("file".to_owned(), ImageProblem::TooLarge)];
        problems.extend(description.iter().flat_map(Description::problems));
        return wrong(&state, &asked, description, problems).await;
    }
    let description = description.unwrap_or_default();
    let mut problems = description.problems();
    let shrunk = if file.is_empty() { None } else { Some(shrink::shrink(file).await) };
    let saved = match shrunk {
        Some(Err(problem)) => {
            problems.insert(0, ("file".to_owned(), problem));
            return wrong(&state, &asked, Some(description), problems).await;
        }
        _ if !problems.is_empty() => {
            return wrong(&state, &asked, Some(description), problems).await;
        }
        Some(Ok(picture)) => save(pool, &viewer, of, &picture, &description).await.map(|()| true),
        None => describe(pool, &viewer, of, &description).await,
    };
    match saved {
        Ok(true) => done(&state, &asked, about, &name, "image"),
        Ok(false) => {
            let problems = vec![("file".to_owned(), ImageProblem::NoFile)];
            wrong(&state, &asked, Some(description), problems).await
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// What the address is about, and which.
fn address(asked: &Parts) -> (About, String) {
    let path = asked.uri.path();
    let kind = path.rsplit('/').nth(2).and_then(About::parse).unwrap_or(About::Event);
    (kind, word_before_last(path))
}

fn done(state: &State, asked: &Parts, about: About, name: &str, what: &str) -> Response {
    state.services.hub.wake_relay();
    let lang = Lang::of_path(asked.uri.path());
    let edit = if about == About::Speaker { "" } else { "/edit" };
    see_other(&lang.href(&format!("/organise/{}/{name}{edit}?done={what}", about.as_str())))
}

/// The page with the form as it was filled, and what is wrong (422).
async fn wrong(
    state: &State,
    asked: &Parts,
    description: Option<Description>,
    problems: Vec<(String, ImageProblem)>,
) -> Response {
    let posted = PostedImage { is_there: true, description, problems };
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// A line of a description: no characters that are none, and not much longer than fits.
fn tidy(text: &str) -> String {
    let kept: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_ALT * 2).collect();
    kept.trim().to_owned()
}
