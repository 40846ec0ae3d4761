//! Tells those who had been signed up that there is a recording.

use super::now_and_then;
use app::services::Services;
use app::signup::recorded::tell;
use std::time::Duration;
use tokio::sync::watch;

const EACH: Duration = Duration::from_secs(20);

/// Until the process is told to stop.
pub async fn run(services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(EACH, stopped, "recordings could not be told of", async || {
        let told = tell(&services.pool, services.clock.now()).await?;
        if told > 0 {
            services.hub.wake_relay();
            tracing::info!(told, "there is a recording");
        }
        Ok(())
    })
    .await;
}
