//! `GET /organise/recordings/{slug}/captions/{sv|en}.{vtt|srt|txt}`: captions to take away.

use super::{Stop, allowed};
use crate::posts::parts_of;
use crate::router::State;
use app::captions::{store, write};
use app::error::AppError;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};

/// The file, where the address has the ending of one; else the page.
pub(super) async fn file_or_page(
    extract::State(state): extract::State<State>,
    extract::Path((slug, text)): extract::Path<(String, String)>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    let is_read = matches!(asked.method, Method::GET | Method::HEAD);
    let Some((language, ending)) = text.split_once('.').filter(|_| is_read) else {
        return crate::pages::page(extract::State(state), request).await;
    };
    match file(&state, &asked, &slug, language, ending).await {
        Ok(answer) => answer,
        Err(stop) => stop.answer(&state, &asked).await,
    }
}

async fn file(
    state: &State,
    asked: &Parts,
    slug: &str,
    language: &str,
    ending: &str,
) -> Result<Response, Stop> {
    let (_, door) = allowed(state, asked, slug).await?;
    let language = Lang::parse(language).ok_or(AppError::NotFound)?;
    let track = store::track(&state.services.pool, door.id, language).await?;
    let cues = track.ok_or(AppError::NotFound)?.cues;
    let (kind, body) = match ending {
        "vtt" => ("text/vtt; charset=utf-8", write::vtt(&cues)),
        "srt" => ("application/x-subrip; charset=utf-8", write::srt(&cues)),
        "txt" => ("text/plain; charset=utf-8", write::text(&cues)),
        _ => return Err(AppError::NotFound.into()),
    };
    // A slug has no sign in it that a header could not have.
    let name = format!("attachment; filename=\"{slug}.{}.{ending}\"", language.tag());
    let name = HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, body).into_response())
}
