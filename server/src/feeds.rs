//! Calendar files: one event, or all that pass the calendar's filters. And the recordings as a podcast.

pub mod cover;
pub mod mine;
pub mod recordings;

use crate::kept::gzip_body;
use crate::router::State;
use app::calendar::model::{CalendarQuery, Days};
use app::calendar::store::in_days;
use app::error::AppError;
use app::events::ics;
use app::events::model::Slug;
use app::events::store::{calendar_entries, find};
use app::text::Lang;
use app::time::today;
use axum::extract::{self, Query, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use std::collections::HashMap;

/// How far back a subscription reaches, unless it is to one series or one programme.
const DAYS_BACK: i32 = 365;
/// How far ahead.
const DAYS_AHEAD: i32 = 2 * 365;

/// What stands behind the `?`; nothing if that cannot be read.
fn parameters(uri: &Uri) -> HashMap<String, String> {
    Query::try_from_uri(uri).map(|Query(parameters)| parameters).unwrap_or_default()
}

fn language(parameters: &HashMap<String, String>) -> Lang {
    parameters.get("lang").and_then(|tag| Lang::parse(tag)).unwrap_or_default()
}

/// `/events/{slug}.ics`, and the page itself for all that does not end so.
pub async fn event_or_page(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    let file = request.uri().path().rsplit('/').next().and_then(|name| name.strip_suffix(".ics"));
    let Some(slug) = file.map(str::to_owned) else {
        return crate::pages::page(extract::State(state), request).await;
    };
    let lang = language(&parameters(request.uri()));
    match event_file(&state, lang, &slug).await {
        Ok(file) => calendar_file(request.headers(), &slug, file),
        Err(error) => failed(error),
    }
}

async fn event_file(state: &State, lang: Lang, slug: &str) -> Result<String, AppError> {
    let slug = Slug::parse(slug).ok_or(AppError::NotFound)?;
    let pool = &state.services.pool;
    let id = find(pool, &slug).await?.ok_or(AppError::NotFound)?;
    let entries = calendar_entries(pool, lang, &[id.0], &state.config.public_url).await?;
    Ok(ics::write(lang, "Stafett", &entries))
}

/// `/feeds/calendar.ics`, with the filters of the calendar's page.
pub async fn calendar(
    extract::State(state): extract::State<State>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let parameters = parameters(&uri);
    let lang = language(&parameters);
    let query = CalendarQuery::parse(|key| parameters.get(key).cloned());
    match feed(&state, lang, &query).await {
        Ok(file) => calendar_file(&headers, "stafett", file),
        Err(error) => failed(error),
    }
}

async fn feed(state: &State, lang: Lang, query: &CalendarQuery) -> Result<String, AppError> {
    let services = &state.services;
    let now = services.clock.now();
    let today = today(now);
    let filter = &query.filter;
    let whole = filter.series.is_some() || filter.programme.is_some();
    let days = if whole {
        Days { first: jiff::civil::date(1990, 1, 1), last: jiff::civil::date(2199, 12, 31) }
    } else {
        Days {
            first: today.saturating_sub(DAYS_BACK.days()),
            last: today.saturating_add(DAYS_AHEAD.days()),
        }
    };
    let (found, _) = in_days(&services.pool, lang, days, filter.text.as_deref(), now).await?;
    let ids: Vec<i64> =
        found.iter().filter(|event| event.passes(filter)).map(|event| event.line.id.0).collect();
    let entries = calendar_entries(&services.pool, lang, &ids, &state.config.public_url).await?;
    Ok(ics::write(lang, "Stafett", &entries))
}

fn calendar_file(headers: &HeaderMap, name: &str, file: String) -> Response {
    let (coding, body) = gzip_body(headers, file.into_bytes());
    let mut answer = body.into_response();
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/calendar; charset=utf-8; method=PUBLISH"),
    );
    if let Ok(name) = HeaderValue::try_from(format!("attachment; filename=\"{name}.ics\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    answer
}

fn failed(error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, format!("{}\n", status.canonical_reason().unwrap_or_default())).into_response()
}
