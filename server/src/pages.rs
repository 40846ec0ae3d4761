//! Pages: whatever has no handler of its own goes to the application's router.

use crate::kept::gzip_body;
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::services::{PageNotes, RequestId};
use axum::body::Body;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use std::any::Any;

/// Any page.
pub async fn page(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = request.into_parts().0;
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        let mut answer = refuse(&state, &asked, Refused::NoSuchMethod).await;
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    render(&state, &asked, || {}).await
}

/// Whom the session belongs to that the request came with.
fn who_asks(extensions: &Extensions) -> Who {
    extensions.get::<Who>().cloned().unwrap_or_default()
}

/// Renders the page at the request's address, with more context than usual.
pub async fn render(
    state: &State,
    asked: &Parts,
    more_context: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let mut page_request = Request::new(Body::empty());
    *page_request.uri_mut() = readable(&asked.uri);
    *page_request.headers_mut() = asked.headers.clone();
    if let Some(notes) = asked.extensions.get::<PageNotes>() {
        page_request.extensions_mut().insert(notes.clone());
    }
    if let Some(id) = asked.extensions.get::<RequestId>() {
        page_request.extensions_mut().insert(id.clone());
    }
    let services = state.services.clone();
    let who = who_asks(&asked.extensions);
    leptos_axum::render_app_async_with_context(
        move || {
            provide_context(services.clone());
            provide_context(who.clone());
            more_context();
        },
        app::shell::document,
    )(page_request)
    .await
}

/// The address, if it can be read; otherwise one that leads nowhere. Percent-encoded bytes that are no
/// UTF-8 are replaced.
fn readable(uri: &Uri) -> Uri {
    let text = uri.path_and_query().map_or("/", |address| address.as_str());
    let bytes: Vec<u8> = percent_decoded(text.as_bytes());
    if std::str::from_utf8(&bytes).is_ok() {
        return Uri::try_from(text).unwrap_or_else(|_| Uri::from_static("/"));
    }
    // Every broken escape becomes U+FFFD; the rest stays as it was.
    let mut clean = String::with_capacity(text.len());
    for part in text.split_inclusive(['/', '?', '&', '=']) {
        let decoded = percent_decoded(part.as_bytes());
        match std::str::from_utf8(&decoded) {
            Ok(_) => clean.push_str(part),
            Err(_) => {
                clean.push_str("%EF%BF%BD");
                clean.extend(part.chars().last().filter(|c| "/?&=".contains(*c)));
            }
        }
    }
    Uri::try_from(clean).unwrap_or_else(|_| Uri::from_static("/"))
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match (byte, hex(text.get(at + 1)), hex(text.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    bytes
}

/// `/api/…`: the application's server functions. They only read; the answers are gzipped where that
/// helps.
pub async fn server_function(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let services = state.services.clone();
    let who = who_asks(request.extensions());
    let answer = leptos_axum::handle_server_fns_with_context(
        move || {
            provide_context(services.clone());
            provide_context(who.clone());
        },
        request,
    )
    .await
    .into_response();
    let (mut parts, body) = answer.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if parts.status == StatusCode::INTERNAL_SERVER_ERROR
        && let Ok(error) = serde_json::from_slice::<AppError>(&body)
    {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    }
    let (coding, body) = gzip_body(&headers, body.into());
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        parts.headers.insert(header::CONTENT_ENCODING, coding);
    }
    Response::from_parts(parts, body.into())
}

/// `/organisations`: the known ones as `<option>`s, for pages that the browser made itself.
pub async fn organisations(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
) -> Response {
    let (coding, body) =
        gzip_body(&headers, state.services.organisation_options.as_bytes().to_vec());
    let mut answer = body.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    answer
}

/// A handler panicked: a fault of ours. The panic itself is in the log.
pub fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "Något gick fel hos oss. / Something went wrong on our side.\n",
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_no_text_are_made_readable() {
        let clean = |text: &str| readable(&Uri::try_from(text).unwrap()).to_string();
        assert_eq!(clean("/calendar?q=m%C3%B6te&x=1"), "/calendar?q=m%C3%B6te&x=1");
        assert_eq!(clean("/calendar?q=%FF&x=1"), "/calendar?q=%EF%BF%BD&x=1");
        assert_eq!(clean("/events/%c3%28/a"), "/events/%EF%BF%BD/a");
        assert_eq!(clean("/a%2"), "/a%2");
    }
}
