//! Reads the form of a picture as it is sent. Of a file that is too large nothing is kept, but it is read to its end:
//! the browser gets an answer and not a broken connection, and what was typed stands after the file. Not more than
//! a few times as much as is allowed, though.

use super::tidy;
use crate::refused::Refused;
use crate::turns::Turns;
use app::account::model::PersonId;
use app::organise::images::model::{Description, LARGEST_FILE};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use multer::Multipart;
use std::time::Duration;
use tokio::time::timeout;

/// The most of another field that is kept, in bytes: more than any may have.
const LARGEST_TEXT: usize = 64 << 10;
/// The most that is read.
const MOST_READ: usize = 6 * LARGEST_FILE;
/// The longest that sending may take: 10 MB over a slow line.
const LONGEST: Duration = Duration::from_secs(180);
/// The most forms that are in memory at once, one of each person.
static FORMS: Turns = Turns::new(6);

/// A form of a picture.
#[derive(Default)]
pub(super) struct Upload {
    /// The file; empty if none was chosen.
    pub(super) file: Bytes,
    /// The file is larger than may be, and nothing of it is here.
    pub(super) is_too_large: bool,
    /// What it shows, as far as it was read.
    pub(super) description: Option<Description>,
    /// The picture is to be taken away.
    pub(super) removes: bool,
}

/// Reads it.
pub(super) async fn read(request: Request, person: PersonId) -> Result<Upload, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let Some(boundary) = boundary else { return Err(Refused::Unreadable) };
    let _turn = FORMS.take(person).await.ok_or(Refused::Unavailable)?;
    // Whoever sends so slowly that others wait for their turn has had theirs.
    let read = timeout(LONGEST, parts(request.into_body(), boundary)).await;
    read.unwrap_or(Err(Refused::Unreadable))
}

async fn parts(body: Body, boundary: String) -> Result<Upload, Refused> {
    let mut parts = Multipart::new(body.into_data_stream(), boundary);
    let mut upload = Upload::default();
    let mut read = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| Refused::Unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let most = if name == "file" { LARGEST_FILE } else { LARGEST_TEXT };
        let (mut bytes, mut is_over) = (Vec::new(), false);
        while let Some(chunk) = part.chunk().await.map_err(|_| Refused::Unreadable)? {
            read += chunk.len();
            is_over |= bytes.len() + chunk.len() > most;
            if is_over {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
            if read > MOST_READ {
                upload.is_too_large = true;
                return Ok(upload);
            }
        }
        let text = || tidy(&String::from_utf8_lossy(&bytes));
        let words = &mut upload.description;
        match name.as_str() {
            "file" if is_over => upload.is_too_large = true,
            "file" => upload.file = bytes.into(),
            "alt_sv" => words.get_or_insert_default().sv = text(),
            "alt_en" => words.get_or_insert_default().en = text(),
            "decorative" => words.get_or_insert_default().is_decorative = bytes == b"yes",
            "do" => upload.removes = bytes == b"remove",
            _ => {}
        }
    }
    Ok(upload)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form with a file of so many bytes, and words after it, as browsers send them.
    async fn sent(bytes: usize) -> Upload {
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let begin =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
        let end = format!(
            "\r\n{}{}{}--x--\r\n",
            field("alt_sv", " En sal "),
            field("alt_en", "A hall"),
            field("do", "save")
        );
        let piece = Bytes::from(vec![7; 64 << 10]);
        let pieces = std::iter::repeat_n(piece.clone(), bytes / piece.len());
        let rest = piece.slice(..bytes % piece.len());
        let body = std::iter::once(Bytes::from(begin)).chain(pieces).chain([rest, end.into()]);
        let body = futures::stream::iter(body.map(Ok::<_, std::convert::Infallible>));
        let request = Request::builder()
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from_stream(body))
            .unwrap();
        read(request, PersonId(1)).await.ok().unwrap()
    }

    #[tokio::test]
    async fn what_was_typed_beside_a_file_that_is_too_large_is_there() {
        let words = Description { sv: "En sal".into(), en: "A hall".into(), is_decorative: false };
        let fits = sent(LARGEST_FILE).await;
        assert_eq!((fits.file.len(), fits.is_too_large), (LARGEST_FILE, false));
        assert_eq!(fits.description, Some(words.clone()));
        for bytes in [LARGEST_FILE + 1, 3 * LARGEST_FILE] {
            let large = sent(bytes).await;
            assert!(large.is_too_large && large.file.is_empty(), "nothing of it is kept");
            assert_eq!(large.description, Some(words.clone()), "{bytes}");
        }
        // Nobody waits for the end of this one; what is saved stands in its form again.
        let endless = sent(MOST_READ + 1).await;
        assert!(endless.is_too_large && endless.description.is_none());
    }
}
