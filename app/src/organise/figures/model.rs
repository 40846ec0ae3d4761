//! The figures of an event as the organiser's page draws and writes them. Pure.

use crate::events::model::{EventLine, Way};
use crate::organise::model::Mails;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// How many organisations stand in the ranking unless all are asked for.
pub const TOP: usize = 10;
/// How far the curve is from its beginning to now.
pub const WIDTH: u16 = 1_000;
/// As long as this, the curve has a step for each hour; beyond, for each day.
const HOURLY_SECONDS: i64 = 4 * 86_400;
/// No curve is shorter: one that begins now is not all at one place.
const SHORTEST_SECONDS: i64 = 3_600;

/// All figures of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The event.
    pub line: EventLine,
    /// Whoever looks may change it, and not only read.
    pub may_change: bool,
    /// The event's mails.
    pub mails: Mails,
    /// What holds the seats of each way.
    pub ways: Vec<WayFigures>,
    /// How it filled; `None` where nobody has signed up and sign-up has not opened.
    pub curve: Option<Curve>,
    /// The organisations of those with a place, the largest first: as many as were asked for.
    pub organisations: Vec<(String, u32)>,
    /// How many there are in all.
    pub organisations_in_all: usize,
    /// The counties in the order of their numbers.
    pub counties: Vec<County>,
}

/// Of the seats that are taken in one way, those that are not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayFigures {
    /// Which way.
    pub way: Way,
    /// Held until the organiser has said yes or no.
    pub requested: u32,
    /// Given to somebody in line who has time to say no.
    pub offered: u32,
}

/// What one step of the curve stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Step {
    /// What fits a curve between these instants.
    #[must_use]
    pub const fn between(begins: i64, ends: i64) -> Self {
        if ends - begins <= HOURLY_SECONDS { Self::Hour } else { Self::Day }
    }

    /// Its length.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }
}

/// How many had a place and how many stood in line, from the opening until now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curve {
    /// Its first moment, by the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub begins: DateTime,
    /// Its last: now, or the event's end.
    #[serde(with = "crate::wire::date_time")]
    pub ends: DateTime,
    /// What its points stand for.
    pub step: Step,
    /// Where something changed, in the order of time.
    pub points: Vec<Point>,
}

/// How it stood at the end of an hour or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The beginning of that hour or day.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// Where on the curve, from 0 to [`WIDTH`].
    pub x: u16,
    /// How many had a place.
    pub taken: i64,
    /// How many stood in line.
    pub waiting: i64,
}

impl Curve {
    /// The curve between two moments of the event's clock, of what changed in each hour or day.
    #[must_use]
    pub fn of(
        begins: DateTime,
        ends: DateTime,
        step: Step,
        changes: impl IntoIterator<Item = (DateTime, i64, i64)>,
    ) -> Self {
        let seconds = |from: DateTime, to: DateTime| to.duration_since(from).as_secs();
        let whole = seconds(begins, ends).max(SHORTEST_SECONDS);
        let (mut taken, mut waiting) = (0, 0);
        let mut points = Vec::new();
        for (at, more_taken, more_waiting) in changes {
            if (more_taken, more_waiting) == (0, 0) {
                continue;
            }
            taken += more_taken;
            waiting += more_waiting;
            // An hour counts once it is over; the one that it is now counts now.
            let until = (seconds(begins, at) + step.seconds()).clamp(0, whole);
            let x = u16::try_from(until * i64::from(WIDTH) / whole).unwrap_or(WIDTH);
            points.push(Point { at, x, taken, waiting });
        }
        Self { begins, ends, step, points }
    }

    /// The most that it reaches.
    #[must_use]
    pub fn highest(&self) -> i64 {
        self.points.iter().map(|point| point.taken.max(point.waiting)).max().unwrap_or(0)
    }

    /// Where it stands now.
    #[must_use]
    pub fn last(&self) -> (i64, i64) {
        self.points.last().map_or((0, 0), |point| (point.taken, point.waiting))
    }

    /// One of its lines as the path of a drawing that is [`WIDTH`] wide and `height` high for `top` people.
    #[must_use]
    pub fn path(&self, height: i64, top: i64, of: fn(&Point) -> i64) -> String {
        use std::fmt::Write as _;
        let y = |value: i64| height - value * height / top.max(1);
        let mut path = format!("M0 {height}");
        for point in &self.points {
            // Writing into a text cannot fail.
            let _ = write!(path, "H{}V{}", point.x, y(of(point)));
        }
        let _ = write!(path, "H{WIDTH}");
        path
    }
}

/// The number at the top of a drawing that shows so many: a round one, a little above.
#[must_use]
pub fn top_of(highest: i64) -> i64 {
    let highest = highest.max(4);
    let mut unit = 1;
    loop {
        for times in [4, 6, 8, 10, 12, 16, 20, 24, 30] {
            if highest <= times * unit {
                return times * unit;
            }
        }
        unit *= 10;
    }
}

/// A county.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct County {
    /// Its number at Statistics Sweden.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its municipalities by name, each with how many have a place.
    pub municipalities: Vec<(String, u32)>,
}

impl County {
    /// How many of its municipalities are reached.
    #[must_use]
    pub fn reached(&self) -> usize {
        self.municipalities.iter().filter(|(_, people)| *people > 0).count()
    }
}

/// Where a county stands on the map of tiles, and the letters that it is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its number.
    pub code: &'static str,
    /// Its letters.
    pub letters: &'static str,
    /// From the west.
    pub column: u8,
    /// From the north.
    pub row: u8,
}

const fn tile(code: &'static str, letters: &'static str, column: u8, row: u8) -> Tile {
    Tile { code, letters, column, row }
}

/// The counties as they lie, each a tile, from north to south.
pub const TILES: [Tile; 21] = [
    tile("25", "BD", 2, 0),
    tile("24", "AC", 2, 1),
    tile("23", "Z", 1, 2),
    tile("22", "Y", 2, 2),
    tile("20", "W", 1, 3),
    tile("21", "X", 2, 3),
    tile("17", "S", 0, 4),
    tile("18", "T", 1, 4),
    tile("19", "U", 2, 4),
    tile("03", "C", 3, 4),
    tile("14", "O", 0, 5),
    tile("05", "E", 1, 5),
    tile("04", "D", 2, 5),
    tile("01", "AB", 3, 5),
    tile("13", "N", 0, 6),
    tile("06", "F", 1, 6),
    tile("08", "H", 2, 6),
    tile("09", "I", 3, 6),
    tile("12", "M", 0, 7),
    tile("07", "G", 1, 7),
    tile("10", "K", 2, 7),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::HashSet;

    #[test]
    fn what_leaves_goes_down_again() {
        let day = |n| date(2027, 1, n).at(0, 0, 0, 0);
        let changes = [(day(1), 3, 0), (day(2), 0, 0), (day(3), -1, 2)];
        let curve = Curve::of(day(1), day(5), Step::Day, changes);
        let at: Vec<_> = curve.points.iter().map(|it| (it.x, it.taken, it.waiting)).collect();
        assert_eq!(at, [(250, 3, 0), (750, 2, 2)]);
        assert_eq!((curve.highest(), curve.last()), (3, (2, 2)));
        assert_eq!(curve.path(100, 4, |point| point.taken), "M0 100H250V25H750V50H1000");
    }

    #[test]
    fn what_is_not_over_counts_now() {
        let at = |hour, minute| date(2027, 1, 1).at(hour, minute, 0, 0);
        let curve =
            Curve::of(at(8, 0), at(12, 30), Step::Hour, [(at(7, 0), 1, 0), (at(12, 0), 1, 0)]);
        assert_eq!(curve.points.iter().map(|it| it.x).collect::<Vec<_>>(), [0, WIDTH]);
        let now = Curve::of(at(8, 0), at(8, 0), Step::Hour, [(at(8, 0), 2, 0)]);
        assert_eq!(now.points[0].x, WIDTH);
    }

    #[test]
    fn the_top_is_a_round_number_not_far_above() {
        for (highest, top) in [(0, 4), (4, 4), (5, 6), (41, 60), (100, 100), (4_800, 6_000)] {
            assert_eq!(top_of(highest), top, "{highest}");
        }
    }

    #[test]
    fn every_county_has_a_tile_of_its_own() {
        let places: HashSet<_> = TILES.iter().map(|tile| (tile.column, tile.row)).collect();
        let letters: HashSet<_> = TILES.iter().map(|tile| tile.letters).collect();
        assert_eq!((places.len(), letters.len()), (21, 21));
    }
}
