//! What the screen for the room says with figures in it.

use super::{Lang, ScreenWords, number};
use crate::events::model::Seats;

impl Lang {
    /// The fixed texts of the screen.
    #[must_use]
    pub const fn screen_words(self) -> &'static ScreenWords {
        match self {
            Self::Sv => &ScreenWords::SV,
            Self::En => &ScreenWords::EN,
        }
    }

    /// `12 av 40 har kommit`
    #[must_use]
    pub fn screen_come(self, here: i64, expected: i64) -> String {
        let (here, expected) = (number(self, here), number(self, expected));
        match self {
            Self::Sv => format!("{here} av {expected} har kommit"),
            Self::En => format!("{here} of {expected} have come"),
        }
    }

    /// The seats of each way: `40 platser, 12 kvar`
    #[must_use]
    pub fn seats_of(self, seats: &Seats) -> String {
        let is_one = seats.ways.len() == 1;
        let ways = seats.ways.iter().map(|way| {
            let words = self.way_seats(way);
            if is_one { words } else { format!("{}: {words}", self.way(way.way)) }
        });
        ways.collect::<Vec<_>>().join(". ")
    }
}
