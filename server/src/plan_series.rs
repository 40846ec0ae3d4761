//! The forms of a series: made from a pattern, published as a whole.

use crate::form_body::read_pairs;
use crate::organise::{failed, not_allowed};
use crate::plan::{stepped, value};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::refuse;
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::organise::plan::model::{PlanProblem, PostedPlan, Sheet};
use app::organise::plan::pattern::{STOP, Stops, chosen, dates, stop};
use app::organise::plan::read::read;
use app::organise::plan::series_store::{make, publish};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;

/// The addresses that these forms post to.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    axum::Router::new()
        .route(&format!("{prefix}/organise/series/new"), post(new_series).get(page))
        .route(&format!("{prefix}/organise/series/{{slug}}/publish"), post(publish_all).get(page))
}

/// The form with its dates.
async fn form(
    state: &State,
    asked: &Parts,
    status: StatusCode,
    posted: PostedPlan,
    stops: Vec<String>,
) -> Response {
    let posted = PostedPlan { is_there: true, ..posted };
    let stops = Stops(stops);
    let mut answer = crate::pages::render(state, asked, move || {
        provide_context(posted.clone());
        provide_context(stops.clone());
    })
    .await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    answer
}

/// `POST /organise/series/new`
async fn new_series(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) if viewer.organises() => viewer,
        Ok(_) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let mut sheet = Sheet::of_form(&pairs);
    sheet.set("time_kind", "clock");
    let stops: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name == STOP)
        .map(|(_, date)| date.trim().to_owned())
        .collect();
    if let Some(posted) = stepped(&pairs, sheet.clone(), "") {
        return form(&state, &asked, StatusCode::OK, posted, stops).await;
    }
    let sheet = sheet.without_empty_rows();
    let wrong = |problems, stops| {
        let posted = PostedPlan { sheet: sheet.clone(), problems, ..PostedPlan::default() };
        form(&state, &asked, StatusCode::UNPROCESSABLE_ENTITY, posted, stops)
    };
    if value(&pairs, "do") != Some("make") {
        // The dates of the pattern, and whatever is wrong with the rest, before anybody goes through them.
        let days = match dates(&sheet) {
            Ok(days) => days,
            Err(problems) => return wrong(problems, stops).await,
        };
        let home = sheet.get("home").to_owned();
        let first = days.first().map(|day| read(&stop(&sheet, &home, *day, 1)));
        if let Some(Err(problems)) = first {
            return wrong(problems, stops).await;
        }
        if !home.contains('/') && sheet.get("series_title_sv").is_empty() {
            return wrong(vec![("series_title_sv".to_owned(), PlanProblem::Missing)], stops).await;
        }
        let stops = days.iter().map(ToString::to_string).collect();
        let posted = PostedPlan { sheet, ..PostedPlan::default() };
        return form(&state, &asked, StatusCode::OK, posted, stops).await;
    }
    let days = match chosen(&stops) {
        Ok(days) => days,
        Err(problem) => return wrong(vec![(STOP.to_owned(), problem)], stops).await,
    };
    let services = &state.services;
    match make(&services.pool, &viewer, &sheet, &days).await {
        Ok(Ok(_)) => {
            services.hub.wake_relay();
            let lang = Lang::of_path(asked.uri.path());
            see_other(&lang.href("/organise?done=series"))
        }
        Ok(Err(problems)) => wrong(problems, stops).await,
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/series/{slug}/publish`
async fn publish_all(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) => viewer,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let services = &state.services;
    let slug = word_before_last(asked.uri.path());
    match publish(&services.pool, &viewer, &slug, services.clock.now()).await {
        Ok(Some((_, left))) => {
            services.hub.wake_relay();
            let lang = Lang::of_path(asked.uri.path());
            let what = if left == 0 { "all" } else { "some" };
            see_other(&lang.href(&format!("/organise?done={what}")))
        }
        Ok(None) => not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => failed(&state, &asked, error).await,
    }
}
