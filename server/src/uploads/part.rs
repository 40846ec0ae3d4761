//! The file of an upload, as far as it has come. How far that is, the file says itself: what was written before the
//! process was killed counts. Whoever writes holds a lock on it, which the system takes away with the process; other
//! processes on the same folder see it too. All of this waits for the disk: it is called on threads that may.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error as IoError, ErrorKind};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The endings of files in the folder.
const PART: &str = "part";
/// Where a stretch began that is written before it has been checked.
const MARK: &str = "mark";
/// And the same while it is being written down.
const NEW: &str = "new";

/// The folder of all uploads.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

/// A file that only we write to.
#[derive(Debug)]
pub struct Part {
    file: File,
    mark: PathBuf,
}

/// Somebody else writes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

impl Folder {
    /// Where the file of this name lies.
    #[must_use]
    pub fn path(&self, stem: &str) -> PathBuf {
        self.0.join(stem).with_extension(PART)
    }

    fn mark(&self, stem: &str) -> PathBuf {
        self.0.join(stem).with_extension(MARK)
    }

    /// Makes an empty file, and the folder if it is missing.
    ///
    /// # Errors
    /// If there is no room, or a file of this name.
    pub fn create(&self, stem: &str) -> Result<(), IoError> {
        std::fs::create_dir_all(&self.0)?;
        OpenOptions::new().write(true).create_new(true).open(self.path(stem))?.sync_all()?;
        sync_folder(&self.0)
    }

    /// How many bytes may still be written here.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn room(&self) -> Result<u64, IoError> {
        std::fs::create_dir_all(&self.0)?;
        let disk = rustix::fs::statvfs(&self.0)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// How far a file has come, after it has been seen to that this survives a crash. Nothing if there is none.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn offset(&self, stem: &str) -> Result<Option<u64>, IoError> {
        let file = match OpenOptions::new().write(true).open(self.path(stem)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let length = file.metadata()?.len();
        file.sync_data()?;
        Ok(Some(marked(&self.mark(stem))?.map_or(length, |mark| mark.min(length))))
    }

    /// Opens a file to write to it. Nothing if there is none.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn open(&self, stem: &str) -> Result<Option<Result<Part, Busy>>, IoError> {
        let path = self.path(stem);
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Some(Err(Busy))),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let part = Part { file, mark: self.mark(stem) };
        // Whoever wrote before us was killed before the stretch could be checked.
        if let Some(mark) = marked(&part.mark)? {
            part.back_to(mark)?;
        }
        Ok(Some(Ok(part)))
    }

    /// Takes a file away, if it is there.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn remove(&self, stem: &str) -> Result<(), IoError> {
        remove_file(&self.path(stem))?;
        remove_file(&self.mark(stem).with_extension(NEW))?;
        remove_file(&self.mark(stem))
    }

    /// The names of the files here that nobody has written to for so long.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn old(&self, age: std::time::Duration) -> Result<Vec<String>, IoError> {
        let entries = match std::fs::read_dir(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut stems = Vec::new();
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            let is_ours = ending.is_some_and(|ending| [PART, MARK, NEW].contains(&ending));
            let is_old = entry.metadata()?.modified()?.elapsed().is_ok_and(|since| since >= age);
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
                && is_ours
                && is_old
            {
                stems.push(stem.to_owned());
            }
        }
        Ok(stems)
    }
}

impl Part {
    /// How far it has come.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn length(&self) -> Result<u64, IoError> {
        Ok(self.file.metadata()?.len())
    }

    /// Writes at a place. What could be written before an error stays: it is right as far as it goes.
    ///
    /// # Errors
    /// If there is no room, or the disk fails.
    pub fn write(&self, bytes: &[u8], at: u64) -> Result<(), IoError> {
        self.file.write_all_at(bytes, at)
    }

    /// Returns when a crash does not undo what was written.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn sync(&self) -> Result<(), IoError> {
        self.file.sync_data()
    }

    /// What is written from here on counts only once [`Part::accept`] says so.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn begin_unchecked(&self, at: u64) -> Result<(), IoError> {
        let new = self.mark.with_extension(NEW);
        std::fs::write(&new, at.to_string())?;
        File::open(&new)?.sync_all()?;
        std::fs::rename(&new, &self.mark)?;
        sync_parent(&self.mark)
    }

    /// What was written is right.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn accept(&self) -> Result<(), IoError> {
        self.file.sync_data()?;
        remove_file(&self.mark)?;
        sync_parent(&self.mark)
    }

    /// What was written from here on is not.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn back_to(&self, at: u64) -> Result<(), IoError> {
        if self.file.metadata()?.len() > at {
            self.file.set_len(at)?;
        }
        self.accept()
    }

    /// Its first bytes, at most so many.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn begin(&self, most: usize) -> Result<Vec<u8>, IoError> {
        let mut begin = vec![0; most];
        let mut read = 0;
        while read < most {
            let place = u64::try_from(read).unwrap_or(u64::MAX);
            match self.file.read_at(&mut begin[read..], place)? {
                0 => break,
                more => read += more,
            }
        }
        begin.truncate(read);
        Ok(begin)
    }
}

fn marked(mark: &Path) -> Result<Option<u64>, IoError> {
    match std::fs::read_to_string(mark) {
        Ok(text) => text.parse().map(Some).map_err(|_| IoError::from(ErrorKind::InvalidData)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove_file(path: &Path) -> Result<(), IoError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

fn sync_parent(path: &Path) -> Result<(), IoError> {
    path.parent().map_or(Ok(()), sync_folder)
}

fn sync_folder(path: &Path) -> Result<(), IoError> {
    File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder(place.path().join("uploads"));
        folder.create("abc").unwrap();
        (place, folder)
    }

    fn open(folder: &Folder) -> Part {
        folder.open("abc").unwrap().unwrap().unwrap()
    }

    #[test]
    fn one_writes_and_the_file_says_how_far() {
        let (_place, folder) = folder();
        assert!(folder.create("abc").is_err(), "it is there");
        let part = open(&folder);
        part.write(b"hello", 0).unwrap();
        assert_eq!(folder.open("abc").unwrap().unwrap().unwrap_err(), Busy);
        assert_eq!(folder.offset("abc").unwrap(), Some(5));
        drop(part);
        let part = open(&folder);
        assert_eq!((part.length().unwrap(), part.begin(99).unwrap()), (5, b"hello".to_vec()));
        folder.remove("abc").unwrap();
        folder.remove("abc").unwrap();
        assert_eq!(folder.offset("abc").unwrap(), None);
        assert!(folder.open("abc").unwrap().is_none());
    }

    #[test]
    fn what_was_not_checked_does_not_count() {
        let (_place, folder) = folder();
        let part = open(&folder);
        part.write(b"right", 0).unwrap();
        part.begin_unchecked(5).unwrap();
        part.write(b"who knows", 5).unwrap();
        assert_eq!(folder.offset("abc").unwrap(), Some(5), "it is not told of yet");
        // As if the process had been killed.
        drop(part);
        assert_eq!(folder.offset("abc").unwrap(), Some(5));
        let part = open(&folder);
        assert_eq!(part.length().unwrap(), 5);
        part.begin_unchecked(5).unwrap();
        part.write(b" on", 5).unwrap();
        part.accept().unwrap();
        drop(part);
        assert_eq!(open(&folder).begin(99).unwrap(), b"right on");
    }

    #[test]
    fn old_files_are_found() {
        let (_place, folder) = folder();
        assert_eq!(folder.old(std::time::Duration::ZERO).unwrap(), ["abc"]);
        assert!(folder.old(std::time::Duration::from_secs(60)).unwrap().is_empty());
        assert!(Folder("/nowhere".into()).old(std::time::Duration::ZERO).unwrap().is_empty());
        assert!(folder.room().unwrap() > 0);
    }
}
