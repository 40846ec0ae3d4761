//! The server functions of the library and of a recording's page.

use super::library::model::LibraryPage;
use super::page_model::RecordingPage;
use super::query::RecordingQuery;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A page of the library. Public; what one may not know of is left out.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "recordings", input = GetUrl, output = Json)]
pub async fn load_recordings(
    lang: Lang,
    #[server(default)] query: RecordingQuery,
) -> Result<LibraryPage, AppError> {
    use super::library::{choices::choose, line_store::lines, store};
    use super::query::PAGE;
    use crate::account::who::Who;
    use crate::services::{PageNotes, Services};

    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let who = Who::of_request();
    let query = query.tidy();
    let all = store::all(&services.pool, lang, who.viewer()).await?;
    let (passing, facets) = choose(&all, &query);
    let pages = passing.len().div_ceil(PAGE).max(1);
    // Beyond the end is the end: recordings may have gone since the address was written.
    let page = query.page_number().min(pages);
    let shown: Vec<i64> = passing.iter().skip((page - 1) * PAGE).take(PAGE).copied().collect();
    let lines = lines(&services.pool, lang, who.viewer(), &shown).await?;
    // Whatever changes of a recording, of its files or of its event is told as a change of facts, and takes all away.
    notes.write(|notes| notes.is_public = true);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(LibraryPage {
        lines,
        total: count(passing.len()),
        all: count(all.len()),
        page: count(page),
        pages: count(pages),
        facets,
    })
}

/// The page of a recording, for whoever it is for.
///
/// # Errors
/// [`AppError::NotFound`], also for what is not to be known of; [`AppError::Unauthorised`] where signing in may help;
/// [`AppError::Forbidden`] where it does not; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "recording", input = GetUrl, output = Json)]
pub async fn load_recording(lang: Lang, slug: String) -> Result<RecordingPage, AppError> {
    let (services, door, who) = admitted(&slug).await?;
    let now = services.clock.now();
    let page = super::page_store::page(&services.pool, lang, &door, who.viewer(), now).await?;
    let page = page.ok_or(AppError::NotFound)?;
    if page.is_public {
        let today = crate::time::today(now);
        crate::services::PageNotes::of_request().write(|notes| {
            notes.is_public = true;
            notes.events.insert(crate::events::model::EventId(door.event_id));
            // The stops of its series begin and end.
            notes.expires(now + 300);
            notes.expires(crate::time::day_begins(today.tomorrow().unwrap_or(today)));
        });
    }
    Ok(page)
}

/// What is said in one language, as the HTML of the page: for a page that the browser made itself, and another language
/// on one that is there. For whoever the recording is for.
///
/// # Errors
/// As [`load_recording`]; [`AppError::NotFound`] also where nothing is written down in that language.
#[server(prefix = "/api", endpoint = "recording-said", input = GetUrl, output = Json)]
pub async fn load_said(lang: Lang, slug: String, text: Lang) -> Result<String, AppError> {
    Ok(read_said(lang, &slug, text).await?.ok_or(AppError::NotFound)?.0)
}

/// The same with the words alone beside it, which only the server writes; nothing where nothing is written down.
#[cfg(feature = "ssr")]
pub(super) async fn read_said(
    lang: Lang,
    slug: &str,
    text: Lang,
) -> Result<Option<(String, String)>, AppError> {
    use super::said;

    let (services, door, _) = admitted(slug).await?;
    let lines = super::page_store::said(&services.pool, door.id, text).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let address = lang.href(&super::model::page_address(slug));
    let address = if text == lang { address } else { format!("{address}?text={}", text.tag()) };
    Ok(Some((said::html(&lines, &address), said::text(&lines))))
}

/// The recording at an address, once its door has let the one who asks in.
#[cfg(feature = "ssr")]
async fn admitted(
    slug: &str,
) -> Result<(crate::services::Services, super::access::Door, crate::account::who::Who), AppError> {
    use super::access::by_slug;
    use crate::account::who::Who;
    use crate::events::model::Slug;
    use crate::services::Services;

    let services = Services::of_request()?;
    let slug = Slug::parse(slug).ok_or(AppError::NotFound)?;
    let door = by_slug(&services.pool, slug.as_str()).await?.ok_or(AppError::NotFound)?;
    let who = Who::of_request();
    door.admit(&services.pool, &who).await?;
    Ok((services, door, who))
}
