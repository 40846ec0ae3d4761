//! Server functions of programmes and series, for those who organise them.

use super::model::{ProgrammePlan, SeriesPlan, Undertakings};
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// All programmes that one organises, with their series.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who organises nothing;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-undertakings", input = GetUrl, output = Json)]
pub async fn load_undertakings(lang: Lang) -> Result<Undertakings, AppError> {
    use crate::account::model::Viewer;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let now = services.clock.now();
    Ok(Undertakings {
        may_make: viewer.is_administrator(),
        programmes: super::store::list(&services.pool, lang, &viewer, now).await?,
    })
}

/// The form of a programme, as it is saved.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise it, also if there is
/// no such programme; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-programme", input = GetUrl, output = Json)]
pub async fn load_programme_plan(lang: Lang, slug: String) -> Result<ProgrammePlan, AppError> {
    use super::fields::About;
    use super::store;
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::organise::plan::merge::fingerprints_of;
    use crate::organise::plan::store::choices;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let (pool, now) = (&services.pool, services.clock.now());
    let slug = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = store::find_programme(pool, &slug).await?;
    let programme = found.filter(|found| viewer.may_organise(*found)).ok_or(AppError::Forbidden)?;
    let mut connection = pool.acquire().await?;
    let sheet = store::programme_sheet(&mut connection, programme).await?;
    drop(connection);
    let sheet = sheet.ok_or(AppError::Forbidden)?;
    let series = store::series_of(pool, lang, &[programme], now).await?;
    Ok(ProgrammePlan {
        programme: store::programme_standing(pool, lang, programme, now).await?,
        home: programme.to_string(),
        base: fingerprints_of(About::Programme.fields(), &sheet),
        sheet,
        choices: choices(pool, lang, &viewer, Some((programme, None))).await?,
        series: series.into_iter().map(|(_, row)| row).collect(),
    })
}

/// The form of a programme that does not exist yet.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who is no administrator;
/// [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-new-programme", input = GetUrl, output = Json)]
pub async fn load_new_programme(lang: Lang) -> Result<ProgrammePlan, AppError> {
    use crate::account::model::Viewer;
    use crate::organise::plan::model::Sheet;
    use crate::organise::plan::store::choices;
    use crate::services::Services;

    let viewer = Viewer::require_administrator()?;
    let services = Services::of_request()?;
    Ok(ProgrammePlan {
        programme: None,
        home: String::new(),
        sheet: Sheet::default(),
        base: String::new(),
        choices: choices(&services.pool, lang, &viewer, None).await?,
        series: Vec::new(),
    })
}

/// The form of a series, as it is saved, with its stops.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Forbidden`] for who does not organise its programme, also
/// if there is no such series; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "organise-series", input = GetUrl, output = Json)]
pub async fn load_series_plan(lang: Lang, slug: String) -> Result<SeriesPlan, AppError> {
    use super::fields::About;
    use super::{stops_store, store};
    use crate::account::model::Viewer;
    use crate::events::model::Slug;
    use crate::organise::plan::merge::fingerprints_of;
    use crate::services::Services;

    let viewer = Viewer::require_organiser()?;
    let services = Services::of_request()?;
    let (pool, now) = (&services.pool, services.clock.now());
    let slug = Slug::parse(&slug).ok_or(AppError::Forbidden)?;
    let found = store::find_series(pool, &slug).await?;
    let found = found.filter(|(_, programme)| viewer.may_organise(*programme));
    let (series, programme) = found.ok_or(AppError::Forbidden)?;
    let mut connection = pool.acquire().await?;
    let sheet = store::series_sheet(&mut connection, series).await?;
    drop(connection);
    let sheet = sheet.ok_or(AppError::Forbidden)?;
    let standing = store::series_standing(pool, lang, series, now).await?;
    let (standing, link) = standing.ok_or(AppError::Forbidden)?;
    Ok(SeriesPlan {
        series: standing,
        programme: link,
        home: format!("{programme}/{series}"),
        base: fingerprints_of(About::Series.fields(), &sheet),
        sheet,
        stops: stops_store::stops(pool, lang, series, now).await?,
        others: stops_store::loose(pool, lang, series).await?,
    })
}
