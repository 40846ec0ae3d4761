//! The log's server function.

use super::model::{LogPage, LogQuery};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What was done in the programmes that one organises; for an administrator, in all.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "audit-log", input = GetUrl, output = Json)]
pub async fn load_log(lang: Lang, #[server(default)] query: LogQuery) -> Result<LogPage, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    Ok(super::store::page(&services.pool, lang, &viewer, &query).await?)
}
