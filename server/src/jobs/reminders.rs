//! Reminds those who have a place.

use super::now_and_then;
use app::services::Services;
use app::signup::reminders::write_due;
use std::time::Duration;
use tokio::sync::watch;

/// Until the process is told to stop.
pub async fn run(each: Duration, services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(each, stopped, "reminders could not be written", async || {
        let written = write_due(&services.pool, services.clock.now()).await?;
        if written > 0 {
            services.hub.wake_relay();
            tracing::info!(written, "reminders");
        }
        Ok(())
    })
    .await;
}
