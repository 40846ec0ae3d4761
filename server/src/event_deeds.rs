//! What an organiser does to an event while it fills: opens sign-up now, closes it, adds seats and takes them away.

use crate::organise::{done, failed, wrong};
use crate::organise_deeds::{Asked, asked};
use crate::router::State;
use app::organise::figures::room::read_room;
use app::signup::deeds::NotDone;
use app::signup::hours_store;
use axum::extract::{self, Request};
use axum::response::Response;

/// `POST /organise/events/{slug}/open`
pub async fn open(extract::State(state): extract::State<State>, request: Request) -> Response {
    match asked(&state, request).await {
        Ok(asked) => set_open(&state, asked, true).await,
        Err(answer) => answer,
    }
}

/// `POST /organise/events/{slug}/close`
pub async fn close(extract::State(state): extract::State<State>, request: Request) -> Response {
    match asked(&state, request).await {
        Ok(asked) => set_open(&state, asked, false).await,
        Err(answer) => answer,
    }
}

async fn set_open(state: &State, asked: Asked, open: bool) -> Response {
    let outcome = hours_store::set_open(&state.services.pool, asked.doing(state), open).await;
    let what = match outcome {
        Ok(Ok(0)) => "as_it_was",
        Ok(Ok(_)) => {
            state.services.hub.wake_relay();
            if open { "opened" } else { "closed" }
        }
        Ok(Err(NotDone::Full | NotDone::Changed | NotDone::Over | NotDone::NotBegun)) => "too_late",
        Err(error) => return failed(state, &asked.parts, error).await,
    };
    done(&asked.parts, &asked.allowed.slug, what)
}

/// `POST /organise/events/{slug}/seats`
pub async fn seats(extract::State(state): extract::State<State>, request: Request) -> Response {
    let mut asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let wanted = match read_room(&asked.posted, &asked.allowed.found.ways) {
        Ok(wanted) => wanted,
        Err(problems) => {
            asked.posted.problems = problems;
            return wrong(&state, &asked.parts, asked.posted).await;
        }
    };
    let doing = asked.doing(&state);
    let what = match hours_store::change_seats(&state.services.pool, doing, &wanted).await {
        Ok(None) => "as_it_was",
        Ok(Some(beyond)) => {
            state.services.hub.wake_relay();
            if beyond > 0 { "beyond" } else { "seats" }
        }
        Err(error) => return failed(&state, &asked.parts, error).await,
    };
    done(&asked.parts, &asked.allowed.slug, what)
}
