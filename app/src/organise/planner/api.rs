//! The planners' calendar's server function.

use super::model::PlannerPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A month of the planners' calendar, or what collides from it on; without one that can be read, the month it is.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-calendar", input = GetUrl, output = Json)]
pub async fn load_planner(
    lang: Lang,
    month: Option<String>,
    view: Option<String>,
    what: Option<String>,
) -> Result<PlannerPage, AppError> {
    use super::clash::{What, clashes};
    use super::model::{MONTHS_AHEAD, MOST_CLASHES, View, month_of, months_from, range};
    use crate::account::model::Viewer;
    use crate::services::Services;
    use crate::time::today;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let view = match view.as_deref() {
        Some("clashes") => View::Clashes(what.as_deref().and_then(What::parse)),
        _ => View::Month,
    };
    let today = today(services.clock.now());
    let first = month.as_deref().and_then(month_of).unwrap_or(today.first_of_month());
    let days = match view {
        View::Clashes(_) => (first, months_from(first, MONTHS_AHEAD).yesterday().unwrap_or(first)),
        View::Month => range(first),
    };
    let (mut events, needs) = super::store::between(&services.pool, lang, &viewer, days).await?;
    let mut clashes = clashes(&needs);
    let of = |what: &What| clashes.iter().filter(|clash| clash.is_of(*what)).count();
    let counts = (clashes.len(), What::ALL.iter().map(of).collect());
    if let View::Clashes(what) = view {
        clashes.retain(|clash| what.is_none_or(|what| clash.is_of(what)));
        clashes.truncate(MOST_CLASHES);
        // Only the events that are named.
        let mut named: Vec<usize> =
            clashes.iter().flat_map(|clash| [clash.pair.0, clash.pair.1]).collect();
        named.sort_unstable();
        named.dedup();
        let place = |at: usize| named.binary_search(&at).unwrap_or_default();
        for clash in &mut clashes {
            clash.pair = (place(clash.pair.0), place(clash.pair.1));
        }
        events = events
            .into_iter()
            .enumerate()
            .filter(|(at, _)| named.binary_search(at).is_ok())
            .map(|(_, event)| event)
            .collect();
    }
    Ok(PlannerPage { first, today, view, events, clashes, counts })
}
