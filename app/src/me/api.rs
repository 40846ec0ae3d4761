//! The server functions of one's own pages.

use super::model::{MyCalendar, MyPage};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What is one's own: places, series, what one missed and what one watches.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "me", input = GetUrl, output = Json)]
pub async fn load_me(lang: Lang) -> Result<MyPage, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    Ok(super::store::page(&services.pool, lang, &viewer, services.clock.now()).await?)
}

/// One's own calendar feed.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "my-calendar", input = GetUrl, output = Json)]
pub async fn load_my_calendar(lang: Lang) -> Result<MyCalendar, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let secret = super::calendar_store::secret_of(&services.pool, viewer.id).await?;
    let site = &services.public_url;
    let address =
        secret.map(|secret| format!("{site}/feeds/mine/{secret}.ics?lang={}", lang.tag()));
    Ok(MyCalendar { address })
}
