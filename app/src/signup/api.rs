//! Server functions about sign-ups. Signing up and cancelling are plain POST routes (server/src/posts),
//! since they must work without JavaScript.

use super::group_model::OwnGroup;
use super::model::{OwnSeries, OwnSignUp};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The whole series whose secret is `token`. Whoever has the secret may see it.
///
/// # Errors
/// [`AppError::NotFound`] for a secret that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "series-sign-up", input = GetUrl, output = Json)]
pub async fn load_own_series(lang: Lang, token: String) -> Result<OwnSeries, AppError> {
    use crate::services::Services;

    let services = Services::of_request()?;
    super::series_store::own(&services.pool, lang, &token, services.clock.now())
        .await?
        .ok_or(AppError::NotFound)
}

/// The sign-up whose secret is `token`. Whoever has the secret may see it.
///
/// # Errors
/// [`AppError::NotFound`] for a secret that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "sign-up", input = GetUrl, output = Json)]
pub async fn load_own_sign_up(lang: Lang, token: String) -> Result<OwnSignUp, AppError> {
    use crate::door::ticket::draw;
    use crate::services::Services;

    let services = Services::of_request()?;
    let own = super::own_store::own(&services.pool, lang, &token, services.clock.now()).await?;
    let mut own = own.ok_or(AppError::NotFound)?;
    own.ticket = own.ticket.and_then(|ticket| draw(&services.public_url, &ticket.code));
    Ok(own)
}

/// The group whose secret is `token`. Whoever has the secret may see it.
///
/// # Errors
/// [`AppError::NotFound`] for a secret that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "group-sign-up", input = GetUrl, output = Json)]
pub async fn load_own_group(lang: Lang, token: String) -> Result<OwnGroup, AppError> {
    use crate::services::Services;

    let services = Services::of_request()?;
    super::group_own::own(&services.pool, lang, &token, services.clock.now())
        .await?
        .ok_or(AppError::NotFound)
}
