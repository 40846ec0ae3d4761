//! What is not as it should be with a cue. Only what WebVTT cannot hold keeps captions from being saved; the rest is for
//! whoever edits to judge. Pure.

use super::sheet::{Row, Sheet};
use crate::captions::model::{MAX_MARKED, MAX_SPEAKER, MAX_WORDS};

/// Most people read so many characters a second with ease; beyond that captions are hard to follow.
pub const FASTEST: i32 = 20;
/// So many lines a cue has at most.
pub const MOST_LINES: usize = 2;
/// And a line so many characters.
pub const LONGEST_LINE: usize = 42;

/// What is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It ends before it begins, or at that very moment. WebVTT has no such cue.
    EndsFirst,
    /// There are no words in it.
    NoWords,
    /// It has more words than a cue can have.
    TooLong,
    /// The speaker's name is longer than a name.
    LongSpeaker,
    /// It begins before the one above it.
    Backwards,
    /// It is not over when the next one begins.
    Overlap,
    /// So many characters a second is too quick to read.
    TooFast(i32),
    /// It has so many lines.
    ManyLines(usize),
    /// A line of it has so many characters.
    LongLine(usize),
}

impl Warning {
    /// It cannot be saved like that.
    #[must_use]
    pub const fn forbids(self) -> bool {
        matches!(self, Self::EndsFirst | Self::NoWords | Self::TooLong | Self::LongSpeaker)
    }
}

/// What is not as it should be with the row at `at`, the worst first.
#[must_use]
pub fn warnings(sheet: &Sheet, at: usize) -> Vec<Warning> {
    let rows = sheet.rows();
    let Some(row) = rows.get(at) else { return Vec::new() };
    let mut found = forbidden(row);
    let above = at.checked_sub(1).and_then(|at| rows.get(at));
    if above.is_some_and(|above| above.start_ms > row.start_ms) {
        found.push(Warning::Backwards);
    }
    if rows.get(at + 1).is_some_and(|next| next.start_ms < row.end_ms) {
        found.push(Warning::Overlap);
    }
    let words = row.words();
    let lines = || words.lines().map(str::trim).filter(|line| !line.is_empty());
    let speed = speed(&words, row.end_ms.saturating_sub(row.start_ms));
    if speed > FASTEST {
        found.push(Warning::TooFast(speed));
    }
    if lines().count() > MOST_LINES {
        found.push(Warning::ManyLines(lines().count()));
    }
    let longest = lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if longest > LONGEST_LINE {
        found.push(Warning::LongLine(longest));
    }
    found
}

/// What keeps a row from being saved.
#[must_use]
pub fn forbidden(row: &Row) -> Vec<Warning> {
    let mut found = Vec::new();
    if row.end_ms <= row.start_ms {
        found.push(Warning::EndsFirst);
    }
    let cue = row.cue();
    let length = |text: &str| text.chars().count();
    if cue.words.is_empty() {
        found.push(Warning::NoWords);
    }
    if length(&cue.words) > MAX_WORDS || cue.marked.is_some_and(|it| length(&it) > MAX_MARKED) {
        found.push(Warning::TooLong);
    }
    if cue.speaker.is_some_and(|it| length(&it) > MAX_SPEAKER) {
        found.push(Warning::LongSpeaker);
    }
    found
}

/// The first row that cannot be saved, if there is one.
#[must_use]
pub fn first_forbidden(sheet: &Sheet) -> Option<usize> {
    sheet.rows().iter().position(|row| !forbidden(row).is_empty())
}

/// Characters a second, rounded up.
fn speed(words: &str, length_ms: i32) -> i32 {
    if length_ms <= 0 {
        return 0;
    }
    let characters = words.chars().filter(|c| *c != '\n').count();
    let characters = i64::try_from(characters).unwrap_or(i64::MAX);
    let speed = characters.saturating_mul(1_000).saturating_add(i64::from(length_ms) - 1);
    i32::try_from(speed / i64::from(length_ms)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::model::Cue;

    fn told(cues: &[(i32, i32, &str)], at: usize) -> Vec<Warning> {
        let cues: Vec<_> = cues.iter().map(|it| Cue::plain(it.0, it.1, None, it.2)).collect();
        warnings(&Sheet::of(&cues), at)
    }

    #[test]
    fn a_cue_as_it_should_be_is_not_spoken_of() {
        assert_eq!(
            told(&[(0, 2_000, "Det är i mötet\nsom idéer får luft."), (2_000, 3_000, "Ja.")], 0),
            []
        );
        assert_eq!(told(&[(0, 1_000, "12345678901234567890")], 0), []);
        assert_eq!(told(&[], 0), []);
    }

    #[test]
    fn each_fault_is_told() {
        use Warning::{Backwards, EndsFirst, LongLine, ManyLines, NoWords, Overlap, TooFast};
        let over = [(2_000, 4_000, "Ett"), (1_000, 3_000, "Två"), (5_000, 6_000, "Tre")];
        assert_eq!(told(&over, 0), [Overlap]);
        assert_eq!(told(&over, 1), [Backwards]);
        assert_eq!(told(&[(5, 5, "Hej")], 0), [EndsFirst]);
        assert_eq!(told(&[(0, 1_000, " ")], 0), [NoWords]);
        assert_eq!(told(&[(0, 1_000, "123456789012345678901")], 0), [TooFast(21)]);
        assert_eq!(told(&[(0, 9_000, "a\nb\nc")], 0), [ManyLines(3)]);
        assert_eq!(told(&[(0, 9_000, &"å".repeat(43))], 0), [LongLine(43)]);
    }

    #[test]
    fn only_what_webvtt_cannot_hold_forbids() {
        let rows = [(2_000, 1_000, "Ett"), (0, 9_000, "Två"), (0, 1, "Tre")];
        let cues: Vec<_> = rows.iter().map(|it| Cue::plain(it.0, it.1, None, it.2)).collect();
        assert_eq!(first_forbidden(&Sheet::of(&cues)), Some(0));
        assert_eq!(first_forbidden(&Sheet::of(&cues[1..])), None);
        let long = Cue::plain(0, 1, Some(&"n".repeat(MAX_SPEAKER + 1)), &"x".repeat(MAX_WORDS + 1));
        let row = Sheet::of(&[long]);
        assert_eq!(forbidden(&row.rows()[0]), [Warning::TooLong, Warning::LongSpeaker]);
    }
}
