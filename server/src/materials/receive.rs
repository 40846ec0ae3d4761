//! Takes a file in as a form sends it: straight to the disk, so that it takes no memory however large it is. Of one that
//! is too large nothing is kept, but it is read on for a while: the browser gets an answer and not a broken connection.

use super::kind;
use crate::media::store::new_stem;
use crate::refused::Refused;
use crate::router::State;
use crate::turns::Turns;
use crate::uploads::part::{Folder, Part};
use app::account::model::PersonId;
use app::materials::file::{FileKind, LARGEST_FILE};
use app::organise::materials::model::FileProblem;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use multer::Multipart;
use std::io::{Error as IoError, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// The longest that sending may take: 100 MB over a line of 1 Mbit/s.
const LONGEST: Duration = Duration::from_secs(900);
/// The most bytes of another field.
const LARGEST_TEXT: usize = 1_000;
/// How many are taken in at once, one of each person.
static FILES: Turns = Turns::new(8);

/// Why nothing came.
pub(super) enum Not {
    /// It cannot be read.
    Refused(Refused),
    /// There is no room.
    Full,
}

impl From<IoError> for Not {
    fn from(error: IoError) -> Self {
        if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            tracing::error!("there is no room for a material's file");
            return Self::Full;
        }
        tracing::error!(%error, "a material's file could not be written");
        Self::Refused(Refused::Unavailable)
    }
}

/// What has come.
pub(super) struct Came {
    /// What it is called among the uploads.
    pub stem: String,
    /// What it was called, without folders; empty if none was chosen.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// The material is here now.
    pub is_here: bool,
    /// The file that there is, is to be taken away.
    pub removes: bool,
    folder: Folder,
    most: u64,
}

impl Came {
    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.folder.path(&self.stem)
    }

    /// What it is; or what is wrong with it.
    pub async fn look(&self) -> Result<FileKind, FileProblem> {
        match self.bytes {
            0 if self.name.is_empty() => return Err(FileProblem::NoFile),
            0 => return Err(FileProblem::Empty),
            bytes if bytes > self.most => return Err(FileProblem::TooLarge),
            _ => {}
        }
        let (path, name, bytes) = (self.path(), self.name.clone(), self.bytes);
        let look = tokio::task::spawn_blocking(move || kind::of(&path, &name, bytes)).await;
        look.unwrap_or_else(|error| {
            tracing::warn!(%error, "a material's file could not be looked at");
            Err(FileProblem::Broken)
        })
    }

    /// Nothing is left of it here.
    pub async fn forget(self) {
        let gone = tokio::task::spawn_blocking(move || self.folder.remove(&self.stem)).await;
        if let Ok(Err(error)) = gone {
            tracing::warn!(%error, "a material's file is left among the uploads");
        }
    }
}

/// Reads the form.
pub(super) async fn form(state: &State, person: PersonId, request: Request) -> Result<Came, Not> {
    let unreadable = || Not::Refused(Refused::Unreadable);
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let boundary = boundary.ok_or_else(unreadable)?;
    let _turn = FILES.take(person).await.ok_or(Not::Refused(Refused::Unavailable))?;
    let mut came = Came {
        stem: new_stem(),
        name: String::new(),
        bytes: 0,
        is_here: false,
        removes: false,
        folder: state.uploads().folder,
        most: LARGEST_FILE.min(state.config.largest_upload),
    };
    let read = timeout(LONGEST, fields(&mut came, request.into_body(), boundary)).await;
    match read.unwrap_or_else(|_| Err(unreadable())) {
        Ok(()) => Ok(came),
        Err(not) => {
            came.forget().await;
            Err(not)
        }
    }
}

async fn fields(came: &mut Came, body: Body, boundary: String) -> Result<(), Not> {
    let unreadable = |_| Not::Refused(Refused::Unreadable);
    let mut parts = Multipart::new(body.into_data_stream(), boundary);
    while let Some(mut field) = parts.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") && came.bytes == 0 {
            came.name = plain_name(field.file_name().unwrap_or_default());
            let part = open(&came.folder, &came.stem).await?;
            while let Some(bytes) = field.chunk().await.map_err(unreadable)? {
                let at = came.bytes;
                came.bytes = at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                if came.bytes > came.most.saturating_mul(2) {
                    return Ok(());
                }
                if came.bytes <= came.most {
                    write(&part, bytes, at).await?;
                }
            }
            tokio::task::spawn_blocking(move || part.sync()).await.map_err(IoError::other)??;
        } else {
            let name = field.name().unwrap_or_default().to_owned();
            let mut text = Vec::new();
            while let Some(bytes) = field.chunk().await.map_err(unreadable)? {
                let left = LARGEST_TEXT.saturating_sub(text.len());
                text.extend_from_slice(&bytes[..bytes.len().min(left)]);
            }
            match name.as_str() {
                "here" => came.is_here = text == b"yes",
                "do" => came.removes = text == b"remove",
                _ => {}
            }
        }
    }
    Ok(())
}

async fn open(folder: &Folder, stem: &str) -> Result<Arc<Part>, IoError> {
    let (folder, stem) = (folder.clone(), stem.to_owned());
    let opened = tokio::task::spawn_blocking(move || {
        // A form may have a second file field; only one counts.
        folder.remove(&stem)?;
        folder.create(&stem)?;
        folder.open(&stem)
    });
    let part = opened.await.map_err(IoError::other)??;
    let part = part.and_then(Result::ok).ok_or_else(|| IoError::other("it is gone"))?;
    Ok(Arc::new(part))
}

async fn write(part: &Arc<Part>, bytes: Bytes, at: u64) -> Result<(), IoError> {
    let part = Arc::clone(part);
    tokio::task::spawn_blocking(move || part.write(&bytes, at)).await.map_err(IoError::other)?
}

/// The name alone, without the folders that it lay in, and without what is no character.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        for (name, plain) in [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\Eva\\Rapport.pdf", "Rapport.pdf"),
            ("\u{0}a\n.pdf ", "a.pdf"),
            ("/", ""),
            ("Årsrapport 2027 (slutlig).pdf", "Årsrapport 2027 (slutlig).pdf"),
        ] {
            assert_eq!(plain_name(name), plain, "{name:?}");
        }
        assert_eq!(plain_name(&"å".repeat(500)).chars().count(), 200);
    }
}
