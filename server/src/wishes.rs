//! The forms of what one wants to be mailed about.

use crate::accounts::{Stop, stopped, viewer};
use crate::posts::{parts_of, read, see_other, word_before_last};
use crate::refused::wants_json;
use crate::router::State;
use app::error::AppError;
use app::text::Lang;
use app::unsubscribe::model::Wish;
use app::unsubscribe::store;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;
use std::collections::HashMap;

/// The addresses that they post to. A GET there is a page, or none.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    axum::Router::new()
        .route(&format!("{prefix}/me/mail"), post(save).get(page))
        .route(&format!("{prefix}/me/mail/watches/{{id}}/end"), post(end_watch).get(page))
}

/// `POST /me/mail`: what is ticked is wanted. What a form does not name is not, since that is how browsers
/// send a box that is not ticked.
async fn save(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let saved = async {
        let viewer = viewer(&asked)?;
        let form: HashMap<String, String> = read(request).await?;
        let is_ticked = |wish: &Wish| form.get(wish.as_str()).is_some_and(|value| value == "yes");
        let wanted: Vec<Wish> = Wish::ALL.iter().copied().filter(is_ticked).collect();
        store::save(&state.services.pool, viewer.id, &wanted).await?;
        Ok(())
    };
    after(&state, &asked, saved.await, "/me/mail?saved").await
}

/// `POST /me/mail/watches/{id}/end`
async fn end_watch(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let ended = async {
        let viewer = viewer(&asked)?;
        let id = word_before_last(asked.uri.path()).parse().map_err(|_| AppError::NotFound)?;
        // Whether the number is somebody else's or nobody's is not told: it is gone for this person.
        store::end_watch(&state.services.pool, viewer.id, id).await?;
        Ok(())
    };
    after(&state, &asked, ended.await, "/me/mail#watches").await
}

async fn after(state: &State, asked: &Parts, done: Result<(), Stop>, next: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    match done {
        Ok(()) if wants_json(asked) => axum::Json(json!({ "status": "saved" })).into_response(),
        Ok(()) => see_other(&lang.href(next)),
        // Nobody is signed in: the page to go on from says so.
        Err(Stop::Page(AppError::Unauthorised)) if !wants_json(asked) => {
            see_other(&lang.href("/me/mail"))
        }
        Err(stop) => stopped(state, asked, stop).await,
    }
}
