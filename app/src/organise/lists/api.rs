//! The server function of what is printed.

use super::model::{Printed, Sheet};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A list of the people of an event as it is printed; `asked` is what stands in the address after the question
/// mark.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-list", input = GetUrl, output = Json)]
pub async fn load_list(
    lang: Lang,
    slug: String,
    sheet: Sheet,
    asked: String,
) -> Result<Printed, AppError> {
    use super::model::MOST_PRINTED;
    use crate::events::store::lines;
    use crate::organise::api::hosted;
    use crate::organise::people::query::PeopleQuery;
    use crate::organise::people::store;

    let (viewer, found, services) = hosted(&slug).await?;
    let (pool, event) = (&services.pool, found.event);
    let is_organiser = viewer.may_organise(found.programme);
    let asked = PeopleQuery::from_pairs(url::form_urlencoded::parse(asked.as_bytes()));
    let query = sheet.asked(asked, &found.ways);
    let line = lines(pool, lang, &[event.0], services.clock.now()).await?.pop();
    let line = line.ok_or(AppError::NotFound)?.line;
    let questions = store::readable(pool, lang, event, is_organiser).await?;
    let readable: Vec<i64> = questions.iter().map(|question| question.id).collect();
    let people = store::matching(pool, event, &query, is_organiser).await?;
    let shown: Vec<i64> = people.iter().take(MOST_PRINTED).map(|(person, _)| *person).collect();
    Ok(Printed {
        line,
        rows: store::rows(pool, event, &shown, &readable, is_organiser).await?,
        matching: people.len(),
        questions,
        is_mixed: found.ways.len() > 1 && query.way.is_none(),
    })
}
