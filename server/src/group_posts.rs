//! The form with which one person signs up several colleagues.

use crate::client::address_of;
use crate::posts::{Stop, open_event, parts_of, read, see_other, stopped};
use crate::refused::wants_json;
use crate::router::State;
use app::events::model::Phase;
use app::signup::group_model::{AtRow, Group, GroupForm, GroupPosted, NoRoom, Part, RowProblem};
use app::signup::group_store::{self, GroupOutcome, SignedUp};
use app::signup::model::{Field, Posted, Problem};
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// What came of a form.
enum Answer {
    SignedUp(Group, SignedUp),
    /// The form again, with this status.
    Form(StatusCode, Box<GroupPosted>),
}

/// `POST /events/{slug}/sign-up/group`
pub async fn sign_up(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let lang = Lang::of_path(asked.uri.path());
    let slug = asked.uri.path().rsplit('/').nth(2).unwrap_or_default().to_owned();
    match try_sign_up(&state, lang, &slug, request).await {
        Ok(Answer::SignedUp(group, done)) => signed_up(&state, lang, &asked, &group, &done),
        Ok(Answer::Form(status, posted)) => again(&state, lang, &asked, status, *posted).await,
        Err(Stop::NotOpen) if !wants_json(&asked) => {
            let person = Posted { not_open: true, ..Posted::default() };
            again(
                &state,
                lang,
                &asked,
                StatusCode::CONFLICT,
                GroupPosted { person, ..GroupPosted::default() },
            )
            .await
        }
        Err(stop) => stopped(&state, lang, &slug, &asked, stop, "signed-up").await,
    }
}

async fn try_sign_up(
    state: &State,
    lang: Lang,
    slug: &str,
    request: Request,
) -> Result<Answer, Stop> {
    let from = address_of(&request, state.config.trust_proxy);
    let fields: Map<String, Value> = read(request).await?;
    let form = form(fields).ok_or(Stop::Refused(crate::refused::Refused::Unreadable))?;
    if !form.person.website.is_empty() {
        return Err(Stop::Machine);
    }
    let (event, ways, phase) = open_event(state, slug).await?;
    if phase != Phase::Open {
        return Err(Stop::NotOpen);
    }
    if !form.more.is_empty() {
        return Ok(Answer::Form(StatusCode::OK, Box::new(form.with_more_rows())));
    }
    let wrong = |change: &dyn Fn(&mut GroupPosted)| {
        let mut posted = form.to_show_again();
        change(&mut posted);
        Box::new(posted)
    };
    let group = match form.read(&ways) {
        Ok(group) => group,
        Err(posted) => return Ok(Answer::Form(StatusCode::UNPROCESSABLE_ENTITY, posted)),
    };
    if !lets_through(state, from, group.people.len()) {
        let posted = wrong(&|posted| posted.too_many = true);
        return Ok(Answer::Form(StatusCode::TOO_MANY_REQUESTS, posted));
    }
    let services = &state.services;
    let now = services.clock.now();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let answer = match group_store::sign_up(&services.pool, event, &group, lang, now).await? {
        GroupOutcome::SignedUp(done) => {
            services.hub.wake_relay();
            state.keeper.forget(&[event]);
            Answer::SignedUp(group, done)
        }
        GroupOutcome::NoRoom(room) => {
            Answer::Form(StatusCode::CONFLICT, wrong(&|posted| posted.no_room = Some(room)))
        }
        GroupOutcome::NotOpen => return Err(Stop::NotOpen),
        GroupOutcome::NoSuchWay => Answer::Form(
            unprocessable,
            wrong(&|posted| posted.person.problems = vec![(Field::Way, Problem::NotAChoice)]),
        ),
        GroupOutcome::Themselves(people) => {
            let rows = people.iter().filter_map(|at| group.people.get(*at)?.row);
            let problems: Vec<_> = rows
                .map(|row| AtRow { row, part: Part::Email, problem: RowProblem::Themselves })
                .collect();
            Answer::Form(unprocessable, wrong(&|posted| posted.problems.clone_from(&problems)))
        }
        GroupOutcome::TooManyGroups => {
            Answer::Form(StatusCode::TOO_MANY_REQUESTS, wrong(&|posted| posted.too_many = true))
        }
    };
    Ok(answer)
}

/// Everybody in a group counts as one post: the first of them has been counted on the way here.
fn lets_through(state: &State, from: IpAddr, people: usize) -> bool {
    let more = u32::try_from(people.saturating_sub(1)).unwrap_or(u32::MAX);
    match (&state.limiter, NonZeroU32::new(more)) {
        (Some(limiter), Some(more)) => limiter.lets_many_through(from, more),
        _ => true,
    }
}

/// The form from its fields: the colleagues are `name-1` and `email-1` and so on, or, in JSON, a list.
fn form(mut fields: Map<String, Value>) -> Option<GroupForm> {
    if !fields.contains_key("colleagues") {
        let mut rows: BTreeMap<u16, Map<String, Value>> = BTreeMap::new();
        for (key, value) in &fields {
            let Some((part @ ("name" | "email"), number)) = key.split_once('-') else { continue };
            let Some(row) = number.parse::<u16>().ok().and_then(|number| number.checked_sub(1))
            else {
                continue;
            };
            rows.entry(row).or_default().insert(part.to_owned(), value.clone());
        }
        // A row that was not sent is an empty one: each stays where it stood.
        let most = u16::try_from(2 * app::signup::group_model::MOST_COLLEAGUES).ok()?;
        let last = rows.keys().next_back().map_or(0, |row| (row + 1).min(most));
        let rows: Vec<Value> =
            (0..last).map(|row| Value::Object(rows.remove(&row).unwrap_or_default())).collect();
        fields.insert("colleagues".to_owned(), Value::Array(rows));
    }
    serde_json::from_value(Value::Object(fields)).ok()
}

fn signed_up(state: &State, lang: Lang, asked: &Parts, group: &Group, done: &SignedUp) -> Response {
    let path = lang.href(&format!("/sign-ups/group/{}", done.token));
    if !wants_json(asked) {
        return see_other(&format!("{path}?new=1"));
    }
    let people: Vec<Value> = group
        .people
        .iter()
        .zip(&done.people)
        .map(|(one, told)| {
            json!({
                "name": one.name,
                "email": one.email.as_str(),
                "status": told.map(|told| told.status),
                "position": told.and_then(|told| told.position),
            })
        })
        .collect();
    let url = format!("{}{path}", state.config.public_url);
    let body = axum::Json(json!({ "status": "signed_up", "people": people, "manage_url": url }));
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], body).into_response()
}

/// The form again, as it was filled.
async fn again(
    state: &State,
    lang: Lang,
    asked: &Parts,
    status: StatusCode,
    posted: GroupPosted,
) -> Response {
    if wants_json(asked) {
        return (status, axum::Json(told(lang, &posted))).into_response();
    }
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = status;
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    answer
}

/// What is wrong, for programs.
fn told(lang: Lang, posted: &GroupPosted) -> Value {
    if let Some(NoRoom { wanted, left }) = posted.no_room {
        return json!({ "error": "there is not room for everybody", "wanted": wanted, "left": left });
    }
    if posted.too_many {
        return json!({ "error": "too many" });
    }
    let person = posted.person.problems.iter().map(|(field, problem)| {
        (field.as_str().to_owned(), Value::from(lang.problem(*field, *problem)))
    });
    let rows = posted.problems.iter().map(|at| {
        let field = format!("{}-{}", at.part.as_str(), at.row + 1);
        (field, Value::from(lang.row_problem(at.problem)))
    });
    let fields: Map<String, Value> = person.chain(rows).collect();
    json!({ "error": "the form is not complete", "fields": fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let fields = fields.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        let form = form(fields.collect()).unwrap();
        form.colleagues.into_iter().map(|row| (row.name, row.email)).collect()
    }

    #[test]
    fn rows_stay_where_they_stood() {
        let found =
            rows(&[("name", "Åsa"), ("name-10", "Li"), ("email-2", "bo@x.se"), ("name-2", "Bo")]);
        assert_eq!(found.len(), 10);
        assert_eq!(found[1], ("Bo".to_owned(), "bo@x.se".to_owned()));
        assert_eq!(found[9], ("Li".to_owned(), String::new()));
        assert_eq!(rows(&[("name", "Åsa"), ("name-0", "x"), ("name-x", "x"), ("mail-1", "x")]), []);
        assert!(rows(&[("name-65535", "x")]).len() <= 40);
    }

    #[test]
    fn programs_send_a_list() {
        let fields = json!({ "name": "Åsa", "colleagues": [{ "name": "Bo", "email": "bo@x.se" }] });
        let Value::Object(fields) = fields else { panic!() };
        let form = form(fields).unwrap();
        assert_eq!((form.person.name.as_str(), form.colleagues.len()), ("Åsa", 1));
    }
}
