//! The event page's server function.

use super::page_model::EventPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Everything on the page of an event. Public; drafts are not found.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "event", input = GetUrl, output = Json)]
pub async fn load_event(lang: Lang, slug: String) -> Result<EventPage, AppError> {
    use super::model::{Phase, Slug};
    use super::store;
    use crate::services::{PageNotes, Services};
    use crate::time::{day_begins, today};

    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let slug = Slug::parse(&slug).ok_or(AppError::NotFound)?;
    let now = services.clock.now();
    let page = store::page(&services.pool, lang, &slug, now).await?.ok_or(AppError::NotFound)?;
    notes.write(|notes| {
        notes.events.insert(page.line.id);
        notes.is_public = true;
        let today = today(now);
        // The other stops on its line begin and end too.
        notes.expires(now + 300);
        notes.expires(day_begins(today.tomorrow().unwrap_or(today)));
        if let Some(instant) = Phase::next_change(page.hours, now) {
            notes.expires(instant);
        }
    });
    Ok(page)
}
