//! What an event is, and the rules about its state, its seats and its hours. Pure: no clock, no I/O.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The number of an event in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub i64);

/// The readable part of an address: lower-case letters a to z, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// Longer ones are not made, so they are not looked up either.
    pub const MAX_LENGTH: usize = 120;

    /// `None` if the text cannot be a slug.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_LENGTH).contains(&text.len())
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        fits.then(|| Self(text.to_owned()))
    }

    /// The slug as it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Declares an enum whose members have one spelling in the database, in addresses and in JSON.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in the database and in addresses.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// `None` for a word that is none of these.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What sort of occasion it is.
    Kind { Seminar = "seminar", Webinar = "webinar", Workshop = "workshop", Conference = "conference", Course = "course" }
}

words! {
    /// How one meets.
    Format { Digital = "digital", OnSite = "on_site", Hybrid = "hybrid" }
}

words! {
    /// One way of taking part; a hybrid event has both.
    Way { Digital = "digital", OnSite = "on_site" }
}

words! {
    /// What the organiser has decided about the event.
    State { Draft = "draft", Preliminary = "preliminary", Published = "published", Cancelled = "cancelled", Held = "held" }
}

words! {
    /// A language that something is held in.
    SpokenLanguage { Swedish = "sv", English = "en" }
}

/// What a visitor can do with the event at one moment: the state, read against the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Announced; sign-up has no date, or one that is still to come.
    Preliminary,
    /// Published, and sign-up opens later.
    OpensLater,
    /// One can sign up.
    Open,
    /// Sign-up has closed; the event has not ended.
    Closed,
    /// It will not take place.
    Cancelled,
    /// It is over.
    Past,
}

/// The instants that decide an event's phase, in seconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// When it begins. Sign-up ends here at the latest.
    pub starts: i64,
    /// When it is over.
    pub ends: i64,
    /// When sign-up opens; `None`: as soon as it is published.
    pub opens: Option<i64>,
    /// When sign-up closes; `None`: when it begins.
    pub closes: Option<i64>,
}

impl Phase {
    /// The phase of an event that is in `state` and has these `hours`, at `now`.
    #[must_use]
    pub fn at(state: State, hours: Hours, now: i64) -> Self {
        match state {
            State::Cancelled => Self::Cancelled,
            State::Held => Self::Past,
            _ if now >= hours.ends => Self::Past,
            State::Draft | State::Preliminary => Self::Preliminary,
            State::Published if hours.opens.is_some_and(|opens| now < opens) => Self::OpensLater,
            State::Published if now >= hours.closes.unwrap_or(hours.starts).min(hours.starts) => {
                Self::Closed
            }
            State::Published => Self::Open,
        }
    }

    /// The next instant after `now` at which the phase changes by itself, if there is one.
    #[must_use]
    pub fn next_change(hours: Hours, now: i64) -> Option<i64> {
        [hours.opens, hours.closes, Some(hours.starts), Some(hours.ends)]
            .into_iter()
            .flatten()
            .filter(|&instant| instant > now)
            .min()
    }
}

/// The seats of one way of taking part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaySeats {
    /// Which way.
    pub way: Way,
    /// How many there are; `None`: as many as want to.
    pub capacity: Option<u32>,
    /// How many are taken.
    pub confirmed: u32,
    /// How many stand in line.
    pub waitlisted: u32,
}

impl WaySeats {
    /// Seats left; `None` when there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<u32> {
        self.capacity.map(|capacity| capacity.saturating_sub(self.confirmed))
    }

    /// Nobody more gets a seat: a new sign-up goes to the line. Those who wait go first, so a seat that
    /// is free while somebody waits is not free.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.left().is_some_and(|left| left == 0 || self.waitlisted > 0)
    }
}

/// The seats of an event, and how new the figures are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    /// One entry, or two for a hybrid event.
    pub ways: Vec<WaySeats>,
    /// Rises with every change of the seats: of two sets of figures the higher one is the newer.
    pub version: i64,
}

impl Seats {
    /// No way of taking part has a seat left.
    #[must_use]
    pub fn is_full(&self) -> bool {
        !self.ways.is_empty() && self.ways.iter().all(WaySeats::is_full)
    }

    /// The seats of one way.
    #[must_use]
    pub fn way(&self, way: Way) -> Option<&WaySeats> {
        self.ways.iter().find(|seats| seats.way == way)
    }
}

/// When an event is, as the clocks at its place show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// Its first minute.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
    /// The minute it ends.
    #[serde(with = "crate::wire::date_time")]
    pub ends: DateTime,
    /// It fills its days.
    pub all_day: bool,
    /// False where only the date is known.
    pub time_known: bool,
}

impl When {
    /// The day it begins on.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.starts.date()
    }

    /// The last day it touches: one that ends at midnight does not touch the day that begins there.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let last = self.ends.date();
        if self.ends.time() == jiff::civil::Time::midnight() && last > self.first_day() {
            last.yesterday().unwrap_or(last)
        } else {
            last
        }
    }

    /// A time of day belongs to it.
    #[must_use]
    pub fn has_clock(&self) -> bool {
        self.time_known && !self.all_day
    }
}

/// An event as one line of a list tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Its number.
    pub id: EventId,
    /// Its address is `/events/{slug}`.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// When.
    pub when: When,
    /// What sort.
    pub kind: Kind,
    /// How one meets; not always decided.
    pub format: Option<Format>,
    /// Where, in a word or two: the room's name, or the platform's.
    pub place: Option<String>,
    /// The series it belongs to.
    pub series: Option<String>,
    /// What one can do with it now.
    pub phase: Phase,
    /// Places.
    pub seats: Seats,
    /// Version of everything but the seats.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: Hours = Hours { starts: 1_000, ends: 2_000, opens: Some(100), closes: Some(900) };

    #[test]
    fn slugs() {
        for good in ["a", "10-ars-foljeforskning", "x9"] {
            assert!(Slug::parse(good).is_some(), "{good}");
        }
        for bad in ["", "..", "a--b", "-a", "a-", "Ä", "a/b", "a b", "A", &"a".repeat(121)] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn sign_up_opens_and_closes_to_the_second() {
        let at = |now| Phase::at(State::Published, HOURS, now);
        assert_eq!(at(99), Phase::OpensLater);
        assert_eq!(at(100), Phase::Open);
        assert_eq!(at(899), Phase::Open);
        assert_eq!(at(900), Phase::Closed);
        assert_eq!(at(1_999), Phase::Closed);
        assert_eq!(at(2_000), Phase::Past);
    }

    #[test]
    fn sign_up_never_outlasts_the_beginning() {
        let hours = Hours { opens: None, closes: Some(1_500), ..HOURS };
        assert_eq!(Phase::at(State::Published, hours, 1_000), Phase::Closed);
        let hours = Hours { opens: None, closes: None, ..HOURS };
        assert_eq!(Phase::at(State::Published, hours, 999), Phase::Open);
        assert_eq!(Phase::at(State::Published, hours, 1_000), Phase::Closed);
    }

    #[test]
    fn what_the_organiser_decided_comes_first() {
        assert_eq!(Phase::at(State::Cancelled, HOURS, 3_000), Phase::Cancelled);
        assert_eq!(Phase::at(State::Held, HOURS, 150), Phase::Past);
        assert_eq!(Phase::at(State::Preliminary, HOURS, 150), Phase::Preliminary);
    }

    #[test]
    fn the_next_change_is_the_nearest_instant_to_come() {
        assert_eq!(Phase::next_change(HOURS, 0), Some(100));
        assert_eq!(Phase::next_change(HOURS, 100), Some(900));
        assert_eq!(Phase::next_change(HOURS, 950), Some(1_000));
        assert_eq!(Phase::next_change(HOURS, 2_000), None);
    }

    #[test]
    fn a_free_seat_with_somebody_in_line_is_not_free() {
        let seats = WaySeats { way: Way::OnSite, capacity: Some(12), confirmed: 11, waitlisted: 1 };
        assert!(seats.is_full());
        assert!(!WaySeats { waitlisted: 0, ..seats }.is_full());
        assert!(!WaySeats { capacity: None, ..seats }.is_full());
        assert!(WaySeats { capacity: Some(0), confirmed: 0, waitlisted: 0, ..seats }.is_full());
    }

    #[test]
    fn an_event_that_ends_at_midnight_stays_on_its_day() {
        let day = jiff::civil::date(2022, 1, 21);
        let when = When {
            starts: day.at(0, 0, 0, 0),
            ends: day.tomorrow().unwrap().at(0, 0, 0, 0),
            all_day: true,
            time_known: true,
        };
        assert_eq!(when.last_day(), day);
    }
}
