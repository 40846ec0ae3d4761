//! A file as it comes in with a form (RFC 7578). No more of it is kept than may be; of a file that is larger, the
//! rest is let go by, so that the browser has sent all and reads the answer.

use app::organise::imports::model::{FileProblem, LARGEST_FILE};
use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::header;
use futures::{Stream, StreamExt};
use multer::bytes::Bytes;
use multer::{Constraints, Field, Multipart, SizeLimit};
use std::io::ErrorKind;
use std::time::Duration;

/// What the form weighs beside the file, at most, in bytes.
const REST_OF_FORM: usize = 16 * 1_024;
/// The most that is let go by, in bytes.
const MOST_LET_BY: usize = 300 * 1_024 * 1_024;
/// So long a file may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// And so long nothing of it may come.
const SILENCE: Duration = Duration::from_secs(20);

/// What came.
#[derive(Debug, Default)]
pub struct Received {
    /// What the file is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The other fields of the form.
    pub fields: Vec<(String, String)>,
}

impl Received {
    /// A field of the form.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// Why it did not come whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReceived {
    /// It is no form with a file.
    Unreadable,
    /// It is no good as a file.
    File(FileProblem),
}

#[derive(Debug)]
struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("too large")
    }
}

impl std::error::Error for TooLarge {}

/// Takes the file in.
///
/// # Errors
/// Why it did not come.
pub async fn receive(request: Request) -> Result<Received, NotReceived> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
        return Err(NotReceived::File(FileProblem::Missing));
    };
    let stream = bounded(request.into_body());
    let limit = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX);
    let sizes = SizeLimit::new().for_field("file", limit).per_field(8 * 1_024);
    let form = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(sizes));
    match tokio::time::timeout(PATIENCE, take(form)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(NotReceived::Unreadable),
    }
}

/// The body; once there is more of it than may be, nothing but its end, which is a fault.
fn bounded(body: Body) -> impl Stream<Item = Result<Bytes, axum::BoxError>> {
    let begin = (body.into_data_stream(), 0_usize, false);
    futures::stream::unfold(begin, |(mut body, mut seen, is_over)| async move {
        if is_over {
            return None;
        }
        let Ok(part) = tokio::time::timeout(SILENCE, body.next()).await else {
            return Some((
                Err(std::io::Error::from(ErrorKind::TimedOut).into()),
                (body, seen, true),
            ));
        };
        match part? {
            Err(error) => Some((Err(error.into()), (body, seen, true))),
            Ok(part) => {
                seen += part.len();
                if seen <= LARGEST_FILE + REST_OF_FORM {
                    return Some((Ok(part), (body, seen, false)));
                }
                let_by(&mut body, seen).await;
                Some((Err(TooLarge.into()), (body, seen, true)))
            }
        }
    })
}

async fn let_by(body: &mut BodyDataStream, mut seen: usize) {
    while let Some(Ok(part)) = body.next().await {
        seen += part.len();
        if seen > MOST_LET_BY {
            return;
        }
    }
}

async fn take(mut form: Multipart<'static>) -> Result<Received, NotReceived> {
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(|error| why(&error))? {
        if field.name() == Some("file") {
            received.name = field.file_name().map(tidy).unwrap_or_default();
            received.bytes = whole(field).await?;
        } else if let Some(name) = field.name().map(str::to_owned) {
            let value = field.text().await.map_err(|error| why(&error))?;
            if received.fields.len() < 20 {
                received.fields.push((name, value));
            }
        }
    }
    if received.bytes.is_empty() {
        let is_chosen = !received.name.is_empty();
        let problem = if is_chosen { FileProblem::Empty } else { FileProblem::Missing };
        return Err(NotReceived::File(problem));
    }
    Ok(received)
}

async fn whole(mut field: Field<'_>) -> Result<Vec<u8>, NotReceived> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|error| why(&error))? {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// The name alone, if a browser sends folders with it.
fn tidy(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn why(error: &multer::Error) -> NotReceived {
    let is_large = match error {
        multer::Error::FieldSizeExceeded { field_name, .. } => {
            field_name.as_deref() == Some("file")
        }
        multer::Error::StreamReadFailed(cause) => cause.is::<TooLarge>(),
        _ => false,
    };
    if is_large { NotReceived::File(FileProblem::TooLarge) } else { NotReceived::Unreadable }
}
