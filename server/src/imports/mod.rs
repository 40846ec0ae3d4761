//! Files that organisers read in: how they come, how they are understood, and the forms of their pages. What is
//! made of them is in `app/src/organise/imports/`.

mod attendance;
mod csv;
mod deeds;
mod encoding;
mod event_list;
mod events;
#[cfg(test)]
mod events_bad_tests;
#[cfg(test)]
mod events_tests;
mod ics;
mod ics_line;
mod receive;
mod schedule;
mod schedule_json;
mod schedule_room;
#[cfg(test)]
mod schedule_tests;
mod schedule_xml;
mod table;
#[cfg(test)]
mod table_tests;
mod upload;
mod xlsx;

use crate::router::State;
use axum::Router;
use axum::routing::post;

/// The addresses that the forms post to. A GET there is a page.
pub fn forms(prefix: &str) -> Router<State> {
    use crate::pages::page;
    let imports = format!("{prefix}/organise/events/{{slug}}/import");
    Router::new()
        .route(&imports, post(upload::people).get(page))
        .route(&format!("{imports}/{{id}}"), post(deeds::act).get(page))
        .route(&format!("{prefix}/organise/import"), post(events::read).get(page))
        .route(&format!("{prefix}/organise/import/{{id}}"), post(events::act).get(page))
}
