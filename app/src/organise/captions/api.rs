//! The server functions of captions, chapters and slides' times. All are for those who organise the recording's
//! programme; one that is not theirs and one that is not there are answered alike.

use super::model::{CaptionsPage, CaptionsSummary, ChaptersPage, SlidesPage};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What there is of captions, chapters and times of slides.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session, [`AppError::Forbidden`] for who does not organise it, also where there
/// is none; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-recording-texts", input = GetUrl, output = Json)]
pub async fn load_summary(slug: String) -> Result<CaptionsSummary, AppError> {
    let (services, door) = allowed(&slug).await?;
    Ok(super::store::summary(&services.pool, door.id).await?)
}

/// The page of captions in one language.
///
/// # Errors
/// As [`load_summary`], and [`AppError::NotFound`] for a language that there are no captions in.
#[server(prefix = "/api", endpoint = "organise-captions", input = GetUrl, output = Json)]
pub async fn load_captions(
    lang: Lang,
    slug: String,
    text: String,
) -> Result<CaptionsPage, AppError> {
    let (services, door) = allowed(&slug).await?;
    let text = Lang::parse(&text).ok_or(AppError::NotFound)?;
    Ok(super::store::captions(&services.pool, lang, &slug, &door, text).await?)
}

/// The page of chapters.
///
/// # Errors
/// As [`load_summary`].
#[server(prefix = "/api", endpoint = "organise-chapters", input = GetUrl, output = Json)]
pub async fn load_chapters(lang: Lang, slug: String) -> Result<ChaptersPage, AppError> {
    let (services, door) = allowed(&slug).await?;
    Ok(super::store::chapters(&services.pool, lang, &slug, &door).await?)
}

/// The page of the slides' times.
///
/// # Errors
/// As [`load_summary`].
#[server(prefix = "/api", endpoint = "organise-slides", input = GetUrl, output = Json)]
pub async fn load_slides(lang: Lang, slug: String) -> Result<SlidesPage, AppError> {
    let (services, door) = allowed(&slug).await?;
    Ok(super::store::slides(&services.pool, lang, &slug, &door).await?)
}

/// The recording at an address, if whoever asks organises it.
#[cfg(feature = "ssr")]
async fn allowed(
    slug: &str,
) -> Result<(crate::services::Services, crate::recordings::access::Door), AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let door = crate::recordings::access::by_slug(&services.pool, slug).await?;
    let door = door.filter(|door| viewer.may_organise(door.programme_id));
    Ok((services, door.ok_or(AppError::Forbidden)?))
}
