//! Server functions about what one is mailed about. Choosing and stopping are plain POST routes
//! (server/src/wishes, server/src/unsubscribe), since they must work without JavaScript, and for mail
//! providers.

use super::model::{Stoppable, WishesPage};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What this link stops. Whoever has the link may know.
///
/// # Errors
/// [`AppError::NotFound`] for a link that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "stoppable", input = GetUrl, output = Json)]
pub async fn load_stoppable(lang: Lang, token: String) -> Result<Stoppable, AppError> {
    use crate::services::Services;

    let services = Services::of_request()?;
    super::store::find(&services.pool, lang, &token, services.clock.now())
        .await?
        .ok_or(AppError::NotFound)
}

/// What one wants to be mailed about.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "wishes", input = GetUrl, output = Json)]
pub async fn load_wishes(lang: Lang) -> Result<WishesPage, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    Ok(super::store::wishes(&services.pool, lang, &viewer, services.clock.now()).await?)
}
