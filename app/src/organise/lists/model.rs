//! What is printed, and of whom. Pure.

use crate::events::model::{EventLine, Way, words};
use crate::organise::people::model::Row;
use crate::organise::people::query::{PeopleQuery, Sort, Standing};
use crate::signup::questions::Question;
use serde::{Deserialize, Serialize};

/// The most people that are put on paper at once; the files have no such bound.
pub const MOST_PRINTED: usize = 5_000;

words! {
    /// What is printed; the word is the end of its address.
    Sheet {
        /// Who comes, from where, and what they answered.
        Participants = "participants",
        /// By family name, with a box to tick.
        Door = "door",
        /// To be cut out and worn.
        Badges = "badges",
    }
}

impl Sheet {
    /// The people on it: as far as the address does not say anything else, those with a place, and of an event
    /// that one can also follow from afar those who come to it.
    #[must_use]
    pub fn asked(self, asked: PeopleQuery, ways: &[Way]) -> PeopleQuery {
        let is_at_the_door = self != Self::Participants;
        let by_name = asked.sort.is_none() || is_at_the_door;
        let here = (is_at_the_door && ways.contains(&Way::OnSite)).then_some(Way::OnSite);
        PeopleQuery {
            standing: asked.standing.or(Some(Standing::Places)),
            way: asked.way.or(here),
            sort: if by_name { Some(Sort::Family) } else { asked.sort },
            descending: asked.descending && !by_name,
            page: 0,
            ..asked
        }
    }

    /// Its address for an event, in Swedish, with the same people.
    #[must_use]
    pub fn path(self, slug: &str, query: &PeopleQuery) -> String {
        query.under(&format!("/organise/events/{slug}/lists/{}", self.as_str()))
    }
}

/// A list as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Of which event.
    pub line: EventLine,
    /// The people on it, in their order.
    pub rows: Vec<Row>,
    /// How many there are of those that are asked for.
    pub matching: usize,
    /// What was asked, as far as whoever looks may read the answers.
    pub questions: Vec<Question>,
    /// One can take part in more than one way, and both are on it.
    pub is_mixed: bool,
}

/// A name in two: what comes before the family name, and that. Who has one name has no other. Only the last
/// word is taken for the family's, as Swedish lists do it: `von Essen` stands under E.
#[must_use]
pub fn split_name(name: &str) -> (&str, &str) {
    let name = name.trim();
    name.rsplit_once(char::is_whitespace)
        .map_or(("", name), |(given, family)| (given.trim_end(), family))
}

/// The letter that a name stands under; `#` where it begins with no letter. É stands under E; Å, Ä and Ö are
/// letters of their own.
#[must_use]
pub fn letter_of(name: &str) -> char {
    let first = split_name(name).1.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
    let upper = first.to_uppercase().next().unwrap_or(first);
    match upper {
        'À'..='Ã' => 'A',
        'Ç' | 'Č' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Õ' => 'O',
        'Š' => 'S',
        'Ù'..='Û' => 'U',
        'Ž' => 'Z',
        'Ü' => 'Y',
        'Æ' => 'Ä',
        'Ø' => 'Ö',
        upper if upper.is_alphabetic() => upper,
        _ => '#',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_the_familys() {
        assert_eq!(split_name("  Åsa  Maria Öberg "), ("Åsa  Maria", "Öberg"));
        assert_eq!(split_name("Carl von Essen"), ("Carl von", "Essen"));
        assert_eq!(split_name("Bo"), ("", "Bo"));
        assert_eq!(split_name(" "), ("", ""));
    }

    #[test]
    fn the_letter_that_a_name_stands_under() {
        for (name, letter) in [
            ("Åsa öberg", 'Ö'),
            ("Ann Édouard", 'E'),
            ("X 7", '#'),
            ("", '#'),
            ("Li (Vik)", 'V'),
            ("A Ångström", 'Å'),
        ] {
            assert_eq!(letter_of(name), letter, "{name}");
        }
    }

    #[test]
    fn paper_is_for_those_who_come_unless_somebody_else_is_asked_for() {
        let both = [Way::OnSite, Way::Digital];
        let door = Sheet::Door.asked(PeopleQuery::default(), &both);
        assert_eq!((door.standing, door.way), (Some(Standing::Places), Some(Way::OnSite)));
        assert_eq!(door.sort, Some(Sort::Family));
        assert_eq!(Sheet::Badges.asked(PeopleQuery::default(), &[Way::Digital]).way, None);
        let asked = PeopleQuery {
            standing: Some(Standing::Waitlisted),
            sort: Some(Sort::When),
            descending: true,
            page: 3,
            ..PeopleQuery::default()
        };
        let list = Sheet::Participants.asked(asked.clone(), &both);
        assert_eq!(list, PeopleQuery { page: 0, ..asked.clone() });
        let door = Sheet::Door.asked(asked, &both);
        assert_eq!(
            (door.standing, door.sort, door.descending),
            (Some(Standing::Waitlisted), Some(Sort::Family), false)
        );
    }
}
