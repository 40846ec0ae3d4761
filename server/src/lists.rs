//! The people of an event as files. Read and sent a part at a time: a list of any length takes the same memory,
//! and no connection to the database is held while the reader takes its time.

mod spreadsheet;

use crate::organise::{failed, not_allowed};
use crate::posts::{parts_of, word_before_last};
use crate::router::State;
use app::account::who::Who;
use app::audit::store::exported;
use app::error::AppError;
use app::events::model::Slug;
use app::organise::lists::csv::{self, push_line};
use app::organise::lists::table::{Cell, Columns, Reading};
use app::organise::people::query::PeopleQuery;
use app::organise::people::store::{matching, readable};
use app::organise::store::find;
use app::text::Lang;
use app::time::today;
use axum::body::{Body, Bytes};
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::stream;

/// The addresses of the files.
pub fn routes(prefix: &str) -> axum::Router<State> {
    let event = format!("{prefix}/organise/events/{{slug}}");
    axum::Router::new()
        .route(&format!("{event}/list.csv"), get(as_text))
        .route(&format!("{event}/list.xlsx"), get(as_spreadsheet))
}

/// A list that somebody may take out.
struct Taken {
    reading: Reading,
    columns: Columns,
    /// What the file is called, without its ending.
    name: String,
}

/// Whoever asks hosts in the event's programme or organises it. An event that is not theirs and one that is not
/// there are answered alike.
async fn take(state: &State, asked: &Parts, file: &str) -> Result<Taken, Response> {
    let allowed = async {
        let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
        let viewer = who.require()?;
        let slug = Slug::parse(&word_before_last(asked.uri.path())).ok_or(AppError::Forbidden)?;
        let found = find(&state.services.pool, &slug).await?;
        let found = found.filter(|found| viewer.may_host(found.programme));
        Ok::<_, AppError>((viewer, slug, found.ok_or(AppError::Forbidden)?))
    };
    let (viewer, slug, found) = match allowed.await {
        Ok(allowed) => allowed,
        Err(error) => return Err(not_allowed(state, asked, error).await),
    };
    let lang = Lang::of_path(asked.uri.path());
    let is_organiser = viewer.may_organise(found.programme);
    let query = asked.uri.query().unwrap_or_default();
    let query = PeopleQuery::from_pairs(url::form_urlencoded::parse(query.as_bytes()));
    let pool = &state.services.pool;
    let read = async {
        let questions = readable(pool, lang, found.event, is_organiser).await?;
        let people = matching(pool, found.event, &query, is_organiser).await?;
        exported(pool, viewer.id, found.event, file, people.len()).await?;
        Ok((questions, people))
    };
    let (questions, people) = match read.await {
        Ok(read) => read,
        Err(error) => return Err(failed(state, asked, error).await),
    };
    let columns = Columns { lang, is_hybrid: found.ways.len() > 1, is_organiser, questions };
    let people: Vec<i64> = people.into_iter().map(|(person, _)| person).collect();
    let day = today(state.services.clock.now());
    Ok(Taken {
        reading: Reading::new(pool.clone(), found.event, people, columns.clone()),
        columns,
        name: format!("{}-{}-{day}", lang.list_file(), slug.as_str()),
    })
}

/// `GET /organise/events/{slug}/list.csv`
async fn as_text(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let Taken { reading, columns, name } = match take(&state, &asked, "CSV").await {
        Ok(taken) => taken,
        Err(answer) => return answer,
    };
    let mut head = String::from(csv::MARK);
    let titles: Vec<Cell> = columns.titles().into_iter().map(Cell::Text).collect();
    push_line(&mut head, &titles);
    let parts = stream::try_unfold((reading, Some(head)), |(mut reading, head)| async move {
        if let Some(head) = head {
            return Ok(Some((Bytes::from(head), (reading, None))));
        }
        // An error ends the connection before the end of the file: the browser says that it is not whole.
        let part = reading.next().await.inspect_err(|error| {
            tracing::warn!(%error, "a list was not read to its end");
        })?;
        Ok::<_, sqlx::Error>(part.map(|rows| {
            let mut text = String::with_capacity(rows.len() * 128);
            for row in &rows {
                push_line(&mut text, row);
            }
            (Bytes::from(text), (reading, None))
        }))
    });
    let headers = file_headers(&name, "csv", "text/csv; charset=utf-8; header=present");
    (headers, Body::from_stream(parts)).into_response()
}

/// `GET /organise/events/{slug}/list.xlsx`
async fn as_spreadsheet(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    let Taken { reading, columns, name } = match take(&state, &asked, "XLSX").await {
        Ok(taken) => taken,
        Err(answer) => return answer,
    };
    match spreadsheet::write(reading, columns).await {
        Ok((body, length)) => {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let mut headers = file_headers(&name, "xlsx", kind);
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            (headers, body).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "a spreadsheet was not written");
            let mut answer = crate::pages::render(&state, &asked, || {}).await;
            *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            answer
        }
    }
}

/// A file that is kept by whoever takes it, and by nobody on the way.
fn file_headers(name: &str, ending: &str, kind: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A slug has no sign that would have to be escaped.
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    let disposition = HeaderValue::try_from(disposition);
    headers.insert(
        header::CONTENT_DISPOSITION,
        disposition.unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}
