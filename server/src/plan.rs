//! The forms of planning. Whoever asks is looked at before what they sent is read.

use crate::form_body::read_pairs;
use crate::organise::{allowed, failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::who::Who;
use app::error::AppError;
use app::events::model::State as EventState;
use app::markdown::to_html;
use app::organise::plan::merge::{fields, without_of};
use app::organise::plan::model::{LONGEST_WORD, PostedPlan, Sheet, Step};
use app::organise::plan::save_store::{Form, Saved, create_once, save};
use app::organise::plan::state_store::{self, Decided};
use app::organise::plan::store;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;

/// The addresses that the forms of planning post to.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let event = format!("{prefix}/organise/events/{{slug}}");
    axum::Router::new()
        .route(&format!("{prefix}/organise/events/new"), post(make).get(page))
        .route(&format!("{event}/edit"), post(edit).get(page))
        .route(&format!("{event}/state"), post(decide).get(page))
        .route(&format!("{event}/duplicate"), post(duplicate).get(page))
        .route(&format!("{event}/archive"), post(archive).get(page))
}

pub(crate) type Pairs = Vec<(String, String)>;

pub(crate) fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The page with the form in it, and this status.
pub(crate) async fn answer(
    state: &State,
    asked: &Parts,
    status: StatusCode,
    posted: PostedPlan,
) -> Response {
    let posted = PostedPlan { is_there: true, ..posted };
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    answer
}

/// What a button other than the one that saves asks for: the form, changed, and nothing saved.
pub(crate) fn stepped(pairs: &Pairs, sheet: Sheet, base: &str) -> Option<PostedPlan> {
    stepped_in(fields(), pairs, sheet, base)
}

/// The same in a form with these fields.
pub(crate) fn stepped_in(
    fields: impl Iterator<Item = &'static str>,
    pairs: &Pairs,
    mut sheet: Sheet,
    base: &str,
) -> Option<PostedPlan> {
    let step = value(pairs, "do").and_then(Step::parse)?;
    step.take(&mut sheet);
    let look = (step == Step::Look)
        .then(|| (to_html(sheet.get("summary_sv")), to_html(sheet.get("summary_en"))));
    let base = without_of(fields, base, |field| {
        pairs.iter().any(|(name, value)| name == "collided" && value == field)
    });
    Some(PostedPlan { sheet, base, look, ..PostedPlan::default() })
}

/// The event's form, which says what was done.
fn done(asked: &Parts, slug: &str, what: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    see_other(&lang.href(&format!("/organise/events/{slug}/edit?done={what}")))
}

/// `POST /organise/events/new`
async fn make(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) if viewer.organises() => viewer,
        Ok(_) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let sheet = Sheet::of_form(&pairs);
    if let Some(posted) = stepped(&pairs, sheet.clone(), "") {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let sheet = sheet.without_empty_rows();
    let services = &state.services;
    let key = value(&pairs, "key");
    match create_once(&services.pool, &viewer, &sheet, key).await {
        Ok(Ok(slug)) => {
            services.hub.wake_relay();
            done(&asked, slug.as_str(), "created")
        }
        Ok(Err(problems)) => {
            let posted = PostedPlan { sheet, problems, ..PostedPlan::default() };
            answer(&state, &asked, StatusCode::UNPROCESSABLE_ENTITY, posted).await
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/edit`
async fn edit(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let sheet = Sheet::of_form(&pairs);
    let base = value(&pairs, "base").unwrap_or_default().to_owned();
    if let Some(posted) = stepped(&pairs, sheet.clone(), &base) {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let sheet = sheet.without_empty_rows();
    let collided: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name == "collided")
        .map(|(_, field)| field.clone())
        .collect();
    let services = &state.services;
    let saved = save(
        &services.pool,
        &allowed.viewer,
        allowed.found.event,
        Form {
            mine: &sheet,
            base: &base,
            asked: &|field| collided.iter().any(|name| name == field),
            chosen: &|field| match value(&pairs, &format!("choose-{field}")) {
                Some("mine") => Some(true),
                Some("theirs") => Some(false),
                _ => None,
            },
            also_later: value(&pairs, "also_later") == Some("yes"),
        },
        services.clock.now(),
    )
    .await;
    match saved {
        Ok(Saved::Done { tells, beyond, later }) => {
            services.hub.wake_relay();
            let what = match (tells, beyond, later) {
                (_, 1.., _) => "beyond",
                (true, 0, _) => "told",
                (false, 0, 1..) => "later",
                (false, 0, 0) => "saved",
            };
            done(&asked, &allowed.slug, what)
        }
        Ok(Saved::Conflict { merged, base }) => {
            let posted = PostedPlan {
                sheet: merged.sheet,
                conflicts: merged.conflicts,
                base,
                ..PostedPlan::default()
            };
            answer(&state, &asked, StatusCode::CONFLICT, posted).await
        }
        Ok(Saved::Wrong { sheet, base, problems }) => {
            let posted = PostedPlan { sheet: *sheet, base, problems, ..PostedPlan::default() };
            answer(&state, &asked, StatusCode::UNPROCESSABLE_ENTITY, posted).await
        }
        Ok(Saved::Gone) => not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/state`
async fn decide(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let Some(to) = value(&pairs, "to").and_then(EventState::parse) else {
        return refuse(&state, &asked, Refused::Unreadable).await;
    };
    let word: String = value(&pairs, "word")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .take(LONGEST_WORD)
        .collect();
    let word = Some(word.trim()).filter(|word| !word.is_empty());
    let services = &state.services;
    let (event, lang) = (allowed.found.event, Lang::of_path(asked.uri.path()));
    let planned = match store::planned(&services.pool, lang, event, services.clock.now()).await {
        Ok(Some(planned)) => planned,
        Ok(None) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return failed(&state, &asked, error).await,
    };
    let decided =
        state_store::set_state(&services.pool, &allowed.viewer, event, &planned, to, word).await;
    match decided {
        Ok(Decided::Done) => {
            services.hub.wake_relay();
            done(&asked, &allowed.slug, to.as_str())
        }
        Ok(Decided::NeedsFormat) => done(&asked, &allowed.slug, "needs_format"),
        Ok(Decided::NotPossible) => done(&asked, &allowed.slug, "nothing"),
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/duplicate`
async fn duplicate(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let services = &state.services;
    let event = allowed.found.event;
    match state_store::duplicate(&services.pool, &allowed.viewer, event, &allowed.slug).await {
        Ok(slug) => done(&asked, slug.as_str(), "copied"),
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/events/{slug}/archive`
async fn archive(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let away = value(&pairs, "away") == Some("yes");
    let services = &state.services;
    let (event, now) = (allowed.found.event, services.clock.now());
    match state_store::archive(&services.pool, &allowed.viewer, event, away, now).await {
        Ok(true) => done(&asked, &allowed.slug, if away { "away" } else { "out" }),
        Ok(false) => done(&asked, &allowed.slug, "nothing"),
        Err(error) => failed(&state, &asked, error).await,
    }
}
