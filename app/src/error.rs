//! The one error type that may cross to the browser. It says what a person can act on and nothing of
//! what happened inside; that goes to the log, once, where it is turned into one of these.

use crate::wire::TextJson;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a page or an action could not be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// There is nothing at this address (404).
    #[error("not found")]
    NotFound,
    /// What was sent makes no sense (400).
    #[error("bad request")]
    BadRequest,
    /// Nobody is signed in, and the page is somebody's (401).
    #[error("unauthorised")]
    Unauthorised,
    /// Whoever is signed in may not (403). What there is, and whether there is anything, is not told.
    #[error("forbidden")]
    Forbidden,
    /// The database or the network does not answer at the moment (503). Trying again is sensible.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours (500).
    #[error("internal error")]
    Internal,
}

impl AppError {
    /// The HTTP status that tells this error.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::BadRequest => 400,
            Self::Unauthorised => 401,
            Self::Forbidden => 403,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = TextJson;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unavailable,
            _ => Self::Internal,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<sqlx::Error> for AppError {
    /// Logs the error: this is the boundary at which a failure of the store is handled.
    fn from(error: sqlx::Error) -> Self {
        let unavailable = matches!(
            error,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed
        ) || is_shutting_down(&error);
        if unavailable {
            tracing::warn!(%error, "the database does not answer");
            Self::Unavailable
        } else {
            tracing::error!(%error, "a query failed");
            Self::Internal
        }
    }
}

/// Class 57P: the server is starting, stopping or has been killed.
#[cfg(feature = "ssr")]
fn is_shutting_down(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.code().map(|code| code.starts_with("57P")))
        .unwrap_or(false)
}
