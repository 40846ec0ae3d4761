//! Every address that is no page, and the layers around them all.

use crate::config::{Config, Mode};
use crate::kept::Keeper;
use crate::media::store::MediaStore;
use crate::protect::Limiter;
use crate::streams::Streams;
use crate::{
    accounts, assets, captions, doors, embed, feeds, group_posts, health, images, imports, jobs,
    letters, lists, live, mailbox, materials, media, my_data, offline, organise,
    organise_recordings, own, pages, passkeys, plan, plan_series, posts, protect, series_posts,
    undertakings, unsubscribe, uploads, watching, wishes,
};
use app::services::Services;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::services::ServeFile;

/// What handlers share. Each layer around a request has a copy of its own, so copying it costs one counter.
#[derive(Clone)]
pub struct State(Arc<Shared>);

/// What is behind a [`State`].
pub struct Shared {
    /// The settings.
    pub config: Arc<Config>,
    /// What the product needs.
    pub services: Services,
    /// The rendered pages.
    pub keeper: Keeper,
    /// Counts who posts how often.
    pub limiter: Option<Arc<Limiter>>,
    /// Counts who tells how often that they watch.
    pub counted: Option<Limiter>,
    /// The open streams of changes.
    pub streams: Arc<Streams>,
    /// What lets a door be opened without a network.
    pub door_worker: Arc<str>,
    /// The files of recordings.
    pub media: MediaStore,
    /// The uploads that are being written to.
    pub writers: uploads::Writers,
    /// True once the process is to stop.
    pub stopped: watch::Receiver<bool>,
}

impl Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl State {
    /// The state of a process.
    pub fn new(config: Config, services: Services, stopped: watch::Receiver<bool>) -> Self {
        Self(Arc::new(Shared {
            keeper: Keeper::new(
                services.hub.clone(),
                services.clock.clone(),
                config.kept_pages_bytes,
            ),
            limiter: config.rate_limit.map(|rate| Arc::new(Limiter::new(rate))),
            counted: config.rate_limit.and_then(|_| watching::limiter()),
            streams: Arc::new(Streams::new(config.live_streams)),
            door_worker: assets::door_worker(&config.site, &services.site).into(),
            media: MediaStore::new(config.media.clone()),
            writers: uploads::Writers::default(),
            config: Arc::new(config),
            services,
            stopped,
        }))
    }
}

/// The whole site.
pub fn build(state: State) -> Router {
    let forms = |prefix: &str| {
        Router::new()
            .route(
                &format!("{prefix}/events/{{slug}}/sign-up"),
                post(posts::sign_up).get(pages::page),
            )
            .route(
                &format!("{prefix}/events/{{slug}}/sign-up/group"),
                post(group_posts::sign_up).get(pages::page),
            )
            .route(&format!("{prefix}/events/{{slug}}/watch"), post(posts::watch).get(pages::page))
            .route(
                &format!("{prefix}/sign-ups/{{token}}/cancel"),
                post(own::cancel).get(pages::page),
            )
            .route(
                &format!("{prefix}/series/{{slug}}/sign-up"),
                post(series_posts::sign_up).get(pages::page),
            )
            .route(
                &format!("{prefix}/sign-ups/series/{{token}}/leave"),
                post(series_posts::leave).get(pages::page),
            )
            .route(
                &format!("{prefix}/sign-ups/{{token}}/answers"),
                post(own::answers).get(pages::page),
            )
            .route(&format!("{prefix}/sign-ups/{{token}}/way"), post(own::way).get(pages::page))
            .merge(accounts::forms(prefix))
            .merge(doors::forms(prefix))
            .merge(feeds::mine::forms(prefix))
            .merge(organise::forms(prefix))
            .merge(organise_recordings::forms(prefix))
            .merge(imports::forms(prefix))
            .merge(letters::forms(prefix))
            .merge(jobs::media::forms(prefix))
            .merge(passkeys::forms(prefix))
            .merge(plan::forms(prefix))
            .merge(plan_series::forms(prefix))
            .merge(undertakings::forms(prefix))
            .merge(watching::forms(prefix))
            .merge(wishes::forms(prefix))
    };
    let forms = forms("")
        .merge(forms("/en"))
        .layer(DefaultBodyLimit::max(usize::try_from(posts::LARGEST_FORM).unwrap_or(usize::MAX)))
        .route_layer(from_fn_with_state(state.clone(), protect::limit))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    // Mail providers call this one for their readers, from wherever they are (RFC 8058).
    let stop_mails = Router::new()
        .route("/unsubscribe/{token}", post(unsubscribe::stop).get(pages::page))
        .route("/en/unsubscribe/{token}", post(unsubscribe::stop).get(pages::page))
        .layer(DefaultBodyLimit::max(usize::try_from(posts::LARGEST_FORM).unwrap_or(usize::MAX)))
        .route_layer(from_fn_with_state(state.clone(), protect::limit));
    // What they take is larger than any other form; how much, they say themselves.
    let images = images::forms("")
        .merge(images::forms("/en"))
        .layer(DefaultBodyLimit::disable())
        .route_layer(from_fn_with_state(state.clone(), protect::limit))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    let materials = materials::forms("")
        .merge(materials::forms("/en"))
        .layer(DefaultBodyLimit::disable())
        .route_layer(from_fn_with_state(state.clone(), protect::limit))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    let captions = captions::forms("")
        .merge(captions::forms("/en"))
        .layer(DefaultBodyLimit::disable())
        .route_layer(from_fn_with_state(state.clone(), protect::limit))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    // Files of many GB, a stretch at a time; how much is taken they say themselves.
    let uploads = uploads::routes("")
        .merge(uploads::routes("/en"))
        .merge(organise_recordings::whole_files(""))
        .merge(organise_recordings::whole_files("/en"))
        .layer(DefaultBodyLimit::disable())
        .route_layer(from_fn_with_state(state.clone(), protect::limit))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    let doors = doors::doors("")
        .merge(doors::doors("/en"))
        .layer(DefaultBodyLimit::max(usize::try_from(posts::LARGEST_FORM).unwrap_or(usize::MAX)))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    // A player tells where it is every ten seconds, and a whole municipality can watch from one address: what limits
    // forms would stop them.
    let reports = watching::reports("")
        .merge(watching::reports("/en"))
        .layer(DefaultBodyLimit::max(usize::try_from(posts::LARGEST_FORM).unwrap_or(usize::MAX)))
        .route_layer(from_fn_with_state(state.clone(), protect::refuse_other_sites));
    let mut router = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/live", get(live::stream))
        .route("/organisations", get(pages::organisations))
        .route("/api/{*function}", get(pages::server_function))
        .route("/images/{file}", get(images::serve))
        .route("/feeds/calendar.ics", get(feeds::calendar))
        .route("/feeds/mine/{file}", get(feeds::mine::serve))
        .route("/feeds/recordings.rss", get(feeds::recordings::feed))
        .route("/feeds/cover/{file}", get(feeds::cover::serve))
        .route("/feeds/recordings/{file}", get(feeds::recordings::chapter_list))
        .route("/robots.txt", get(assets::robots))
        .route("/door-worker.js", get(assets::worker))
        .route("/door-left.js", get(assets::left_doors))
        .route_service("/favicon.svg", ServeFile::new(state.config.site.join("favicon.svg")))
        .nest_service("/pkg", assets::package(&state.config.site))
        .merge(forms)
        .merge(stop_mails)
        .merge(doors)
        .merge(images)
        .merge(materials)
        .merge(materials::routes())
        .merge(captions)
        .merge(uploads)
        .merge(media::routes())
        .merge(reports)
        .merge(embed::routes(""))
        .merge(embed::routes("/en"))
        .merge(lists::routes(""))
        .merge(lists::routes("/en"))
        .merge(my_data::routes(""))
        .merge(my_data::routes("/en"))
        .merge(offline::routes(&state.config.site, &state.services.site));
    if state.config.mode == Mode::Development {
        router = router
            .route("/dev/mail", get(mailbox::list))
            .route("/dev/mail/{id}", get(mailbox::one))
            .route("/dev/mail/{id}/ticket.png", get(mailbox::ticket))
            .route("/dev/mail/{id}/source", get(mailbox::source));
    }
    router
        .route("/", any(pages::page))
        .route("/events/{slug}", get(feeds::event_or_page))
        .route("/events/{slug}/join", get(own::go))
        .route("/en/events/{slug}/join", get(own::go))
        .fallback(pages::page)
        .layer(from_fn_with_state(state.clone(), accounts::recognise))
        .layer(CatchPanicLayer::custom(pages::after_panic))
        .layer(from_fn(protect::security_headers))
        .layer(from_fn_with_state(state.clone(), crate::kept::serve_kept))
        .layer(from_fn(protect::request_id))
        .with_state(state)
}
