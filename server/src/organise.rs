//! The organiser's forms. Whoever asks is looked at before what they sent is read.

use crate::event_deeds;
use crate::form_body::{LARGEST_SELECTION, read_pairs, read_selection};
use crate::moves;
use crate::organise_deeds;
use crate::posts::{Stop, parts_of, see_other, stopped, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::events::model::{EventId, Slug};
use app::organise::edit_model::{Direction, read_edit};
use app::organise::edit_store::{self, Edited};
use app::organise::model::{MOST_QUESTIONS, PostedTerms, read_question, read_terms};
use app::organise::people;
use app::organise::people::query::PeopleQuery;
use app::organise::people::selection::{CHOSEN, left_out, named};
use app::organise::store::{self, Found};
use app::signup::approval::{Decision, decide};
use app::signup::model::{Status, tidy_reason};
use app::text::Lang;
use axum::extract::{self, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The addresses that the organiser's forms post to. A GET there is the event's page.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let event = format!("{prefix}/organise/events/{{slug}}");
    // Those who are chosen can be thousands.
    let large = DefaultBodyLimit::max(LARGEST_SELECTION);
    axum::Router::new()
        .route(&format!("{event}/decide"), post(decide_on).get(page).layer(large))
        .route(&format!("{event}/terms"), post(terms).get(page))
        .route(&format!("{event}/questions"), post(ask).get(page))
        .route(&format!("{event}/questions/{{id}}/remove"), post(remove).get(page))
        .route(&format!("{event}/edit-question"), post(edit).get(page))
        .route(&format!("{event}/move-question"), post(move_question).get(page))
        .route(&format!("{event}/cancel"), post(organise_deeds::cancel).get(page).layer(large))
        .route(&format!("{event}/promote"), post(organise_deeds::promote).get(page).layer(large))
        .route(&format!("{event}/attended"), post(organise_deeds::attended).get(page).layer(large))
        .route(&format!("{event}/no-show"), post(organise_deeds::no_show).get(page).layer(large))
        .route(&format!("{event}/add"), post(organise_deeds::add).get(page))
        .route(&format!("{event}/undo"), post(organise_deeds::undo).get(page))
        .route(&format!("{event}/open"), post(event_deeds::open).get(page))
        .route(&format!("{event}/close"), post(event_deeds::close).get(page))
        .route(&format!("{event}/seats"), post(event_deeds::seats).get(page))
        .route(&format!("{event}/move"), post(moves::relocate).get(page).layer(large))
}

/// Who may, and what it is about.
pub(crate) struct Allowed {
    pub viewer: Arc<Viewer>,
    pub found: Found,
    pub slug: String,
}

/// Finds out whether whoever asks organises the event with this slug. An event that is not theirs and one that
/// is not there are answered alike.
pub(crate) async fn allowed(
    state: &State,
    asked: &Parts,
    slug: String,
) -> Result<Allowed, AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let parsed = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = store::find(&state.services.pool, &parsed).await?;
    let found = found.filter(|found| viewer.may_organise(found.programme));
    Ok(Allowed { viewer, found: found.ok_or(AppError::Forbidden)?, slug })
}

/// The page at this address says the same of whoever asks.
pub(crate) async fn not_allowed(state: &State, asked: &Parts, error: AppError) -> Response {
    let mut answer = crate::pages::render(state, asked, || {}).await;
    *answer.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
    answer
}

/// Back to the event's page and the people that were looked at; it says what was done.
pub(crate) fn done(asked: &Parts, slug: &str, what: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    let path = people_of(asked).path(slug);
    let sign = if path.contains('?') { '&' } else { '?' };
    see_other(&lang.href(&format!("{path}{sign}done={what}")))
}

/// The people that the address of a form asks for.
fn people_of(asked: &Parts) -> PeopleQuery {
    let query = asked.uri.query().unwrap_or_default();
    PeopleQuery::from_pairs(url::form_urlencoded::parse(query.as_bytes()))
}

/// The sign-ups that a form is about: all that wait, everybody who is asked for, or those whose boxes are ticked.
pub(crate) async fn chosen(
    state: &State,
    asked: &Parts,
    event: EventId,
    posted: &PostedTerms,
) -> Result<Vec<i64>, sqlx::Error> {
    let pool = &state.services.pool;
    if posted.value("which") == Some("matching") {
        let matching = people::store::matching(pool, event, &people_of(asked), true).await?;
        let left_out = left_out(&posted.pairs);
        let ids = matching.into_iter().map(|(sign_up, _)| sign_up);
        return Ok(ids.filter(|sign_up| !left_out.contains(sign_up)).collect());
    }
    if posted.value("sign_up") == Some("all") {
        return store::waiting(pool, event).await;
    }
    Ok(named(&posted.pairs))
}

pub(crate) async fn failed(state: &State, asked: &Parts, error: sqlx::Error) -> Response {
    stopped(state, Lang::of_path(asked.uri.path()), "", asked, Stop::from(error), "").await
}

/// The page with the form as it was filled, and what is wrong (422).
pub(crate) async fn wrong(state: &State, asked: &Parts, posted: PostedTerms) -> Response {
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /organise/events/{slug}/decide`
async fn decide_on(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let posted = match read_selection(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let services = &state.services;
    let (event, now) = (allowed.found.event, services.clock.now());
    let sign_ups = match chosen(&state, &asked, event, &posted).await {
        Ok(sign_ups) => sign_ups,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let reason = posted.value("reason").and_then(tidy_reason);
    let (decision, what) = match posted.value("decision") {
        Some("approve") => (Decision::Approve, "approved"),
        Some("refuse") => {
            (Decision::Refuse { reason: reason.as_deref() }, Status::Refused.as_str())
        }
        // Somebody pressed Enter in a box.
        Some("nothing") => return done(&asked, &allowed.slug, "nothing_asked"),
        _ => return refuse(&state, &asked, Refused::Unreadable).await,
    };
    if ["sign_up", CHOSEN, "which"].iter().all(|field| posted.value(field).is_none()) {
        return done(&asked, &allowed.slug, "nobody");
    }
    match decide(&services.pool, event, &sign_ups, decision, allowed.viewer.id, now).await {
        Ok(0) => done(&asked, &allowed.slug, "nothing"),
        Ok(_) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, what)
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/terms`
async fn terms(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let mut posted = match read_pairs(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let terms = match read_terms(&posted) {
        Ok(terms) => terms,
        Err(problems) => {
            posted.problems = problems;
            return wrong(&state, &asked, posted).await;
        }
    };
    let services = &state.services;
    let event = allowed.found.event;
    match store::set_terms(&services.pool, allowed.viewer.id, event, &terms).await {
        Ok(()) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, "saved")
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/questions`
async fn ask(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let mut posted = match read_pairs(request).await {
        Ok(pairs) => PostedTerms { pairs, problems: Vec::new() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let question = match read_question(&posted) {
        Ok(question) => question,
        Err(problems) => {
            posted.problems = problems;
            return wrong(&state, &asked, posted).await;
        }
    };
    let services = &state.services;
    let event = allowed.found.event;
    match store::add_question(&services.pool, allowed.viewer.id, event, &question, MOST_QUESTIONS)
        .await
    {
        Ok(is_added) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, if is_added { "asked" } else { "many" })
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/questions/{id}/remove`
async fn remove(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let path = asked.uri.path().trim_end_matches("/remove");
    let (rest, id) = path.rsplit_once('/').unwrap_or_default();
    let slug = word_before_last(rest);
    let allowed = match allowed(&state, &asked, slug).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let Ok(question) = id.parse() else { return done(&asked, &allowed.slug, "nothing") };
    let services = &state.services;
    match store::remove_question(&services.pool, allowed.viewer.id, allowed.found.event, question)
        .await
    {
        Ok(()) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, "removed")
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// Who may, and the form that they sent.
async fn allowed_form(
    state: &State,
    request: Request,
) -> Result<(Parts, Allowed, PostedTerms), Response> {
    let asked = parts_of(&request);
    let allowed = match allowed(state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return Err(not_allowed(state, &asked, error).await),
    };
    match read_pairs(request).await {
        Ok(pairs) => Ok((asked, allowed, PostedTerms { pairs, problems: Vec::new() })),
        Err(refused) => Err(refuse(state, &asked, refused).await),
    }
}

/// `POST /organise/events/{slug}/edit-question`
async fn edit(extract::State(state): extract::State<State>, request: Request) -> Response {
    let (asked, allowed, mut posted) = match allowed_form(&state, request).await {
        Ok(form) => form,
        Err(answer) => return answer,
    };
    let services = &state.services;
    let event = allowed.found.event;
    let known = match edit_store::worded(&services.pool, event).await {
        Ok(known) => known,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let wanted: Option<i64> = posted.value("question").and_then(|id| id.parse().ok());
    let Some(known) = known.into_iter().find(|question| Some(question.id) == wanted) else {
        return done(&asked, &allowed.slug, "nothing");
    };
    let wanted = match read_edit(&posted, known.kind) {
        Ok(wanted) => wanted,
        Err(problems) => {
            posted.problems = problems;
            return wrong(&state, &asked, posted).await;
        }
    };
    match edit_store::edit(&services.pool, allowed.viewer.id, event, known.id, &wanted).await {
        Ok(edited) => {
            services.hub.wake_relay();
            let what = match edited {
                Edited::Done => "edited",
                Edited::Gone => "nothing",
                Edited::Agreed => "agreed",
                Edited::Promised => "promised",
            };
            done(&asked, &allowed.slug, what)
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/move-question`
async fn move_question(extract::State(state): extract::State<State>, request: Request) -> Response {
    let (asked, allowed, posted) = match allowed_form(&state, request).await {
        Ok(form) => form,
        Err(answer) => return answer,
    };
    let question: Option<i64> = posted.value("question").and_then(|id| id.parse().ok());
    let direction = posted.value("direction").and_then(Direction::parse);
    let (Some(question), Some(direction)) = (question, direction) else {
        return refuse(&state, &asked, Refused::Unreadable).await;
    };
    let services = &state.services;
    let event = allowed.found.event;
    match edit_store::move_question(&services.pool, allowed.viewer.id, event, question, direction)
        .await
    {
        Ok(_) => {
            services.hub.wake_relay();
            let lang = Lang::of_path(asked.uri.path());
            let page = format!("/organise/events/{}?done=moved#asked-{question}", allowed.slug);
            see_other(&lang.href(&page))
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}
