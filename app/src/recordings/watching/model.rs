//! What was watched, as intervals, and how much of a recording that is. Pure. Times are milliseconds from the
//! beginning.

use crate::recordings::library::model::RecordingLine;
use serde::{Deserialize, Serialize};

/// The most intervals that one report may have; a player that is jumped about in sends what it has every ten seconds.
pub const MOST_INTERVALS: usize = 500;
/// A recording whose length nobody knows is taken to be no longer than this: a day.
const LONGEST_MS: i32 = 86_400_000;
/// Whoever has come this close to the end has come to it: players stop a few pictures short.
const END_MS: i32 = 1_500;
/// Before this, one has not begun.
const BEGUN_MS: i32 = 5_000;
/// With so much watched, in percent, and the end reached, one is done.
const DONE_PERCENT: u8 = 95;

/// A part that was watched: its beginning, and its end, which is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// In milliseconds.
    pub from: i32,
    /// In milliseconds; later than `from`.
    pub to: i32,
}

/// What a player tells: where it is, and what has been played since it last told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Where it is.
    pub at_ms: i32,
    /// In order, and apart from each other.
    pub seen: Vec<Interval>,
}

/// What a player tells makes no sense; nothing of it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonsense;

impl Report {
    /// Reads what a player has sent: a number, and `0-12000,60000-61500`. What goes beyond the end of the recording is
    /// cut off there.
    ///
    /// # Errors
    /// [`Nonsense`] if something is no number, runs backwards, begins after the end, or is too much.
    pub fn read(at: &str, seen: &str, duration_ms: Option<i32>) -> Result<Self, Nonsense> {
        let end = duration_ms.unwrap_or(LONGEST_MS);
        let at_ms = number(at)?;
        // A player may be a moment ahead of what the file's length was taken to be.
        if at_ms > end.saturating_add(END_MS) {
            return Err(Nonsense);
        }
        let mut intervals = Vec::new();
        for part in seen.split(',').filter(|part| !part.is_empty()) {
            if intervals.len() == MOST_INTERVALS {
                return Err(Nonsense);
            }
            let (from, to) = part.split_once('-').ok_or(Nonsense)?;
            let (from, to) = (number(from)?, number(to)?);
            if from >= to || from >= end {
                return Err(Nonsense);
            }
            intervals.push(clip(Interval { from, to }, end));
        }
        Ok(Self { at_ms: at_ms.min(end), seen: union(intervals) })
    }

    /// As Postgres writes a multirange: `{[0,12000),[60000,61500)}`.
    #[must_use]
    pub fn multirange(&self) -> String {
        let parts: Vec<_> =
            self.seen.iter().map(|part| format!("[{},{})", part.from, part.to)).collect();
        format!("{{{}}}", parts.join(","))
    }
}

/// Digits alone: no sign, no fraction, nothing beyond what a time can be.
fn number(text: &str) -> Result<i32, Nonsense> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().map_err(|_| Nonsense) } else { Err(Nonsense) }
}

fn clip(part: Interval, end: i32) -> Interval {
    let reaches_end = part.to >= end.saturating_sub(END_MS);
    Interval { from: part.from, to: if reaches_end { end } else { part.to } }
}

/// The same, in order, with what overlaps or touches as one.
#[must_use]
pub fn union(mut parts: Vec<Interval>) -> Vec<Interval> {
    parts.sort_unstable();
    let mut joined: Vec<Interval> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.from <= last.to => last.to = last.to.max(part.to),
            _ => joined.push(part),
        }
    }
    joined
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where they were last.
    pub at_ms: i32,
    /// How much of it they have watched, whatever they did in between; nothing where its length is not known.
    pub percent: Option<u8>,
    /// They are at its end and have watched as good as all of it.
    pub is_done: bool,
}

impl Progress {
    /// Of somebody who is at `at_ms` and has watched so many milliseconds.
    #[must_use]
    pub fn of(at_ms: i32, watched_ms: Option<i64>, duration_ms: Option<i32>) -> Self {
        let whole = duration_ms.map(i64::from).filter(|whole| *whole > 0);
        let percent = whole.map(|whole| {
            let watched = watched_ms.unwrap_or_default().clamp(0, whole);
            u8::try_from(watched * 100 / whole).unwrap_or(100)
        });
        let is_at_end = duration_ms.is_some_and(|end| at_ms >= end.saturating_sub(END_MS));
        let is_done =
            percent == Some(100) || (is_at_end && percent.is_some_and(|part| part >= DONE_PERCENT));
        Self { at_ms, percent, is_done }
    }

    /// Where to go on: in the middle of it.
    #[must_use]
    pub const fn goes_on_at(&self) -> Option<i32> {
        if self.is_done || self.at_ms < BEGUN_MS { None } else { Some(self.at_ms) }
    }
}

/// What somebody's own page shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWatching {
    /// It is kept.
    pub is_kept: bool,
    /// There is something to empty.
    pub has_any: bool,
    /// What has been begun and not come to an end, the latest first.
    pub lines: Vec<RecordingLine>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(at: &str, seen: &str) -> Result<String, Nonsense> {
        Report::read(at, seen, Some(60_000)).map(|report| report.multirange())
    }

    #[test]
    fn what_was_watched_is_a_union() {
        assert_eq!(read("0", "").as_deref(), Ok("{}"));
        assert_eq!(read("9", "0-5000").as_deref(), Ok("{[0,5000)}"));
        let jumping = "20000-30000,0-5000,4000-6000,6000-7000,25000-26000";
        assert_eq!(read("9", jumping).as_deref(), Ok("{[0,7000),[20000,30000)}"));
    }

    #[test]
    fn it_ends_where_the_recording_does() {
        assert_eq!(read("60000", "50000-70000").as_deref(), Ok("{[50000,60000)}"));
        assert_eq!(read("59900", "50000-58500").as_deref(), Ok("{[50000,60000)}"), "as good as");
        assert_eq!(read("58000", "50000-58499").as_deref(), Ok("{[50000,58499)}"));
        let report = Report::read("61000", "", Some(60_000)).unwrap();
        assert_eq!(report.at_ms, 60_000);
        assert!(Report::read("86400000", "0-86400000", None).is_ok());
        assert!(Report::read("186400000", "", None).is_err());
    }

    #[test]
    fn nonsense_is_refused_whole() {
        for seen in [
            "5-5",
            "6-5",
            "-5-6",
            "+1-2",
            "1.5-2",
            "a-b",
            "0",
            "0-",
            "-",
            "0-1000;5-6",
            "60000-61000",
            "0-99999999999",
            "0-1000, 5-6",
            "[0,5)",
            "0-1000,6-5",
            "\u{661}-\u{662}",
        ] {
            assert_eq!(read("0", seen), Err(Nonsense), "{seen}");
        }
        for at in ["", "-1", "x", "1e3", "61501", "99999999999"] {
            assert_eq!(read(at, ""), Err(Nonsense), "{at}");
        }
        let many: Vec<_> =
            (0..=MOST_INTERVALS).map(|at| format!("{}-{}", at * 2, at * 2 + 1)).collect();
        assert_eq!(read("0", &many.join(",")), Err(Nonsense));
        assert!(read("0", &many[1..].join(",")).is_ok());
    }

    #[test]
    fn eighty_percent_is_eighty_percent() {
        let of = |watched| Progress::of(0, Some(watched), Some(60_000)).percent;
        assert_eq!(of(48_000), Some(80));
        assert_eq!(of(47_999), Some(79));
        assert_eq!(of(60_000), Some(100));
        assert_eq!(of(90_000), Some(100));
        assert_eq!(Progress::of(0, Some(5), None).percent, None);
    }

    #[test]
    fn one_goes_on_in_the_middle_alone() {
        let at = |at, watched| Progress::of(at, Some(watched), Some(60_000)).goes_on_at();
        assert_eq!(at(3_000, 3_000), None, "not begun");
        assert_eq!(at(30_000, 30_000), Some(30_000));
        assert_eq!(at(59_000, 57_000), None, "done");
        assert_eq!(at(59_000, 10_000), Some(59_000), "jumped to the end");
        assert_eq!(at(20_000, 60_000), None, "all of it has been seen");
        assert_eq!(Progress::of(9_000, None, None).goes_on_at(), Some(9_000));
    }
}
