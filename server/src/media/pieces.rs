//! A file on its way out: read a piece at a time, as quickly as the reader takes it. What a connection has in memory
//! is bounded however large the file and however slow the reader.

use axum::body::Bytes;
use futures::Stream;
use std::fs::File;
use std::io::{Error as IoError, ErrorKind};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a reader gets at first, and one who is slow goes on to get, in bytes.
const SMALL: usize = 64 << 10;
/// What one gets who takes it quickly.
const LARGE: usize = 256 << 10;
/// Whoever takes a piece within this is quick, ...
const QUICK: Duration = Duration::from_millis(50);
/// ... and whoever needs longer than this is slow.
const SLOW: Duration = Duration::from_millis(500);
/// So many pieces of one file are in memory at once: one on its way, one ready.
const AT_ONCE: usize = 2;
/// So many large pieces' memory is kept for the next.
const KEPT: usize = 32;

/// Memory of large pieces that nobody uses. Filling what is there already saves asking for it and emptying it.
static UNUSED: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// A piece in memory. When it has been sent, the next may be read.
struct Piece {
    memory: Vec<u8>,
    _turn: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.memory
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        if self.memory.len() == LARGE {
            let mut unused = UNUSED.lock().unwrap_or_else(PoisonError::into_inner);
            if unused.len() < KEPT {
                unused.push(std::mem::take(&mut self.memory));
            }
        }
    }
}

fn memory(size: usize) -> Vec<u8> {
    if size == LARGE
        && let Some(memory) = UNUSED.lock().unwrap_or_else(PoisonError::into_inner).pop()
    {
        return memory;
    }
    vec![0; size]
}

struct Reading {
    file: Arc<File>,
    rest: Range<u64>,
    size: usize,
    turns: Arc<Semaphore>,
    last: Instant,
}

/// The bytes of a range of a file. A file that ends before the range does is an error: the connection ends, and the
/// reader knows that it is not whole.
pub fn of(file: File, range: Range<u64>) -> impl Stream<Item = Result<Bytes, IoError>> + Send {
    let reading = Reading {
        file: Arc::new(file),
        rest: range,
        size: SMALL,
        turns: Arc::new(Semaphore::new(AT_ONCE)),
        last: Instant::now(),
    };
    futures::stream::try_unfold(reading, async |mut reading| {
        let piece = reading.next().await.inspect_err(|error| {
            tracing::warn!(%error, "a file was not read to its end");
        })?;
        Ok(piece.map(|piece| (piece, reading)))
    })
}

impl Reading {
    async fn next(&mut self) -> Result<Option<Bytes>, IoError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(IoError::other)?;
        let took = self.last.elapsed();
        if took < QUICK {
            self.size = (self.size * 2).min(LARGE);
        } else if took > SLOW {
            self.size = SMALL;
        }
        let left = usize::try_from(self.rest.end - self.rest.start).unwrap_or(usize::MAX);
        let mut memory = memory(self.size.min(left));
        let read = match read_at_once(&self.file, &mut memory, self.rest.start) {
            Some(read) => read,
            None => {
                let (file, at) = (Arc::clone(&self.file), self.rest.start);
                let read = tokio::task::spawn_blocking(move || {
                    let read = read_at(&file, &mut memory, at);
                    (memory, read)
                });
                let (back, read) = read.await.map_err(IoError::other)?;
                memory = back;
                read?
            }
        };
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.rest.start += u64::try_from(read).unwrap_or(u64::MAX);
        self.last = Instant::now();
        Ok(Some(Bytes::from_owner(Piece { memory, _turn: turn }).slice(..read)))
    }
}

/// What the system has in memory of it anyway: that takes no thread that may wait for a disk. Nothing where it would
/// have to wait.
#[cfg(target_os = "linux")]
fn read_at_once(file: &File, memory: &mut [u8], at: u64) -> Option<usize> {
    use rustix::io::{ReadWriteFlags, preadv2};
    let mut memory = [std::io::IoSliceMut::new(memory)];
    preadv2(file, &mut memory, at, ReadWriteFlags::NOWAIT).ok().filter(|read| *read > 0)
}

#[cfg(not(target_os = "linux"))]
fn read_at_once(_: &File, _: &mut [u8], _: u64) -> Option<usize> {
    None
}

fn read_at(file: &File, memory: &mut [u8], at: u64) -> Result<usize, IoError> {
    use std::os::unix::fs::FileExt;
    loop {
        match file.read_at(memory, at) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt, StreamExt};
    use std::io::Write;

    #[tokio::test]
    async fn no_more_than_two_pieces_are_in_memory() {
        let file = tempfile::tempfile().unwrap();
        // 2 GB, and nothing of it on the disk.
        file.set_len(2 << 30).unwrap();
        let mut pieces = Box::pin(of(file, 0..2 << 30));
        let first = pieces.next().await.unwrap().unwrap();
        let second = pieces.next().await.unwrap().unwrap();
        assert!(first.len() + second.len() <= 2 * LARGE);
        let mut third = pieces.next();
        assert!((&mut third).now_or_never().is_none(), "who has taken none gets no more");
        drop(first);
        assert!(third.await.unwrap().is_ok());
        drop(second);
        let mut read = 0;
        let mut pieces = of(tempfile_of(&[7; 3_000_000]), 1_000..2_900_001).boxed();
        while let Some(piece) = pieces.next().await {
            let piece = piece.unwrap();
            assert!(piece.iter().all(|byte| *byte == 7));
            read += piece.len();
        }
        assert_eq!(read, 2_899_001);
    }

    fn tempfile_of(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[tokio::test]
    async fn a_file_that_ends_too_early_is_a_fault() {
        let mut pieces = of(tempfile_of(b"short"), 0..10).boxed();
        assert_eq!(pieces.next().await.unwrap().unwrap().as_ref(), b"short");
        assert_eq!(pieces.next().await.unwrap().unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}
