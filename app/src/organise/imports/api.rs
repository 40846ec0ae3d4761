//! The server functions of imports.

use super::model::{ImportPage, ImportsPage};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page on which a file is read in for an event.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme,
/// also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-imports", input = GetUrl, output = Json)]
pub async fn load_imports(lang: Lang, slug: String) -> Result<ImportsPage, AppError> {
    use super::draft_store::{Home, earlier};

    let (found, services) = organised(&slug).await?;
    let home = Home { programme: found.programme, event: Some(found.event.0) };
    Ok(ImportsPage {
        line: line(lang, &services, found.event).await?,
        earlier: earlier(&services.pool, home).await?,
    })
}

/// An import of an event: what it would do, how far it has come, or what it did; `asked` is what stands in the
/// address after the question mark.
///
/// # Errors
/// The same; [`AppError::NotFound`] for an import that is not of this event.
#[server(prefix = "/api", endpoint = "organise-import", input = GetUrl, output = Json)]
pub async fn load_import(
    lang: Lang,
    slug: String,
    id: i64,
    asked: String,
) -> Result<ImportPage, AppError> {
    use super::draft_store::find;
    use super::model::RowsAsked;

    let (found, services) = organised(&slug).await?;
    let asked = RowsAsked::from_pairs(url::form_urlencoded::parse(asked.as_bytes()));
    let import = find(&services.pool, id).await?;
    let import = import.filter(|import| import.home.event == Some(found.event.0));
    let import = import.ok_or(AppError::NotFound)?;
    let line = line(lang, &services, found.event).await?;
    super::page_store::page(&services.pool, lang, line, import, asked, services.clock.now())
        .await
        .map_err(AppError::from)
}

/// The event as pages show it.
#[cfg(feature = "ssr")]
async fn line(
    lang: Lang,
    services: &crate::services::Services,
    event: crate::events::model::EventId,
) -> Result<crate::events::model::EventLine, AppError> {
    let now = services.clock.now();
    let line = crate::events::store::lines(&services.pool, lang, &[event.0], now).await?.pop();
    Ok(line.ok_or(AppError::NotFound)?.line)
}

/// The event with this slug, if whoever asks organises its programme. One that is not theirs and one that is not
/// there are answered alike.
#[cfg(feature = "ssr")]
async fn organised(
    slug: &str,
) -> Result<(crate::organise::store::Found, crate::services::Services), AppError> {
    let (viewer, found, services) = crate::organise::api::hosted(slug).await?;
    if viewer.may_organise(found.programme) {
        Ok((found, services))
    } else {
        Err(AppError::Forbidden)
    }
}
