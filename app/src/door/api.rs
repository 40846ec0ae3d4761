//! The server functions of the door.

use super::model::Door;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The door that a steward's link opens; with `since`, of its list only what may have changed since that version.
///
/// # Errors
/// [`AppError::NotFound`] for a link that was never made or is revoked; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "door", input = GetUrl, output = Json)]
pub async fn load_steward_door(
    lang: Lang,
    token: String,
    since: Option<i64>,
) -> Result<Door, AppError> {
    use super::store::{By, door, steward};
    use crate::services::Services;

    let services = Services::of_request()?;
    let (event, link) = steward(&services.pool, &token).await?.ok_or(AppError::NotFound)?;
    let now = services.clock.now();
    door(&services.pool, lang, event, By::Link(link), since, now).await?.ok_or(AppError::NotFound)
}

/// The door of an event, for those who organise or host it; `since` as above.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-door", input = GetUrl, output = Json)]
pub async fn load_door(lang: Lang, slug: String, since: Option<i64>) -> Result<Door, AppError> {
    use super::links_store::links;
    use super::store::{By, door};
    use crate::organise::api::hosted;

    let (viewer, found, services) = hosted(&slug).await?;
    let (pool, now) = (&services.pool, services.clock.now());
    let mut door = door(pool, lang, found.event, By::Person(viewer.id), since, now)
        .await?
        .ok_or(AppError::NotFound)?;
    if viewer.may_organise(found.programme) {
        door.links = Some(links(pool, found.event).await?);
    }
    Ok(door)
}
