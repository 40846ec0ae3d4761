//! Reads a form that may hold a file, or captions of many hours in a field. Of what is too large nothing is kept, but it
//! is read to its end, so that the browser gets an answer; not more than a few times as much as is allowed, though.

use crate::form_body::read_pairs;
use crate::refused::Refused;
use crate::turns::Turns;
use app::account::model::PersonId;
use app::organise::captions::model::LARGEST;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use multer::Multipart;
use std::time::Duration;
use tokio::time::timeout;

/// The most that is read.
const MOST_READ: usize = 6 * LARGEST;
/// So many fields are kept.
const MOST_FIELDS: usize = 2_000;
/// The longest that sending may take.
const LONGEST: Duration = Duration::from_secs(180);
/// The most forms that are in memory at once, one of each person.
static FORMS: Turns = Turns::new(6);

/// What was sent.
#[derive(Default)]
pub(super) struct Sent {
    /// What the file is called; empty if none was chosen.
    pub name: String,
    /// What is in it.
    pub file: Vec<u8>,
    /// All other fields, in their order.
    pub fields: Vec<(String, String)>,
    /// Something of it is larger than may be, and is not here.
    pub is_too_large: bool,
}

impl Sent {
    /// A field of the form.
    pub fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map_or("", |(_, value)| value)
    }
}

/// Reads it.
pub(super) async fn read(request: Request, person: PersonId) -> Result<Sent, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
        let fields = read_pairs(request).await?;
        return Ok(Sent { fields, ..Sent::default() });
    };
    let _turn = FORMS.take(person).await.ok_or(Refused::Unavailable)?;
    let read = timeout(LONGEST, parts(request.into_body(), boundary)).await;
    read.unwrap_or(Err(Refused::Unreadable))
}

async fn parts(body: Body, boundary: String) -> Result<Sent, Refused> {
    let mut parts = Multipart::new(body.into_data_stream(), boundary);
    let mut sent = Sent::default();
    let (mut read, mut kept) = (0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(|_| Refused::Unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(tidy);
        let (mut bytes, mut is_over) = (Vec::new(), false);
        while let Some(chunk) = part.chunk().await.map_err(|_| Refused::Unreadable)? {
            read += chunk.len();
            is_over |= kept + bytes.len() + chunk.len() > LARGEST;
            if is_over {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
            if read > MOST_READ {
                sent.is_too_large = true;
                return Ok(sent);
            }
        }
        sent.is_too_large |= is_over;
        kept += bytes.len();
        if name == "file" {
            sent.name = file_name.unwrap_or_default();
            sent.file = bytes;
        } else if sent.fields.len() < MOST_FIELDS {
            sent.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(sent)
}

/// The name alone, if a browser sends folders with it.
fn tidy(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}
