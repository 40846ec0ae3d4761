//! The forms of the door: checking people in and taking it back, by those who organise or host and by stewards
//! with a link; and the links themselves. Whoever asks is looked at before what they sent is read.

use crate::form_body::read_pairs;
use crate::organise::{allowed, failed, not_allowed};
use crate::own::no_such;
use crate::posts::{parts_of, see_other};
use crate::refused::{refuse, wants_json};
use crate::router::State;
use app::account::secret;
use app::account::who::Who;
use app::door::deed_store::{self, Holder, Told};
use app::door::links_store;
use app::door::model::PostedLink;
use app::door::outcome::{Done, Outcome};
use app::door::store::{self, By};
use app::door::ticket;
use app::error::AppError;
use app::events::model::{EventId, Slug};
use app::signup::model::LONGEST_NAME;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::prelude::provide_context;
use serde_json::json;

/// Where people are checked in. Not counted with other forms: a whole hall comes in within minutes, from one
/// network, and who may is known by a link or an account.
pub fn doors(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let event = format!("{prefix}/organise/events/{{slug}}/door");
    let link = format!("{prefix}/door/{{token}}");
    axum::Router::new()
        .route(&format!("{event}/check-in"), post(check_in).get(page))
        .route(&format!("{event}/undo"), post(undo).get(page))
        .route(&format!("{link}/check-in"), post(check_in).get(page))
        .route(&format!("{link}/undo"), post(undo).get(page))
}

/// The stewards' links.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let links = format!("{prefix}/organise/events/{{slug}}/door/links");
    axum::Router::new()
        .route(&links, post(make).get(page))
        .route(&format!("{links}/{{id}}/revoke"), post(revoke).get(page))
}

/// A door that is open to whoever asks.
struct Door {
    event: EventId,
    by: By,
    /// The Swedish address of its page.
    home: String,
}

/// The door that a form was sent from, if whoever sent it may stand there.
async fn door_of(state: &State, asked: &Parts) -> Result<Door, AppError> {
    let path = Lang::bare_path(asked.uri.path());
    let home = path.rsplit_once('/').map_or("", |(home, _)| home).to_owned();
    let pool = &state.services.pool;
    if let Some(token) = home.strip_prefix("/door/") {
        let (event, link) = store::steward(pool, token).await?.ok_or(AppError::NotFound)?;
        return Ok(Door { event, by: By::Link(link), home });
    }
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let slug = home.rsplit('/').nth(1).and_then(Slug::parse).ok_or(AppError::Forbidden)?;
    let found = app::organise::store::find(pool, &slug).await?;
    let found =
        found.filter(|found| viewer.may_host(found.programme)).ok_or(AppError::Forbidden)?;
    Ok(Door { event: found.event, by: By::Person(viewer.id), home })
}

/// Who may not is told so by the page of the door, or in JSON.
async fn shut(state: &State, asked: &Parts, error: AppError) -> Response {
    if wants_json(asked) {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
        return (status, axum::Json(json!({ "error": error.to_string() }))).into_response();
    }
    match error {
        AppError::NotFound => no_such(state, asked).await,
        error => not_allowed(state, asked, error).await,
    }
}

/// A form of a door, and the names and values in it.
struct Sent {
    asked: Parts,
    door: Door,
    pairs: Vec<(String, String)>,
}

impl Sent {
    async fn read(state: &State, request: Request) -> Result<Self, Response> {
        let asked = parts_of(&request);
        let door = match door_of(state, &asked).await {
            Ok(door) => door,
            Err(error) => return Err(shut(state, &asked, error).await),
        };
        match read_pairs(request).await {
            Ok(pairs) => Ok(Self { asked, door, pairs }),
            Err(refused) => Err(refuse(state, &asked, refused).await),
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whom it is about: by a ticket that was scanned or typed, or by number; or why that is nobody.
    async fn whom(&self, state: &State) -> Result<Result<i64, Done>, sqlx::Error> {
        let Some(text) = self.value("ticket") else {
            let sign_up = self.value("sign_up").and_then(|id| id.parse().ok());
            return Ok(sign_up.ok_or(Done::Nobody));
        };
        let Some(ticket) = ticket::read(text) else { return Ok(Err(Done::NoTicket)) };
        let pool = &state.services.pool;
        Ok(match deed_store::by_ticket(pool, self.door.event, &ticket).await? {
            Holder::Here(sign_up) => Ok(sign_up),
            Holder::Elsewhere => Err(Done::Elsewhere),
            Holder::Nobody => Err(Done::Nobody),
        })
    }

    /// How many seconds ago it happened, where a door had no network then.
    fn seconds_ago(&self) -> i64 {
        self.value("ago").and_then(|ago| ago.parse().ok()).unwrap_or_default()
    }

    async fn answer(self, state: &State, outcome: Result<Outcome, sqlx::Error>) -> Response {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => return failed(state, &self.asked, error).await,
        };
        state.services.hub.wake_relay();
        if wants_json(&self.asked) {
            return axum::Json(outcome).into_response();
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(search) = self.value("q").filter(|search| !search.trim().is_empty()) {
            query.append_pair("q", search);
        }
        query.append_pair("done", outcome.done.as_str());
        let mut fragment = "said".to_owned();
        if outcome.who > 0 {
            query.append_pair("who", &outcome.who.to_string());
            fragment = format!("guest-{}", outcome.who);
        }
        // Who scans or types sees the answer; who pressed a row comes back to it.
        if self.value("ticket").is_some() {
            "said".clone_into(&mut fragment);
        }
        let lang = Lang::of_path(self.asked.uri.path());
        let home = lang.href(&self.door.home);
        see_other(&format!("{home}?{}#{fragment}", query.finish()))
    }
}

/// `POST …/check-in`
async fn check_in(extract::State(state): extract::State<State>, request: Request) -> Response {
    done(state, request, true).await
}

/// `POST …/undo`
async fn undo(extract::State(state): extract::State<State>, request: Request) -> Response {
    done(state, request, false).await
}

/// Somebody came, or that is taken back.
async fn done(state: State, request: Request, is_in: bool) -> Response {
    let sent = match Sent::read(&state, request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let sign_up = match sent.whom(&state).await {
        Ok(Ok(sign_up)) => sign_up,
        Ok(Err(done)) => return sent.answer(&state, Ok(Outcome::new(done, 0, None))).await,
        Err(error) => return failed(&state, &sent.asked, error).await,
    };
    let made_here = secret::new();
    let key = sent.value("key").filter(|key| (8..=64).contains(&key.chars().count()));
    let Some(key) = key.or(made_here.as_deref().ok()) else {
        return shut(&state, &sent.asked, AppError::Internal).await;
    };
    let told = Told { sign_up, key, seconds_ago: sent.seconds_ago() };
    let (event, by, now) = (sent.door.event, sent.door.by, state.services.clock.now());
    let pool = &state.services.pool;
    let outcome = if is_in {
        deed_store::check_in(pool, event, by, told, now).await
    } else {
        deed_store::undo(pool, event, by, told, now).await
    };
    sent.answer(&state, outcome).await
}

/// The slug in the address of a form about links.
fn slug_of(asked: &Parts) -> String {
    Lang::bare_path(asked.uri.path()).split('/').nth(3).unwrap_or_default().to_owned()
}

/// `POST /organise/events/{slug}/door/links`. The answer is the page with the link on it, which is shown this once.
async fn make(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, slug_of(&asked)).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let typed = pairs.into_iter().find(|(name, _)| name == "link-name").map(|(_, value)| value);
    let typed: String = typed.unwrap_or_default().chars().take(LONGEST_NAME).collect();
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().any(|letter| letter.is_control() || letter == '\u{fffd}') {
        let posted = PostedLink { name: typed, is_missing: true, token: None };
        return page_with(&state, &asked, posted, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let token = match secret::new() {
        Ok(token) => token,
        Err(error) => return shut(&state, &asked, error).await,
    };
    let hash = secret::hash(&token).unwrap_or_default();
    let (event, now) = (allowed.found.event, state.services.clock.now());
    let pool = &state.services.pool;
    match links_store::make(pool, allowed.viewer.id, event, &name, &hash, now).await {
        Ok(()) => {
            state.services.hub.wake_relay();
            let posted = PostedLink { token: Some(token), ..PostedLink::default() };
            page_with(&state, &asked, posted, StatusCode::CREATED).await
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

async fn page_with(
    state: &State,
    asked: &Parts,
    posted: PostedLink,
    status: StatusCode,
) -> Response {
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    answer
}

/// `POST /organise/events/{slug}/door/links/{id}/revoke`
async fn revoke(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, slug_of(&asked)).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let link = asked.uri.path().rsplit('/').nth(1).and_then(|id| id.parse().ok()).unwrap_or(0);
    let (event, now) = (allowed.found.event, state.services.clock.now());
    match links_store::revoke(&state.services.pool, allowed.viewer.id, event, link, now).await {
        Ok(()) => {
            state.services.hub.wake_relay();
            let home = format!("/organise/events/{}/door?done=revoked#links", allowed.slug);
            see_other(&Lang::of_path(asked.uri.path()).href(&home))
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}
