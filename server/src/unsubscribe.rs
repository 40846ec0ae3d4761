//! `POST /unsubscribe/{token}`: stops mails that are not about changes of a place of one's own. Whoever has the link
//! may. Mail providers call it by themselves when a reader says so (RFC 8058): they send
//! `List-Unsubscribe=One-Click` from wherever they are, and follow no redirect. People press the button on
//! the page.

use crate::own::no_such;
use crate::posts::see_other;
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::error::AppError;
use app::text::Lang;
use app::unsubscribe::page::DONE;
use app::unsubscribe::store;
use axum::body::Bytes;
use axum::extract::{self, FromRequest, Request};
use axum::response::{IntoResponse, Response};

/// An unknown link is answered like a known one: it may have been used before, and whether there ever
/// was such a link is nobody's business. What can be no link at all leads nowhere.
pub async fn stop(extract::State(state): extract::State<State>, request: Request) -> Response {
    let (asked, body) = request.into_parts();
    let lang = Lang::of_path(asked.uri.path());
    let token = asked.uri.path().rsplit('/').next().unwrap_or_default().to_owned();
    let Ok(body) = Bytes::from_request(Request::new(body), &()).await else {
        return refuse(&state, &asked, Refused::TooLarge).await;
    };
    match store::stop(&state.services.pool, &token).await {
        Ok(true) => {}
        Ok(false) => return no_such(&state, &asked).await,
        Err(error) => {
            // Logs it.
            let _ = AppError::from(error);
            return refuse(&state, &asked, Refused::Unavailable).await;
        }
    }
    // As a form, or as one part of a form in several.
    if body.windows(9).any(|part| part == b"One-Click") {
        return lang.words().unsubscribed.into_response();
    }
    see_other(&lang.href(&format!("/unsubscribe/{DONE}")))
}
