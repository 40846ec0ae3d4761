//! What the planners' calendar shows. Pure.

use super::clash::{Clash, Shared, What};
use crate::events::model::State;
use crate::organise::plan::holidays::{Holiday, SchoolHoliday, holiday, school_holiday};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The most clashes that a list names; how many there are beyond is said.
pub const MOST_CLASHES: usize = 200;
/// The most that the form of an event names.
pub const MOST_COLLISIONS: usize = 8;
/// How many months ahead clashes are looked for.
pub const MONTHS_AHEAD: i32 = 12;

/// How the planners' calendar is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// A month of weeks and days.
    Month,
    /// What collides from the month on; only of one sort, where one is named.
    Clashes(Option<What>),
}

/// The address of a month, or of the list of what collides from it on, or of one sort of that.
#[must_use]
pub fn path(first: Date, view: View) -> String {
    let mut path = format!("/organise/calendar?month={}", month_word(first));
    if let View::Clashes(what) = view {
        path.push_str("&view=clashes");
        if let Some(what) = what {
            path.push_str("&what=");
            path.push_str(what.as_str());
        }
    }
    path
}

/// An event in the planners' calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedEvent {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// Its series or programme.
    pub home: String,
    /// What has been decided about it.
    pub state: State,
    /// Whoever looks organises it.
    pub is_mine: bool,
    /// When it begins, by the clocks at its place.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
    /// When it ends.
    #[serde(with = "crate::wire::date_time")]
    pub ends: DateTime,
    /// A time of day belongs to it.
    pub has_clock: bool,
}

impl PlannedEvent {
    /// The last day that it goes on. One that ends at midnight does not reach into the day that begins then.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let ends = self.ends.date();
        let at_midnight = self.ends.hour() == 0 && self.ends.minute() == 0;
        if at_midnight && ends > self.starts.date() {
            ends.yesterday().unwrap_or(ends)
        } else {
            ends
        }
    }
}

/// What an event shares with another at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collision {
    /// The other one.
    pub event: PlannedEvent,
    /// What they share, and its name where that may be told.
    pub shared: Vec<(Shared, String)>,
}

/// What collides with an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collisions {
    /// The first ones.
    pub shown: Vec<Collision>,
    /// How many there are in all.
    pub count: usize,
}

/// A month, or what collides from it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannerPage {
    /// The month's first day.
    #[serde(with = "crate::wire::date")]
    pub first: Date,
    /// The day it is.
    #[serde(with = "crate::wire::date")]
    pub today: Date,
    /// How it is looked at.
    pub view: View,
    /// The events that are shown, in the order of time.
    pub events: Vec<PlannedEvent>,
    /// What collides, in the order of time.
    pub clashes: Vec<Clash>,
    /// How many there are in all, and of each sort, in the order of [`What::ALL`].
    pub counts: (usize, Vec<usize>),
}

/// A week of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its number (ISO 8601).
    pub number: i8,
    /// The school holiday that is usual in it.
    pub school: Option<SchoolHoliday>,
    /// Its days, from Monday.
    pub days: Vec<(Date, Option<Holiday>)>,
}

/// The first and the last day of the weeks that a month is in.
#[must_use]
pub fn range(first: Date) -> (Date, Date) {
    let days = |count: i8| jiff::Span::new().days(i64::from(count));
    let last = first.last_of_month();
    let from = first.saturating_sub(days(first.weekday().to_monday_zero_offset()));
    let to = last.saturating_add(days(6 - last.weekday().to_monday_zero_offset()));
    (from, to)
}

/// The weeks of a month.
#[must_use]
pub fn weeks(first: Date) -> Vec<Week> {
    let (mut day, last) = range(first);
    let mut weeks = Vec::new();
    while day <= last {
        let mut days = Vec::with_capacity(7);
        let monday = day;
        for _ in 0..7 {
            days.push((day, holiday(day)));
            day = day.tomorrow().unwrap_or(day);
        }
        let (number, school) = (monday.iso_week_date().week(), school_holiday(monday));
        weeks.push(Week { number, school, days });
    }
    weeks
}

/// A month as an address has it: `2027-01`.
#[must_use]
pub fn month_word(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// The month of an address. Years beyond those that a programme can be planned in are no month.
#[must_use]
pub fn month_of(text: &str) -> Option<Date> {
    let date = crate::wire::date::read(&format!("{text}-01"))?;
    (1970..=2199).contains(&date.year()).then_some(date)
}

/// Another month, so many away; the same where there is none.
#[must_use]
pub fn months_from(first: Date, months: i32) -> Date {
    first.saturating_add(jiff::Span::new().months(months))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_whole_weeks() {
        let weeks = weeks(date(2027, 1, 1));
        assert_eq!(weeks.iter().map(|week| week.number).collect::<Vec<_>>(), [53, 1, 2, 3, 4]);
        assert_eq!(weeks[0].days[0].0, date(2026, 12, 28));
        assert_eq!(weeks[4].days[6].0, date(2027, 1, 31));
        assert_eq!(weeks[0].days[4].1, Some(Holiday::NewYear));
    }

    #[test]
    fn months_go_to_addresses_and_back() {
        assert_eq!(month_of("2027-02"), Some(date(2027, 2, 1)));
        assert_eq!(month_word(date(2027, 2, 1)), "2027-02");
        assert_eq!(months_from(date(2027, 1, 1), -1), date(2026, 12, 1));
        for bad in ["", "2027", "2027-13", "x-01", "0001-01", "2027-01-01"] {
            assert_eq!(month_of(bad), None, "{bad}");
        }
        assert_eq!(
            path(date(2027, 2, 1), View::Clashes(Some(What::Rooms))),
            "/organise/calendar?month=2027-02&view=clashes&what=rooms"
        );
    }

    #[test]
    fn what_ends_at_midnight_does_not_reach_into_the_next_day() {
        let mut event = PlannedEvent {
            slug: "e".into(),
            title: "E".into(),
            home: "P".into(),
            state: State::Draft,
            is_mine: true,
            starts: date(2027, 2, 1).at(0, 0, 0, 0),
            ends: date(2027, 2, 3).at(0, 0, 0, 0),
            has_clock: false,
        };
        assert_eq!(event.last_day(), date(2027, 2, 2));
        event.ends = date(2027, 2, 1).at(12, 0, 0, 0);
        assert_eq!(event.last_day(), date(2027, 2, 1));
    }

    #[test]
    fn the_view_comes_over_the_wire_as_it_was() {
        for view in [View::Month, View::Clashes(None), View::Clashes(Some(What::Speakers))] {
            let written = serde_json::to_string(&view).unwrap();
            assert_eq!(serde_json::from_str::<View>(&written).unwrap(), view, "{written}");
        }
    }
}
