//! `/live?events=1,2,3`: server-sent events (HTML standard §9.2). It begins with how those events stand, so
//! whoever connects, for the first time or again, has caught up; then it tells what changes.

use crate::client::address_of;
use crate::router::State;
use crate::streams::{Opened, Reader};
use app::account::who::Who;
use app::events::model::EventId;
use app::live::hub::{Hub, Notice};
use app::live::model::Message;
use axum::extract::{self, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// The most events that one stream follows; a page shows fewer.
const MOST_EVENTS: usize = 600;
/// Proxies close connections that are silent for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// How long browsers wait before they connect again.
const RETRY: Duration = Duration::from_millis(700);

/// The parameters.
#[derive(Deserialize)]
pub struct Parameters {
    #[serde(default)]
    events: String,
}

struct Follower {
    hub: Hub,
    notices: Receiver<Notice>,
    events: Arc<[EventId]>,
    stopped: watch::Receiver<bool>,
    /// The events must be read before anything else is told.
    behind: bool,
    /// Counted as long as it is open.
    _opened: Opened,
}

/// The stream.
pub async fn stream(
    extract::State(state): extract::State<State>,
    Query(parameters): Query<Parameters>,
    request: Request,
) -> Response {
    let ids: Result<Vec<i64>, _> =
        parameters.events.split(',').filter(|id| !id.is_empty()).map(str::parse).collect();
    let Some(ids) = ids.ok().filter(|ids| ids.len() <= MOST_EVENTS) else {
        return (StatusCode::BAD_REQUEST, "events: at most 600 numbers with commas between\n")
            .into_response();
    };
    let session = request.extensions().get::<Who>().and_then(|who| who.require().ok());
    let session = session.map(|viewer| viewer.session);
    let reader = Reader::of(session, address_of(&request, state.config.trust_proxy));
    let Some(opened) = state.streams.open(reader) else {
        let wait = [(header::RETRY_AFTER, "15")];
        return (StatusCode::TOO_MANY_REQUESTS, wait, "too many streams are open here\n")
            .into_response();
    };
    let follower = Follower {
        // Listening begins before the events are read: what changes meanwhile is told twice, not never.
        notices: state.services.hub.subscribe(),
        hub: state.services.hub.clone(),
        events: ids.into_iter().map(EventId).collect(),
        stopped: state.stopped.clone(),
        behind: true,
        _opened: opened,
    };
    let retry = stream::once(async { Ok(Event::default().retry(RETRY).comment("hello")) });
    Sse::new(retry.chain(follow(follower)))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response()
}

fn follow(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(follower, |mut follower| async move {
        let messages = follower.next().await?;
        let events: Vec<_> = messages
            .iter()
            .filter_map(|message| serde_json::to_string(message).ok())
            .map(|text| Ok(Event::default().data(text)))
            .collect();
        Some((stream::iter(events), follower))
    })
    .flatten()
}

impl Follower {
    /// The next messages; `None` ends the stream, and the browser connects again.
    async fn next(&mut self) -> Option<Vec<Message>> {
        loop {
            if std::mem::take(&mut self.behind) {
                // While the database does not answer there is nothing to tell: later, then.
                return match self.hub.standings(&self.events).await {
                    Ok(standings) => Some(vec![Message::Standings(standings)]),
                    Err(_) => None,
                };
            }
            let notice = tokio::select! {
                notice = self.notices.recv() => notice,
                // Told to stop, or nobody is left to tell: both end the stream.
                _ = self.stopped.wait_for(|stopped| *stopped) => return None,
            };
            match notice {
                Ok(Notice::Missed) | Err(RecvError::Lagged(_)) => self.behind = true,
                Ok(notice) => {
                    if let Some(messages) = notice.for_page(&self.events) {
                        return Some(messages);
                    }
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission_tests::state_with;
    use axum::body::Body;
    use sqlx::PgPool;
    use tower::ServiceExt;

    #[sqlx::test(migrations = "../migrations")]
    async fn one_stream_too_many_is_refused_until_another_ends(pool: PgPool) {
        let _ = any_spawner::Executor::init_tokio();
        let router = crate::router::build(state_with(&pool, &[("STAFETT_LIVE_STREAMS", "2")]));
        let ask = async || {
            let request = Request::get("/live?events=").body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap()
        };
        let (first, second) = (ask().await, ask().await);
        assert_eq!((first.status(), second.status()), (StatusCode::OK, StatusCode::OK));
        let refused = ask().await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()[header::RETRY_AFTER], "15");
        drop(first);
        assert_eq!(ask().await.status(), StatusCode::OK);
    }
}
