//! Files of recordings: where they lie, and how they are served. docs/recordings.md says more.

mod captions;
mod conditions;
mod pieces;
mod range;
mod s3;
pub(crate) mod serve;
pub mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use conditions::http_date;

use crate::router::State;
use axum::Router;
use axum::routing::get;

/// The addresses of files. They are the same in both languages.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/media/{key}", get(serve::file))
        .route("/media/captions/{file}", get(captions::track))
}
