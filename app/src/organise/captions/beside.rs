//! What stands beside an editor: which recording it is of, and the film itself. Pure.

use serde::{Deserialize, Serialize};

/// A recording, for whoever edits something of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Its address's word.
    pub slug: String,
    /// Its title in the language of the page.
    pub title: String,
    /// How long it is, in milliseconds, where that is known.
    pub duration_ms: Option<i32>,
    /// The file to play, if there is one.
    pub film: Option<Film>,
}

/// What can be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    /// Where it is.
    pub address: String,
    /// There is something to see.
    pub has_picture: bool,
}
