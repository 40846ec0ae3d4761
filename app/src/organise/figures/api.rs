//! The server function of the figures.

use super::model::Figures;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The figures of an event; `all` asks for every organisation and not only the largest.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who neither organises nor
/// hosts in its programme, also if there is no such event; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-figures", input = GetUrl, output = Json)]
pub async fn load_figures(lang: Lang, slug: String, all: bool) -> Result<Figures, AppError> {
    let (viewer, found, services) = crate::organise::api::hosted(&slug).await?;
    let may_change = viewer.may_organise(found.programme);
    let reading = async {
        let now = services.clock.now();
        let figures =
            super::store::figures(&services.pool, lang, found.event, all, may_change, now);
        Ok(figures.await?)
    };
    let asked = (found.event, lang, all, may_change);
    services.readings.figures.read(asked, reading).await?.ok_or(AppError::NotFound)
}
