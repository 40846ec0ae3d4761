//! Reads the form of a picture as it is sent. What is too large is read to its end and thrown away, so that the
//! browser gets an answer and not a broken connection; but not more than a few times as much as is allowed.

use super::tidy;
use crate::refused::Refused;
use app::organise::images::model::{Description, LARGEST_FILE};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use futures::StreamExt;
use multer::Multipart;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The most of a form that is kept: the file, and the lines beside it.
const LARGEST: usize = LARGEST_FILE + (64 << 10);
/// The most that is read.
const MOST_READ: usize = 6 * LARGEST_FILE;
/// The longest that sending may take: 10 MB over a slow line.
const LONGEST: Duration = Duration::from_secs(180);
/// The most forms that are in memory at once.
static FORMS: Semaphore = Semaphore::const_new(6);

/// A form of a picture.
#[derive(Default)]
pub(super) struct Upload {
    /// The file; empty if none was chosen.
    pub(super) file: Bytes,
    /// What it shows.
    pub(super) description: Description,
    /// The picture is to be taken away.
    pub(super) removes: bool,
}

/// Reads it.
pub(super) async fn read(request: Request) -> Result<Upload, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let Some(boundary) = boundary else { return Err(Refused::Unreadable) };
    let _turn = FORMS.acquire().await.map_err(|_| Refused::Unavailable)?;
    // Whoever sends so slowly that others wait for their turn has had theirs.
    let body = timeout(LONGEST, whole(request.into_body())).await;
    let body = body.unwrap_or(Err(Refused::Unreadable))?;
    parts(body, boundary).await
}

async fn whole(body: Body) -> Result<Bytes, Refused> {
    let mut stream = body.into_data_stream();
    let (mut kept, mut read) = (Vec::new(), 0);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refused::Unreadable)?;
        read += chunk.len();
        if read > MOST_READ {
            return Err(Refused::TooLarge);
        }
        if read > LARGEST {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&chunk);
        }
    }
    if read > LARGEST { Err(Refused::TooLarge) } else { Ok(kept.into()) }
}

async fn parts(body: Bytes, boundary: String) -> Result<Upload, Refused> {
    let stream = futures::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut parts = Multipart::new(stream, boundary);
    let mut upload = Upload::default();
    while let Some(part) = parts.next_field().await.map_err(|_| Refused::Unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| Refused::Unreadable)?;
        let text = || tidy(&String::from_utf8_lossy(&bytes));
        match name.as_str() {
            "file" if bytes.len() > LARGEST_FILE => return Err(Refused::TooLarge),
            "file" => upload.file = bytes,
            "alt_sv" => upload.description.sv = text(),
            "alt_en" => upload.description.en = text(),
            "decorative" => upload.description.is_decorative = bytes.as_ref() == b"yes",
            "do" => upload.removes = bytes.as_ref() == b"remove",
            _ => {}
        }
    }
    Ok(upload)
}
