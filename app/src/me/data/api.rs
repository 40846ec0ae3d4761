//! The server function of the page about what is held.

use super::model::DataPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What is held about whoever asks.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "me/data", input = GetUrl, output = Json)]
pub async fn load_data(lang: Lang) -> Result<DataPage, AppError> {
    use super::store;
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let pool = Services::of_request()?.pool;
    let all = store::all(&pool, viewer.id, lang).await?;
    let consents = store::consents(&pool, viewer.id, lang).await?;
    Ok(DataPage { held: store::counted(&all), consents })
}
