//! Server functions of recordings, for those who organise them.

use super::figures::Watched;
use super::model::{DeskList, DeskPage, DeskQuery, Files, NewDesk};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The recordings that one organises.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-recordings", input = GetUrl, output = Json)]
pub async fn load_desk_list(
    lang: Lang,
    #[server(default)] query: DeskQuery,
) -> Result<DeskList, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    // What came in an address is held to what an address may say.
    let query = DeskQuery::read(|name| match name {
        "programme" => query.programme.clone(),
        "words" => query.words.clone(),
        _ => query.page.map(|page| page.to_string()),
    });
    Ok(super::store::list(&services.pool, lang, &viewer, &query, services.clock.now()).await?)
}

/// The form of a new recording, of this event if it is named.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-new-recording", input = GetUrl, output = Json)]
pub async fn load_new_desk(
    lang: Lang,
    #[server(default)] event: Option<String>,
) -> Result<NewDesk, AppError> {
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let event = event.as_deref().and_then(Slug::parse);
    Ok(super::store::new(&services.pool, lang, &viewer, event.as_ref()).await?)
}

/// The page of a recording.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme, also
/// if there is no such recording; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-recording", input = GetUrl, output = Json)]
pub async fn load_desk(lang: Lang, slug: String) -> Result<DeskPage, AppError> {
    let (services, door) = organised(&slug).await?;
    let site = &services.site;
    let sender = (site.upload.clone(), site.largest_upload);
    let now = services.clock.now();
    let page = super::store::page(&services.pool, lang, door.id, sender, now).await?;
    page.ok_or(AppError::Forbidden)
}

/// Its files, and those that are on their way.
///
/// # Errors
/// As [`load_desk`].
#[server(prefix = "/api", endpoint = "organise-recording-files", input = GetUrl, output = Json)]
pub async fn load_desk_files(slug: String) -> Result<Files, AppError> {
    let (services, door) = organised(&slug).await?;
    Ok(super::store::files(&services.pool, door.id).await?)
}

/// How much it is watched; nothing where that is too little to tell.
///
/// # Errors
/// As [`load_desk`].
#[server(prefix = "/api", endpoint = "organise-recording-figures", input = GetUrl, output = Json)]
pub async fn load_desk_figures(slug: String) -> Result<Option<Watched>, AppError> {
    let (services, door) = organised(&slug).await?;
    let now = services.clock.now();
    Ok(super::figures_store::watched(&services.pool, door.id, now).await?)
}

/// The recording at an address, if whoever asks organises it.
#[cfg(feature = "ssr")]
async fn organised(
    slug: &str,
) -> Result<(crate::services::Services, crate::recordings::access::Door), AppError> {
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::recordings::access::by_slug;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let slug = Slug::parse(slug).ok_or(AppError::Forbidden)?;
    let door = by_slug(&services.pool, slug.as_str()).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok((services, door.ok_or(AppError::Forbidden)?))
}
