//! `GET /me/data/stafett.zip`: all that is held about whoever asks, as a page to read and as JSON.

use crate::organise::{failed, not_allowed};
use crate::posts::parts_of;
use crate::router::State;
use app::account::who::Who;
use app::me::data::{readable, store};
use app::text::Lang;
use app::time::today;
use axum::extract::{self, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

/// The address of the file.
pub fn routes(prefix: &str) -> axum::Router<State> {
    axum::Router::new().route(&format!("{prefix}/me/data/stafett.zip"), get(take))
}

async fn take(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) => viewer,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let lang = Lang::of_path(asked.uri.path());
    let now = state.services.clock.now();
    let all = match store::all(&state.services.pool, viewer.id, lang).await {
        Ok(all) => all,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let packed = tokio::task::spawn_blocking(move || pack(&all, lang, now)).await;
    match packed
        .map_err(|error| error.to_string())
        .and_then(|it| it.map_err(|error| error.to_string()))
    {
        Ok(bytes) => answer(bytes, now),
        Err(error) => {
            tracing::error!(%error, "what is held about somebody could not be packed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn pack(all: &Value, lang: Lang, now: i64) -> Result<Vec<u8>, ZipError> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("index.html", SimpleFileOptions::default())?;
    archive.write_all(readable::page(all, lang, now).as_bytes())?;
    archive.start_file("data.json", SimpleFileOptions::default())?;
    serde_json::to_writer_pretty(&mut archive, all).map_err(std::io::Error::from)?;
    Ok(archive.finish()?.into_inner())
}

fn answer(bytes: Vec<u8>, now: i64) -> Response {
    let day = today(now);
    let name = format!("attachment; filename=\"stafett-{day}.zip\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, bytes).into_response()
}
