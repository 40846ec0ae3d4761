//! What collides: two events at the same time that need the same person, the same room or the same people. Pure.

use crate::events::model::words;
use serde::{Deserialize, Serialize};

words! {
    /// What two events share that can only be in one place.
    Shared {
        Speaker = "speaker", Venue = "venue", Room = "room", Programme = "programme",
        Audience = "audience", Theme = "theme",
    }
}

words! {
    /// The sorts of clashes that a list can be narrowed to.
    What { Speakers = "speakers", Rooms = "rooms", Groups = "groups" }
}

impl Shared {
    /// The sort that it is of. Who follows a programme, whom it is for, and who cares for a theme are those whom an
    /// event is for.
    #[must_use]
    pub const fn what(self) -> What {
        match self {
            Self::Speaker => What::Speakers,
            Self::Venue | Self::Room => What::Rooms,
            Self::Programme | Self::Audience | Self::Theme => What::Groups,
        }
    }
}

/// Two events at the same time that share something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The places of both in the list of events, the earlier first.
    pub pair: (usize, usize),
    /// What they share, and its name where that may be told.
    pub shared: Vec<(Shared, String)>,
    /// For the picture: where each begins and ends, in percent of the time from the first to the last.
    pub spans: [(u8, u8); 2],
}

impl Clash {
    /// Something of this sort is shared.
    #[must_use]
    pub fn is_of(&self, what: What) -> bool {
        self.shared.iter().any(|(shared, _)| shared.what() == what)
    }

    /// The other one of the two.
    #[must_use]
    pub const fn other(&self, at: usize) -> Option<usize> {
        if self.pair.0 == at {
            Some(self.pair.1)
        } else if self.pair.1 == at {
            Some(self.pair.0)
        } else {
            None
        }
    }
}

/// What is looked at to find clashes; only the server knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The instants between which it takes place; `None` where only the date is known.
    pub time: Option<(i64, i64)>,
    /// Whoever looks organises it.
    pub is_mine: bool,
    /// Those who speak: number and name.
    pub speakers: Vec<(i64, String)>,
    /// The room.
    pub venue: Option<String>,
    /// Where that is.
    pub address: Option<String>,
    /// The address of the digital room. It is no secret from those who organise one of both.
    pub room: Option<String>,
    /// Number and name of the programme.
    pub programme: (i64, String),
    /// Whom the programme is for.
    pub audience: Option<String>,
    /// Number and name of each theme.
    pub themes: Vec<(i64, String)>,
}

/// What collides among events in the order of their beginnings.
#[must_use]
pub fn clashes(needs: &[Needs]) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for (at, one) in needs.iter().enumerate() {
        let Some((from, to)) = one.time else { continue };
        for (other_at, other) in needs.iter().enumerate().skip(at + 1) {
            let Some((other_from, other_to)) = other.time else { continue };
            // One that ends when the next begins leaves the room to it; and all others begin later still.
            if other_from >= to {
                break;
            }
            let shared = shared(one, other);
            if !shared.is_empty() {
                let spans = spans((from, to), (other_from, other_to));
                clashes.push(Clash { pair: (at, other_at), shared, spans });
            }
        }
    }
    clashes
}

/// The words of both where they say the same.
fn same<'a>(one: Option<&'a str>, other: Option<&str>) -> Option<&'a str> {
    let (one, other) = (one?.trim(), other?.trim());
    (!one.is_empty() && one.to_lowercase() == other.to_lowercase()).then_some(one)
}

fn shared(one: &Needs, other: &Needs) -> Vec<(Shared, String)> {
    let both = |one: &[(i64, String)], other: &[(i64, String)], what: Shared| -> Vec<_> {
        one.iter()
            .filter(|(id, _)| other.iter().any(|(other, _)| other == id))
            .map(|(_, name)| (what, name.clone()))
            .collect()
    };
    let mut shared = both(&one.speakers, &other.speakers, Shared::Speaker);
    // "Stora salen" is in many towns: an address that is another makes it another room.
    let elsewhere = |text: &Option<String>| text.as_deref().is_some_and(|it| !it.trim().is_empty());
    let is_elsewhere = elsewhere(&one.address)
        && elsewhere(&other.address)
        && same(one.address.as_deref(), other.address.as_deref()).is_none();
    if let Some(venue) = same(one.venue.as_deref(), other.venue.as_deref())
        && !is_elsewhere
    {
        shared.push((Shared::Venue, venue.to_owned()));
    }
    let may_know = one.is_mine || other.is_mine;
    if may_know && same(one.room.as_deref(), other.room.as_deref()).is_some() {
        shared.push((Shared::Room, String::new()));
    }
    if one.programme.0 == other.programme.0 {
        shared.push((Shared::Programme, one.programme.1.clone()));
    } else if let Some(audience) = same(one.audience.as_deref(), other.audience.as_deref()) {
        shared.push((Shared::Audience, audience.to_owned()));
    }
    shared.extend(both(&one.themes, &other.themes, Shared::Theme));
    shared
}

fn spans(one: (i64, i64), other: (i64, i64)) -> [(u8, u8); 2] {
    let first = one.0.min(other.0);
    let whole = (one.1.max(other.1) - first).max(1);
    [one, other].map(|(from, to)| {
        let percent = |at: i64| u8::try_from((at - first) * 100 / whole).unwrap_or(100);
        (percent(from), percent(to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(from: i64, to: i64, programme: i64) -> Needs {
        let programme = (programme, format!("P{programme}"));
        Needs { time: Some((from, to)), programme, ..Needs::default() }
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn what_shares_a_person_or_a_room_at_the_same_time_collides() {
        let eva = vec![(7, "Eva Ek".to_owned())];
        let a = Needs { speakers: eva.clone(), venue: text("Stora salen"), ..event(0, 60, 1) };
        let b = Needs { speakers: eva.clone(), venue: text(" stora Salen "), ..event(30, 90, 2) };
        // Right after: no clash.
        let c = Needs { speakers: eva, ..event(90, 120, 3) };
        let found = clashes(&[a, b, c]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].shared,
            [(Shared::Speaker, "Eva Ek".to_owned()), (Shared::Venue, "Stora salen".to_owned())]
        );
        assert_eq!(found[0].spans, [(0, 66), (33, 100)]);
        assert!(found[0].is_of(What::Rooms) && !found[0].is_of(What::Groups));
        assert_eq!(
            (found[0].other(0), found[0].other(1), found[0].other(2)),
            (Some(1), Some(0), None)
        );
    }

    #[test]
    fn a_room_of_the_same_name_in_another_town_is_another_room() {
        let hall = |address: &str, programme| Needs {
            venue: text("Stora salen"),
            address: text(address),
            ..event(0, 60, programme)
        };
        assert!(clashes(&[hall("Torget 1, Lund", 1), hall("Torget 1, Umeå", 2)]).is_empty());
        assert_eq!(clashes(&[hall("Torget 1, Lund", 1), hall("", 2)]).len(), 1);
    }

    #[test]
    fn empty_rooms_are_no_room_and_unknown_times_no_time() {
        let nowhere =
            || Needs { venue: text(""), room: text(" "), audience: text(""), ..event(0, 60, 1) };
        let other = Needs { programme: (2, "P2".into()), ..nowhere() };
        assert!(clashes(&[nowhere(), other]).is_empty());
        assert!(clashes(&[nowhere(), Needs { time: None, ..nowhere() }]).is_empty());
        let found = clashes(&[nowhere(), nowhere()]);
        assert_eq!(found[0].shared, [(Shared::Programme, "P1".to_owned())]);
    }

    #[test]
    fn a_digital_room_is_told_to_those_who_know_it() {
        let meeting = |programme, is_mine| Needs {
            room: text("https://zoom.example/1"),
            is_mine,
            ..event(0, 60, programme)
        };
        assert!(clashes(&[meeting(1, false), meeting(2, false)]).is_empty());
        let found = clashes(&[meeting(1, false), meeting(2, true)]);
        assert_eq!(found[0].shared, [(Shared::Room, String::new())]);
    }

    #[test]
    fn those_whom_it_is_for_are_known_by_programme_audience_and_theme() {
        let needs = |programme, audience: &str, theme: i64| Needs {
            audience: text(audience),
            themes: vec![(theme, format!("T{theme}"))],
            ..event(0, 60, programme)
        };
        let found = clashes(&[needs(1, "Ledare", 1), needs(2, "ledare", 1), needs(3, "Alla", 2)]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].shared,
            [(Shared::Audience, "Ledare".to_owned()), (Shared::Theme, "T1".to_owned())]
        );
    }
}
