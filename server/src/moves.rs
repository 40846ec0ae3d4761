//! Moving people to another event of the programme. First a page says what would become of them at each; what is
//! chosen there is done.

use crate::organise::{done, failed};
use crate::organise_deeds::{Asked, asked, people};
use crate::router::State;
use app::events::model::EventId;
use app::signup::deeds::NotDone;
use app::signup::move_offer_store::offer;
use app::signup::move_store::move_to;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::provide_context;

/// `POST /organise/events/{slug}/move`
pub async fn relocate(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = match asked(&state, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let sign_ups = match people(&state, &asked).await {
        Ok(sign_ups) => sign_ups,
        Err(answer) => return answer,
    };
    let is_chosen = asked.posted.value("do") == Some("move");
    let to = asked.posted.value("to").and_then(|to| to.parse().ok()).map(EventId);
    let Some(to) = to.filter(|_| is_chosen) else {
        return choose(&state, &asked, &sign_ups, is_chosen).await;
    };
    let with_mail = asked.posted.value("mail") == Some("yes");
    let pool = &state.services.pool;
    let what = match move_to(pool, asked.doing(&state), to, &sign_ups, with_mail).await {
        Ok(Ok(moved)) if moved.seats + moved.line > 0 => {
            state.services.hub.wake_relay();
            "relocated"
        }
        Ok(Ok(_)) => "relocated_nobody",
        // It has been cancelled or is over since; what there is now can be chosen.
        Ok(Err(NotDone::Full | NotDone::Changed | NotDone::Over | NotDone::NotBegun)) => {
            return choose(&state, &asked, &sign_ups, true).await;
        }
        Err(error) => return failed(&state, &asked.parts, error).await,
    };
    done(&asked.parts, &asked.allowed.slug, what)
}

/// The page on which one chooses where to.
async fn choose(state: &State, asked: &Asked, sign_ups: &[i64], is_unchosen: bool) -> Response {
    let lang = Lang::of_path(asked.parts.uri.path());
    let services = &state.services;
    let event = asked.allowed.found.event;
    let found = match offer(&services.pool, lang, event, sign_ups, services.clock.now()).await {
        Ok(found) => found.map(|offer| app::signup::moving::Offer { is_unchosen, ..offer }),
        Err(error) => return failed(state, &asked.parts, error).await,
    };
    let context = move || provide_context(found.clone());
    let mut answer = crate::pages::render(state, &asked.parts, context).await;
    if is_unchosen && answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}
