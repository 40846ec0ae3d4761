//! The event page's server function.

use super::page_model::{EventPage, Preview};
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
    use super::store::{self, Drafts};
    use crate::services::{PageNotes, Services};
    use crate::time::{day_begins, today};

    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let slug = Slug::parse(&slug).ok_or(AppError::NotFound)?;
    let now = services.clock.now();
    let page = store::page(&services.pool, lang, &slug, now, Drafts::LeftOut)
        .await?
        .ok_or(AppError::NotFound)?;
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

/// The same as participants will see it, drafts too, for those who organise it.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme,
/// also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "event-preview", input = GetUrl, output = Json)]
pub async fn load_preview(lang: Lang, slug: String) -> Result<Preview, AppError> {
    use super::model::Slug;
    use super::store::{Drafts, page};
    use crate::account::model::Viewer;
    use crate::organise::store::find;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let slug = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = find(&services.pool, &slug).await?;
    found.filter(|found| viewer.may_organise(found.programme)).ok_or(AppError::Forbidden)?;
    let page = page(&services.pool, lang, &slug, services.clock.now(), Drafts::Seen).await?;
    let texts = lang.plan_words();
    Ok(Preview {
        page: page.ok_or(AppError::Forbidden)?,
        note: texts.is_preview.to_owned(),
        back: texts.back_to_form.to_owned(),
    })
}
