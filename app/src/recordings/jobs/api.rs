//! The server functions of what is made of files.

use super::model::JobsPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What is made of a recording's files, and how it stands.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme, also
/// if there is no such recording; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-recording-jobs", input = GetUrl, output = Json)]
pub async fn load_jobs(lang: Lang, slug: String) -> Result<JobsPage, AppError> {
    use super::{store, tools};
    use crate::account::model::Viewer;
    use crate::recordings::access::by_slug;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let door = by_slug(&services.pool, &slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    let door = door.ok_or(AppError::Forbidden)?;
    let title = store::title(&services.pool, door.id, lang).await?.ok_or(AppError::Forbidden)?;
    let (jobs, has_files) = store::list(&services.pool, door.id).await?;
    Ok(JobsPage { slug, title, has_files, jobs, missing: tools::missing() })
}
