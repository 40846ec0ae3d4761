//! Tells those who asked when sign-up opens.

use super::now_and_then;
use app::events::opening::tell_watchers;
use app::services::Services;
use std::time::Duration;
use tokio::sync::watch;

/// How long somebody waits at the most, beside the time that the mail takes.
const LONGEST: Duration = Duration::from_secs(5);

/// Until the process is told to stop.
pub async fn run(each: Duration, services: Services, stopped: watch::Receiver<bool>) {
    now_and_then(
        each.min(LONGEST),
        stopped,
        "those who wait for sign-up could not be told",
        async || {
            let told = tell_watchers(&services.pool, services.clock.now()).await?;
            if told > 0 {
                services.hub.wake_relay();
                tracing::info!(told, "sign-up has opened");
            }
            Ok(())
        },
    )
    .await;
}
