//! What came of what was done at the door. Pure.

use super::model::Came;
use crate::events::model::words;
use crate::signup::model::Status;
use serde::{Deserialize, Serialize};

words! {
    /// What came of what was done at the door.
    Done {
        /// They are checked in.
        In = "in",
        /// They were before.
        Already = "already",
        /// It was undone.
        Out = "out",
        /// They have no place.
        NoPlace = "no_place",
        /// They had a place, and cancelled.
        Cancelled = "cancelled",
        /// There is nobody like that here.
        Nobody = "nobody",
        /// The ticket is for another event.
        Elsewhere = "elsewhere",
        /// What was read or typed is no ticket.
        NoTicket = "no_ticket",
        /// It is not one of the event's days, or it is cancelled.
        Closed = "closed",
        /// A steward's link was made.
        Made = "made",
        /// A steward's link was revoked.
        Revoked = "revoked",
    }
}

impl Done {
    /// Why somebody who stands like this is not let in.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Cancelled => Self::Cancelled,
            Status::Attended => Self::Already,
            _ => Self::NoPlace,
        }
    }

    /// How plainly it has to be seen.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::In | Self::Out | Self::Made | Self::Revoked => Tone::Good,
            Self::Already => Tone::Mind,
            Self::NoPlace
            | Self::Cancelled
            | Self::Nobody
            | Self::Elsewhere
            | Self::NoTicket
            | Self::Closed => Tone::Stop,
        }
    }
}

/// How an answer is meant. It is said in words and by a sign before it is shown by a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Come in.
    Good,
    /// Look again.
    Mind,
    /// Not just so.
    Stop,
}

impl Tone {
    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "door-said good",
            Self::Mind => "door-said mind",
            Self::Stop => "door-said stop",
        }
    }
}

/// What came of it, as the server tells it to a page that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// In a word.
    pub done: Done,
    /// The number of the sign-up; 0 is nobody's.
    pub who: i64,
    /// What they are called: somebody may have signed up since the page read its list.
    pub name: Option<String>,
    /// When they came, and who let them in first.
    pub came: Option<Came>,
    /// It was this one that let them in first.
    pub is_first: bool,
}

impl Outcome {
    /// Of somebody who is known here, or of nobody.
    #[must_use]
    pub const fn new(done: Done, who: i64, name: Option<String>) -> Self {
        Self { done, who, name, came: None, is_first: false }
    }
}

/// So long what a door has kept may be sent after it happened, in seconds: a day, for a house without a network.
pub const LONGEST_KEPT: i64 = 24 * 3_600;

/// When something happened that a door tells of so many seconds later. Doors tell how long ago it was and not when,
/// since telephones have clocks of their own.
#[must_use]
pub const fn happened(seconds_ago: i64, now: i64) -> i64 {
    if seconds_ago < 0 {
        now
    } else if seconds_ago > LONGEST_KEPT {
        now - LONGEST_KEPT
    } else {
        now - seconds_ago
    }
}

#[cfg(test)]
mod outcome_tests {
    use super::*;

    #[test]
    fn a_doors_clock_is_believed_within_a_day() {
        assert_eq!(happened(0, 100_000), 100_000);
        assert_eq!(happened(90, 100_000), 99_910);
        assert_eq!(happened(-5, 100_000), 100_000);
        assert_eq!(happened(i64::MAX, 100_000), 13_600);
    }
}
