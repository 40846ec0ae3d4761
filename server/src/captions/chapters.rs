//! `POST /organise/recordings/{slug}/chapters`: chapters by hand, from a file, or from the event's programme. What a
//! file or the programme gives is shown in the form first; only what is saved there is kept.

use super::form::{Sent, read as read_form};
use super::{Stop, allowed, decode, shown};
use crate::posts::{parts_of, see_other};
use crate::router::State;
use app::captions::chapters::{from_programme, parse};
use app::captions::clock;
use app::organise::captions::chapters_form::{ChapterRow, read, rows};
use app::organise::captions::model::{MOST_LISTED, PostedChapters, Trouble};
use app::organise::captions::store;
use app::recordings::access::Door;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

/// `POST …/chapters`
pub(super) async fn post(
    extract::State(state): extract::State<State>,
    extract::Path(slug): extract::Path<String>,
    request: Request,
) -> Response {
    let parts = parts_of(&request);
    match try_post(&state, &parts, &slug, request).await {
        Ok(answer) => answer,
        Err(stop) => stop.answer(&state, &parts).await,
    }
}

async fn try_post(
    state: &State,
    parts: &Parts,
    slug: &str,
    request: Request,
) -> Result<Response, Stop> {
    let (viewer, door) = allowed(state, parts, slug).await?;
    let sent = read_form(request, viewer.id).await?;
    let lang = Lang::of_path(parts.uri.path());
    let pool = &state.services.pool;
    let duration = store::beside(pool, lang, slug, &door).await?.duration_ms;
    let (status, posted) = match sent.value("do") {
        "save" => {
            let rows: Vec<_> =
                rows(&sent.fields).into_iter().filter(|row| !row.is_empty()).collect();
            match read(&rows, duration) {
                Ok(chapters) => {
                    store::save_chapters(pool, viewer.id, door.id, &chapters).await?;
                    state.services.hub.wake_relay();
                    let page = format!("/organise/recordings/{slug}/chapters?done=chapters");
                    return Ok(see_other(&lang.href(&page)));
                }
                Err(wrong) => (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    PostedChapters { rows, wrong, ..PostedChapters::default() },
                ),
            }
        }
        "file" => from_file(&sent),
        "programme" => from_slots(state, &door, &sent, duration).await?,
        // One more row: nothing is saved.
        "add" => {
            let mut rows = rows(&sent.fields);
            rows.push(ChapterRow::default());
            (StatusCode::OK, PostedChapters { rows, ..PostedChapters::default() })
        }
        _ => return Err(crate::refused::Refused::Unreadable.into()),
    };
    Ok(shown(state, parts, status, PostedChapters { is_there: true, ..posted }).await)
}

fn from_file(sent: &Sent) -> (StatusCode, PostedChapters) {
    let trouble = |trouble, line| {
        let posted = PostedChapters { trouble: Some((trouble, line)), ..PostedChapters::default() };
        (StatusCode::UNPROCESSABLE_ENTITY, posted)
    };
    if sent.is_too_large {
        return trouble(Trouble::TooLarge, 0);
    }
    if sent.file.is_empty() {
        return trouble(Trouble::Nothing, 0);
    }
    let Some(text) = decode::text(&sent.file) else { return trouble(Trouble::NotText, 0) };
    match parse(&text) {
        Ok(parsed) => {
            let rows = parsed.chapters.iter().map(ChapterRow::of).collect();
            let mut faults = parsed.faults;
            faults.truncate(MOST_LISTED);
            let posted =
                PostedChapters { rows, faults, is_proposal: true, ..PostedChapters::default() };
            (StatusCode::OK, posted)
        }
        Err(why) => match Trouble::of(why) {
            (Trouble::NoSignature, line) => trouble(Trouble::NoChapters, line),
            (why, line) => trouble(why, line),
        },
    }
}

async fn from_slots(
    state: &State,
    door: &Door,
    sent: &Sent,
    duration: Option<i32>,
) -> Result<(StatusCode, PostedChapters), Stop> {
    let began = sent.value("began").trim().to_owned();
    // Before the recording began, with a minus.
    let (sign, time) = match began.strip_prefix(['-', '−']) {
        Some(time) => (-1, time),
        None => (1, began.as_str()),
    };
    let Some(time) = clock::read(time) else {
        let posted = PostedChapters { began, is_no_time: true, ..PostedChapters::default() };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, posted));
    };
    let parts = store::programme(&state.services.pool, door.event_id).await?;
    let chapters = from_programme(&parts, time * sign, duration);
    let rows = chapters.iter().map(ChapterRow::of).collect();
    Ok((
        StatusCode::OK,
        PostedChapters { rows, began, is_proposal: true, ..PostedChapters::default() },
    ))
}
