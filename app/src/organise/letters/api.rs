//! The server functions of letters.

use super::model::{LetterPage, LettersPage};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page on which one writes to the people of an event; `asked` is what stands in the address after the question
/// mark.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme,
/// also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-letters", input = GetUrl, output = Json)]
pub async fn load_letters(
    lang: Lang,
    slug: String,
    asked: String,
) -> Result<LettersPage, AppError> {
    use super::store;
    use crate::account::secret;
    use crate::events::store::lines;
    use crate::organise::people::query::PeopleQuery;

    let (found, services) = organised(&slug).await?;
    let query = PeopleQuery::from_pairs(url::form_urlencoded::parse(asked.as_bytes()));
    let pool = &services.pool;
    let line = lines(pool, lang, &[found.event.0], services.clock.now()).await?.pop();
    Ok(LettersPage {
        line: line.ok_or(AppError::NotFound)?.line,
        counts: store::counts(pool, found.event, &query).await?,
        earlier: store::earlier(pool, found.event).await?,
        once: secret::new()?,
    })
}

/// A letter and what became of it.
///
/// # Errors
/// The same; [`AppError::NotFound`] for a letter that is not of this event.
#[server(prefix = "/api", endpoint = "organise-letter", input = GetUrl, output = Json)]
pub async fn load_letter(
    lang: Lang,
    slug: String,
    id: i64,
    page: usize,
) -> Result<LetterPage, AppError> {
    let (found, services) = organised(&slug).await?;
    let now = services.clock.now();
    let letter = super::store::letter(&services.pool, lang, found.event, id, page, now).await?;
    letter.ok_or(AppError::NotFound)
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
