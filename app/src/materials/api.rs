//! The server function of the page of all materials.

use super::model::{MaterialsPage, MaterialsQuery};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The materials of all programmes that pass what is asked for. Public.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "materials", input = GetUrl, output = Json)]
pub async fn load_materials(
    lang: Lang,
    #[server(default)] query: MaterialsQuery,
) -> Result<MaterialsPage, AppError> {
    use super::model::{facets, grouped};
    use crate::services::{PageNotes, Services};

    let services = Services::of_request()?;
    let query = query.tidy();
    let found = super::store::find(&services.pool, lang, &query).await?;
    // It changes with the facts of what it lists, and all kept pages fall with those.
    PageNotes::of_request().write(|notes| notes.is_public = true);
    let facets = facets(&found, &query);
    let materials: Vec<_> = found.into_iter().filter(|material| material.passes(&query)).collect();
    Ok(MaterialsPage { total: materials.len(), groups: grouped(materials), facets })
}
