//! Captions that come too early or too late are moved; those that drift are stretched, too: two moments, and where they
//! ought to be, say how. To the millisecond, in whole numbers.

use super::markup;
use super::model::Cue;
use serde::{Deserialize, Serialize};

/// A moment of the captions, and where it is in the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Where it is now.
    pub from_ms: i32,
    /// Where it ought to be; below zero is before the beginning.
    pub to_ms: i32,
}

/// How times are changed: a straight line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retiming {
    first: Anchor,
    /// By how much the second anchor is later than the first: now, and as it ought to be. Both above zero.
    span: (i64, i64),
}

/// Why two moments say nothing of how to move the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NoLine {
    /// They are the same moment.
    #[error("both anchors are the same moment")]
    SameMoment,
    /// What is said first would come last.
    #[error("time would run backwards")]
    Reversed,
    /// More than ten times as long, or less than a tenth: one of them is a slip.
    #[error("more than ten times longer or shorter")]
    TooFar,
}

impl Retiming {
    /// Moves everything by as much as one moment.
    #[must_use]
    pub const fn shift(anchor: Anchor) -> Self {
        Self { first: anchor, span: (1, 1) }
    }

    /// Moves and stretches so that both moments come where they ought to be.
    ///
    /// # Errors
    /// If no sensible line goes through both.
    pub fn stretch(one: Anchor, other: Anchor) -> Result<Self, NoLine> {
        let (first, second) =
            if one.from_ms <= other.from_ms { (one, other) } else { (other, one) };
        let from = i64::from(second.from_ms) - i64::from(first.from_ms);
        let to = i64::from(second.to_ms) - i64::from(first.to_ms);
        if from == 0 {
            return Err(NoLine::SameMoment);
        }
        if to <= 0 {
            return Err(NoLine::Reversed);
        }
        if to > from.saturating_mul(10) || from > to.saturating_mul(10) {
            return Err(NoLine::TooFar);
        }
        Ok(Self { first, span: (from, to) })
    }

    /// Where a moment comes, rounded to the nearest millisecond; below zero if it is before the beginning.
    #[must_use]
    pub fn at(self, time_ms: i32) -> i64 {
        let (from, to) = (i128::from(self.span.0), i128::from(self.span.1));
        let after = i128::from(time_ms) - i128::from(self.first.from_ms);
        let moved = (2 * after * to + from).div_euclid(2 * from);
        i64::try_from(moved + i128::from(self.first.to_ms)).unwrap_or(i64::MAX)
    }

    fn kept(self, time_ms: i32) -> i32 {
        i32::try_from(self.at(time_ms).max(0)).unwrap_or(i32::MAX)
    }
}

/// Captions that were moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retimed {
    /// Those that there still are, in order.
    pub cues: Vec<Cue>,
    /// Those that would be over before the beginning, or begin after the end: as they were.
    pub fell_off: Vec<Cue>,
    /// How many begin before the beginning or end after the end, and were cut there.
    pub cut: usize,
}

/// Moves all cues. `duration_ms` is how long the recording is, where that is known.
#[must_use]
pub fn retime(cues: &[Cue], how: Retiming, duration_ms: Option<i32>) -> Retimed {
    let mut retimed = Retimed::default();
    let last = i64::from(duration_ms.unwrap_or(i32::MAX));
    for cue in cues {
        let (start, end) = (how.at(cue.start_ms), how.at(cue.end_ms));
        if end <= 0 || start >= last {
            retimed.fell_off.push(cue.clone());
            continue;
        }
        retimed.cut += usize::from(start < 0 || end > last);
        let start = start.max(0);
        // What was short is not nothing.
        let end = end.min(last).max(start + 1);
        let within = |time| i32::try_from(time).unwrap_or(i32::MAX);
        retimed.cues.push(Cue {
            start_ms: within(start),
            end_ms: within(end),
            marked: cue.marked.as_deref().map(|text| moved(text, how)),
            ..cue.clone()
        });
    }
    retimed
}

/// The times within a cue's text move with it.
fn moved(text: &str, how: Retiming) -> String {
    markup::parse(text).map_times(|time| how.kept(time)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn anchor(from_ms: i32, to_ms: i32) -> Anchor {
        Anchor { from_ms, to_ms }
    }

    fn cue(start: i32, end: i32) -> Cue {
        Cue::plain(start, end, None, "Hej")
    }

    fn spans(cues: &[Cue]) -> Vec<(i32, i32)> {
        cues.iter().map(|cue| (cue.start_ms, cue.end_ms)).collect()
    }

    #[test]
    fn a_shift_moves_all_by_the_same_and_tells_what_falls_off() {
        let cues = [cue(0, 1_000), cue(1_500, 3_000), cue(2_000, 2_001), cue(9_000, 9_500)];
        let moved = retime(&cues, Retiming::shift(anchor(2_000, 0)), Some(7_200));
        assert_eq!(spans(&moved.cues), [(0, 1_000), (0, 1), (7_000, 7_200)]);
        assert_eq!(spans(&moved.fell_off), [(0, 1_000)]);
        assert_eq!(moved.cut, 2);
        let later = retime(&cues, Retiming::shift(anchor(0, 7_000)), Some(8_500));
        assert_eq!(spans(&later.cues), [(7_000, 8_000)]);
        assert_eq!(spans(&later.fell_off), [(1_500, 3_000), (2_000, 2_001), (9_000, 9_500)]);
    }

    #[test]
    fn two_moments_stretch_all_between_and_beyond() {
        // 25 frames a second shown as 23.976.
        let how = Retiming::stretch(anchor(0, 0), anchor(959, 1_000)).unwrap();
        assert_eq!(how.at(3_600_000), 3_753_910);
        let how = Retiming::stretch(anchor(10_000, 12_000), anchor(20_000, 23_000)).unwrap();
        let moved = retime(&[cue(10_000, 15_000), cue(20_000, 30_000)], how, None);
        assert_eq!(spans(&moved.cues), [(12_000, 17_500), (23_000, 34_000)]);
        // Whichever is given first.
        assert_eq!(Retiming::stretch(anchor(20_000, 23_000), anchor(10_000, 12_000)), Ok(how));
    }

    #[test]
    fn no_line_is_told() {
        let stretch = |a, b| Retiming::stretch(a, b).unwrap_err();
        assert_eq!(stretch(anchor(1, 2), anchor(1, 3)), NoLine::SameMoment);
        assert_eq!(stretch(anchor(1, 2), anchor(5, 2)), NoLine::Reversed);
        assert_eq!(stretch(anchor(1, 9), anchor(5, 2)), NoLine::Reversed);
        assert_eq!(stretch(anchor(0, 0), anchor(1, 11)), NoLine::TooFar);
        assert_eq!(stretch(anchor(0, 0), anchor(11, 1)), NoLine::TooFar);
    }

    #[test]
    fn a_short_cue_stays_and_times_within_the_text_move() {
        let how = Retiming::stretch(anchor(0, 0), anchor(10_000, 1_000)).unwrap();
        let mut short = cue(1_000, 1_001);
        short.marked = Some("<00:00:01.000>Hej".into());
        let moved = retime(&[short], how, None);
        assert_eq!(spans(&moved.cues), [(100, 101)]);
        assert_eq!(moved.cues[0].marked.as_deref(), Some("<00:00:00.100>Hej"));
    }

    #[test]
    fn the_largest_numbers_do_no_harm() {
        let how =
            Retiming::stretch(anchor(i32::MIN, i32::MIN), anchor(i32::MAX, i32::MAX)).unwrap();
        assert_eq!(how.at(i32::MAX), i64::from(i32::MAX));
        let how = Retiming::shift(anchor(i32::MIN, i32::MAX));
        let moved = retime(&[cue(0, i32::MAX)], how, None);
        assert_eq!(moved.fell_off.len(), 1);
    }
}
