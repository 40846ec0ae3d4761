//! One reading for all who ask the same at the same time. Ten organisers who watch one event are told of a change
//! in the same moment and all ask for the same list; it is read once, and all of them get it.
//!
//! Nobody gets what was read before they asked: a reading that was under way then may not have seen what made them
//! ask. They wait for it, and the first of them reads anew, for all who wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Readings of one kind, told apart by what is asked.
pub struct Together<K, V> {
    turns: Arc<Mutex<HashMap<K, Arc<Turn<V>>>>>,
}

impl<K, V> Clone for Together<K, V> {
    fn clone(&self) -> Self {
        Self { turns: Arc::clone(&self.turns) }
    }
}

impl<K, V> Default for Together<K, V> {
    fn default() -> Self {
        Self { turns: Arc::default() }
    }
}

/// All who ask the same.
struct Turn<V> {
    /// How many readings have begun.
    begun: AtomicU64,
    /// The last reading and its number. Whoever holds this reads; who is gone meanwhile leaves it to the next.
    last: tokio::sync::Mutex<Option<(u64, V)>>,
}

impl<V> Default for Turn<V> {
    fn default() -> Self {
        Self { begun: AtomicU64::new(0), last: tokio::sync::Mutex::new(None) }
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Together<K, V> {
    /// What `reading` gives, or what somebody else's gave that began after this was called.
    pub async fn read(&self, asked: K, reading: impl Future<Output = V>) -> V {
        let turn = Arc::clone(self.turns().entry(asked.clone()).or_default());
        let _leaving = Leaving { turns: self, asked: &asked, turn: &turn };
        let before = turn.begun.load(Ordering::SeqCst);
        let mut last = turn.last.lock().await;
        if let Some((number, value)) = &*last
            && *number > before
        {
            return value.clone();
        }
        let number = turn.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let value = reading.await;
        *last = Some((number, value.clone()));
        value
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<K, Arc<Turn<V>>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nothing is kept once nobody waits for it.
struct Leaving<'a, K: Eq + Hash + Clone, V: Clone> {
    turns: &'a Together<K, V>,
    asked: &'a K,
    turn: &'a Arc<Turn<V>>,
}

impl<K: Eq + Hash + Clone, V: Clone> Drop for Leaving<'_, K, V> {
    fn drop(&mut self) {
        let mut turns = self.turns.turns();
        // The map's and this one's: nobody else is here, and nobody can come while the map is held.
        if Arc::strong_count(self.turn) <= 2 {
            turns.remove(self.asked);
        }
    }
}

#[cfg(test)]
#[path = "together_tests.rs"]
mod tests;
