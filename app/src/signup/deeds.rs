//! What an organiser does to sign-ups, and can undo for a while. Pure.

use crate::events::model::{Way, words};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// So long something can be undone.
pub const MINUTES_TO_UNDO: i64 = 10;

words! {
    /// What was done.
    DeedKind {
        /// They were cancelled.
        Cancel = "cancel",
        /// They were given a place before others in line.
        Promote = "promote",
        /// They were signed up by hand.
        Add = "add",
        /// They were there.
        Attended = "attended",
        /// They did not come.
        NoShow = "no_show",
        /// Sign-up was opened.
        Open = "open",
        /// Sign-up was closed.
        Close = "close",
        /// Seats were added or taken away.
        Seats = "seats",
        /// They were moved to another event.
        Move = "move",
    }
}

impl DeedKind {
    /// It says who was there: no seat moves by it, and it is done when the event is over.
    #[must_use]
    pub const fn is_attendance(self) -> bool {
        matches!(self, Self::Attended | Self::NoShow)
    }
}

/// Something that was done, and can still be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// Its number.
    pub id: i64,
    /// What.
    pub kind: DeedKind,
    /// When, by the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// Who did it, while they have an account.
    pub by: Option<String>,
    /// To how many; nobody, where it was done to the event itself.
    pub people: usize,
    /// How many seats there were, and how many there are since.
    pub seats: Vec<SeatChange>,
    /// Where they were moved.
    pub to: Option<String>,
}

/// The seats of one way, before and after; nothing: as many as want to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatChange {
    /// Which way.
    pub way: Way,
    /// How many there were.
    pub was: Option<i32>,
    /// How many there are.
    pub became: Option<i32>,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// There are not seats enough; of undoing: they have gone to somebody else.
    Full,
    /// One of the people has changed something since.
    Changed,
    /// The event is cancelled or over, or it was too long ago.
    Over,
    /// The event has not begun.
    NotBegun,
}
