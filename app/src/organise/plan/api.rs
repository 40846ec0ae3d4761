//! Server functions of planning.

use super::model::{PlanPage, PlannedLine};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The form of an event, as it is saved.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme,
/// also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-plan", input = GetUrl, output = Json)]
pub async fn load_plan(lang: Lang, slug: String) -> Result<PlanPage, AppError> {
    use super::{merge::fingerprints, read::home_of, store};
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::organise::planner::store::of_event;
    use crate::organise::store::find;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let slug = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = find(&services.pool, &slug).await?;
    let found =
        found.filter(|found| viewer.may_organise(found.programme)).ok_or(AppError::Forbidden)?;
    let mut connection = services.pool.acquire().await?;
    let sheet = store::sheet(&mut connection, found.event).await?.ok_or(AppError::Forbidden)?;
    drop(connection);
    let now = services.clock.now();
    let event = store::planned(&services.pool, lang, found.event, now).await?;
    let home = home_of(sheet.get("home"));
    let choices = store::choices(&services.pool, lang, &viewer, home).await?;
    let collisions = of_event(&services.pool, lang, &viewer, found.event).await?;
    Ok(PlanPage { event, base: fingerprints(&sheet), sheet, choices, key: None, collisions })
}

/// The form of an event that does not exist yet; `home` is where it is to belong, if that has been said.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-new-plan", input = GetUrl, output = Json)]
pub async fn load_new_plan(lang: Lang, home: Option<String>) -> Result<PlanPage, AppError> {
    use super::model::Sheet;
    use super::store;
    use crate::account::model::Viewer;
    use crate::services::Services;
    use crate::time::HOME_ZONE;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let choices = store::choices(&services.pool, lang, &viewer, None).await?;
    let home = home.filter(|home| choices.homes.iter().any(|(value, _)| value == home));
    let only = choices.homes.first().map(|(value, _)| value.clone());
    let mut sheet = Sheet::default();
    sheet.set("home", home.or(only).unwrap_or_default());
    for (field, value) in [
        ("kind", "seminar"),
        ("time_kind", "clock"),
        ("time_zone", HOME_ZONE),
        ("format", "digital"),
        ("language", "sv"),
    ] {
        sheet.set(field, value);
    }
    let key = Some(uuid::Uuid::new_v4().to_string());
    let (base, collisions) = Default::default();
    Ok(PlanPage { event: None, sheet, base, choices, key, collisions })
}

/// The drafts that one may see, and what has been put away.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] without a role;
/// [`AppError::Unavailable`]. Who only hosts has none.
#[server(prefix = "/api", endpoint = "organise-drafts", input = GetUrl, output = Json)]
pub async fn load_drafts(lang: Lang) -> Result<Option<Vec<PlannedLine>>, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    if viewer.roles.is_empty() {
        return Err(AppError::Forbidden);
    }
    if !viewer.organises() {
        return Ok(None);
    }
    let services = Services::of_request()?;
    let now = services.clock.now();
    Ok(Some(super::store::drafts(&services.pool, lang, &viewer, now).await?))
}
