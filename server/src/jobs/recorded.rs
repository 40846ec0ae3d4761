//! Tells those who had been signed up that there is a recording.

use super::now_and_then;
use app::services::Services;
use app::signup::recorded::tell;
use std::time::Duration;
use tokio::sync::watch;

/// Until the process is told to stop.
pub async fn run(each: Duration, services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(each, stopped, "recordings could not be told of", async || {
        let told = tell(&services.pool, services.clock.now()).await?;
        if told > 0 {
            services.hub.wake_relay();
            tracing::info!(told, "there is a recording");
        }
        Ok(())
    })
    .await;
}
