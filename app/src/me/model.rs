//! What a participant's own pages show.

use crate::events::model::{EventLine, Phase};
use crate::recordings::library::model::RecordingLine;
use crate::recordings::watching::model::MyWatching;
use crate::signup::model::Status;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// When the way into a meeting is open, counted from the moment in which the server wrote the page: whatever clock the
/// reader's machine goes by, it is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Seconds until it begins; negative once it has.
    pub begins_in: i64,
    /// Seconds until it ends.
    pub ends_in: i64,
}

impl Times {
    /// Whether one is let in, so many seconds after the page was written, where the doors open `doors` seconds before
    /// the beginning.
    #[must_use]
    pub const fn is_open(self, after: i64, doors: i64) -> bool {
        after >= self.begins_in - doors && after < self.ends_in
    }
}

/// One of one's own places, or places in line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPlace {
    /// What one has signed up for.
    pub line: EventLine,
    /// In how many days it begins.
    pub in_days: i32,
    /// When it begins and ends.
    pub times: Times,
    /// There is a meeting that one may be sent on to: one has a place, takes part digitally, and the organiser has
    /// said where it is.
    pub may_join: bool,
    /// There is a code to show at the door.
    pub has_ticket: bool,
    /// `Requested`, `Confirmed`, `Waitlisted`, or `Attended` while it goes on.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// The secret of the sign-up's page, which is the person's own.
    pub token: String,
}

/// What a stop of a series is to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MyStopState {
    /// One was there.
    Taken,
    /// One had a place and was not there.
    Missed,
    /// It is over, and one had no place.
    Over,
    /// One has a place.
    Mine,
    /// One waits for a place: in line, or for the organiser's answer.
    Waiting,
    /// It is to come, and one has no place.
    Coming,
    /// It will not take place.
    Off,
}

impl MyStopState {
    /// What an event in this phase is to somebody whose sign-up stands so, if they have one.
    #[must_use]
    pub const fn of(phase: Phase, status: Option<Status>) -> Self {
        match (phase, status) {
            (Phase::Cancelled, _) => Self::Off,
            (_, Some(Status::Attended)) => Self::Taken,
            (Phase::Past, Some(Status::Confirmed | Status::NoShow)) => Self::Missed,
            (Phase::Past, _) => Self::Over,
            (_, Some(Status::Confirmed | Status::NoShow)) => Self::Mine,
            (_, Some(Status::Waitlisted | Status::Requested)) => Self::Waiting,
            (_, Some(Status::Cancelled | Status::Refused) | None) => Self::Coming,
        }
    }
}

/// A stop on one's own line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyStop {
    /// Its event's slug.
    pub slug: String,
    /// Its event's title.
    pub title: String,
    /// When it begins, by the clocks at its place.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
    /// What it is to this person.
    pub state: MyStopState,
    /// It is the next of the series.
    pub is_next: bool,
    /// The slug of a recording that this person may see, where they missed the stop.
    pub recording: Option<String>,
}

/// A series that one has, or had, a place in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySeries {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// In the order of time.
    pub stops: Vec<MyStop>,
}

impl MySeries {
    /// How many stops one was at.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.stops.iter().filter(|stop| stop.state == MyStopState::Taken).count()
    }

    /// At how many stops to come one has a place.
    #[must_use]
    pub fn places(&self) -> usize {
        self.stops.iter().filter(|stop| stop.state == MyStopState::Mine).count()
    }

    /// Whether a stop is over that was not cancelled.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        use MyStopState::{Missed, Over, Taken};
        self.stops.iter().any(|stop| matches!(stop.state, Taken | Missed | Over))
    }

    /// Whether anything is still to come.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.stops.iter().any(|stop| stop.is_next)
    }
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPage {
    /// What one is signed up for and is not over, in the order of time.
    pub places: Vec<MyPlace>,
    /// What is coming anyway, where one is signed up for nothing.
    pub coming: Vec<EventLine>,
    /// The series one has or had a place in; those that go on first.
    pub series: Vec<MySeries>,
    /// Recordings of what one had a place at and was not at, the latest first.
    pub missed: Vec<RecordingLine>,
    /// What they have begun to watch.
    pub watching: MyWatching,
    /// There is an organiser's side for them.
    pub organises: bool,
}

/// One's own calendar feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCalendar {
    /// Its whole address, if it is switched on.
    pub address: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stop_is_to_somebody() {
        use MyStopState as S;
        let of = MyStopState::of;
        assert_eq!(of(Phase::Past, Some(Status::Attended)), S::Taken);
        // Whoever has gone in was there, also while it goes on.
        assert_eq!(of(Phase::Closed, Some(Status::Attended)), S::Taken);
        assert_eq!(of(Phase::Past, Some(Status::Confirmed)), S::Missed);
        assert_eq!(of(Phase::Past, Some(Status::NoShow)), S::Missed);
        assert_eq!(of(Phase::Past, Some(Status::Waitlisted)), S::Over);
        assert_eq!(of(Phase::Past, None), S::Over);
        assert_eq!(of(Phase::Open, Some(Status::Confirmed)), S::Mine);
        assert_eq!(of(Phase::Open, Some(Status::Requested)), S::Waiting);
        assert_eq!(of(Phase::OpensLater, Some(Status::Cancelled)), S::Coming);
        assert_eq!(of(Phase::Preliminary, None), S::Coming);
        assert_eq!(of(Phase::Cancelled, Some(Status::Confirmed)), S::Off);
    }

    #[test]
    fn the_way_in_is_open_from_the_doors_to_the_end() {
        let times = Times { begins_in: 1_000, ends_in: 4_600 };
        assert!(!times.is_open(99, 900));
        assert!(times.is_open(100, 900));
        assert!(times.is_open(4_599, 900));
        assert!(!times.is_open(4_600, 900));
        assert!(Times { begins_in: -60, ends_in: 60 }.is_open(0, 900));
    }
}
