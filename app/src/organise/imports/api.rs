//! The server functions of imports.

use super::model::{EventImportsPage, ImportPage, ImportsPage};
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
    super::page_store::of_event(&services.pool, lang, line, import, asked, services.clock.now())
        .await
        .map_err(AppError::from)
}

/// The page on which events are read in.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-event-imports", input = GetUrl, output = Json)]
pub async fn load_event_imports(lang: Lang) -> Result<EventImportsPage, AppError> {
    use super::events_home_store::earlier_of_events;
    use crate::account::model::Viewer;
    use crate::organise::plan::store::{choices, organised_by};
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    Ok(EventImportsPage {
        homes: choices(&services.pool, lang, &viewer, None).await?.homes,
        earlier: earlier_of_events(&services.pool, organised_by(&viewer).as_deref()).await?,
    })
}

/// An import of events.
///
/// # Errors
/// The same; [`AppError::NotFound`] for an import of a programme that is not theirs, and for none.
#[server(prefix = "/api", endpoint = "organise-event-import", input = GetUrl, output = Json)]
pub async fn load_event_import(lang: Lang, id: i64, asked: String) -> Result<ImportPage, AppError> {
    use super::draft_store::find;
    use super::model::RowsAsked;
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let asked = RowsAsked::from_pairs(url::form_urlencoded::parse(asked.as_bytes()));
    let import = find(&services.pool, id).await?;
    let mine = |home: super::draft_store::Home| {
        home.event.is_none() && viewer.may_organise(home.programme)
    };
    let import = import.filter(|import| mine(import.home)).ok_or(AppError::NotFound)?;
    super::page_store::of_events(&services.pool, lang, import, asked, services.clock.now())
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
