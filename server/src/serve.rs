//! Start-up and shutdown.

use crate::Failure;
use crate::config::{Config, Mode};
use crate::router::{self, State};
use crate::{assets, jobs, say};
use app::account::passkey::relying_party::RelyingParty;
use app::live::hub::Hub;
use app::services::{Clock, Readings, Services};
use app::signup::desk::Desk;
use axum::serve::ListenerExt;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long requests that are under way may take after the process was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Connects to the database.
pub async fn connect(config: &Config) -> Result<PgPool, Failure> {
    PgPoolOptions::new()
        .max_connections(config.db_connections)
        .acquire_timeout(Duration::from_secs(5))
        .connect(&config.database_url)
        .await
        .map_err(|error| {
            format!("the database cannot be reached: {error}. Is Postgres running, and is DATABASE_URL right?")
        })
}

/// Serves until the process is told to stop.
pub async fn serve(config: Config) -> Result<(), Failure> {
    // The renderer's tasks run on this runtime. It has been told already if that fails.
    let _ = any_spawner::Executor::init_tokio();
    let pool = connect(&config).await?;
    let site = assets::site_files(&config.site)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "{} is taken by another program. Stop that one, or set STAFETT_LISTEN to another address.",
            config.listen
        ),
        _ => format!("cannot listen on {}: {error}", config.listen),
    })?;
    let clock = Clock::system();
    let hub = Hub::new(pool.clone());
    let stored = stored_facts(&pool).await.map_err(|error| {
        format!("the database is not ready: {error}. Has `stafett migrate` been run?")
    })?;
    let services = Services {
        desk: Desk::new(pool.clone(), hub.clone(), clock.clone()),
        hub: hub.clone(),
        pool,
        clock,
        passkeys: relying_party(&config).map(Arc::new),
        public_url: config.public_url.as_str().into(),
        organisation_options: stored.organisation_options,
        site: Arc::new(app::services::SiteFiles {
            is_demonstration: stored.is_demonstration,
            largest_upload: config.largest_upload,
            ..site
        }),
        readings: Readings::default(),
    };
    let (stop, stopped) = watch::channel(false);
    let address = config.public_url.clone();
    warn_about_mail(&config);
    let state = State::new(config, services, stopped.clone());
    match state.media.prepare().await {
        Ok(()) => {}
        // It may be back soon, and all else works without.
        Err(error) if state.media.is_a_service() => {
            tracing::error!(%error, "the store of files (STAFETT_MEDIA) does not answer");
        }
        Err(error) => {
            return Err(format!(
                "files of recordings cannot be kept: {error}. STAFETT_MEDIA says where they lie."
            ));
        }
    }
    let jobs = jobs::start(&state);
    tokio::spawn(hub.run());
    tokio::spawn(state.keeper.clone().follow());
    tokio::spawn(crate::series_posts::include_late_stops(state.services.clone()));
    let router = router::build(state.clone());

    let listener = listener.tap_io(|stream| {
        // A page is several small writes; waiting for the peer's acknowledgement costs 40 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
    });
    say(&format!("Stafett is at {address}"));
    crate::admin::say_ways_in(&state).await;
    let mut ending = stopped.clone();
    let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            // An error means that the sender is gone, which is a way of stopping, too.
            let _ = ending.wait_for(|stopped| *stopped).await;
        });
    tokio::select! {
        ended = server.into_future() => ended.map_err(|error| format!("the server ended: {error}"))?,
        () = told_to_stop(stop) => {}
    }
    // Mail that is on its way right now gets as much time again.
    let _ = tokio::time::timeout(LAST_REQUESTS, jobs).await;
    Ok(())
}

/// The site as authenticators know it.
fn relying_party(config: &Config) -> Option<RelyingParty> {
    RelyingParty::of(&config.public_url, config.mode == Mode::Development)
}

/// What is allowed about mail, and hardly meant.
fn warn_about_mail(config: &Config) {
    match &config.smtp {
        None if config.mode == Mode::Production => tracing::warn!(
            "STAFETT_SMTP_URL is not set: nobody gets any mail. Sign-ups work, and their mails wait until a mail server is set."
        ),
        Some(smtp) if smtp.shows_its_password() => tracing::warn!(
            "the password in STAFETT_SMTP_URL goes over the network unencrypted; add ?tls=required, or use smtps://"
        ),
        _ => {}
    }
}

/// Waits for the signal to stop, passes it on, and gives the last requests their time.
async fn told_to_stop(stop: watch::Sender<bool>) {
    let hear = |kind| signal(kind).ok();
    let (mut interrupt, mut terminate) =
        (hear(SignalKind::interrupt()), hear(SignalKind::terminate()));
    let wait = async |signal: &mut Option<tokio::signal::unix::Signal>| match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    };
    tokio::select! {
        () = wait(&mut interrupt) => {}
        () = wait(&mut terminate) => {}
    }
    tracing::info!("stopping");
    stop.send_replace(true);
    tokio::time::sleep(LAST_REQUESTS).await;
}

/// What is read once at start.
struct StoredFacts {
    organisation_options: Arc<str>,
    is_demonstration: bool,
}

async fn stored_facts(pool: &PgPool) -> Result<StoredFacts, sqlx::Error> {
    let names = app::signup::store::organisation_names(pool).await?;
    let is_demonstration = sqlx::query_scalar!(
        r#"select exists (select 1 from site_facts where name = $1) as "there!""#,
        crate::seed::DEMONSTRATION
    )
    .fetch_one(pool)
    .await?;
    let options: String = names
        .iter()
        .map(|name| format!("<option value=\"{}\"></option>", app::ui::html::escape(name)))
        .collect();
    Ok(StoredFacts { organisation_options: options.into(), is_demonstration })
}
