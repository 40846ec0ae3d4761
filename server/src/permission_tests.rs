//! Who may do what: the table of docs/permissions.md against the code. Every address that there is stands in it,
//! and those that are not for everybody are asked for by people of every role.

use crate::config::Config;
use crate::router::{self, State};
use app::account::passkey::relying_party::RelyingParty;
use app::account::secret;
use app::live::hub::Hub;
use app::services::{Clock, Readings, Services, SiteFiles};
use app::signup::desk::Desk;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use sqlx::{ConnectOptions, PgPool};
use std::collections::BTreeSet;
use std::sync::Arc;
use tower::ServiceExt;

/// Where passkeys work without TLS.
const SITE: &str = "http://localhost:3000";
const TABLE: &str = include_str!("../../docs/permissions.md");

/// Whom something is for, each with all who come after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    /// Everybody, or whoever has the secret in the address.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever hosts or organises anything.
    AnyHost,
    /// Whoever organises anything.
    AnyOrganiser,
    /// Hosts of the programme.
    Host,
    /// Organisers of the programme.
    Organiser,
    /// Administrators.
    Administrator,
}

struct Line {
    method: Method,
    address: &'static str,
    whom: For,
}

fn table() -> Vec<Line> {
    let lines = TABLE.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let method = match cells.next()? {
            "GET" => Method::GET,
            "POST" => Method::POST,
            _ => return None,
        };
        let address = cells.next()?.trim_matches('`');
        let whom = match cells.next()? {
            "everybody" | "whoever has the link" => For::Everybody,
            "signed in" => For::SignedIn,
            "any host" => For::AnyHost,
            "any organiser" => For::AnyOrganiser,
            "host" => For::Host,
            "organiser" => For::Organiser,
            "administrator" => For::Administrator,
            other => panic!("nobody knows who {other:?} is: {line}"),
        };
        Some(Line { method, address, whom })
    });
    lines.collect()
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

fn state(pool: &PgPool) -> State {
    state_with(pool, &[])
}

/// A server on this database with these settings.
pub(crate) fn state_with(pool: &PgPool, settings: &[(&str, &str)]) -> State {
    let url = pool.connect_options().to_url_lossy().to_string();
    let config = Config::read(|name| match name {
        "DATABASE_URL" => Some(url.clone()),
        "STAFETT_RATE_LIMIT" => Some("off".into()),
        "STAFETT_PUBLIC_URL" => Some(SITE.into()),
        name => {
            let setting = settings.iter().find(|(known, _)| *known == name);
            setting.map(|(_, value)| (*value).to_owned())
        }
    });
    let (hub, clock) = (Hub::new(pool.clone()), Clock::system());
    let services = Services {
        desk: Desk::new(pool.clone(), hub.clone(), clock.clone()),
        hub,
        pool: pool.clone(),
        clock,
        passkeys: RelyingParty::of(SITE, true).map(Arc::new),
        public_url: SITE.into(),
        organisation_options: "".into(),
        site: Arc::new(SiteFiles::default()),
        readings: Readings::default(),
    };
    let (_, stopped) = tokio::sync::watch::channel(false);
    State::new(config.unwrap(), services, stopped)
}

/// The addresses that the server knows, in Swedish. axum has no list of them to give; what it shows for
/// debugging holds them all.
fn addresses(router: &Router) -> BTreeSet<String> {
    let shown = format!("{router:?}");
    let mut found: BTreeSet<String> = shown
        .split('"')
        .filter(|text| text.starts_with('/'))
        .map(|path| path.replace("{*function}", "").replace("{*", "{"))
        .collect();
    found.extend(leptos_axum::generate_route_list(app::App).iter().map(|page| {
        let parts = page.path().split('/').map(|part| match part.strip_prefix(':') {
            Some(name) => format!("{{{name}}}"),
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    }));
    found.extend(leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()));
    found.retain(|path| {
        !path.starts_with("/en/")
            && path != "/en"
            && path != "/api/"
            && !path.contains("__private__")
            && !path.starts_with("/pkg")
    });
    found
}

#[sqlx::test(migrations = "../migrations")]
async fn every_address_stands_in_the_table_and_none_that_is_not_there(pool: PgPool) {
    let _ = any_spawner::Executor::init_tokio();
    let there = addresses(&router::build(state(&pool)));
    assert!(there.len() > 40, "the list of addresses cannot be read any more: {there:?}");
    // The table names a series and a programme, to have them tried with their own.
    let told: BTreeSet<String> = table()
        .iter()
        .map(|line| {
            path_of(line.address).replace("{series}", "{slug}").replace("{programme}", "{slug}")
        })
        .collect();
    let untold: Vec<_> = there.difference(&told).collect();
    assert!(untold.is_empty(), "docs/permissions.md does not say whom these are for: {untold:#?}");
    let stale: Vec<_> = told.difference(&there).collect();
    assert!(stale.is_empty(), "docs/permissions.md names what is not there: {stale:#?}");
}

/// Somebody who asks.
struct Asker {
    name: &'static str,
    cookie: Option<String>,
    /// What is for them, and nothing beyond.
    may: fn(For) -> bool,
}

pub(crate) async fn person(
    pool: &PgPool,
    name: &'static str,
    role: Option<(&str, Option<i64>)>,
) -> String {
    let token = secret::new().unwrap();
    let id: i64 = sqlx::query_scalar(
        "insert into people (name, email, email_key, email_proven_at)
         values ($1, $1 || '@example.org', $1 || '@example.org', now()) returning id",
    )
    .bind(name)
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into sessions (token_hash, person_id, device, created_at, last_used_at, expires_at)
         values ($1, $2, 'x', now(), now(), now() + interval '1 day')",
    )
    .bind(secret::hash(&token))
    .bind(id)
    .execute(pool)
    .await
    .unwrap();
    if let Some((role, programme)) = role {
        sqlx::query("insert into roles (person_id, role, programme_id) values ($1, $2, $3)")
            .bind(id)
            .bind(role)
            .bind(programme)
            .execute(pool)
            .await
            .unwrap();
    }
    format!("stafett_session={token}")
}

pub(crate) async fn programme(pool: &PgPool, slug: &str) -> i64 {
    let insert = "insert into programmes (slug, title_sv) values ($1, 'P') returning id";
    sqlx::query_scalar(insert).bind(slug).fetch_one(pool).await.unwrap()
}

/// What must stay as it is when somebody asks who may not.
async fn everything(pool: &PgPool) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE'
            and table_name not in ('sessions', '_sqlx_migrations') order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut all = String::new();
    for table in tables {
        let rows = format!(
            "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"
        );
        let hash: String =
            sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_one(pool).await.unwrap();
        all.push_str(&format!("{table} {hash}\n"));
    }
    all
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_does_what_is_not_for_them(pool: PgPool) {
    let _ = any_spawner::Executor::init_tokio();
    let (here, there) = (programme(&pool, "har").await, programme(&pool, "dar").await);
    sqlx::query(
        "with series as (insert into series (slug, programme_id, kind, title_sv) values ('s', $1, 'tour', 'S') returning id),
        event as (
            insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
            select 'e', $1, id, 'seminar', 'published', 'E', now() + '7 days', now() + '170 hours', 'digital' from series
            returning id
        ),
        recording as (
            insert into recordings (event_id, title, slug, state, published_at)
            select id, 'R', 'e', 'published', now() from event returning id
        )
        insert into event_ways (event_id, way, capacity) select id, 'digital', 2 from event",
    )
    .bind(here)
    .execute(&pool)
    .await
    .unwrap();
    let mut askers =
        vec![Asker { name: "nobody", cookie: None, may: |whom| whom == For::Everybody }];
    let mut add = async |name, role, may| {
        askers.push(Asker { name, cookie: Some(person(&pool, name, role).await), may });
    };
    add("participant", None, (|whom| whom <= For::SignedIn) as fn(For) -> bool).await;
    add("host-elsewhere", Some(("host", Some(there))), |whom| whom <= For::AnyHost).await;
    add("organiser-elsewhere", Some(("organiser", Some(there))), |whom| whom <= For::AnyOrganiser)
        .await;
    add("host", Some(("host", Some(here))), |whom| whom <= For::AnyHost || whom == For::Host).await;
    add("organiser", Some(("organiser", Some(here))), |whom| whom <= For::Organiser).await;
    add("administrator", Some(("administrator", None)), |_| true).await;

    let router = router::build(state(&pool));
    let ask = async |asker: &Asker, line: &Line| {
        let address = line.address.replace("{slug}", "e").replace("{series}", "s");
        let address = address
            .replace("{programme}", "har")
            .replace("{id}", "999999")
            .replace("{form}", "terms")
            .replace("{list}", "door")
            .replace("{text}", "sv");
        let mut request = Request::builder().method(line.method.clone()).uri(&address);
        request = request.header(header::HOST, "localhost:3000");
        if let Some(cookie) = &asker.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if line.method == Method::POST {
            request = request
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    // Forms about oneself lead whoever is not signed in to the page that says so.
    let is_denied = |answer: &axum::response::Response| {
        let back = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            || back.is_some_and(|to| {
                to.starts_with("/sign-in") || to == "/me/account" || to == "/me/mail" || to == "/me"
            })
    };
    let table = table();
    let mut wrong = Vec::new();
    let before = everything(&pool).await;
    for line in &table {
        for asker in askers.iter().filter(|asker| !(asker.may)(line.whom)) {
            let answer = ask(asker, line).await;
            if !is_denied(&answer) && answer.status() != StatusCode::NOT_FOUND {
                let to = answer.headers().get(header::LOCATION);
                wrong.push(format!(
                    "{} may {} {}: {} {to:?}",
                    asker.name,
                    line.method,
                    line.address,
                    answer.status()
                ));
            }
        }
    }
    assert_eq!(everything(&pool).await, before, "something was done for somebody who may not");
    for line in table.iter().filter(|line| line.whom > For::Everybody) {
        // The lowest of those whom it is for. What they send may make no sense; but they are let in.
        let Some(asker) = askers.iter().find(|asker| (asker.may)(line.whom)) else { continue };
        let answer = ask(asker, line).await;
        // A number that nothing has may be answered so.
        let is_lost = answer.status() == StatusCode::NOT_FOUND && !line.address.contains("{id}");
        if is_denied(&answer) || is_lost || answer.status().is_server_error() {
            wrong.push(format!(
                "{} may not {} {}: {}",
                asker.name,
                line.method,
                line.address,
                answer.status()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
