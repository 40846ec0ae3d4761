//! The server function of the screen.

use super::model::Screen;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The screen of an event, for those who organise or host it.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-screen", input = GetUrl, output = Json)]
pub async fn load_screen(lang: Lang, slug: String) -> Result<Screen, AppError> {
    use crate::events::model::Slug;
    use crate::organise::api::hosted;

    let (_, found, services) = hosted(&slug).await?;
    let slug = Slug::parse(&slug).ok_or(AppError::NotFound)?;
    let (pool, now) = (&services.pool, services.clock.now());
    super::store::screen(pool, lang, found.event, &slug, &services.public_url, now)
        .await?
        .ok_or(AppError::NotFound)
}
