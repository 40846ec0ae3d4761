//! `/feeds/recordings.rss`: what everybody may see, as a podcast; and the chapters that its players read.

use super::{cover, failed, language, parameters};
use crate::kept::gzip_body;
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access::by_slug;
use app::recordings::podcast::store::{chapters, episodes};
use app::recordings::podcast::{Channel, tag_of, write, write_chapters};
use app::recordings::query::RecordingQuery;
use app::text::Lang;
use axum::extract::{self, Path};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// The feed, with the filters of the library's page.
pub async fn feed(
    extract::State(state): extract::State<State>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let parameters = parameters(&uri);
    let lang = language(&parameters);
    let query = RecordingQuery::parse(|key| parameters.get(key).cloned());
    let query = RecordingQuery { page: None, ..query };
    match write_feed(&state, lang, &query).await {
        Ok(text) => file(&headers, "application/rss+xml; charset=utf-8", text),
        Err(error) => failed(error),
    }
}

async fn write_feed(state: &State, lang: Lang, query: &RecordingQuery) -> Result<String, AppError> {
    let episodes = episodes(&state.services.pool, lang, query).await?;
    let own = query.feed(lang);
    let channel = Channel {
        origin: &state.config.public_url,
        lang,
        page: query.path(),
        guid: cover::guid(&format!("{}{own}", state.config.public_url)),
        cover: cover::address(),
        own,
    };
    Ok(write(&channel, &episodes))
}

/// `/feeds/recordings/{slug}.json`: the chapters of a recording that everybody may see.
pub async fn chapter_list(
    extract::State(state): extract::State<State>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let lang = language(&parameters(&uri));
    match write_chapter_list(&state, lang, &name).await {
        Ok(text) => file(&headers, "application/json+chapters", text),
        Err(error) => failed(error),
    }
}

async fn write_chapter_list(state: &State, lang: Lang, name: &str) -> Result<String, AppError> {
    let slug = name.strip_suffix(".json").ok_or(AppError::NotFound)?;
    let pool = &state.services.pool;
    let door = by_slug(pool, slug).await?.ok_or(AppError::NotFound)?;
    door.admit(pool, &Who::Anonymous).await?;
    Ok(write_chapters(&chapters(pool, lang, door.id).await?))
}

/// A text with its tag; nothing but that it is the same where the reader has it (RFC 9110 §13.1.2).
fn file(headers: &HeaderMap, content_type: &'static str, text: String) -> Response {
    let tag = tag_of(&text);
    let is_known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| {
            known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/")
        });
    let mut answer = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (coding, body) = gzip_body(headers, text.into_bytes());
        let mut answer = body.into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        answer
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    answer
}
