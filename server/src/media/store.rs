//! Where files lie: in a folder, or with a service that speaks S3. A key is the name of one file, given once: what is
//! under it never changes, and a new file gets a new key.

use super::{pieces, s3};
use crate::config::MediaPlace;
use axum::body::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{
    GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt, WriteMultipart,
};
use rand::RngCore;
use std::fs::File;
use std::io::{Error as IoError, ErrorKind, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What a file that ends so is, for `Content-Type`.
const KINDS: [(&str, &str); 19] = [
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("mkv", "video/x-matroska"),
    ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"),
    ("weba", "audio/webm"),
    ("mka", "audio/x-matroska"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("wav", "audio/wav"),
    ("pdf", "application/pdf"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("vtt", "text/vtt"),
];

/// S3 wants parts of at least 5 MiB; this is what one weighs, in bytes, and 10,000 of them are 80 GiB.
const PART: usize = 8 << 20;
/// So many parts are on their way at once.
const PARTS_AT_ONCE: usize = 3;

/// The `Content-Type` of a file by its ending, without the dot; nothing for what is not kept here.
#[must_use]
pub fn content_type_of(extension: &str) -> Option<&'static str> {
    let known = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map(|(_, kind)| *kind)
}

/// A name that no file has, without its ending: 125 random bits, so that nobody comes upon it.
#[must_use]
pub fn new_stem() -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut random = [0_u8; 25];
    rand::rng().fill_bytes(&mut random);
    random.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

/// A key that no file has, with this ending (without the dot).
#[must_use]
pub fn new_key(extension: &str) -> String {
    format!("{}.{extension}", new_stem())
}

/// Whether this can be a key, as `media_files.key` has it: nothing that leads out of the folder is one.
#[must_use]
pub fn is_key(text: &str) -> bool {
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split_once('.').is_some_and(|(stem, extension)| {
        (16..=40).contains(&stem.len())
            && (2..=5).contains(&extension.len())
            && is_plain(stem)
            && is_plain(extension)
    })
}

/// Why a file could not be put, read or taken away.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The place itself cannot be used.
    #[error("{0}")]
    Place(String),
    /// No key has this shape.
    #[error("{0:?} is no key")]
    NotAKey(String),
    /// The folder or the service says no.
    #[error(transparent)]
    Store(#[from] object_store::Error),
    /// A file beside the store could not be read or moved.
    #[error(transparent)]
    File(#[from] IoError),
}

impl StoreError {
    /// There is no room left.
    pub fn is_full(&self) -> bool {
        matches!(self.io_kind(), Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded))
    }

    /// What the system said, where it was the system that did not do something.
    pub fn io_kind(&self) -> Option<ErrorKind> {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<IoError>() {
                return Some(error.kind());
            }
            cause = error.source();
        }
        None
    }
}

/// Part of a file, a piece at a time.
pub type Pieces = BoxStream<'static, Result<Bytes, IoError>>;

/// The files of an installation. A handle; all copies share one.
#[derive(Clone)]
pub struct MediaStore(Arc<Inner>);

struct Inner {
    place: MediaPlace,
    store: OnceLock<Arc<dyn ObjectStore>>,
}

impl MediaStore {
    /// The store at a place. Nothing is made or asked before it is used.
    #[must_use]
    pub fn new(place: MediaPlace) -> Self {
        Self(Arc::new(Inner { place, store: OnceLock::new() }))
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>, StoreError> {
        if let Some(store) = self.0.store.get() {
            return Ok(store);
        }
        let opened = open(&self.0.place)?;
        Ok(self.0.store.get_or_init(|| opened))
    }

    /// The folder, where it is one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.0.place {
            MediaPlace::Folder(folder) => Some(folder),
            MediaPlace::S3(_) => None,
        }
    }

    /// It is not in a folder of this machine.
    #[must_use]
    pub fn is_a_service(&self) -> bool {
        self.folder().is_none()
    }

    /// Makes the folder if it is missing, and tries whether it can be written to; or whether the service answers.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub async fn prepare(&self) -> Result<(), StoreError> {
        let key = new_key("try");
        self.put(&key, Bytes::from_static(b"a file that is tried")).await?;
        self.remove(&key).await
    }

    /// Puts a file of these bytes under a key. It is there whole or not at all.
    ///
    /// # Errors
    /// If there is no room, or the place does not answer.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.store()?.put(&location(key)?, bytes.into()).await?;
        Ok(())
    }

    /// Puts the file at a path under a key, and takes it away from where it was. It is there whole or not at all, and
    /// takes no more memory than a few pieces of it.
    ///
    /// # Errors
    /// If there is no room, or the place does not answer; the file is where it was then.
    pub async fn put_file(&self, key: &str, path: PathBuf) -> Result<(), StoreError> {
        let to = location(key)?;
        let store = Arc::clone(self.store()?);
        if let Some(folder) = self.folder() {
            let to = folder.join(key);
            let from = path.clone();
            let moved = tokio::task::spawn_blocking(move || move_file(&from, &to)).await;
            match moved.map_err(IoError::other)? {
                // On another disk: it has to be copied.
                Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
                outcome => return outcome.map_err(StoreError::from),
            }
        }
        let mut upload = WriteMultipart::new_with_chunk_size(store.put_multipart(&to).await?, PART);
        let sent = send(&path, &mut upload).await;
        match sent {
            Ok(()) => {
                upload.finish().await?;
            }
            Err(error) => {
                if let Err(left) = upload.abort().await {
                    tracing::warn!(%left, "parts of a file may be left in the store");
                }
                return Err(error);
            }
        }
        tokio::fs::remove_file(&path).await?;
        Ok(())
    }

    /// A part of the file under a key, which has `bytes` bytes; nothing if it is not there, or is not that long.
    ///
    /// # Errors
    /// If the place does not answer.
    pub async fn read(
        &self,
        key: &str,
        bytes: u64,
        range: Range<u64>,
    ) -> Result<Option<Pieces>, StoreError> {
        let is_whole = range == (0..bytes);
        let asked = (!is_whole).then(|| GetRange::Bounded(range.clone()));
        let options = GetOptions { range: asked, ..GetOptions::default() };
        let found = match self.store()?.get_opts(&location(key)?, options).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found?,
        };
        if found.meta.size != bytes || found.range != range {
            return Ok(None);
        }
        Ok(Some(match found.payload {
            GetResultPayload::File(file, _) => pieces::of(file, range).boxed(),
            GetResultPayload::Stream(stream) => stream.map_err(IoError::other).boxed(),
        }))
    }

    /// The file under a key, which has `bytes` bytes, where files lie in a folder; nothing if it is not there, or is not
    /// that long.
    ///
    /// # Errors
    /// If the place cannot be read, or is no folder.
    pub async fn open(&self, key: &str, bytes: u64) -> Result<Option<File>, StoreError> {
        location(key)?;
        let folder = self.folder();
        let path = folder.ok_or_else(|| StoreError::Place("no folder".to_owned()))?.join(key);
        let file = match tokio::fs::File::open(&path).await {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?.into_std().await,
        };
        Ok((file.metadata()?.len() == bytes).then_some(file))
    }

    /// Writes the file under a key, which has `bytes` bytes, into another, a few pieces of it in memory at a time. Nothing
    /// if it is not there, or is not that long.
    ///
    /// # Errors
    /// If the place does not answer, or there is no room.
    pub async fn fetch(
        &self,
        key: &str,
        bytes: u64,
        mut into: File,
    ) -> Result<Option<File>, StoreError> {
        let Some(mut pieces) = self.read(key, bytes, 0..bytes).await? else { return Ok(None) };
        while let Some(piece) = pieces.try_next().await? {
            let written = tokio::task::spawn_blocking(move || {
                into.write_all(&piece)?;
                Ok::<_, IoError>(into)
            });
            into = written.await.map_err(IoError::other)??;
        }
        Ok(Some(into))
    }

    /// How many bytes the file under a key has; nothing if there is none.
    ///
    /// # Errors
    /// If the place does not answer.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, StoreError> {
        match self.store()?.head(&location(key)?).await {
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            found => Ok(Some(found?.size)),
        }
    }

    /// Takes the file under a key away, if it is there.
    ///
    /// # Errors
    /// If the place does not answer.
    pub async fn remove(&self, key: &str) -> Result<(), StoreError> {
        match self.store()?.delete(&location(key)?).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            outcome => Ok(outcome?),
        }
    }
}

fn open(place: &MediaPlace) -> Result<Arc<dyn ObjectStore>, StoreError> {
    match place {
        MediaPlace::Folder(folder) => {
            let unusable = |error: &dyn std::fmt::Display| {
                StoreError::Place(format!(
                    "the folder {} cannot be used: {error}",
                    folder.display()
                ))
            };
            std::fs::create_dir_all(folder).map_err(|error| unusable(&error))?;
            let store = LocalFileSystem::new_with_prefix(folder);
            Ok(Arc::new(store.map_err(|error| unusable(&error))?.with_fsync(true)))
        }
        MediaPlace::S3(bucket) => s3::open(bucket),
    }
}

fn location(key: &str) -> Result<Location, StoreError> {
    if is_key(key) { Ok(Location::from(key)) } else { Err(StoreError::NotAKey(key.to_owned())) }
}

/// Moves a file, and sees to it that a crash does not undo that.
fn move_file(from: &Path, to: &Path) -> Result<(), IoError> {
    File::open(from)?.sync_all()?;
    std::fs::rename(from, to)?;
    match to.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

async fn send(path: &Path, upload: &mut WriteMultipart) -> Result<(), StoreError> {
    let mut file = tokio::fs::File::open(path).await?.into_std().await;
    loop {
        upload.wait_for_capacity(PARTS_AT_ONCE).await?;
        let read = tokio::task::spawn_blocking(move || {
            let mut part = Vec::with_capacity(PART);
            let most = u64::try_from(PART).unwrap_or(u64::MAX);
            Read::by_ref(&mut file).take(most).read_to_end(&mut part)?;
            Ok::<_, IoError>((file, part))
        });
        let (back, part) = read.await.map_err(IoError::other)??;
        file = back;
        if part.is_empty() {
            return Ok(());
        }
        upload.put(Bytes::from(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_new_each_time_and_leads_nowhere_else() {
        let (one, other) = (new_key("mp4"), new_key("mp4"));
        assert_ne!(one, other);
        assert!(is_key(&one) && is_key(&new_key("opus")), "{one}");
        for no in [
            "",
            "abc",
            "../../etc/passwd",
            "0123456789abcdef",
            "0123456789abcdef.",
            "0123456789abcdef.m",
            "0123456789abcdef.mp4.exe",
            "0123456789abcdeF.mp4",
            "0123456789/bcdef.mp4",
            "0123456789abcdef.../x",
            "0123456789abcde\0.mp4",
            "ååååååååååååååååå.mp4",
        ] {
            assert!(!is_key(no), "{no:?}");
        }
    }

    #[test]
    fn what_is_not_kept_here_has_no_type() {
        assert_eq!(content_type_of("MP4"), Some("video/mp4"));
        assert_eq!(content_type_of("html"), None);
        assert_eq!(content_type_of("svg"), None);
    }

    fn in_folder() -> (tempfile::TempDir, MediaStore) {
        let folder = tempfile::tempdir().unwrap();
        // It need not be there.
        let store = MediaStore::new(MediaPlace::Folder(folder.path().join("a/b")));
        (folder, store)
    }

    async fn all(pieces: Pieces) -> Vec<u8> {
        pieces
            .try_fold(Vec::new(), async |mut all, piece| {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn what_is_put_is_read_in_parts_and_taken_away() {
        let (_folder, store) = in_folder();
        store.prepare().await.unwrap();
        let bytes: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 251).to_le_bytes()[0]).collect();
        let key = new_key("mp4");
        store.put(&key, bytes.clone().into()).await.unwrap();
        assert_eq!(store.size(&key).await.unwrap(), Some(1_000_000));
        for range in [0..1_000_000, 0..1, 999_999..1_000_000, 65_000..700_001] {
            let read = store.read(&key, 1_000_000, range.clone()).await.unwrap().unwrap();
            let part = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
            assert!(all(read).await == bytes[part], "{range:?}");
        }
        assert!(store.read(&key, 999_999, 0..9).await.unwrap().is_none(), "another length");
        let mut here = store.open(&key, 1_000_000).await.unwrap().unwrap();
        let mut read = Vec::new();
        here.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert!(store.open(&key, 1).await.unwrap().is_none());
        let into = tempfile::tempfile().unwrap();
        let fetched = store.fetch(&key, 1_000_000, into).await.unwrap().unwrap();
        assert_eq!(fetched.metadata().unwrap().len(), 1_000_000);
        store.remove(&key).await.unwrap();
        store.remove(&key).await.unwrap();
        assert!(store.open(&key, 1_000_000).await.unwrap().is_none());
        assert_eq!(store.size(&key).await.unwrap(), None);
        assert!(store.read(&key, 1_000_000, 0..9).await.unwrap().is_none());
        assert!(matches!(store.put("../x.mp4", Bytes::new()).await, Err(StoreError::NotAKey(_))));
    }

    #[tokio::test]
    async fn a_file_that_is_put_is_where_it_was_no_more() {
        let (folder, store) = in_folder();
        let beside = folder.path().join("beside");
        std::fs::write(&beside, b"a film").unwrap();
        let key = new_key("webm");
        store.put_file(&key, beside.clone()).await.unwrap();
        assert!(!beside.exists());
        let read = store.read(&key, 6, 2..6).await.unwrap().unwrap();
        assert_eq!(all(read).await, b"film");
        let gone = store.put_file(&new_key("webm"), beside).await;
        assert!(gone.is_err(), "there is no such file any more");
    }

    #[tokio::test]
    async fn a_place_that_is_none_says_so() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let store = MediaStore::new(MediaPlace::Folder(file.path().join("below")));
        let error = store.prepare().await.unwrap_err().to_string();
        assert!(error.contains("cannot be used"), "{error}");
    }
}
