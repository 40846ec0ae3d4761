//! The people of an event as a table of a file: its columns, and the cells of each row. Read a part at a time, so
//! that a list of any length takes the same memory.

use crate::events::model::EventId;
use crate::organise::people::model::Row;
use crate::organise::people::store;
use crate::signup::questions::{Question, QuestionKind, YES};
use crate::text::Lang;
use jiff::civil::DateTime;
use sqlx::PgPool;

/// How many people are read at once.
pub const PART: usize = 1_000;

/// What stands in a place of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, whatever it looks like.
    Text(String),
    /// A number that we know to be one.
    Number(i64),
    /// A moment, on the clock of the event.
    At(DateTime),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// The columns of an event's table.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The language of the headings.
    pub lang: Lang,
    /// One can take part in more than one way.
    pub is_hybrid: bool,
    /// Whoever takes the list may read what only organisers may.
    pub is_organiser: bool,
    /// What is asked, as far as they may read the answers.
    pub questions: Vec<Question>,
}

impl Columns {
    /// The headings. A file that has no addresses has no column for them either.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        let texts = self.lang.list_words();
        let mut titles = vec![texts.name, texts.organisation];
        if self.is_organiser {
            titles.push(texts.email);
        }
        if self.is_hybrid {
            titles.push(texts.way);
        }
        titles.extend([texts.state, texts.position, texts.at]);
        let mut titles: Vec<String> = titles.into_iter().map(str::to_owned).collect();
        titles.extend(self.questions.iter().map(|question| question.label.clone()));
        if self.is_organiser {
            let last = [texts.needs, texts.reason, texts.mail_problem];
            titles.extend(last.map(str::to_owned));
        }
        titles
    }

    /// The cells of somebody, under their headings.
    #[must_use]
    pub fn cells(&self, row: &Row) -> Vec<Cell> {
        let mut cells = vec![Cell::text(&*row.name), Cell::text(&*row.organisation)];
        if self.is_organiser {
            cells.push(Cell::text(row.email.clone().unwrap_or_default()));
        }
        if self.is_hybrid {
            cells.push(Cell::text(self.lang.way(row.way)));
        }
        cells.push(Cell::text(self.lang.row_state(row.status)));
        cells.push(row.position.map_or(Cell::Empty, |position| Cell::Number(position.into())));
        cells.push(Cell::At(row.at));
        cells.extend(self.questions.iter().map(|question| self.answer(question, row)));
        if self.is_organiser {
            cells.push(Cell::text(row.needs.join(", ")));
            cells.push(Cell::text(row.reason.clone().unwrap_or_default()));
            cells.push(Cell::text(row.mail_problem.clone().unwrap_or_default()));
        }
        cells
    }

    fn answer(&self, question: &Question, row: &Row) -> Cell {
        let answers = row.answers.iter().filter(|answer| answer.question == question.id);
        let texts: Vec<&str> = answers
            .map(|answer| match question.kind {
                QuestionKind::Consent if answer.text == YES => self.lang.list_words().yes,
                // In the reader's language, where it can still be chosen.
                _ => question
                    .choices
                    .iter()
                    .find(|choice| choice.value == answer.text)
                    .map_or(answer.text.as_str(), |choice| choice.text.as_str()),
            })
            .collect();
        let number = (question.kind == QuestionKind::Number).then(|| texts.first()?.parse().ok());
        number.flatten().map_or_else(|| Cell::text(texts.join(", ")), Cell::Number)
    }
}

/// The people of a table, a part at a time. No connection is held while the reader takes its time.
pub struct Reading {
    pool: PgPool,
    event: EventId,
    left: std::vec::IntoIter<i64>,
    columns: Columns,
    readable: Vec<i64>,
}

impl Reading {
    /// Begins with these people.
    #[must_use]
    pub fn new(pool: PgPool, event: EventId, people: Vec<i64>, columns: Columns) -> Self {
        let readable = columns.questions.iter().map(|question| question.id).collect();
        Self { pool, event, left: people.into_iter(), columns, readable }
    }

    /// The next of them, each as the cells of a row; `None` when there are no more.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn next(&mut self) -> Result<Option<Vec<Vec<Cell>>>, sqlx::Error> {
        let part: Vec<i64> = self.left.by_ref().take(PART).collect();
        if part.is_empty() {
            return Ok(None);
        }
        let is_organiser = self.columns.is_organiser;
        let rows = store::rows(&self.pool, self.event, &part, &self.readable, is_organiser).await?;
        Ok(Some(rows.iter().map(|row| self.columns.cells(row)).collect()))
    }
}
