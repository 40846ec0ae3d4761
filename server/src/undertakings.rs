//! The forms of programmes and series. Whoever asks is looked at before what they sent is read.

use crate::form_body::read_pairs;
use crate::organise::{failed, not_allowed};
use crate::plan::{Pairs, answer, stepped_in, value};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::model::Viewer;
use app::account::who::Who;
use app::error::AppError;
use app::events::model::Slug;
use app::organise::plan::model::{LONGEST_TITLE, PostedPlan, Sheet};
use app::organise::plan::save_store::{Form, Saved};
use app::organise::undertakings::fields::About;
use app::organise::undertakings::save_store::{self, create_programme, create_series};
use app::organise::undertakings::stops_store::{self, Moved};
use app::organise::undertakings::store;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use std::sync::Arc;

/// The addresses that these forms post to.
pub fn forms(prefix: &str) -> axum::Router<State> {
    use crate::pages::page;
    let programme = format!("{prefix}/organise/programmes/{{slug}}");
    let series = format!("{prefix}/organise/series/{{slug}}");
    axum::Router::new()
        .route(&format!("{prefix}/organise/programmes/new"), post(make).get(page))
        .route(&format!("{programme}/edit"), post(edit_programme).get(page))
        .route(&format!("{programme}/archive"), post(archive_programme).get(page))
        .route(&format!("{programme}/series"), post(make_series).get(page))
        .route(&format!("{series}/edit"), post(edit_series).get(page))
        .route(&format!("{series}/archive"), post(archive_series).get(page))
        .route(&format!("{series}/stops"), post(stops).get(page))
}

/// Who may, and what it is about: the number of the programme or the series.
struct Allowed {
    viewer: Arc<Viewer>,
    id: i64,
    slug: String,
}

/// Finds out whether whoever asks organises what is named in the address. What is not theirs and what is not there
/// are answered alike.
async fn allowed(state: &State, asked: &Parts, about: About) -> Result<Allowed, AppError> {
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = who.require()?;
    let slug = word_before_last(asked.uri.path());
    let parsed = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let pool = &state.services.pool;
    let found = match about {
        About::Programme => store::find_programme(pool, &parsed).await?.map(|id| (id, id)),
        About::Series => store::find_series(pool, &parsed).await?,
    };
    let found = found.filter(|(_, programme)| viewer.may_organise(*programme));
    let (id, _) = found.ok_or(AppError::Forbidden)?;
    Ok(Allowed { viewer, id, slug })
}

/// The form again, which says what was done.
fn done(asked: &Parts, about: About, slug: &str, what: &str) -> Response {
    let lang = Lang::of_path(asked.uri.path());
    let kind = match about {
        About::Programme => "programmes",
        About::Series => "series",
    };
    see_other(&lang.href(&format!("/organise/{kind}/{slug}/edit?done={what}")))
}

/// `POST /organise/programmes/new`
async fn make(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let who = asked.extensions.get::<Who>().cloned().unwrap_or_default();
    let viewer = match who.require() {
        Ok(viewer) if viewer.is_administrator() => viewer,
        Ok(_) => return not_allowed(&state, &asked, AppError::Forbidden).await,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let about = About::Programme;
    let sheet = about.sheet(&pairs);
    if let Some(posted) = stepped_in(about.fields(), &pairs, sheet.clone(), "") {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let sheet = sheet.without_empty_rows();
    let services = &state.services;
    match create_programme(&services.pool, &viewer, &sheet).await {
        Ok(Ok(slug)) => {
            services.hub.wake_relay();
            done(&asked, about, &slug, "made")
        }
        Ok(Err(problems)) => {
            let posted = PostedPlan { sheet, problems, ..PostedPlan::default() };
            answer(&state, &asked, StatusCode::UNPROCESSABLE_ENTITY, posted).await
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/programmes/{slug}/edit`
async fn edit_programme(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    edit(state, request, About::Programme).await
}

/// `POST /organise/series/{slug}/edit`
async fn edit_series(extract::State(state): extract::State<State>, request: Request) -> Response {
    edit(state, request, About::Series).await
}

async fn edit(state: State, request: Request, about: About) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, about).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let sheet = about.sheet(&pairs);
    let base = value(&pairs, "base").unwrap_or_default().to_owned();
    if let Some(posted) = stepped_in(about.fields(), &pairs, sheet.clone(), &base) {
        return answer(&state, &asked, StatusCode::OK, posted).await;
    }
    let sheet = sheet.without_empty_rows();
    match save(&state, &allowed, about, (&pairs, &sheet, &base)).await {
        Ok(Saved::Done { .. }) => {
            state.services.hub.wake_relay();
            done(&asked, about, &allowed.slug, "saved")
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

async fn save(
    state: &State,
    allowed: &Allowed,
    about: About,
    (pairs, sheet, base): (&Pairs, &Sheet, &str),
) -> Result<Saved, sqlx::Error> {
    let collided: Vec<&str> = pairs
        .iter()
        .filter(|(name, _)| name == "collided")
        .map(|(_, field)| field.as_str())
        .collect();
    let form = Form {
        mine: sheet,
        base,
        asked: &|field| collided.contains(&field),
        chosen: &|field| match value(pairs, &format!("choose-{field}")) {
            Some("mine") => Some(true),
            Some("theirs") => Some(false),
            _ => None,
        },
        also_later: false,
    };
    let pool = &state.services.pool;
    match about {
        About::Programme => {
            save_store::save_programme(pool, &allowed.viewer, allowed.id, form).await
        }
        About::Series => save_store::save_series(pool, &allowed.viewer, allowed.id, form).await,
    }
}

/// `POST /organise/programmes/{slug}/archive`
async fn archive_programme(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    archive(state, request, About::Programme).await
}

/// `POST /organise/series/{slug}/archive`
async fn archive_series(
    extract::State(state): extract::State<State>,
    request: Request,
) -> Response {
    archive(state, request, About::Series).await
}

async fn archive(state: State, request: Request, about: About) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, about).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let away = value(&pairs, "away") == Some("yes");
    let (services, viewer, id) = (&state.services, &allowed.viewer, allowed.id);
    let (pool, now) = (&services.pool, services.clock.now());
    let archived = match about {
        About::Programme => save_store::archive_programme(pool, viewer, id, away, now).await,
        About::Series => save_store::archive_series(pool, viewer, id, away, now).await,
    };
    match archived {
        Ok(true) => {
            services.hub.wake_relay();
            done(&asked, about, &allowed.slug, if away { "away" } else { "out" })
        }
        Ok(false) => done(&asked, about, &allowed.slug, "nothing"),
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/programmes/{slug}/series`
async fn make_series(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, About::Programme).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let title: String = value(&pairs, "series_title")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_TITLE)
        .collect();
    let title = title.trim();
    if title.is_empty() {
        return done(&asked, About::Programme, &allowed.slug, "no_title");
    }
    let services = &state.services;
    match create_series(&services.pool, &allowed.viewer, allowed.id, title).await {
        Ok(slug) => {
            services.hub.wake_relay();
            done(&asked, About::Series, &slug, "made_series")
        }
        Err(error) => failed(&state, &asked, error).await,
    }
}

/// `POST /organise/series/{slug}/stops`
async fn stops(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, About::Series).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let pairs = match read_pairs(request).await {
        Ok(pairs) => pairs,
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let event = value(&pairs, "event").unwrap_or_default();
    let (services, viewer, series) = (&state.services, &allowed.viewer, allowed.id);
    let (pool, now) = (&services.pool, services.clock.now());
    let moved = match value(&pairs, "do") {
        Some("add") => stops_store::add(pool, viewer, series, event).await,
        Some("remove") => stops_store::remove(pool, viewer, series, event).await,
        Some("swap") => {
            let other = value(&pairs, "other").unwrap_or_default();
            stops_store::swap(pool, viewer, series, (event, other), now).await
        }
        _ => return refuse(&state, &asked, Refused::Unreadable).await,
    };
    let what = match moved {
        Ok(Moved::Done) => "moved",
        Ok(Moved::Told) => "told",
        Ok(Moved::Nothing) => "nothing",
        Err(error) => return failed(&state, &asked, error).await,
    };
    services.hub.wake_relay();
    done(&asked, About::Series, &allowed.slug, what)
}
