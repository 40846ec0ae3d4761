//! Events from a file: read in for a programme or a series of it, and what is done with the draft.

use super::deeds::Asked;
use super::receive::NotReceived;
use super::table::{self, Table};
use super::upload::{back, read_by};
use super::{encoding, event_list, ics, schedule_json, schedule_xml};
use crate::form_body::read_pairs;
use crate::organise::{failed, not_allowed};
use crate::posts::{parts_of, see_other};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::organise::imports::draft_store::{Home, NewDraft, create, find};
use app::organise::imports::model::{FileProblem, Kind, Settings};
use app::organise::plan::read::home_of;
use app::organise::plan::store::choices;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::response::Response;
use std::sync::Arc;

/// Whoever asks, if they organise anything.
fn organiser(asked: &Parts) -> Result<Arc<Viewer>, AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    if viewer.organises() { Ok(viewer) } else { Err(AppError::Forbidden) }
}

/// The events in a file, whichever sort of file it is.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn events(bytes: &[u8]) -> Result<(Kind, Table), FileProblem> {
    // What a spreadsheet begins with is no text.
    if !bytes.starts_with(b"PK")
        && let Ok((text, name)) = encoding::text(bytes)
    {
        if ics::is_calendar(&text) {
            return Ok((Kind::Events, ics::read(&text, name)?));
        }
        match text.trim_start().chars().next() {
            Some('<') => {
                let read_as = format!("frab-XML {name}");
                return Ok((Kind::Schedule, schedule_xml::read(&text)?.table(read_as)?));
            }
            Some('{') => {
                let read_as = format!("frab-JSON {name}");
                return Ok((Kind::Schedule, schedule_json::read(&text)?.table(read_as)?));
            }
            _ => {}
        }
    }
    Ok((Kind::Events, event_list::read(table::records(bytes)?)?))
}

/// `POST /organise/import`
pub async fn read(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let viewer = match organiser(&asked) {
        Ok(viewer) => viewer,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let (received, read) = match read_by(request, viewer.id, events).await {
        Ok(read) => read,
        Err(problem) => return back(&state, &asked, problem, Kind::Events, None).await,
    };
    let home = received.value("home").unwrap_or_default().to_owned();
    let (kind, table) = match read {
        Ok(read) => read,
        Err(problem) => {
            let problem = NotReceived::File(problem);
            return back(&state, &asked, problem, Kind::Events, Some(home)).await;
        }
    };
    let lang = Lang::of_path(asked.uri.path());
    let pool = &state.services.pool;
    let homes = match choices(pool, lang, &viewer, None).await {
        Ok(choices) => choices.homes,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let programme = home_of(&home).filter(|_| homes.iter().any(|(value, _)| *value == home));
    let Some((programme, _)) = programme else {
        return refuse(&state, &asked, Refused::Unreadable).await;
    };
    let draft = NewDraft {
        kind,
        home: Home { programme, event: None },
        file: received.name,
        read_as: table.read_as,
        titles: table.titles,
        rows: table.rows,
        settings: Settings { home, ..Settings::default() },
    };
    match create(pool, viewer.id, &draft, state.services.clock.now()).await {
        Ok(id) => see_other(&lang.href(&format!("/organise/import/{id}"))),
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/import/{id}`
pub async fn act(extract::State(state): extract::State<State>, request: Request) -> Response {
    let parts = parts_of(&request);
    let viewer = match organiser(&parts) {
        Ok(viewer) => viewer,
        Err(error) => return not_allowed(&state, &parts, error).await,
    };
    let id = parts.uri.path().rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or(0_i64);
    let import = match find(&state.services.pool, id).await {
        Ok(import) => import,
        Err(error) => return failed(&state, &parts, error).await,
    };
    let mine = |home: Home| home.event.is_none() && viewer.may_organise(home.programme);
    let Some(import) = import.filter(|import| mine(import.home)) else {
        return not_allowed(&state, &parts, AppError::NotFound).await;
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &parts, refused).await,
    };
    Asked { state, parts, viewer, event: None, import, pairs }.act().await
}
