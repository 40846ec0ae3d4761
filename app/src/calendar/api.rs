//! The calendar's server function.

use super::model::{CalendarData, CalendarQuery, View};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What a view of the calendar shows. Public.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "calendar", input = GetUrl, output = Json)]
pub async fn load_calendar(
    lang: Lang,
    #[server(default)] query: CalendarQuery,
    /// The layout where the query names none.
    default_view: View,
) -> Result<CalendarData, AppError> {
    use super::model::{Days, facets, lay_out};
    use super::store;
    use crate::services::{PageNotes, Services};
    use crate::time::{day_begins, today};

    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let now = services.clock.now();
    let today = today(now);
    let query = query.tidy();
    let view = query.view.unwrap_or(default_view);
    let date = query.date.unwrap_or(today);
    let range = Days::of(view, date);
    let filter = query.filter;

    let (found, lines) =
        store::in_days(&services.pool, lang, range, filter.text.as_deref(), now).await?;
    let months = store::months(&services.pool).await?;
    notes.write(|notes| {
        notes.expires(day_begins(today.tomorrow().unwrap_or(today)));
        notes.lists(&lines, now);
    });
    let facets = facets(&found, &filter);
    let matching: Vec<_> =
        found.into_iter().filter(|event| event.passes(&filter)).map(|event| event.line).collect();
    let (earlier, later) = if matching.is_empty() {
        store::nearest(&services.pool, range, &filter, now).await?
    } else {
        (None, None)
    };
    Ok(CalendarData {
        view,
        date,
        today,
        days: lay_out(view, range, &matching),
        total: u32::try_from(matching.len()).unwrap_or(u32::MAX),
        facets,
        months,
        earlier,
        later,
    })
}

/// All that happens on one day, for opening a crowded day of the month. Public.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "calendar/day", input = GetUrl, output = Json)]
pub async fn load_day(
    lang: Lang,
    #[server(default)] query: CalendarQuery,
) -> Result<Vec<crate::events::model::EventLine>, AppError> {
    use super::model::{Days, lay_out};
    use crate::services::Services;

    let services = Services::of_request()?;
    let now = services.clock.now();
    let query = query.tidy();
    let day = query.date.ok_or(AppError::BadRequest)?;
    let days = Days { first: day, last: day };
    let text = query.filter.text.as_deref();
    let (found, _) = super::store::in_days(&services.pool, lang, days, text, now).await?;
    let matching: Vec<_> = found
        .into_iter()
        .filter(|event| event.passes(&query.filter))
        .map(|event| event.line)
        .collect();
    Ok(lay_out(View::Agenda, days, &matching).pop().map(|day| day.events).unwrap_or_default())
}
