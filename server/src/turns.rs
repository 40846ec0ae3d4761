//! Turns at something that takes memory while a slow line brings it: so many at once in all, and one for each person,
//! so that nobody keeps the others waiting by sending several things slowly.

use app::account::model::PersonId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// The turns at one thing.
pub struct Turns {
    all: Semaphore,
    of_each: Mutex<Option<HashMap<PersonId, Arc<Semaphore>>>>,
}

/// Somebody's turn; it ends when this is dropped.
pub struct Turn<'a> {
    _own: OwnedSemaphorePermit,
    _of_all: SemaphorePermit<'a>,
}

impl Turns {
    /// So many at once.
    pub const fn new(most: usize) -> Self {
        Self { all: Semaphore::const_new(most), of_each: Mutex::new(None) }
    }

    /// Waits for the turn of this person; `None` only if there are no turns any more.
    pub async fn take(&self, person: PersonId) -> Option<Turn<'_>> {
        let own = {
            let mut of_each = self.of_each.lock().unwrap_or_else(PoisonError::into_inner);
            let of_each = of_each.get_or_insert_default();
            // Whoever has a turn or waits for one holds theirs as well.
            of_each.retain(|_, own| Arc::strong_count(own) > 1);
            Arc::clone(of_each.entry(person).or_insert_with(|| Arc::new(Semaphore::new(1))))
        };
        // Whoever waits for themselves takes no turn of all.
        let own = own.acquire_owned().await.ok()?;
        let of_all = self.all.acquire().await.ok()?;
        Some(Turn { _own: own, _of_all: of_all })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn one_person_has_one_turn_and_leaves_the_others_to_others() {
        let turns = Turns::new(2);
        let (a, b, c) = (PersonId(1), PersonId(2), PersonId(3));
        let first = turns.take(a).await.unwrap();
        let (mut second, mut third) = (Box::pin(turns.take(a)), Box::pin(turns.take(a)));
        assert!(
            second.as_mut().now_or_never().is_none() && third.as_mut().now_or_never().is_none()
        );
        let other = turns.take(b).now_or_never().flatten().unwrap();
        let mut late = Box::pin(turns.take(c));
        assert!(late.as_mut().now_or_never().is_none(), "there are no more than two");
        drop(first);
        let late = late.as_mut().now_or_never().flatten().unwrap();
        drop((late, other));
        assert!(second.as_mut().now_or_never().flatten().is_some());
        assert!(third.as_mut().now_or_never().flatten().is_some());
        drop((second, third));
        drop(turns.take(b).await);
        let left = turns.of_each.lock().unwrap().as_ref().map(HashMap::len);
        assert_eq!(left, Some(1), "who is done is forgotten");
    }
}
