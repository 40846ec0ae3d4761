//! Takes up imports that were stopped half-way, and removes drafts that are old.

use super::now_and_then;
use app::organise::imports::draft_store::remove_old;
use app::organise::imports::model::DAYS_KEPT;
use app::organise::imports::run_store::{run as carry_through, waiting};
use app::services::Services;
use std::time::Duration;
use tokio::sync::watch;

/// So long the process that was asked is given to begin, in seconds.
const HEAD_START: i64 = 5;

/// Until the process is told to stop.
pub async fn run(each: Duration, services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(each, stopped, "imports could not be taken up", async || {
        let now = services.clock.now();
        for id in waiting(&services.pool, now - HEAD_START).await? {
            if carry_through(&services.pool, id).await? {
                tracing::info!("an import was taken up again");
                services.hub.wake_relay();
            }
        }
        let removed = remove_old(&services.pool, now - DAYS_KEPT * 86_400).await?;
        if removed > 0 {
            tracing::info!(removed, "old imports");
        }
        Ok(())
    })
    .await;
}
