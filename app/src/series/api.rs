//! The series page's server function.

use super::model::SeriesPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page of a series. Public.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "series", input = GetUrl, output = Json)]
pub async fn load_series(lang: Lang, slug: String) -> Result<SeriesPage, AppError> {
    use crate::events::model::Slug;
    use crate::services::{PageNotes, Services};

    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let slug = Slug::parse(&slug).ok_or(AppError::NotFound)?;
    let now = services.clock.now();
    let (page, lines) =
        super::store::page(&services.pool, lang, &slug, now).await?.ok_or(AppError::NotFound)?;
    notes.write(|notes| notes.lists(&lines, now));
    Ok(page)
}
