//! The server function of pictures.

use super::model::{About, ImagePlan};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The form of a picture, as it is saved.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise what it is of, also
/// if there is nothing of the kind; of a speaker, [`AppError::NotFound`]; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-image", input = GetUrl, output = Json)]
pub async fn load_image(lang: Lang, about: About, name: String) -> Result<ImagePlan, AppError> {
    use super::store;
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let nothing = if about == About::Speaker { AppError::NotFound } else { AppError::Forbidden };
    let of = store::find(&services.pool, &viewer, about, &name).await?.ok_or(nothing)?;
    Ok(store::plan(&services.pool, lang, of).await?)
}
