//! A stretch of a file as it comes in: written down as it comes, so that nothing of it is lost when the line or the
//! process breaks. It takes the same memory however long it is.

use super::kind::{self, NotTaken};
use super::part::Part;
use super::protocol::{Algorithm, Checksum};
use super::writers::Turn;
use axum::body::{Body, BodyDataStream};
use futures::StreamExt;
use ring::digest;
use std::io::Error as IoError;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// So much is gathered before it is written, in bytes.
const GATHERED: usize = 1 << 20;
/// So long nothing may come.
const SILENCE: Duration = Duration::from_secs(60);
/// What has come is written down after this time at the latest.
const WAITING: Duration = Duration::from_secs(2);
/// Who sends what is not taken is let finish so much, to be able to read why: a program that is still sending does
/// not hear. In bytes.
const MOST_LET_BY: u64 = 64 << 20;

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// All that was sent is written.
    Whole,
    /// The line broke, or somebody else took over, or the process stops; what came is written.
    Broken,
    /// There is more than there should be; what belongs to the file is written.
    Beyond,
    /// It does not have the sum that it should have, and nothing of it counts.
    WrongSum,
    /// It is nothing that is taken.
    NotTaken(NotTaken),
    /// The disk did not take it; what was written before stays.
    Disk(IoError),
}

/// Where a stretch goes.
pub struct Stretch {
    /// The file.
    pub part: Arc<Part>,
    /// Where the stretch begins in it.
    pub at: u64,
    /// How long the file is to be.
    pub bytes: u64,
    /// How it is checked.
    pub checksum: Option<Checksum>,
    /// What the file is called, and what it is said to be.
    pub said: (String, String),
}

/// Takes it in. Whatever happens, what is on the disk afterwards is right, and survives a crash.
pub async fn receive(
    stretch: Stretch,
    body: Body,
    turn: &Turn,
    stopped: watch::Receiver<bool>,
) -> Ended {
    let mut body = body.into_data_stream();
    let mut taking = Taking::new(stretch);
    let ended = match taking.begin().await {
        Ok(()) => taking.take(&mut body, turn, stopped).await,
        Err(error) => Ended::Disk(error),
    };
    let ended = match taking.conclude(&ended).await {
        Ok(None) => ended,
        Ok(Some(other)) => other,
        Err(error) => Ended::Disk(error),
    };
    if matches!(ended, Ended::Beyond | Ended::WrongSum | Ended::NotTaken(_) | Ended::Disk(_)) {
        let_by(&mut body).await;
    }
    ended
}

struct Taking {
    stretch: Stretch,
    /// What has come and is not written yet.
    gathered: Vec<u8>,
    /// Where it goes.
    at: u64,
    sum: Option<digest::Context>,
    is_known: bool,
}

impl Taking {
    fn new(stretch: Stretch) -> Self {
        let sum = stretch.checksum.as_ref().map(|checksum| {
            digest::Context::new(match checksum.by {
                Algorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
                Algorithm::Sha256 => &digest::SHA256,
            })
        });
        let known = u64::try_from(kind::ENOUGH).unwrap_or(u64::MAX);
        Self { gathered: Vec::new(), at: stretch.at, sum, is_known: stretch.at >= known, stretch }
    }

    async fn begin(&self) -> Result<(), IoError> {
        if self.sum.is_none() {
            return Ok(());
        }
        let (part, at) = (Arc::clone(&self.stretch.part), self.stretch.at);
        on_thread(move || part.begin_unchecked(at)).await
    }

    async fn take(
        &mut self,
        body: &mut BodyDataStream,
        turn: &Turn,
        mut stopped: watch::Receiver<bool>,
    ) -> Ended {
        loop {
            let wait = if self.gathered.is_empty() { SILENCE } else { WAITING };
            let next = tokio::select! {
                next = tokio::time::timeout(wait, body.next()) => next,
                () = turn.told_to_stop() => return Ended::Broken,
                () = told_to_end(&mut stopped) => return Ended::Broken,
            };
            let piece = match next {
                Ok(Some(Ok(piece))) => piece,
                Ok(Some(Err(_))) => return Ended::Broken,
                Ok(None) => return Ended::Whole,
                Err(_) if self.gathered.is_empty() => return Ended::Broken,
                Err(_) => {
                    if let Some(ended) = self.write().await {
                        return ended;
                    }
                    continue;
                }
            };
            turn.hear();
            let come = u64::try_from(self.gathered.len()).unwrap_or(u64::MAX);
            let room = self.stretch.bytes.saturating_sub(self.at).saturating_sub(come);
            let fits = usize::try_from(room).unwrap_or(usize::MAX).min(piece.len());
            if self.gathered.capacity() == 0 {
                self.gathered.reserve(GATHERED);
            }
            self.gathered.extend_from_slice(&piece[..fits]);
            if fits < piece.len() {
                return Ended::Beyond;
            }
            if self.gathered.len() >= GATHERED
                && let Some(ended) = self.write().await
            {
                return ended;
            }
        }
    }

    /// Writes down what has been gathered. Says how it ends if it does.
    async fn write(&mut self) -> Option<Ended> {
        if self.gathered.is_empty() {
            return None;
        }
        if let Some(sum) = &mut self.sum {
            sum.update(&self.gathered);
        }
        let (part, at) = (Arc::clone(&self.stretch.part), self.at);
        let gathered = std::mem::take(&mut self.gathered);
        let written = on_thread(move || {
            part.write(&gathered, at)?;
            Ok(gathered)
        });
        let mut gathered = match written.await {
            Ok(gathered) => gathered,
            Err(error) => return Some(Ended::Disk(error)),
        };
        self.at += u64::try_from(gathered.len()).unwrap_or(u64::MAX);
        gathered.clear();
        self.gathered = gathered;
        let enough = u64::try_from(kind::ENOUGH).unwrap_or(u64::MAX);
        if self.is_known || self.at < enough.min(self.stretch.bytes) {
            return None;
        }
        let part = Arc::clone(&self.stretch.part);
        match on_thread(move || part.begin(kind::ENOUGH)).await {
            Ok(begin) => {
                self.is_known = true;
                self.recognise(&begin).err().map(Ended::NotTaken)
            }
            Err(error) => Some(Ended::Disk(error)),
        }
    }

    fn recognise(&self, begin: &[u8]) -> Result<(), NotTaken> {
        let (name, content_type) = &self.stretch.said;
        let kind = kind::of(begin, name)?;
        if kind.goes_with(name, content_type) { Ok(()) } else { Err(NotTaken::Otherwise) }
    }

    /// Sees to it that what came is written, counts if it is right, and stays. Says how it ended if that is otherwise
    /// than it seemed.
    async fn conclude(&mut self, ended: &Ended) -> Result<Option<Ended>, IoError> {
        let mut otherwise = None;
        if matches!(ended, Ended::Whole | Ended::Broken | Ended::Beyond) {
            otherwise = self.write().await;
        }
        let part = Arc::clone(&self.stretch.part);
        let Some(checksum) = &self.stretch.checksum else {
            on_thread(move || part.sync()).await?;
            return Ok(otherwise);
        };
        let sum = self.sum.take().map(digest::Context::finish);
        let is_right = sum.is_some_and(|sum| sum.as_ref() == checksum.sum);
        if matches!(ended, Ended::Whole) && otherwise.is_none() && is_right {
            on_thread(move || part.accept()).await?;
            return Ok(None);
        }
        // Part of a stretch cannot be checked.
        let at = self.stretch.at;
        on_thread(move || part.back_to(at)).await?;
        let is_wrong = matches!(ended, Ended::Whole) && otherwise.is_none();
        Ok(if is_wrong { Some(Ended::WrongSum) } else { otherwise })
    }
}

/// Ends when the process is told to.
async fn told_to_end(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        // Nobody is there any more who could tell.
        std::future::pending().await
    }
}

async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IoError> + Send + 'static,
) -> Result<T, IoError> {
    tokio::task::spawn_blocking(work).await.map_err(IoError::other)?
}

async fn let_by(body: &mut BodyDataStream) {
    let mut seen = 0;
    while let Ok(Some(Ok(piece))) = tokio::time::timeout(Duration::from_secs(5), body.next()).await
    {
        seen += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if seen > MOST_LET_BY {
            return;
        }
    }
}
