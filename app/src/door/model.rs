//! Who is expected at the door and who has come. Names and organisations, and nothing else of anybody. Pure.

use crate::events::model::{EventLine, Way, words};
use crate::signup::model::Status;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// So many are shown at once: whoever has more to choose from searches.
pub const SHOWN: usize = 60;
/// The longest that is looked for, in characters.
const LONGEST_SEARCH: usize = 100;

words! {
    /// Whether people can be checked in.
    Opening {
        /// The event's first day has not begun.
        NotYet = "not_yet",
        /// It is one of its days.
        Open = "open",
        /// Its last day is over: those who organise can still mend what was forgotten.
        Over = "over",
        /// The event is cancelled.
        Cancelled = "cancelled",
    }
}

/// When somebody came, and who let them in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// By the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// The steward's door, or the name of whoever organises.
    pub by: Option<String>,
}

/// Somebody who may come to the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// The number of the sign-up.
    pub id: i64,
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub organisation: String,
    /// How they take part.
    pub way: Way,
    /// What has become of the sign-up.
    pub status: Status,
    /// When they were checked in, once they are.
    pub came: Option<Came>,
    /// What stands in their code: a door that has no network knows them by it.
    pub ticket: String,
}

impl Guest {
    /// They have a place, whether they have come or not.
    #[must_use]
    pub const fn has_place(&self) -> bool {
        matches!(self.status, Status::Confirmed | Status::Attended | Status::NoShow)
    }

    /// They have come.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        matches!(self.status, Status::Attended)
    }

    /// What is searched of them: folded once, since a search goes through thousands at each key.
    #[must_use]
    pub fn text(&self) -> String {
        fold(&format!("{} {}", self.name, self.organisation))
    }
}

/// A steward's link, as those who organise see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorLink {
    /// Its number.
    pub id: i64,
    /// Who has it, or which door it is for.
    pub name: String,
    /// When it was made, by the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub made: DateTime,
    /// Who made it, while they have an account.
    pub by: Option<String>,
    /// How many were checked in with it.
    pub came: i64,
}

/// The door of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Of which event.
    pub line: EventLine,
    /// Whether people can be checked in now.
    pub opening: Opening,
    /// Whoever looks is let check people in.
    pub may_check_in: bool,
    /// Everybody who signed up, by name; or, where it is a part, those who changed.
    pub guests: Vec<Guest>,
    /// Only those are here who may have changed since the version that was asked for.
    pub is_part: bool,
    /// How many there are in all.
    pub count: usize,
    /// How new it is. What is asked for with it are the changes since then.
    pub version: i64,
    /// The stewards' links, for those who organise.
    pub links: Option<Vec<DoorLink>>,
}

/// How many are expected and have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Have come.
    pub here: usize,
    /// Have a place; those who have come among them.
    pub expected: usize,
}

impl Counts {
    /// Counts somebody who is expected at a door: where one can come, those who take part from afar are not, unless
    /// they have been let in.
    pub fn add(&mut self, guest: &Guest, is_hybrid: bool) {
        let is_afar = is_hybrid && guest.way == Way::Digital && guest.came.is_none();
        if guest.has_place() && !is_afar {
            self.expected += 1;
            self.here += usize::from(guest.is_here());
        }
    }
}

/// Who is shown for what is looked for: with nothing to look for, those who have a place; otherwise whoever every
/// word is a part of, so that somebody without a place is found and told so. `text` is what is searched of them.
#[must_use]
pub fn found(guest: &Guest, text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        guest.has_place()
    } else {
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// The words of what is looked for, as they are compared.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(LONGEST_SEARCH).collect();
    fold(&text).split_whitespace().map(str::to_owned).collect()
}

/// Without capitals and the marks over letters, so that "asa" finds Åsa; as `fold` does it in the database.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        // Marks that stand by themselves.
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
        .map(|letter| match letter {
            'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            'š' => 's',
            'ž' => 'z',
            other => other,
        })
        .collect()
}

/// The form that makes a steward's link, on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedLink {
    /// The name as it was typed.
    pub name: String,
    /// There was none.
    pub is_missing: bool,
    /// What opens the door, once it has been made.
    pub token: Option<String>,
}

#[cfg(test)]
mod model_tests {
    use super::*;

    fn guest(name: &str, status: Status, way: Way) -> Guest {
        let organisation = "Örebro kommun".to_owned();
        let (name, ticket) = (name.to_owned(), "0123456789ab".to_owned());
        Guest { id: 1, name, organisation, way, status, came: None, ticket }
    }

    #[test]
    fn parts_of_names_find_without_capitals_and_marks() {
        let asa = guest("Åsa Öberg", Status::Confirmed, Way::OnSite);
        for text in ["", "asa", "ÅSA ob", "oberg orebro", "A\u{30a}sa"] {
            assert!(found(&asa, &asa.text(), &search_words(text)), "{text}");
        }
        assert!(!found(&asa, &asa.text(), &search_words("asa umea")));
    }

    #[test]
    fn who_has_no_place_is_found_only_when_looked_for() {
        let bo = guest("Bo", Status::Waitlisted, Way::OnSite);
        let finds = |text| found(&bo, &bo.text(), &search_words(text));
        assert!(!finds(" ") && finds("bo"));
    }

    #[test]
    fn those_from_afar_are_not_expected_at_the_door_of_a_hybrid_event() {
        let guests = [
            guest("A", Status::Confirmed, Way::OnSite),
            guest("B", Status::Attended, Way::OnSite),
            guest("C", Status::Attended, Way::Digital),
            guest("D", Status::Waitlisted, Way::OnSite),
        ];
        let count = |is_hybrid| {
            let mut counts = Counts::default();
            guests.iter().for_each(|guest| counts.add(guest, is_hybrid));
            counts
        };
        assert_eq!(count(true), Counts { here: 1, expected: 2 });
        assert_eq!(count(false), Counts { here: 2, expected: 3 });
    }
}
