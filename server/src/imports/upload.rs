//! A file that an organiser sends: read on a thread of its own, and kept as a draft.

use super::attendance;
use super::receive::{NotReceived, Received, receive};
use super::table::{self, Records};
use crate::organise::{allowed, failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use crate::turns::Turns;
use app::account::model::PersonId;
use app::organise::imports::columns::guess;
use app::organise::imports::draft_store::{Home, NewDraft, create};
use app::organise::imports::model::{FileProblem, Kind, PostedImport, Settings};
use app::organise::imports::people_store::questions;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use leptos::prelude::provide_context;
use tokio::sync::Semaphore;

/// So many files are held at once, one of each person: what one takes is bounded, and so is what all do.
static HELD: Turns = Turns::new(8);
/// So many are read at once. A slow line is waited for before that.
static READING: Semaphore = Semaphore::const_new(3);

/// `POST /organise/events/{slug}/import`
pub async fn people(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let lang = Lang::of_path(asked.uri.path());
    let (received, records) = match read_file(request, allowed.viewer.id).await {
        Ok(read) => read,
        Err(problem) => return back(&state, &asked, problem, Kind::People, None).await,
    };
    let kind = received.value("kind").and_then(Kind::parse);
    let kind = kind.filter(|kind| *kind == Kind::Attendance).unwrap_or(Kind::People);
    let table = match kind {
        Kind::Attendance => attendance::read(records),
        _ => table::headed(records),
    };
    let table = match table {
        Ok(table) => table,
        Err(problem) => return back(&state, &asked, NotReceived::File(problem), kind, None).await,
    };
    let pool = &state.services.pool;
    let columns = match kind {
        Kind::People => match questions(pool, allowed.found.event).await {
            Ok(questions) => guess(&table.titles, &questions),
            Err(error) => return failed(&state, &asked, error).await,
        },
        _ => Vec::new(),
    };
    let draft = NewDraft {
        kind,
        home: Home { programme: allowed.found.programme, event: Some(allowed.found.event.0) },
        file: received.name,
        read_as: table.read_as,
        titles: table.titles,
        rows: table.rows,
        settings: Settings { columns, lang, mail: true, absent: true, ..Settings::default() },
    };
    match create(pool, allowed.viewer.id, &draft, state.services.clock.now()).await {
        Ok(id) => {
            let page = format!("/organise/events/{}/import/{id}", allowed.slug);
            see_other(&lang.href(&page))
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// The file of a form, and the lines in it.
pub async fn read_file(
    request: Request,
    person: PersonId,
) -> Result<(Received, Records), NotReceived> {
    let (received, records) = read_by(request, person, table::records).await?;
    Ok((received, records.map_err(NotReceived::File)?))
}

/// The form that somebody sends, and what this makes of its file.
pub async fn read_by<T: Send + 'static>(
    request: Request,
    person: PersonId,
    read: impl FnOnce(&[u8]) -> Result<T, FileProblem> + Send + 'static,
) -> Result<(Received, Result<T, FileProblem>), NotReceived> {
    let _held = HELD.take(person).await.ok_or(NotReceived::Unreadable)?;
    let mut received = receive(request).await?;
    let turn = READING.acquire().await.map_err(|_| NotReceived::Unreadable)?;
    let bytes = std::mem::take(&mut received.bytes);
    let records = tokio::task::spawn_blocking(move || read(&bytes)).await;
    drop(turn);
    // A reader that stops in the middle of a file has found one that it cannot read.
    Ok((received, records.unwrap_or(Err(FileProblem::Broken))))
}

/// The page with what is wrong with the file.
pub async fn back(
    state: &State,
    asked: &Parts,
    problem: NotReceived,
    kind: Kind,
    home: Option<String>,
) -> Response {
    let problem = match problem {
        NotReceived::Unreadable => return refuse(state, asked, Refused::Unreadable).await,
        NotReceived::File(problem) => problem,
    };
    let (file, kind) = (Some(problem), Some(kind));
    let posted = PostedImport { file, kind, home, ..PostedImport::default() };
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = match problem {
            FileProblem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, Bytes};
    use axum::http::header;
    use futures::StreamExt;
    use std::convert::Infallible;
    use std::time::Duration;

    const BEGIN: &str =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nNamn\n";

    fn form(pieces: impl futures::Stream<Item = Bytes> + Send + 'static) -> Request {
        Request::builder()
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from_stream(pieces.map(Ok::<_, Infallible>)))
            .unwrap()
    }

    #[tokio::test]
    async fn who_sends_several_files_slowly_keeps_nobody_waiting() {
        let slow: Vec<_> = (0..10)
            .map(|_| {
                let begun = futures::stream::iter([Bytes::from(BEGIN)]);
                let request = form(begun.chain(futures::stream::pending()));
                tokio::spawn(read_file(request, PersonId(1)))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let whole = format!("{BEGIN}Eva Ek\n\r\n--x--\r\n");
        let whole = form(futures::stream::iter([Bytes::from(whole)]));
        let read = read_file(whole, PersonId(2));
        let read = tokio::time::timeout(Duration::from_secs(5), read).await.unwrap();
        assert_eq!(read.unwrap().0.name, "a.csv");
        for sending in slow {
            assert!(!sending.is_finished());
            sending.abort();
        }
    }
}
