//! Server functions about one's own account. What changes something is a plain POST route
//! (server/src/accounts.rs, server/src/passkeys.rs), since it must work without JavaScript.

use super::model::LinkState;
use super::profile::AccountPage;
use crate::error::AppError;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What the mailed link with this secret can do. Asking does not use it up.
///
/// # Errors
/// [`AppError::NotFound`] for a secret that is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "sign-in-link", input = GetUrl, output = Json)]
pub async fn load_link(secret: String) -> Result<LinkState, AppError> {
    use crate::services::Services;

    let services = Services::of_request()?;
    super::store::link(&services.pool, &secret, services.clock.now())
        .await?
        .ok_or(AppError::NotFound)
}

/// One's own account.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "account", input = GetUrl, output = Json)]
pub async fn load_account() -> Result<AccountPage, AppError> {
    use super::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let page = super::people_store::account(&services.pool, &viewer, services.clock.now()).await?;
    let mut page = page.ok_or(AppError::Unauthorised)?;
    if services.passkeys_here().is_some() {
        page.passkeys = Some(super::passkey::store::list(&services.pool, viewer.id).await?);
    }
    Ok(page)
}
