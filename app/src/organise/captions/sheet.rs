//! Captions while they are edited: rows that can be changed in every way, and each change taken back. Pure. What is
//! typed stays as it was typed; only what is saved is tidied.

use crate::captions::markup;
use crate::captions::model::Cue;

/// So many changes can be taken back.
const MOST_UNDONE: usize = 200;

/// A cue as it is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// When it is shown, in milliseconds.
    pub start_ms: i32,
    /// When it is taken away.
    pub end_ms: i32,
    /// Who speaks, as it was typed. Of a row with marks it stands in the text.
    pub speaker: String,
    /// The words as they were typed; where there are marks, the cue text of WebVTT.
    pub text: String,
    /// The text has marks in it.
    pub has_marks: bool,
    /// The settings of WebVTT, which are kept as they are.
    pub settings: Option<String>,
    /// The name that it had in its file.
    pub identifier: Option<String>,
}

impl Row {
    fn of(cue: &Cue) -> Self {
        Self {
            start_ms: cue.start_ms,
            end_ms: cue.end_ms,
            speaker: cue.speaker.clone().unwrap_or_default(),
            text: cue.marked.clone().unwrap_or_else(|| cue.words.clone()),
            has_marks: cue.marked.is_some(),
            settings: cue.settings.clone(),
            identifier: cue.identifier.clone(),
        }
    }

    /// The cue that is saved. Nothing is left out: whether it may be saved is asked of [`super::warn`].
    #[must_use]
    pub fn cue(&self) -> Cue {
        let (start_ms, end_ms) = (self.start_ms, self.end_ms);
        let plain = Cue {
            settings: self.settings.clone(),
            identifier: self.identifier.clone(),
            ..Cue::plain(start_ms, end_ms, Some(&self.speaker), &self.text)
        };
        if !self.has_marks {
            return plain;
        }
        plain.clone().with_text(&markup::parse(&self.text)).unwrap_or(plain)
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        if self.has_marks { markup::parse(&self.text).words() } else { self.text.clone() }
    }

    /// Who speaks, as a list shows it.
    #[must_use]
    pub fn voice(&self) -> String {
        if self.has_marks {
            markup::parse(&self.text).only_voice().unwrap_or_default()
        } else {
            self.speaker.trim().to_owned()
        }
    }
}

/// Some rows in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice {
    at: usize,
    was: Vec<Row>,
    /// How many there are instead.
    count: usize,
    /// Of what kind it was, and of which row: typing on goes with what was typed before.
    typing: Option<(Part, usize)>,
}

/// What of a row is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The words.
    Text,
    /// Who speaks.
    Speaker,
}

/// All captions of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    rows: Vec<Row>,
    done: Vec<Splice>,
    undone: Vec<Splice>,
    /// Raised by every change, also by one that takes another back.
    changes: u64,
}

impl Sheet {
    /// The sheet of these cues.
    #[must_use]
    pub fn of(cues: &[Cue]) -> Self {
        Self { rows: cues.iter().map(Row::of).collect(), ..Self::default() }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A row.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(at)
    }

    /// How many changes there have been.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// The cues that are saved, in the order of time.
    #[must_use]
    pub fn cues(&self) -> Vec<Cue> {
        let mut cues: Vec<_> = self.rows.iter().map(Row::cue).collect();
        cues.sort_by_key(|cue| (cue.start_ms, std::cmp::Reverse(cue.end_ms)));
        cues
    }

    /// The row that is shown at a moment: the last of those that have begun and are not over.
    #[must_use]
    pub fn at_time(&self, time_ms: i32) -> Option<usize> {
        self.rows.iter().rposition(|row| (row.start_ms..row.end_ms).contains(&time_ms))
    }

    /// The last row that begins at a moment or before it.
    #[must_use]
    pub fn before(&self, time_ms: i32) -> Option<usize> {
        self.rows.iter().rposition(|row| row.start_ms <= time_ms)
    }

    fn splice(&mut self, at: usize, count: usize, rows: Vec<Row>, typing: Option<(Part, usize)>) {
        let at = at.min(self.rows.len());
        let end = at.saturating_add(count).min(self.rows.len());
        self.changes += 1;
        self.undone.clear();
        let goes_on = typing.is_some() && self.done.last().is_some_and(|it| it.typing == typing);
        let new = rows.len();
        let was: Vec<_> = self.rows.splice(at..end, rows).collect();
        if goes_on {
            return;
        }
        self.done.push(Splice { at, was, count: new, typing });
        if self.done.len() > MOST_UNDONE {
            self.done.remove(0);
        }
    }

    /// Types into a row.
    pub fn write(&mut self, at: usize, part: Part, text: &str) {
        let Some(row) = self.rows.get(at) else { return };
        let mut row = row.clone();
        let place = match part {
            Part::Text => &mut row.text,
            Part::Speaker => &mut row.speaker,
        };
        if place == text {
            return;
        }
        text.clone_into(place);
        self.splice(at, 1, vec![row], Some((part, at)));
    }

    /// Sets when a row begins and ends.
    pub fn set_times(&mut self, at: usize, start_ms: i32, end_ms: i32) {
        let Some(row) = self.rows.get(at) else { return };
        if (row.start_ms, row.end_ms) != (start_ms, end_ms) {
            let row = Row { start_ms, end_ms, ..row.clone() };
            self.splice(at, 1, vec![row], None);
        }
    }

    /// Makes two of a row: its words at this character, its time at `time_ms` if that is within, or in proportion. A row
    /// with marks is not split. Whether it was.
    pub fn split(&mut self, at: usize, character: usize, time_ms: i32) -> bool {
        let Some(row) = self.rows.get(at).filter(|row| !row.has_marks) else { return false };
        let count = row.text.chars().count();
        let before: String = row.text.chars().take(character).collect();
        let after: String = row.text.chars().skip(character).collect();
        let (before, after) = (before.trim(), after.trim());
        if before.is_empty() || after.is_empty() || row.end_ms - row.start_ms < 2 {
            return false;
        }
        let is_within = time_ms > row.start_ms && time_ms < row.end_ms;
        let part = || {
            let length = i64::from(row.end_ms) - i64::from(row.start_ms);
            let share = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            let part = length.saturating_mul(share(character)) / share(count).max(1);
            row.start_ms + i32::try_from(part.clamp(1, length - 1)).unwrap_or(1)
        };
        let middle = if is_within { time_ms } else { part() };
        let first = Row { end_ms: middle, text: before.to_owned(), ..row.clone() };
        let second =
            Row { start_ms: middle, text: after.to_owned(), identifier: None, ..row.clone() };
        self.splice(at, 1, vec![first, second], None);
        true
    }

    /// Makes one of a row and the next. Whether there was one.
    pub fn merge(&mut self, at: usize) -> bool {
        let (Some(one), Some(other)) = (self.rows.get(at), self.rows.get(at + 1)) else {
            return false;
        };
        let (start_ms, end_ms) = (one.start_ms.min(other.start_ms), one.end_ms.max(other.end_ms));
        let differ = one.voice() != other.voice();
        let merged = if one.has_marks || other.has_marks || differ {
            // Two voices in one cue are told apart by marks.
            let text = format!("{}\n{}", one.cue().text(), other.cue().text());
            let cue = Cue { start_ms, end_ms, ..one.cue() };
            match cue.with_text(&markup::parse(&text)) {
                Ok(cue) => Row::of(&cue),
                Err(_) => return false,
            }
        } else {
            let text = format!("{}\n{}", one.text.trim_end(), other.text.trim_start());
            Row { start_ms, end_ms, text, ..one.clone() }
        };
        self.splice(at, 2, vec![merged], None);
        true
    }

    /// Puts an empty row after another, or first where there is none; it begins at `time_ms` or where that one ends. Its
    /// place.
    pub fn insert(&mut self, after: Option<usize>, time_ms: i32) -> usize {
        const LENGTH_MS: i32 = 2_000;
        let before = after.and_then(|at| self.rows.get(at));
        let start_ms = before.map_or(time_ms, |row| time_ms.max(row.end_ms)).max(0);
        let at = after.map_or(0, |at| (at + 1).min(self.rows.len()));
        let next = self.rows.get(at).map(|row| row.start_ms).filter(|next| *next > start_ms);
        let end_ms = start_ms.saturating_add(LENGTH_MS);
        let end_ms = next.map_or(end_ms, |next| end_ms.min(next));
        let speaker = before.filter(|row| !row.has_marks).map(|row| row.speaker.clone());
        let row = Row { start_ms, end_ms, speaker: speaker.unwrap_or_default(), ..Row::default() };
        self.splice(at, 0, vec![row], None);
        at
    }

    /// Takes a row out.
    pub fn remove(&mut self, at: usize) {
        if at < self.rows.len() {
            self.splice(at, 1, Vec::new(), None);
        }
    }

    /// Other captions in the place of all of them, to be taken back as one change.
    pub fn replace_all(&mut self, cues: &[Cue]) {
        let rows: Vec<_> = cues.iter().map(Row::of).collect();
        if rows != self.rows {
            self.splice(0, self.rows.len(), rows, None);
        }
    }

    /// In the order of time. Where the row at `at` is then.
    pub fn sort(&mut self, at: usize) -> usize {
        let key = |row: &Row| (row.start_ms, std::cmp::Reverse(row.end_ms));
        if self.rows.is_sorted_by_key(key) {
            return at;
        }
        let mut order: Vec<_> = self.rows.iter().cloned().enumerate().collect();
        order.sort_by_key(|(_, row)| key(row));
        let to = order.iter().position(|(was, _)| *was == at).unwrap_or(at);
        let rows = order.into_iter().map(|(_, row)| row).collect();
        self.splice(0, self.rows.len(), rows, None);
        to
    }

    /// Takes the last change back: where it was. Nothing if there is none.
    pub fn undo(&mut self) -> Option<usize> {
        let last = self.done.pop()?;
        let back = self.turn(last);
        let at = back.at;
        self.undone.push(back);
        Some(at)
    }

    /// Does again what was taken back last: where it is.
    pub fn redo(&mut self) -> Option<usize> {
        let last = self.undone.pop()?;
        let forth = self.turn(last);
        let at = forth.at;
        self.done.push(forth);
        Some(at)
    }

    /// Does the opposite of a change, and says what the opposite of that is.
    fn turn(&mut self, splice: Splice) -> Splice {
        self.changes += 1;
        let Splice { at, was, count, .. } = splice;
        let new = was.len();
        let end = at.saturating_add(count).min(self.rows.len());
        let was = self.rows.splice(at.min(end)..end, was).collect();
        Splice { at, was, count: new, typing: None }
    }

    /// There is something to take back, and something to do again.
    #[must_use]
    pub const fn can(&self) -> (bool, bool) {
        (!self.done.is_empty(), !self.undone.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::{vtt, write};

    fn sheet(text: &str) -> Sheet {
        Sheet::of(&vtt::parse(text).unwrap().cues)
    }

    fn three() -> Sheet {
        sheet(
            "WEBVTT\n\n00:01.001 --> 00:02.000\n<v Anna>Hej på dig\n\n00:02.000 --> 00:04.003\n<v Anna>och alla andra\n\n\
             00:05.000 --> 00:06.000 line:0\n<v Bo>Hej <i>då</i>",
        )
    }

    fn texts(sheet: &Sheet) -> Vec<&str> {
        sheet.rows().iter().map(|row| row.text.as_str()).collect()
    }

    #[test]
    fn what_is_not_touched_is_saved_to_the_millisecond_as_it_was() {
        let text = "WEBVTT\n\nettan\n00:00:01.001 --> 00:00:02.999 line:0 align:start\n<v Anna>Hej <i>på</i> dig</v>\n\n\
            123:00:05.007 --> 123:00:06.000\nR&amp;D &lt;3\n";
        assert_eq!(write::vtt(&sheet(text).cues()), text);
    }

    #[test]
    fn typing_is_one_change_and_is_kept_as_typed_until_it_is_saved() {
        let mut sheet = three();
        for text in ["Hej ", "Hej då", "Hej då ", "Hej då \n"] {
            sheet.write(0, Part::Text, text);
        }
        assert_eq!(texts(&sheet)[0], "Hej då \n");
        assert_eq!(sheet.cues()[0].words, "Hej då");
        sheet.write(0, Part::Speaker, "Anna Ek");
        assert_eq!(sheet.undo(), Some(0));
        assert_eq!((texts(&sheet)[0], sheet.rows()[0].speaker.as_str()), ("Hej då \n", "Anna"));
        assert_eq!(sheet.undo(), Some(0));
        assert_eq!(texts(&sheet)[0], "Hej på dig");
        assert_eq!(sheet.undo(), None);
        sheet.redo();
        sheet.redo();
        assert_eq!((texts(&sheet)[0], sheet.rows()[0].speaker.as_str()), ("Hej då \n", "Anna Ek"));
        assert_eq!(sheet.can(), (true, false));
    }

    #[test]
    fn words_that_look_like_marks_are_words() {
        let mut sheet = three();
        sheet.write(0, Part::Text, "a <i>b</i> & c");
        assert_eq!(sheet.cues()[0].words, "a <i>b</i> & c");
        assert_eq!(sheet.cues()[0].marked, None);
        // Where there were marks they can be edited.
        sheet.write(2, Part::Text, "<v Bo>Hej <b>nu</b>");
        assert_eq!(sheet.cues()[2].words, "Hej nu");
        assert_eq!(sheet.cues()[2].speaker.as_deref(), Some("Bo"));
    }

    #[test]
    fn a_row_is_split_where_the_cursor_is_and_merged_again() {
        let mut sheet = three();
        assert!(sheet.split(1, 9, 3_000));
        assert_eq!(texts(&sheet)[1..3], ["och alla", "andra"]);
        assert_eq!((sheet.rows()[1].end_ms, sheet.rows()[2].start_ms), (3_000, 3_000));
        assert!(sheet.merge(1));
        assert_eq!(texts(&sheet)[1], "och alla\nandra");
        assert_eq!((sheet.rows()[1].start_ms, sheet.rows()[1].end_ms), (2_000, 4_003));
        // The player is elsewhere: in proportion.
        assert!(sheet.split(1, 7, 90_000));
        let middle = sheet.rows()[1].end_ms;
        assert!(middle > 2_500 && middle < 3_500, "{middle}");
        for (at, character) in [(0, 0), (0, 10), (0, 99), (3, 3), (9, 1)] {
            assert!(!sheet.split(at, character, 0), "{at} {character}");
        }
    }

    #[test]
    fn two_voices_in_one_row_are_told_apart() {
        let mut sheet = three();
        assert!(sheet.merge(1));
        let cue = &sheet.cues()[1];
        assert_eq!(cue.voices().len(), 2);
        assert_eq!(cue.words, "och alla andra\nHej då");
        assert!(!sheet.merge(1), "there is no next one");
        sheet.undo();
        assert_eq!(
            sheet,
            Sheet { done: vec![], undone: sheet.undone.clone(), changes: 2, ..three() }
        );
    }

    #[test]
    fn rows_come_and_go_and_come_back() {
        let mut sheet = three();
        assert_eq!(sheet.insert(Some(1), 0), 2);
        assert_eq!((sheet.rows()[2].start_ms, sheet.rows()[2].end_ms), (4_003, 5_000));
        assert_eq!(sheet.rows()[2].speaker, "Anna");
        sheet.remove(0);
        assert_eq!(sheet.rows().len(), 3);
        while sheet.undo().is_some() {}
        assert_eq!(sheet.rows(), three().rows());
        assert_eq!(Sheet::default().insert(None, 700), 0);
        sheet.replace_all(&[]);
        assert!(sheet.rows().is_empty());
        sheet.undo();
        assert_eq!(sheet.rows(), three().rows());
    }

    #[test]
    fn the_row_of_a_moment_is_found_and_rows_are_put_in_order() {
        let mut sheet = three();
        assert_eq!(sheet.at_time(1_000), None);
        assert_eq!(sheet.at_time(1_001), Some(0));
        assert_eq!(sheet.at_time(2_000), Some(1));
        assert_eq!(sheet.at_time(4_500), None);
        assert_eq!(sheet.before(4_500), Some(1));
        sheet.set_times(0, 9_000, 9_500);
        assert_eq!(sheet.sort(0), 2);
        assert_eq!(texts(&sheet)[2], "Hej på dig");
        assert_eq!(sheet.sort(2), 2);
    }

    #[test]
    fn no_more_changes_are_kept_than_can_be_taken_back() {
        let mut sheet = three();
        for time in 0..1_000 {
            sheet.set_times(0, 1_001, 3_000 + time);
        }
        assert_eq!(sheet.done.len(), MOST_UNDONE);
    }
}
