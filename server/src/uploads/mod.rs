//! Uploads of files of many GB, by the tus protocol 1.0 (tus.io): whatever breaks, they go on where they were.
//! docs/recordings.md says more.

mod answer;
pub mod finish;
pub mod kind;
pub mod part;
mod protocol;
mod receive;
#[cfg(test)]
mod tests;
mod whole;
mod writers;

pub use writers::Writers;

use crate::media::store::new_stem;
use crate::posts::parts_of;
use crate::router::State;
use answer::{Refusal, abilities, answered, set};
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::recordings::access::{self, Door};
use app::recordings::uploads::{self, NewUpload, Upload};
use app::text::{Lang, UploadWords};
use axum::Router;
use axum::body::Body;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{options, post};
use finish::{Place, finish};
use part::Folder;
use receive::{Ended, Stretch, receive};
use std::sync::Arc;
use std::time::Duration;
use writers::Turn;

/// So long after something of it last came an upload can be gone on with, in seconds: a week.
pub const KEPT: i64 = 7 * 86_400;
/// A client waits so long for its file to be put into the store; what takes longer goes on without it.
const STORING: Duration = Duration::from_secs(20);

/// Why a file is not taken, as its sender reads it.
#[must_use]
pub fn why(not_taken: kind::NotTaken, words: &UploadWords) -> &'static str {
    answer::why(not_taken, words)
}

/// The addresses that a client of tus is given, and goes on with.
pub fn routes(prefix: &str) -> Router<State> {
    use crate::pages::page;
    let uploads = format!("{prefix}/organise/recordings/{{slug}}/upload");
    // A GET there is a page, or none.
    Router::new().route(&uploads, post(begin).options(what).get(page)).route(
        &format!("{uploads}/{{id}}"),
        options(what).head(one).patch(one).delete(one).post(one),
    )
}

/// `OPTIONS`: what is understood.
async fn what(extract::State(state): extract::State<State>) -> Response {
    abilities(state.config.largest_upload)
}

impl State {
    pub(crate) fn uploads(&self) -> Place {
        Place {
            services: self.services.clone(),
            media: self.media.clone(),
            folder: Folder(self.config.uploads.clone()),
        }
    }
}

/// Whoever asks organises the recording's programme. One that is not theirs and one that is not there are answered
/// alike.
async fn allowed(state: &State, asked: &Parts, slug: &str) -> Result<(Arc<Viewer>, Door), Refusal> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let door = access::by_slug(&state.services.pool, slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok((viewer, door.ok_or(AppError::Forbidden)?))
}

fn speaks(asked: &Parts) -> Result<(), Refusal> {
    let version = asked.headers.get("tus-resumable");
    if version.is_some_and(|version| version == protocol::VERSION) {
        Ok(())
    } else {
        Err(Refusal::Version)
    }
}

/// `POST …/upload`: begins one (extensions Creation and Creation With Upload).
async fn begin(
    extract::State(state): extract::State<State>,
    extract::Path(slug): extract::Path<String>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    match try_begin(&state, &asked, &slug, request.into_body()).await {
        Ok(answer) => answer,
        Err(refusal) => refusal.answer(Lang::of_path(asked.uri.path())),
    }
}

async fn try_begin(
    state: &State,
    asked: &Parts,
    slug: &str,
    body: Body,
) -> Result<Response, Refusal> {
    let (viewer, door) = allowed(state, asked, slug).await?;
    speaks(asked)?;
    // One whose length is said later (Creation Defer Length) is not taken: there could be no room for it.
    let bytes = protocol::bytes(&asked.headers, "upload-length").map_err(|_| Refusal::NoLength)?;
    let bytes = bytes.ok_or(Refusal::NoLength)?;
    if bytes == 0 {
        return Err(Refusal::Empty);
    }
    if bytes > state.config.largest_upload {
        return Err(Refusal::TooLarge);
    }
    let said = protocol::metadata(&asked.headers).map_err(|_| Refusal::Metadata)?;
    let place = state.uploads();
    let stem = new_stem();
    let (folder, name) = (place.folder.clone(), stem.clone());
    let made = tokio::task::spawn_blocking(move || {
        let fits = folder.room()? >= bytes;
        if fits {
            folder.create(&name)?;
        }
        Ok::<_, std::io::Error>(fits)
    });
    if !made.await.map_err(std::io::Error::other)?? {
        return Err(Refusal::Full);
    }
    let new = NewUpload {
        recording: door.id,
        stem: &stem,
        name: &said.name,
        metadata: &said.raw,
        wanted: said.wanted,
        bytes,
    };
    let now = state.services.clock.now();
    // Should the database fail, the file has no row, and goes with the old ones.
    let id = uploads::create(&state.services.pool, &viewer, &new, now).await?;
    let Some(id) = id else {
        let _ = tokio::task::spawn_blocking(move || place.folder.remove(&stem)).await;
        return Err(Refusal::TooMany);
    };
    let mut answer = StatusCode::CREATED.into_response();
    let location = format!("{}/{id}", asked.uri.path());
    set(&mut answer, "location", &location);
    let upload = uploads::find(&state.services.pool, door.id, id).await?;
    let upload = upload.ok_or(AppError::NotFound)?;
    tell_end(&mut answer, &upload);
    if protocol::is_stretch(&asked.headers) {
        // What of it does not arrive is sent again: that the upload was begun is told in any case.
        match take(state, asked, &upload, 0, body).await {
            Ok(offset) => set(&mut answer, "upload-offset", &offset.to_string()),
            Err(Refusal::Broken) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(answered(answer))
}

/// `HEAD`, `PATCH`, `DELETE` and, for those who can send nothing else, `POST …/upload/{id}`.
async fn one(
    extract::State(state): extract::State<State>,
    extract::Path((slug, id)): extract::Path<(String, String)>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    match try_one(&state, &asked, &slug, &id, request.into_body()).await {
        Ok(answer) => answered(answer),
        Err(refusal) => refusal.answer(Lang::of_path(asked.uri.path())),
    }
}

async fn try_one(
    state: &State,
    asked: &Parts,
    slug: &str,
    id: &str,
    body: Body,
) -> Result<Response, Refusal> {
    let (_, door) = allowed(state, asked, slug).await?;
    speaks(asked)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let upload = uploads::find(&state.services.pool, door.id, id).await?;
    let upload = upload.ok_or(AppError::NotFound)?;
    let instead = asked.headers.get("x-http-method-override").map(|method| method.as_bytes());
    match (&asked.method, instead) {
        (&Method::HEAD, _) => tell(state, &upload).await,
        (&Method::PATCH, _) | (&Method::POST, Some(b"PATCH")) => {
            go_on(state, asked, &upload, body).await
        }
        (&Method::DELETE, _) | (&Method::POST, Some(b"DELETE")) => end(state, &upload).await,
        _ => Ok(StatusCode::METHOD_NOT_ALLOWED.into_response()),
    }
}

/// Where it can be gone on.
async fn tell(state: &State, upload: &Upload) -> Result<Response, Refusal> {
    let offset = match offset(state, upload).await? {
        // All is here and it is no file of the recording yet: it was stopped between the two.
        offset if offset == upload.bytes && !upload.is_done => {
            if let Some(turn) = state.writers.begin(upload.id).await {
                store(state, upload, turn).await?;
            }
            offset
        }
        offset => offset,
    };
    let mut answer = StatusCode::OK.into_response();
    set(&mut answer, "upload-offset", &offset.to_string());
    set(&mut answer, "upload-length", &upload.bytes.to_string());
    if !upload.metadata.is_empty() {
        set(&mut answer, "upload-metadata", &upload.metadata);
    }
    tell_end(&mut answer, upload);
    Ok(answer)
}

async fn offset(state: &State, upload: &Upload) -> Result<u64, Refusal> {
    if upload.is_done || upload.found.is_some() {
        return Ok(upload.bytes);
    }
    let (folder, stem) = (state.uploads().folder, upload.stem.clone());
    let offset = tokio::task::spawn_blocking(move || folder.offset(&stem)).await;
    let offset = offset.map_err(std::io::Error::other)??;
    Ok(offset.ok_or(AppError::NotFound)?)
}

/// A stretch comes.
async fn go_on(
    state: &State,
    asked: &Parts,
    upload: &Upload,
    body: Body,
) -> Result<Response, Refusal> {
    if !protocol::is_stretch(&asked.headers) {
        return Err(Refusal::NotAStretch);
    }
    let at = protocol::bytes(&asked.headers, "upload-offset").map_err(|_| Refusal::NotAStretch)?;
    let at = at.ok_or(Refusal::NotAStretch)?;
    let offset = take(state, asked, upload, at, body).await?;
    let mut answer = StatusCode::NO_CONTENT.into_response();
    set(&mut answer, "upload-offset", &offset.to_string());
    tell_end(&mut answer, upload);
    Ok(answer)
}

/// Takes a stretch in that begins there. Says how far the file has come then.
async fn take(
    state: &State,
    asked: &Parts,
    upload: &Upload,
    at: u64,
    body: Body,
) -> Result<u64, Refusal> {
    let checksum = protocol::checksum(&asked.headers).map_err(|_| Refusal::NoSuchSum)?;
    let length = asked.headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let is_beyond = |length: u64| at.checked_add(length).is_none_or(|end| end > upload.bytes);
    if length.is_some_and(is_beyond) {
        return Err(Refusal::Beyond);
    }
    if upload.is_done || upload.found.is_some() {
        return if at == upload.bytes { Ok(at) } else { Err(Refusal::Elsewhere) };
    }
    let turn = state.writers.begin(upload.id).await.ok_or(Refusal::Busy)?;
    let (state, upload) = (state.clone(), upload.clone());
    // Goes on when the line breaks: what came is written down.
    let taken = tokio::spawn(async move {
        let folder = state.uploads().folder;
        let stem = upload.stem.clone();
        let opened = tokio::task::spawn_blocking(move || folder.open(&stem)).await;
        let part = opened.map_err(std::io::Error::other)??.ok_or(AppError::NotFound)?;
        let part = Arc::new(part.map_err(|_| Refusal::Busy)?);
        if part.length()? != at {
            return Err(Refusal::Elsewhere);
        }
        let said = said(&upload);
        let stretch = Stretch { part: Arc::clone(&part), at, bytes: upload.bytes, checksum, said };
        let ended = receive(stretch, body, &turn, state.stopped.clone()).await;
        let offset = part.length()?;
        drop(part);
        conclude(&state, &upload, ended, offset, turn).await
    });
    taken.await.map_err(std::io::Error::other)?
}

/// What its sender says that it is.
fn said(upload: &Upload) -> (String, String) {
    let mut headers = axum::http::HeaderMap::new();
    if let Ok(value) = upload.metadata.parse() {
        headers.insert("upload-metadata", value);
    }
    let said = protocol::metadata(&headers).unwrap_or_default();
    (said.name, said.content_type)
}

async fn conclude(
    state: &State,
    upload: &Upload,
    ended: Ended,
    offset: u64,
    turn: Turn,
) -> Result<u64, Refusal> {
    let pool = &state.services.pool;
    if let Ended::NotTaken(why) = ended {
        finish::remove(&state.uploads(), upload).await?;
        return Err(Refusal::NotTaken(why));
    }
    uploads::received(pool, upload.id, offset, state.services.clock.now()).await?;
    match ended {
        Ended::Broken => return Err(Refusal::Broken),
        Ended::Beyond => return Err(Refusal::Beyond),
        Ended::WrongSum => return Err(Refusal::WrongSum),
        Ended::Disk(error) => return Err(error.into()),
        Ended::Whole | Ended::NotTaken(_) => {}
    }
    if offset == upload.bytes {
        store(state, upload, turn).await?;
    }
    Ok(offset)
}

/// Makes a file of the recording of it. Where that takes long, it goes on by itself, and whoever sent it is not kept.
async fn store(state: &State, upload: &Upload, turn: Turn) -> Result<(), Refusal> {
    let (place, upload) = (state.uploads(), upload.clone());
    let storing = tokio::spawn(async move {
        let outcome = finish(&place, &upload).await;
        drop(turn);
        outcome
    });
    match tokio::time::timeout(STORING, storing).await {
        Ok(finished) => Ok(finished.map_err(std::io::Error::other)??),
        Err(_) => Ok(()),
    }
}

/// Ends it (extension Termination).
async fn end(state: &State, upload: &Upload) -> Result<Response, Refusal> {
    if upload.found.is_some() && !upload.is_done {
        return Err(Refusal::Busy);
    }
    state.writers.end(upload.id);
    finish::remove(&state.uploads(), upload).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// When it can be gone on with no longer (extension Expiration).
fn tell_end(answer: &mut Response, upload: &Upload) {
    if !upload.is_done {
        set(answer, "upload-expires", &crate::media::http_date(upload.touched + KEPT));
    }
}
