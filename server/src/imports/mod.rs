//! Files that organisers read in: how they come, how they are understood, and the forms of their pages. What is
//! made of them is in `app/src/organise/imports/`.

mod attendance;
mod csv;
mod deeds;
mod encoding;
mod receive;
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
}
