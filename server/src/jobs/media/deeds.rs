//! What organisers want of jobs: one again, one not, everything anew.

use crate::form_body::read;
use crate::organise::{failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse, wants_json};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access::{Door, by_slug};
use app::recordings::jobs::model::Deed;
use app::recordings::jobs::store;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// The address that the forms post to. A GET there is the page of the jobs.
pub fn forms(prefix: &str) -> axum::Router<State> {
    axum::Router::new().route(
        &format!("{prefix}/organise/recordings/{{slug}}/jobs"),
        post(deed).get(crate::pages::page),
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DeedForm {
    deed: String,
    job: String,
    /// `recording` where the form stands on the page of all that is of the recording.
    back: String,
}

/// A recording that is not theirs and one that is not there are answered alike.
async fn allowed(
    state: &State,
    asked: &Parts,
    slug: &str,
) -> Result<(Arc<Viewer>, Door), AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let door = by_slug(&state.services.pool, slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok((viewer, door.ok_or(AppError::Forbidden)?))
}

/// `POST /organise/recordings/{slug}/jobs`
async fn deed(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let slug = word_before_last(asked.uri.path());
    let (viewer, door) = match allowed(&state, &asked, &slug).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let form: DeedForm = match read(request).await {
        Ok(form) => form,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let (pool, now) = (&state.services.pool, state.services.clock.now());
    let (actor, job) = (viewer.id, form.job.parse::<i64>().ok());
    let done = match (Deed::parse(&form.deed), job) {
        (Some(Deed::Again), Some(job)) => store::again(pool, actor, door.id, job, now).await,
        (Some(Deed::Cancel), Some(job)) => store::cancel(pool, actor, door.id, job, now).await,
        (Some(Deed::All), _) => {
            store::plan_all(pool, actor, door.id, now).await.map(|planned| planned > 0)
        }
        _ => return refuse(&state, &asked, Refused::Unreadable).await,
    };
    match done {
        Ok(is_done) if wants_json(&asked) => {
            axum::Json(json!({ "status": if is_done { "done" } else { "nothing" } }))
                .into_response()
        }
        // What had come to an end meanwhile stands on the page as it is now.
        Ok(_) => {
            let page = format!("/organise/recordings/{slug}");
            let page = if form.back == "recording" { page } else { format!("{page}/jobs") };
            see_other(&Lang::of_path(asked.uri.path()).href(&format!("{page}#jobs")))
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}
