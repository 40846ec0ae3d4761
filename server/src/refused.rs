//! Pages for what is not done: each says why, and offers a way on.

use crate::pages::render;
use crate::router::State;
use app::ui::refused::Refusal;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Another site's page sent it (403).
    OtherSite,
    /// It is too large (413).
    TooLarge,
    /// It came too often (429).
    TooMany,
    /// It cannot be read (400).
    Unreadable,
    /// The address does nothing of the kind (405).
    NoSuchMethod,
    /// The database does not answer (503).
    Unavailable,
}

impl Refused {
    const fn status(self) -> StatusCode {
        match self {
            Self::OtherSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    const fn page(self) -> Refusal {
        match self {
            Self::OtherSite => Refusal::OtherSite,
            Self::TooLarge => Refusal::TooLarge,
            Self::TooMany => Refusal::TooMany,
            Self::Unreadable | Self::NoSuchMethod => Refusal::Unreadable,
            Self::Unavailable => Refusal::Unavailable,
        }
    }
}

/// The answer to a request that is not done, as a page or, where that was asked for, as JSON.
pub async fn refuse(state: &State, asked: &Parts, refused: Refused) -> Response {
    if wants_json(asked) {
        let reason = refused.status().canonical_reason().unwrap_or_default();
        return (refused.status(), axum::Json(serde_json::json!({ "error": reason })))
            .into_response();
    }
    let page = refused.page();
    let mut answer = render(state, asked, move || provide_context(page)).await;
    *answer.status_mut() = refused.status();
    answer
}

/// `Accept` names JSON.
pub fn wants_json(asked: &Parts) -> bool {
    asked
        .headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}
