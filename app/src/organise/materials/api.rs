//! Server functions of the files of materials, for those who organise them.

use super::model::{About, FilePage, Row};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The file of a material, and how its reading stands.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::NotFound`] if they do not organise its programme, also if there is no such material;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-material", input = GetUrl, output = Json)]
pub async fn load_material_file(lang: Lang, id: i64) -> Result<FilePage, AppError> {
    use super::store;
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let found = store::page(&services.pool, lang, &viewer, id).await?;
    found.ok_or(AppError::NotFound)
}

/// The materials of an event or a programme, with their files.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise it, also if there is
/// nothing of the kind; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-materials", input = GetUrl, output = Json)]
pub async fn load_material_files(about: About, name: String) -> Result<Vec<Row>, AppError> {
    use super::store;
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let rows = store::list(&services.pool, &viewer, about, &name).await?;
    rows.ok_or(AppError::Forbidden)
}
