//! The form of chapters: rows of a time and two titles. Pure.

use crate::captions::chapters::MAX_TITLE;
use crate::captions::clock;
use crate::captions::model::Chapter;
use crate::events::model::words;
use serde::{Deserialize, Serialize};

/// So many chapters there are at most.
pub const MOST_CHAPTERS: usize = 200;

words! {
    /// What is wrong with a field.
    ChapterProblem {
        /// This is no time.
        NoTime = "no_time",
        /// Another chapter begins at the same moment.
        Twice = "twice",
        /// It is after the end of the recording.
        AfterEnd = "after_end",
        /// There is no title.
        NoTitle = "no_title",
        /// The title is too long.
        TooLong = "too_long",
        /// There are more than can be kept.
        TooMany = "too_many",
    }
}

/// A row as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterRow {
    /// When it begins.
    pub start: String,
    /// Its title in Swedish, or in the language of what was held.
    pub title_sv: String,
    /// Its title in English; may be empty.
    pub title_en: String,
}

impl ChapterRow {
    /// The row of a chapter.
    #[must_use]
    pub fn of(chapter: &Chapter) -> Self {
        Self {
            start: clock::write(chapter.start_ms),
            title_sv: chapter.title_sv.clone(),
            title_en: chapter.title_en.clone().unwrap_or_default(),
        }
    }

    /// Nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.start, &self.title_sv, &self.title_en].iter().all(|it| it.trim().is_empty())
    }
}

/// What is wrong, and where: which row from 0, and which of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// From 0.
    pub row: usize,
    /// `start`, `title_sv` or `title_en`.
    pub field: String,
    /// What.
    pub problem: ChapterProblem,
}

/// The rows of a form, in their order.
#[must_use]
pub fn rows(pairs: &[(String, String)]) -> Vec<ChapterRow> {
    let mut rows: Vec<ChapterRow> = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "start" => rows.push(ChapterRow { start: value.clone(), ..ChapterRow::default() }),
            "title_sv" => {
                if let Some(row) = rows.last_mut() {
                    row.title_sv.clone_from(value);
                }
            }
            "title_en" => {
                if let Some(row) = rows.last_mut() {
                    row.title_en.clone_from(value);
                }
            }
            _ => {}
        }
    }
    rows
}

/// The chapters of some rows, in the order of time; empty rows are none.
///
/// # Errors
/// Everything that is wrong with them.
pub fn read(rows: &[ChapterRow], duration_ms: Option<i32>) -> Result<Vec<Chapter>, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut chapters: Vec<Chapter> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let mut tell = |field: &str, problem| {
            wrong.push(Wrong { row: at, field: field.to_owned(), problem });
        };
        let start = clock::read(&row.start);
        match start {
            None => tell("start", ChapterProblem::NoTime),
            Some(start) if duration_ms.is_some_and(|end| start >= end) => {
                tell("start", ChapterProblem::AfterEnd);
            }
            Some(start) if chapters.iter().any(|it| it.start_ms == start) => {
                tell("start", ChapterProblem::Twice);
            }
            Some(_) => {}
        }
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (title_sv, title_en) = (one_line(&row.title_sv), one_line(&row.title_en));
        if title_sv.is_empty() {
            tell("title_sv", ChapterProblem::NoTitle);
        }
        for (field, title) in [("title_sv", &title_sv), ("title_en", &title_en)] {
            if title.chars().count() > MAX_TITLE {
                tell(field, ChapterProblem::TooLong);
            }
        }
        chapters.push(Chapter {
            start_ms: start.unwrap_or(-1),
            title_sv,
            title_en: (!title_en.is_empty()).then_some(title_en),
        });
    }
    if chapters.len() > MOST_CHAPTERS {
        let row = rows.len().saturating_sub(1);
        wrong.push(Wrong { row, field: "start".into(), problem: ChapterProblem::TooMany });
    }
    chapters.sort_by_key(|chapter| chapter.start_ms);
    if wrong.is_empty() { Ok(chapters) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(start: &str, sv: &str, en: &str) -> ChapterRow {
        ChapterRow { start: start.into(), title_sv: sv.into(), title_en: en.into() }
    }

    #[test]
    fn rows_become_chapters_in_order() {
        let pairs = [
            ("do", "save"),
            ("start", "1:00"),
            ("title_sv", " Frågor  och svar "),
            ("title_en", "Questions"),
            ("start", ""),
            ("title_sv", ""),
            ("title_en", ""),
            ("start", "0:00"),
            ("title_sv", "Välkomna"),
            ("title_en", ""),
        ];
        let pairs: Vec<_> = pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        let chapters = read(&rows(&pairs), Some(90_000)).unwrap();
        let told: Vec<_> = chapters
            .iter()
            .map(|it| (it.start_ms, it.title_sv.as_str(), it.title_en.as_deref()))
            .collect();
        assert_eq!(told, [(0, "Välkomna", None), (60_000, "Frågor och svar", Some("Questions"))]);
        assert_eq!(read(&[], None), Ok(vec![]));
        let again: Vec<_> = chapters.iter().map(ChapterRow::of).collect();
        assert_eq!(read(&again, None), Ok(chapters));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        use ChapterProblem::{AfterEnd, NoTime, NoTitle, TooLong, Twice};
        let rows = [
            row("x", "a", ""),
            row("0:01", "", "b"),
            row("0:01", "c", ""),
            row("9:00", "d", ""),
            row("0:05", &"e".repeat(301), &"f".repeat(301)),
        ];
        let told: Vec<_> = read(&rows, Some(60_000))
            .unwrap_err()
            .into_iter()
            .map(|it| (it.row, it.field, it.problem))
            .collect();
        let expect = |row, field: &str, problem| (row, field.to_owned(), problem);
        assert_eq!(
            told,
            [
                expect(0, "start", NoTime),
                expect(1, "title_sv", NoTitle),
                expect(2, "start", Twice),
                expect(3, "start", AfterEnd),
                expect(4, "title_sv", TooLong),
                expect(4, "title_en", TooLong),
            ]
        );
        let many: Vec<_> =
            (0..=MOST_CHAPTERS).map(|at| row(&format!("{at}:00"), "a", "")).collect();
        assert_eq!(read(&many, None).unwrap_err()[0].problem, ChapterProblem::TooMany);
    }
}
