//! The server function of one's own page.

use super::model::MyPage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What one is signed up for.
///
/// # Errors
/// [`AppError::Unauthorised`] without a session; [`AppError::Unavailable`].
#[server(prefix = "/api", endpoint = "me", input = GetUrl, output = Json)]
pub async fn load_me(lang: Lang) -> Result<MyPage, AppError> {
    use super::model::MyPlace;
    use crate::account::model::Viewer;
    use crate::events::store::lines;
    use crate::services::Services;
    use crate::time::today;

    let viewer = Viewer::require()?;
    let services = Services::of_request()?;
    let now = services.clock.now();
    let today = today(now);
    let places = crate::signup::mine::coming(&services.pool, viewer.id.0, now).await?;
    let ids: Vec<i64> = places.iter().map(|place| place.event.0).collect();
    let found = lines(&services.pool, lang, &ids, now).await?;
    let places: Vec<_> = found
        .into_iter()
        .filter_map(|line| {
            let place = places.iter().find(|place| place.event == line.line.id)?;
            Some(MyPlace {
                in_days: today.until(line.line.when.first_day()).map_or(0, |span| span.get_days()),
                line: line.line,
                status: place.status,
                position: place.position,
                token: place.token.clone(),
            })
        })
        .collect();
    let coming = if places.is_empty() {
        let english = lang == Lang::En;
        let coming = crate::home::store::coming(&services.pool, english, now).await?;
        let ids: Vec<i64> = coming.iter().map(|event| event.id).collect();
        lines(&services.pool, lang, &ids, now).await?.into_iter().map(|line| line.line).collect()
    } else {
        Vec::new()
    };
    let watching = crate::recordings::watching::store::mine(&services.pool, lang, &viewer).await?;
    Ok(MyPage { places, coming, watching, organises: !viewer.roles.is_empty() })
}
