//! What lists that leave the site say with figures and names in them.

use super::{Lang, ListWords, number};
use crate::organise::lists::model::Sheet;

impl Lang {
    /// The fixed texts of lists that leave the site.
    #[must_use]
    pub const fn list_words(self) -> &'static ListWords {
        match self {
            Self::Sv => &ListWords::SV,
            Self::En => &ListWords::EN,
        }
    }

    /// What a list for paper is called.
    #[must_use]
    pub const fn sheet(self, sheet: Sheet) -> &'static str {
        match sheet {
            Sheet::Participants => self.pick("Deltagarlista", "List of participants"),
            Sheet::Door => self.pick("Dörrlista", "Door list"),
            Sheet::Badges => self.pick("Namnskyltar", "Badges"),
        }
    }

    /// That a list is longer than what is printed at once.
    #[must_use]
    pub fn left_out(self, people: usize) -> String {
        let figure = number(self, i64::try_from(people).unwrap_or(i64::MAX));
        match self {
            Self::Sv => format!(
                "{figure} till får inte plats här. Filtrera listan och skriv ut den i delar."
            ),
            Self::En => {
                format!("{figure} more do not fit here. Filter the list and print it in parts.")
            }
        }
    }

    /// What the file with a list is called, before the event and the day.
    #[must_use]
    pub const fn list_file(self) -> &'static str {
        self.pick("anmalda", "sign-ups")
    }
}
