//! What one can do without being mailed about. Pure.

use crate::events::model::{EventLine, words};
use serde::{Deserialize, Serialize};

words! {
    /// A kind of mail that one may not want; its word is its name in forms.
    Wish {
        /// A reminder, the day before.
        Day = "day",
        /// A reminder, an hour before.
        Hour = "hour",
        /// That there is a recording of what one had been signed up for.
        Recording = "recording",
    }
}

/// What the link in a mail stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stoppable {
    /// The mail that sign-up opens for this event.
    Opening(Box<EventLine>),
    /// All mails of a kind.
    Wish {
        /// Which.
        wish: Wish,
        /// They have not been stopped yet.
        wanted: bool,
    },
}

/// A sign-up that one waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Its number, for ending it.
    pub id: i64,
    /// To what.
    pub event: EventLine,
}

/// The page of what one wants to be mailed about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishesPage {
    /// Where the mails go.
    pub email: String,
    /// What is wanted.
    pub wanted: Vec<Wish>,
    /// What one watches, in the order of time.
    pub watches: Vec<Watch>,
}
