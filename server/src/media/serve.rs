//! `GET /media/{key}`: a file of a recording, all of it or a part (RFC 9110 §14).

use super::conditions::{Verdict, Version, http_date, range_counts, verdict};
use super::range::{Asked, asked as range_asked};
use super::store::is_key;
use crate::organise::not_allowed;
use crate::posts::parts_of;
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access::{self, Door};
use app::recordings::files::{self, File};
use app::recordings::model::{Audience, RecordingState};
use axum::body::Body;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file that is opened by itself is shown by the browser's own player or reader, which needs its own style and the
/// file; a page of this site may show it in a frame. Nothing else comes with it.
pub(crate) const POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; \
                      style-src 'unsafe-inline'; frame-ancestors 'self'";
/// What is under a key never changes, and everybody may see it.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Not for everybody: the browser asks each time whether this reader may, and is told in a line that it has the file.
pub(crate) const ASK_EACH_TIME: &str = "private, no-cache";

/// `GET` and `HEAD /media/{key}`
pub async fn file(
    extract::State(state): extract::State<State>,
    extract::Path(key): extract::Path<String>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    match find(&state, &key, &asked).await {
        Ok((file, door)) => {
            let given = Given {
                key: &key,
                bytes: file.bytes,
                content_type: &file.content_type,
                made: file.made,
                keeping: keeping(&door),
                policy: POLICY,
                // What else could be in a PDF stays in the browser's reader.
                disposition: "inline",
            };
            give(&state, &asked, &given).await
        }
        Err(error) => refuse(&state, &asked, error).await,
    }
}

/// The file, if whoever asks may have it.
async fn find(state: &State, key: &str, asked: &Parts) -> Result<(File, Door), AppError> {
    let pool = &state.services.pool;
    if !is_key(key) {
        return Err(AppError::NotFound);
    }
    let file = files::by_key(pool, key).await?.ok_or(AppError::NotFound)?;
    let door = access::by_id(pool, file.recording).await?.ok_or(AppError::NotFound)?;
    door.admit(pool, &who(asked)).await?;
    Ok((file, door))
}

/// A file that whoever asks may have.
pub(crate) struct Given<'a> {
    /// Its key.
    pub key: &'a str,
    /// How long it is.
    pub bytes: u64,
    /// What it is.
    pub content_type: &'a str,
    /// When it was made (seconds since 1970 UTC).
    pub made: i64,
    /// Who may keep it, and how long: [`FOR_EVER`] or [`ASK_EACH_TIME`].
    pub keeping: &'static str,
    /// What it may load where it is opened by itself.
    pub policy: &'static str,
    /// Shown or saved, and under which name (RFC 6266).
    pub disposition: &'a str,
}

/// Answers with a file, all of it or a part.
pub(crate) async fn give(state: &State, asked: &Parts, file: &Given<'_>) -> Response {
    let key = file.key;
    let etag = format!("\"{key}\"");
    let version = Version { etag: &etag, made: file.made };
    let mut headers = headers(file, version);
    match verdict(&asked.headers, version) {
        Verdict::Go => {}
        Verdict::NotModified => return (StatusCode::NOT_MODIFIED, headers).into_response(),
        Verdict::Failed => return StatusCode::PRECONDITION_FAILED.into_response(),
    }
    let whole = 0..file.bytes;
    // Ranges are of GET alone (§14.2).
    let range = asked.headers.get(header::RANGE).filter(|_| asked.method == Method::GET);
    let range = range.and_then(|range| range.to_str().ok());
    let (status, part) = match range {
        Some(range) if range_counts(&asked.headers, version) => {
            match range_asked(range, file.bytes) {
                Asked::Whole => (StatusCode::OK, whole),
                Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
                Asked::Outside => return outside(headers, file.bytes),
            }
        }
        _ => (StatusCode::OK, whole),
    };
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{}", part.start, part.end - 1, file.bytes);
        insert(&mut headers, header::CONTENT_RANGE, &range);
    }
    insert(&mut headers, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
    insert(&mut headers, header::CONTENT_TYPE, file.content_type);
    insert(&mut headers, header::CONTENT_DISPOSITION, file.disposition);
    let body = if asked.method == Method::HEAD {
        let size = state.media.size(key).await;
        size.map(|size| (size == Some(file.bytes)).then(Body::empty))
    } else {
        let pieces = state.media.read(key, file.bytes, part).await;
        pieces.map(|pieces| pieces.map(Body::from_stream))
    };
    match body {
        Ok(Some(body)) => (status, headers, body).into_response(),
        Ok(None) => {
            tracing::error!(
                key,
                bytes = file.bytes,
                "a file is not in the store, or not all of it"
            );
            refuse(state, asked, AppError::NotFound).await
        }
        Err(error) => {
            tracing::error!(key, %error, "the store does not give a file");
            refuse(state, asked, AppError::Unavailable).await
        }
    }
}

fn headers(file: &Given<'_>, version: Version<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    insert(&mut headers, header::ETAG, version.etag);
    insert(&mut headers, header::LAST_MODIFIED, &http_date(version.made));
    insert(&mut headers, header::ACCEPT_RANGES, "bytes");
    insert(&mut headers, header::CACHE_CONTROL, file.keeping);
    insert(&mut headers, header::CONTENT_SECURITY_POLICY, file.policy);
    headers
}

/// Who may keep what is of this recording, and how long.
pub(super) fn keeping(door: &Door) -> &'static str {
    let is_open = door.state == RecordingState::Published && door.audience == Audience::Everybody;
    if is_open { FOR_EVER } else { ASK_EACH_TIME }
}

fn outside(mut headers: HeaderMap, bytes: u64) -> Response {
    insert(&mut headers, header::CONTENT_RANGE, &format!("bytes */{bytes}"));
    (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
}

pub(super) fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        // The database lets no such type in.
        Err(error) => tracing::error!(%error, %name, "a header could not be written"),
    }
}

pub(crate) fn who(asked: &Parts) -> Who {
    asked.extensions.get::<Who>().cloned().unwrap_or_default()
}

/// People are told on a page, players by the status. Nobody keeps it.
pub(crate) async fn refuse(state: &State, asked: &Parts, error: AppError) -> Response {
    let accept = asked.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let mut answer = if accept.is_some_and(|accept| accept.contains("text/html")) {
        not_allowed(state, asked, error).await
    } else {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response()
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
