//! Files of materials: taken in from a form, and served to whom the material is for.

mod kind;
mod receive;
mod serve;
#[cfg(test)]
pub(crate) mod tests;

use crate::organise::{failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::materials::file_store::{self, NewFile};
use app::organise::materials::model::{FileProblem, PostedFile};
use app::organise::materials::store::{Mine, find};
use app::organise::plan::model::slug_of;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use leptos::prelude::provide_context;
use receive::{Came, Not};
use std::sync::Arc;

/// The addresses that the forms post to. They take more than other forms do. A GET there is the page of the file.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let material = format!("{prefix}/organise/materials/{{id}}");
    axum::Router::new()
        .route(&format!("{material}/file"), post(take).get(page))
        .route(&format!("{material}/read"), post(read_again).get(page))
}

/// The addresses of files. They are the same in both languages.
pub fn routes() -> axum::Router<State> {
    axum::Router::new().route("/materials/files/{stem}/{name}", get(serve::file))
}

/// Who may, and what it is about: a material of a programme that they organise. One that is not theirs and one that is
/// not there are answered alike.
async fn allowed(state: &State, asked: &Parts) -> Result<(Arc<Viewer>, Mine), AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    if !viewer.organises() {
        return Err(AppError::Forbidden);
    }
    let id = word_before_last(asked.uri.path()).parse().map_err(|_| AppError::NotFound)?;
    let material = find(&state.services.pool, &viewer, id).await?;
    Ok((viewer, material.ok_or(AppError::NotFound)?))
}

/// The page of the file, which says what was done.
fn done(state: &State, asked: &Parts, material: &Mine, what: &str) -> Response {
    state.services.hub.wake_relay();
    let lang = Lang::of_path(asked.uri.path());
    see_other(&lang.href(&format!("/organise/materials/{}?done={what}", material.id)))
}

/// `POST /organise/materials/{id}/file`
async fn take(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let (viewer, material) = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let came = match receive::form(&state, viewer.id, request).await {
        Ok(came) => came,
        Err(Not::Refused(refused)) => return refuse(&state, &asked, refused).await,
        Err(Not::Full) => return wrong(&state, &asked, FileProblem::Full, None).await,
    };
    if came.removes {
        came.forget().await;
        return match file_store::remove(&state.services.pool, viewer.id, material.id).await {
            Ok(was_there) => {
                let what = if was_there { "removed" } else { "none" };
                done(&state, &asked, &material, what)
            }
            Err(error) => failed(&state, &asked, error).await,
        };
    }
    let is_here = Some(came.is_here);
    let outcome = keep(&state, &viewer, &material, &came).await;
    came.forget().await;
    match outcome {
        Ok(()) => done(&state, &asked, &material, "saved"),
        Err(Stop::Wrong(problem)) => wrong(&state, &asked, problem, is_here).await,
        Err(Stop::Gone) => not_allowed(&state, &asked, AppError::NotFound).await,
        Err(Stop::Database(error)) => failed(&state, &asked, error).await,
        Err(Stop::Unavailable) => refuse(&state, &asked, Refused::Unavailable).await,
    }
}

/// Why a file was not kept.
enum Stop {
    Wrong(FileProblem),
    Gone,
    Database(sqlx::Error),
    Unavailable,
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Looks at what has come, puts it into the store, and writes down that the material has it. Should this process be
/// killed in between, its key is among those that are taken away.
async fn keep(state: &State, viewer: &Viewer, material: &Mine, came: &Came) -> Result<(), Stop> {
    let kind = came.look().await.map_err(Stop::Wrong)?;
    let (pool, now) = (&state.services.pool, state.services.clock.now());
    let key = format!("{}.{}", came.stem, kind.as_str());
    app::recordings::jobs::store::will_put(pool, std::slice::from_ref(&key), now).await?;
    state.media.put_file(&key, came.path()).await.map_err(|error| {
        tracing::error!(%error, "a material's file could not be put into the store");
        if error.is_full() { Stop::Wrong(FileProblem::Full) } else { Stop::Unavailable }
    })?;
    let slug: String = slug_of(&material.title).chars().take(100).collect();
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "material" } else { slug };
    let file = NewFile {
        material: material.id,
        key: &key,
        kind,
        bytes: came.bytes,
        name: &came.name,
        called: &format!("{slug}.{}", kind.as_str()),
        is_here: came.is_here,
    };
    if file_store::save(pool, viewer.id, &file, now).await? {
        tracing::info!(
            material = material.id,
            bytes = came.bytes,
            kind = kind.as_str(),
            "a material's file"
        );
        Ok(())
    } else {
        Err(Stop::Gone)
    }
}

/// `POST /organise/materials/{id}/read`
async fn read_again(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let (viewer, material) = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let (pool, now) = (&state.services.pool, state.services.clock.now());
    match file_store::read_again(pool, viewer.id, material.id, now).await {
        // Where somebody is at it already, that is what the page says.
        Ok(_) => done(&state, &asked, &material, "reading"),
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// The page with the form as it was filled, and what is wrong (422).
async fn wrong(
    state: &State,
    asked: &Parts,
    problem: FileProblem,
    is_here: Option<bool>,
) -> Response {
    let posted = PostedFile { problem: Some(problem), is_here };
    let mut answer = crate::pages::render(state, asked, move || provide_context(posted)).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}
