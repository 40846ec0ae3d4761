//! The organisers' forms of recordings. Whoever asks is looked at before what they sent is read.

mod whole_file;

use crate::form_body::read_pairs;
use crate::organise::{failed, not_allowed};
use crate::plan::{Pairs, answer, stepped_in, value};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use crate::uploads::finish;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::organise::plan::model::PostedPlan;
use app::organise::plan::save_store::{Form, Saved};
use app::organise::recordings::facts::{FIELDS, sheet_of};
use app::organise::recordings::model::{LONGEST_REASON, PostedPublish};
use app::organise::recordings::save_store::{self, Removed};
use app::organise::recordings::state_store::{self, Published};
use app::recordings::access::{self, Door};
use app::recordings::model::Role;
use app::recordings::uploads;
use app::text::Lang;
use axum::extract::{self, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The addresses that the forms post to. A GET there is the recording's page.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let recording = format!("{prefix}/organise/recordings/{{slug}}");
    axum::Router::new()
        .route(&format!("{prefix}/organise/recordings/new"), post(make).get(page))
        .route(&format!("{recording}/edit"), post(edit).get(page))
        .route(&format!("{recording}/state"), post(decide).get(page))
        .route(&format!("{recording}/files"), post(change_files).get(page))
        .route(&format!("{recording}/remove"), post(remove).get(page))
}

/// The address that a file is sent to whole. It takes more than other forms do.
pub fn whole_files(prefix: &str) -> axum::Router<State> {
    axum::Router::new()
        .route(
            &format!("{prefix}/organise/recordings/{{slug}}/file"),
            post(whole_file::take).get(crate::pages::page),
        )
        .layer(DefaultBodyLimit::disable())
}

/// Who may, and what it is about.
struct Allowed {
    viewer: Arc<Viewer>,
    door: Door,
    slug: String,
}

/// Finds out whether whoever asks organises the recording in the address. One that is not theirs and one that is not
/// there are answered alike.
async fn allowed(state: &State, asked: &Parts) -> Result<Allowed, AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let slug = word_before_last(asked.uri.path());
    let door = access::by_slug(&state.services.pool, &slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok(Allowed { viewer, door: door.ok_or(AppError::Forbidden)?, slug })
}

/// The recording's page, which says what was done.
fn done(state: &State, asked: &Parts, slug: &str, what: &str) -> Response {
    state.services.hub.wake_relay();
    let lang = Lang::of_path(asked.uri.path());
    see_other(&lang.href(&format!("/organise/recordings/{slug}?done={what}")))
}

/// `POST /organise/recordings/new`
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
    let sheet = sheet_of(&pairs);
    if let Some(posted) = stepped_in(FIELDS.iter().copied(), &pairs, sheet.clone(), "") {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let services = &state.services;
    match save_store::create(&services.pool, &viewer, &sheet, services.clock.now()).await {
        Ok(Ok(slug)) => done(&state, &asked, &slug, "made"),
        Ok(Err(problems)) => {
            let posted = PostedPlan { sheet, problems, ..PostedPlan::default() };
            answer(&state, &asked, StatusCode::UNPROCESSABLE_ENTITY, posted).await
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/recordings/{slug}/edit`
async fn edit(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let sheet = sheet_of(&pairs);
    let base = value(&pairs, "base").unwrap_or_default().to_owned();
    if let Some(posted) = stepped_in(FIELDS.iter().copied(), &pairs, sheet.clone(), &base) {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let collided: Vec<&str> = pairs
        .iter()
        .filter(|(name, _)| name == "collided")
        .map(|(_, field)| field.as_str())
        .collect();
    let form = Form {
        mine: &sheet,
        base: &base,
        asked: &|field| collided.contains(&field),
        chosen: &|field| match value(&pairs, &format!("choose-{field}")) {
            Some("mine") => Some(true),
            Some("theirs") => Some(false),
            _ => None,
        },
        also_later: false,
    };
    let saved =
        save_store::save(&state.services.pool, &allowed.viewer, allowed.door.id, form).await;
    match saved {
        Ok(Saved::Done { .. }) => done(&state, &asked, &allowed.slug, "saved"),
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

/// What somebody wrote about captions that are missing: no characters that are none, and not much longer than fits.
fn posted_publish(pairs: &Pairs) -> PostedPublish {
    let text = |name| {
        let text = value(pairs, name).unwrap_or_default().replace("\r\n", "\n");
        let kept: String = text
            .chars()
            .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
            .take(LONGEST_REASON * 2)
            .collect();
        kept.trim().to_owned()
    };
    PostedPublish {
        is_there: true,
        reason: text("reason"),
        by: text("captions_by"),
        problems: Vec::new(),
    }
}

/// `POST /organise/recordings/{slug}/state`: `do` is `publish` or `withdraw`.
async fn decide(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let (services, viewer, id) = (&state.services, &allowed.viewer, allowed.door.id);
    let (pool, now) = (&services.pool, services.clock.now());
    match value(&pairs, "do") {
        Some("withdraw") => match state_store::withdraw(pool, viewer, id).await {
            Ok(true) => done(&state, &asked, &allowed.slug, "withdrawn"),
            Ok(false) => done(&state, &asked, &allowed.slug, "nothing"),
            Err(error) => failed(&state, &asked, error).await,
        },
        Some("publish") => {
            let posted = posted_publish(&pairs);
            match state_store::publish(pool, viewer, id, &posted, now).await {
                Ok(Published::Done) => done(&state, &asked, &allowed.slug, "published"),
                Ok(Published::Uncaptioned) => done(&state, &asked, &allowed.slug, "uncaptioned"),
                Ok(Published::NothingThere) => done(&state, &asked, &allowed.slug, "no_film"),
                Ok(Published::Gone) => not_allowed(&state, &asked, AppError::Forbidden).await,
                Ok(Published::Wrong(problems)) => {
                    let posted = PostedPublish { problems, ..posted };
                    wrong(&state, &asked, posted).await
                }
                Err(error) => failed(&state, &asked, error).await,
            }
        }
        _ => refuse(&state, &asked, Refused::Unreadable).await,
    }
}

/// The page with the form as it was filled, and what is wrong (422).
async fn wrong(state: &State, asked: &Parts, posted: PostedPublish) -> Response {
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /organise/recordings/{slug}/files`: `do` is `remove`, with the `role` of a file, or `stop`, with the number of
/// an `upload`.
async fn change_files(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let role = value(&pairs, "role").and_then(Role::parse);
    let upload = value(&pairs, "upload").and_then(|id| id.parse().ok());
    let what = match (value(&pairs, "do"), role, upload) {
        (Some("remove"), Some(role), _) => {
            let (pool, viewer) = (&state.services.pool, &allowed.viewer);
            match save_store::remove_file(pool, viewer, allowed.door.id, role).await {
                Ok(Removed::Done) => "file_removed",
                Ok(Removed::NothingLeft) => "file_needed",
                Ok(Removed::Nothing) => "nothing",
                Err(error) => return failed(&state, &asked, error).await,
            }
        }
        (Some("stop"), _, Some(id)) => match stop(&state, &allowed, id).await {
            Ok(true) => "upload_stopped",
            Ok(false) => "nothing",
            Err(error) => return not_allowed(&state, &asked, error).await,
        },
        _ => return refuse(&state, &asked, Refused::Unreadable).await,
    };
    done(&state, &asked, &allowed.slug, what)
}

/// Ends an upload, unless it is being put into the store. Says whether there was one.
async fn stop(state: &State, allowed: &Allowed, id: i64) -> Result<bool, AppError> {
    let found = uploads::find(&state.services.pool, allowed.door.id, id).await?;
    let Some(upload) = found.filter(|upload| upload.found.is_none() && !upload.is_done) else {
        return Ok(false);
    };
    state.writers.end(upload.id);
    finish::remove(&state.uploads(), &upload).await.map_err(|error| {
        tracing::error!(%error, "an upload could not be removed");
        AppError::Unavailable
    })?;
    Ok(true)
}

/// `POST /organise/recordings/{slug}/remove`
async fn remove(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    if value(&pairs, "sure") != Some("yes") {
        return done(&state, &asked, &allowed.slug, "not_sure");
    }
    match save_store::remove(&state.services.pool, &allowed.viewer, allowed.door.id).await {
        Ok(_) => {
            state.services.hub.wake_relay();
            let lang = Lang::of_path(asked.uri.path());
            see_other(&lang.href("/organise/recordings?done=removed"))
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}
