//! Server functions of the organiser's side.

use super::model::{Organised, OrganisedEvent};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The events that one organises or hosts and that are not over.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] without a role;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise", input = GetUrl, output = Json)]
pub async fn load_organised(lang: Lang) -> Result<Vec<Organised>, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    if viewer.roles.is_empty() {
        return Err(AppError::Forbidden);
    }
    let services = Services::of_request()?;
    Ok(super::store::coming(&services.pool, lang, &viewer, services.clock.now()).await?)
}

/// An event as its organiser sees it.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-event", input = GetUrl, output = Json)]
pub async fn load_organised_event(lang: Lang, slug: String) -> Result<OrganisedEvent, AppError> {
    let (viewer, found, services) = hosted(&slug).await?;
    let may_change = viewer.may_organise(found.programme);
    let now = services.clock.now();
    super::store::event(&services.pool, lang, found.event, may_change, now)
        .await?
        .ok_or(AppError::NotFound)
}

/// The event with this slug, if whoever asks organises or hosts in its programme. One that is not theirs and one
/// that is not there are answered alike.
#[cfg(feature = "ssr")]
pub(crate) async fn hosted(
    slug: &str,
) -> Result<
    (std::sync::Arc<crate::account::model::Viewer>, super::store::Found, crate::services::Services),
    AppError,
> {
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let slug = Slug::parse(slug).ok_or(AppError::Forbidden)?;
    let found = super::store::find(&services.pool, &slug).await?;
    let found =
        found.filter(|found| viewer.may_host(found.programme)).ok_or(AppError::Forbidden)?;
    Ok((viewer, found, services))
}
