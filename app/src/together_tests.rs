use super::*;
use std::time::Duration;
use tokio::time::sleep;

/// A reading of a number that others change, which takes a while.
async fn slow(number: &AtomicU64, readings: &AtomicU64) -> u64 {
    readings.fetch_add(1, Ordering::SeqCst);
    let value = number.load(Ordering::SeqCst);
    sleep(Duration::from_millis(100)).await;
    value
}

#[tokio::test]
async fn those_who_ask_at_once_share_a_reading() {
    let (together, number, readings) = (Together::default(), AtomicU64::new(7), AtomicU64::new(0));
    let all = (0..50).map(|_| together.read("list", slow(&number, &readings)));
    assert_eq!(futures::future::join_all(all).await, [7; 50]);
    // The first's, and one for all who came while that was under way.
    assert_eq!(readings.load(Ordering::SeqCst), 2);
    assert!(together.turns().is_empty(), "what nobody waits for is not kept");
}

#[tokio::test]
async fn nobody_gets_what_was_read_before_they_asked() {
    let (together, number, readings) = (Together::default(), AtomicU64::new(1), AtomicU64::new(0));
    let early = together.read("list", slow(&number, &readings));
    let late = async {
        sleep(Duration::from_millis(50)).await;
        number.store(2, Ordering::SeqCst);
        let all = (0..5).map(|_| together.read("list", slow(&number, &readings)));
        futures::future::join_all(all).await
    };
    let (early, late) = tokio::join!(early, late);
    assert_eq!((early, late), (1, vec![2; 5]));
    assert_eq!(readings.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn another_question_is_another_reading() {
    let (together, number, readings) = (Together::default(), AtomicU64::new(1), AtomicU64::new(0));
    let _ = tokio::join!(
        together.read("list", slow(&number, &readings)),
        together.read("figures", slow(&number, &readings))
    );
    assert_eq!(readings.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn who_goes_away_while_reading_leaves_it_to_the_next() {
    let (together, number, readings) = (Together::default(), AtomicU64::new(3), AtomicU64::new(0));
    let gone = tokio::time::timeout(
        Duration::from_millis(50),
        together.read("list", futures::future::pending()),
    );
    let waiting = async {
        sleep(Duration::from_millis(10)).await;
        together.read("list", slow(&number, &readings)).await
    };
    let (gone, waiting) = tokio::join!(gone, waiting);
    assert!(gone.is_err());
    assert_eq!(waiting, 3);
    assert!(together.turns().is_empty());
}
