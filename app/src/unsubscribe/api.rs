//! Server functions about stopping mails. Stopping itself is a plain POST route (server/src/unsubscribe),
//! since it must work without JavaScript, and for mail providers.

use crate::error::AppError;
use crate::events::model::EventLine;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The event that whoever has this link is told about. Whoever has the link may see it.
///
/// # Errors
/// [`AppError::NotFound`] for a link that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "watched", input = GetUrl, output = Json)]
pub async fn load_watched(lang: Lang, token: String) -> Result<EventLine, AppError> {
    use crate::events::{opening, store};
    use crate::services::Services;

    let services = Services::of_request()?;
    let event = opening::watched(&services.pool, &token).await?.ok_or(AppError::NotFound)?;
    let lines = store::lines(&services.pool, lang, &[event.0], services.clock.now()).await?;
    lines.into_iter().next().map(|line| line.line).ok_or(AppError::NotFound)
}
