//! Removes mails that are long done with.

use super::now_and_then;
use app::mail::store::remove_old;
use app::services::Services;
use std::time::Duration;
use tokio::sync::watch;

const EACH: Duration = Duration::from_secs(3_600);
/// So long after it has left or was dropped a mail is kept, in seconds: ninety days.
const KEPT: i64 = 90 * 86_400;
/// The most that one statement removes, so that nobody waits for it.
const BATCH: i64 = 500;
/// Between two of them.
const PAUSE: Duration = Duration::from_millis(200);

/// Until the process is told to stop.
pub async fn run(services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(EACH, stopped.clone(), "old mails could not be removed", async || {
        let mut all = 0;
        while !*stopped.borrow() {
            let now = services.clock.now();
            let removed = remove_old(&services.pool, now - KEPT, BATCH, now).await?;
            all += removed;
            if removed < BATCH.unsigned_abs() {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        if all > 0 {
            tracing::info!(removed = all, "old mails");
        }
        Ok(())
    })
    .await;
}
