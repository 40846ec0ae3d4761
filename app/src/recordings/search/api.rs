//! The server functions of the search.

use super::model::{Answer, Suggestion};
use crate::error::AppError;
use crate::recordings::query::RecordingQuery;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The recordings that hold what is looked for. Public; of what whoever asks may not see it tells nothing.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "recordings/search", input = GetUrl, output = Json)]
pub async fn search_recordings(
    lang: Lang,
    #[server(default)] query: RecordingQuery,
) -> Result<Answer, AppError> {
    use super::store::{Eyes, search};
    use crate::account::who::Who;
    use crate::services::{PageNotes, Services};

    let services = Services::of_request()?;
    let eyes = Eyes::of(&Who::of_request())?;
    // As with the list: whatever changes of a recording or what belongs to it takes the page away.
    PageNotes::of_request().write(|notes| notes.is_public = true);
    Ok(search(&services.pool, &eyes, lang, &query.tidy()).await?)
}

/// What to look for, given what has been typed so far. Public; what whoever asks may not see is not offered.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "recordings/suggest", input = GetUrl, output = Json)]
pub async fn suggest_recordings(
    lang: Lang,
    #[server(default)] typed: String,
) -> Result<Vec<Suggestion>, AppError> {
    use super::store::Eyes;
    use super::suggest_store::suggest;
    use crate::account::who::Who;
    use crate::services::Services;

    let services = Services::of_request()?;
    let eyes = Eyes::of(&Who::of_request())?;
    let typed = RecordingQuery { q: Some(typed), ..RecordingQuery::default() }.tidy();
    Ok(suggest(&services.pool, &eyes, lang, &typed.q.unwrap_or_default()).await?)
}
