//! Who writes to which upload in this process. (Between processes the lock on the file decides.)

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// A line over which nothing has come for so long may be dead: whoever comes anew takes over.
const QUIET: Duration = Duration::from_secs(2);
/// So long the one who was told to stop is waited for.
const HANDING_OVER: Duration = Duration::from_secs(3);

/// All who write. A handle; all copies share one list.
#[derive(Clone, Default)]
pub struct Writers(Arc<Mutex<HashMap<i64, Arc<Writer>>>>);

/// Somebody who writes.
pub struct Writer {
    heard: Mutex<Instant>,
    stop: Notify,
}

/// The turn of somebody to write; it ends when this is dropped.
pub struct Turn {
    all: Writers,
    upload: i64,
    writer: Arc<Writer>,
}

impl Writers {
    fn list(&self) -> std::sync::MutexGuard<'_, HashMap<i64, Arc<Writer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn try_begin(&self, upload: i64) -> Result<Turn, Arc<Writer>> {
        let mut list = self.list();
        if let Some(writer) = list.get(&upload) {
            return Err(Arc::clone(writer));
        }
        let writer = Arc::new(Writer { heard: Mutex::new(Instant::now()), stop: Notify::new() });
        list.insert(upload, Arc::clone(&writer));
        Ok(Turn { all: self.clone(), upload, writer })
    }

    /// The turn to write, if nobody has it from whom anything still comes.
    pub async fn begin(&self, upload: i64) -> Option<Turn> {
        let begun = Instant::now();
        loop {
            match self.try_begin(upload) {
                Ok(turn) => return Some(turn),
                Err(writer) if writer.is_quiet() && begun.elapsed() < HANDING_OVER => {
                    writer.stop.notify_one();
                }
                Err(_) => return None,
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whoever writes to it stops.
    pub fn end(&self, upload: i64) {
        if let Some(writer) = self.list().get(&upload) {
            writer.stop.notify_one();
        }
    }
}

impl Writer {
    fn is_quiet(&self) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).elapsed() >= QUIET
    }
}

impl Turn {
    /// Something has come.
    pub fn hear(&self) {
        *self.writer.heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Ends when somebody else takes over.
    pub async fn told_to_stop(&self) {
        self.writer.stop.notified().await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.all.list().remove(&self.upload);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_writes_is_left_alone() {
        let writers = Writers::default();
        let turn = writers.begin(1).await.unwrap();
        assert!(writers.begin(1).await.is_none());
        assert!(writers.begin(2).await.is_some(), "another upload is another matter");
        turn.hear();
        assert!(writers.begin(1).await.is_none());
        drop(turn);
        assert!(writers.begin(1).await.is_some());
    }

    #[tokio::test]
    async fn a_dead_line_is_taken_over() {
        let writers = Writers::default();
        let turn = writers.begin(1).await.unwrap();
        *turn.writer.heard.lock().unwrap() = Instant::now() - QUIET;
        let old = tokio::spawn(async move { turn.told_to_stop().await });
        assert!(writers.begin(1).await.is_some());
        old.await.unwrap();
    }
}
