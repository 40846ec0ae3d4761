//! The server function of the list.

use super::model::PeoplePage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A page of the people of an event; `asked` is what stands in the address after the question mark.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-people", input = GetUrl, output = Json)]
pub async fn load_people(lang: Lang, slug: String, asked: String) -> Result<PeoplePage, AppError> {
    use super::query::PeopleQuery;
    use crate::organise::api::hosted;

    let (viewer, found, services) = hosted(&slug).await?;
    let query = PeopleQuery::from_pairs(url::form_urlencoded::parse(asked.as_bytes()));
    let is_organiser = viewer.may_organise(found.programme);
    let asked = (found.event, lang, query.encoded(), is_organiser);
    let reading = async {
        let now = services.clock.now();
        let page = super::store::page(&services.pool, lang, &found, &query, is_organiser, now);
        Ok(page.await?)
    };
    services.readings.people.read(asked, reading).await
}
