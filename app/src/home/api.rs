//! The start page's server function.

use super::model::HomePage;
use crate::error::AppError;
use crate::text::Lang;
use crate::wire::Json;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What the start page shows. Public.
///
/// # Errors
/// [`AppError::Unavailable`] while the database does not answer.
#[server(prefix = "/api", endpoint = "home", input = GetUrl, output = Json)]
pub async fn load_home(lang: Lang) -> Result<HomePage, AppError> {
    use super::model::NextEvent;
    use crate::account::who::Who;
    use crate::events::model::Slug;
    use crate::events::store::lines;
    use crate::recordings::library;
    use crate::services::{PageNotes, Services};
    use crate::time::{day_begins, today};

    /// How many recordings the start page shows.
    const NEWEST: i64 = 4;
    let services = Services::of_request()?;
    let notes = PageNotes::of_request();
    let now = services.clock.now();
    let today = today(now);
    let coming = super::store::coming(&services.pool, lang == Lang::En, now).await?;
    let ids: Vec<i64> = coming.iter().map(|event| event.id).collect();
    let found = lines(&services.pool, lang, &ids, now).await?;
    let line = match coming.first().and_then(|event| event.series.as_deref()).and_then(Slug::parse)
    {
        Some(slug) => crate::series::store::page(&services.pool, lang, &slug, now).await?,
        None => None,
    };
    let series = crate::series::store::list(&services.pool, lang, None, now).await?;
    let programmes = crate::programmes::store::list(&services.pool, lang).await?;
    let newest = library::store::newest(&services.pool, NEWEST).await?;
    let who = Who::of_request();
    let recordings =
        library::line_store::lines(&services.pool, lang, who.viewer(), &newest).await?;
    notes.write(|notes| {
        notes.lists(&found, now);
        notes.expires(day_begins(today.tomorrow().unwrap_or(today)));
        if let Some((_, lines)) = &line {
            notes.lists(lines, now);
        }
    });
    let next = found.first().zip(coming.first()).map(|(line, event)| NextEvent {
        line: line.line.clone(),
        summary: crate::markdown::to_text(&event.summary),
        in_days: today.until(line.line.when.first_day()).map_or(0, |span| span.get_days()),
    });
    Ok(HomePage {
        next,
        line: line.map(|(page, _)| page),
        coming: found.into_iter().map(|line| line.line).collect(),
        series,
        recordings,
        programmes,
    })
}
