//! `GET /media/captions/{track}-{version}.vtt`: what is said, as WebVTT. Each version has an address of its own, so a
//! browser may keep it.

use super::conditions::{Verdict, Version, verdict};
use super::serve::{insert, keeping, refuse, who};
use crate::posts::parts_of;
use crate::router::State;
use app::captions::model::Track;
use app::captions::{store, write};
use app::error::AppError;
use app::recordings::access::{self, Door};
use app::recordings::model::captions_address;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `GET` and `HEAD /media/captions/{file}`
pub async fn track(
    extract::State(state): extract::State<State>,
    extract::Path(file): extract::Path<String>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    let (door, track, version) = match find(&state, &file, &asked).await {
        Ok(found) => found,
        Err(error) => return refuse(&state, &asked, error).await,
    };
    let current = track.head.version;
    if version != current {
        // A page that was opened before a change gets what is said now.
        let to = captions_address(track.head.id, current);
        let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
        let never = HeaderValue::from_static("no-store");
        let headers = [(header::LOCATION, to), (header::CACHE_CONTROL, never)];
        return (StatusCode::TEMPORARY_REDIRECT, headers).into_response();
    }
    let etag = format!("\"{}-{current}\"", track.head.id);
    let mut headers = HeaderMap::new();
    insert(&mut headers, header::ETAG, &etag);
    insert(&mut headers, header::CACHE_CONTROL, keeping(&door));
    // It has no time of its own: a condition on one does not hold it back.
    match verdict(&asked.headers, Version { etag: &etag, made: i64::MAX }) {
        Verdict::Go => {}
        Verdict::NotModified => return (StatusCode::NOT_MODIFIED, headers).into_response(),
        Verdict::Failed => return StatusCode::PRECONDITION_FAILED.into_response(),
    }
    insert(&mut headers, header::CONTENT_TYPE, "text/vtt; charset=utf-8");
    (headers, write::vtt(&track.cues)).into_response()
}

/// The track, its recording's door, and which version is asked for; if whoever asks may have it.
async fn find(state: &State, file: &str, asked: &Parts) -> Result<(Door, Track, i64), AppError> {
    let pool = &state.services.pool;
    let (track, version) = parse(file).ok_or(AppError::NotFound)?;
    let track = store::by_id(pool, track).await?.ok_or(AppError::NotFound)?;
    let door = access::by_id(pool, track.head.recording).await?.ok_or(AppError::NotFound)?;
    door.admit(pool, &who(asked)).await?;
    Ok((door, track, version))
}

fn parse(file: &str) -> Option<(i64, i64)> {
    let (track, version) = file.strip_suffix(".vtt")?.split_once('-')?;
    let number = |text: &str| {
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_plain { text.parse().ok() } else { None }
    };
    Some((number(track)?, number(version)?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_address_names_a_track_and_a_version() {
        assert_eq!(parse("12-3.vtt"), Some((12, 3)));
        for no in [
            "",
            "12.vtt",
            "12-3",
            "-3.vtt",
            "12-.vtt",
            "a-b.vtt",
            "12--3.vtt",
            "+1-2.vtt",
            "99999999999999999999-1.vtt",
        ] {
            assert_eq!(parse(no), None, "{no}");
        }
    }
}
