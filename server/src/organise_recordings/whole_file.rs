//! A file that a browser sends whole, from a form that works without JavaScript. What breaks on its way begins anew; so
//! it may not be as large as one that is sent by tus.

use super::{Allowed, allowed, done};
use crate::media::store::new_stem;
use crate::organise::not_allowed;
use crate::posts::parts_of;
use crate::refused::{Refused, refuse};
use crate::router::State;
use crate::turns::Turns;
use crate::uploads::finish::{NotFinished, Place, finish};
use crate::uploads::part::Folder;
use crate::uploads::why;
use app::error::AppError;
use app::organise::recordings::model::{LARGEST_WHOLE, PostedFile};
use app::recordings::model::Role;
use app::recordings::uploads::{self, NewUpload};
use app::text::Lang;
use axum::body::{Body, Bytes};
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use leptos::prelude::provide_context;
use multer::Multipart;
use std::io::Error as IoError;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// The longest that sending may take: 500 MB over a line of 2 Mbit/s.
const LONGEST: Duration = Duration::from_secs(2_400);
/// The most bytes of another field.
const LARGEST_TEXT: usize = 1_000;
/// How many are taken in at once, one of each person.
static FILES: Turns = Turns::new(8);

/// What has come.
struct Came {
    stem: String,
    name: String,
    wanted: Option<Role>,
    bytes: u64,
}

/// Why nothing came of it.
enum Not {
    Refused(Refused),
    Said(&'static str),
    Page(AppError),
}

impl From<IoError> for Not {
    fn from(error: IoError) -> Self {
        tracing::error!(%error, "a file that was sent whole could not be written");
        Self::Page(AppError::Unavailable)
    }
}

impl From<sqlx::Error> for Not {
    fn from(error: sqlx::Error) -> Self {
        Self::Page(error.into())
    }
}

/// `POST /organise/recordings/{slug}/file`
pub(super) async fn take(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    match try_take(&state, &asked, &allowed, request.into_body()).await {
        Ok(()) => done(&state, &asked, &allowed.slug, "file_came"),
        Err(Not::Refused(refused)) => refuse(&state, &asked, refused).await,
        Err(Not::Page(AppError::Unavailable)) => refuse(&state, &asked, Refused::Unavailable).await,
        Err(Not::Page(error)) => not_allowed(&state, &asked, error).await,
        Err(Not::Said(why)) => said(&state, &asked, why).await,
    }
}

/// The page again, which says at the form why the file was not taken (422).
async fn said(state: &State, asked: &Parts, why: &'static str) -> Response {
    let posted = PostedFile { why: Some(why.to_owned()) };
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

async fn try_take(state: &State, asked: &Parts, allowed: &Allowed, body: Body) -> Result<(), Not> {
    let words = Lang::of_path(asked.uri.path()).upload_words();
    let kind = asked.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let boundary = boundary.ok_or(Not::Refused(Refused::Unreadable))?;
    let _turn = FILES.take(allowed.viewer.id).await.ok_or(Not::Refused(Refused::Unavailable))?;
    let most = LARGEST_WHOLE.min(state.config.largest_upload);
    let place = state.uploads();
    let stem = new_stem();
    let came = timeout(LONGEST, receive(&place.folder, &stem, body, boundary, most)).await;
    let came = came.unwrap_or(Err(Not::Refused(Refused::Unreadable)));
    let outcome = match came {
        Ok(came) if came.bytes == 0 => Err(Not::Said(words.empty)),
        Ok(came) if came.bytes > most => Err(Not::Said(words.too_large)),
        Ok(came) => store(state, &place, allowed, &came, words).await,
        Err(not) => Err(not),
    };
    if outcome.is_err() {
        let _ = tokio::task::spawn_blocking(move || place.folder.remove(&stem)).await;
    }
    outcome
}

/// Makes a file of the recording of what has come, as of an upload that is all there.
async fn store(
    state: &State,
    place: &Place,
    allowed: &Allowed,
    came: &Came,
    words: &'static app::text::UploadWords,
) -> Result<(), Not> {
    let (pool, now) = (&state.services.pool, state.services.clock.now());
    let new = NewUpload {
        recording: allowed.door.id,
        stem: &came.stem,
        name: &came.name,
        metadata: "",
        wanted: came.wanted,
        bytes: came.bytes,
    };
    let id = uploads::create(pool, &allowed.viewer, &new, now).await?;
    let id = id.ok_or(Not::Said(words.too_many))?;
    let upload = uploads::find(pool, allowed.door.id, id).await?;
    let upload = upload.ok_or(Not::Page(AppError::Forbidden))?;
    let turn = state.writers.begin(id).await;
    let finished = finish(place, &upload).await;
    drop(turn);
    match finished {
        Ok(()) => Ok(()),
        Err(NotFinished::NotTaken(not_taken)) => Err(Not::Said(why(not_taken, words))),
        Err(NotFinished::Gone) => Err(Not::Said(words.gone)),
        Err(NotFinished::Disk(error)) => Err(error.into()),
        Err(NotFinished::Database(error)) => Err(error.into()),
        Err(NotFinished::Store(error)) => {
            tracing::error!(%error, "a file that was sent whole could not be put into the store");
            Err(Not::Page(AppError::Unavailable))
        }
    }
}

/// Writes the file down as it comes. What is beyond the most is read and not written: the browser gets an answer.
async fn receive(
    folder: &Folder,
    stem: &str,
    body: Body,
    boundary: String,
    most: u64,
) -> Result<Came, Not> {
    let unreadable = |_| Not::Refused(Refused::Unreadable);
    let mut came = Came { stem: stem.to_owned(), name: String::new(), wanted: None, bytes: 0 };
    let mut parts = Multipart::new(body.into_data_stream(), boundary);
    while let Some(mut field) = parts.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") && came.bytes == 0 {
            came.name = plain_name(field.file_name().unwrap_or_default());
            let part = open(folder, stem).await?;
            while let Some(bytes) = field.chunk().await.map_err(unreadable)? {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let at = came.bytes;
                came.bytes = at.saturating_add(length);
                if came.bytes > most.saturating_mul(2) {
                    return Ok(came);
                }
                if came.bytes <= most {
                    write(&part, bytes, at).await?;
                }
            }
            let part = Arc::clone(&part);
            tokio::task::spawn_blocking(move || part.sync()).await.map_err(IoError::other)??;
        } else {
            let is_role = field.name() == Some("role");
            let mut text = Vec::new();
            while let Some(bytes) = field.chunk().await.map_err(unreadable)? {
                let left = LARGEST_TEXT.saturating_sub(text.len());
                text.extend_from_slice(&bytes[..bytes.len().min(left)]);
            }
            if is_role {
                came.wanted = std::str::from_utf8(&text).ok().and_then(Role::parse);
            }
        }
    }
    Ok(came)
}

type Part = Arc<crate::uploads::part::Part>;

async fn open(folder: &Folder, stem: &str) -> Result<Part, IoError> {
    let (folder, stem) = (folder.clone(), stem.to_owned());
    let opened = tokio::task::spawn_blocking(move || {
        folder.create(&stem)?;
        folder.open(&stem)
    });
    let part = opened.await.map_err(IoError::other)??;
    let part = part.and_then(Result::ok).ok_or_else(|| IoError::other("it is gone"))?;
    Ok(Arc::new(part))
}

async fn write(part: &Part, bytes: Bytes, at: u64) -> Result<(), IoError> {
    let part = Arc::clone(part);
    tokio::task::spawn_blocking(move || part.write(&bytes, at)).await.map_err(IoError::other)?
}

/// The name alone, without the folders that it lay in, and without what is no character.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}
