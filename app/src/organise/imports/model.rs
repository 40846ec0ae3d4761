//! Imports as their pages show them. Pure.

pub use super::rows::{Choice, Counts, Note, RowsAsked, ShownRow, Verdict, What};
use crate::events::model::{EventLine, Way, words};
use crate::text::Lang;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most bytes of a file.
pub const LARGEST_FILE: usize = 10 * 1_024 * 1_024;
/// The most rows of a file, its headings not counted.
pub const MOST_ROWS: usize = 20_000;
/// The most events of a file.
pub const MOST_EVENTS: usize = 5_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 100;
/// The most minutes that can be asked of who was there: a day.
pub const MOST_MINUTES: u32 = 1_440;
/// How many rows a page of the preview shows.
pub const PAGE: usize = 100;
/// So long an import can be undone, in hours.
pub const HOURS_TO_UNDO: i64 = 24;
/// So long a draft and its rows are kept, in days.
pub const DAYS_KEPT: i64 = 7;

words! {
    /// What is in a file.
    Kind {
        /// People who are to be signed up.
        People = "people",
        /// Who was there, as Zoom or Teams tells it.
        Attendance = "attendance",
        /// Events.
        Events = "events",
        /// The schedule of a conference.
        Schedule = "schedule",
    }
}

/// An import that is about no event in particular.
#[must_use]
pub const fn is_of_events(kind: Kind) -> bool {
    matches!(kind, Kind::Events | Kind::Schedule)
}

words! {
    /// How far an import has come.
    Stage {
        /// Nothing has been written.
        Draft = "draft",
        /// It is being written.
        Running = "running",
        /// It could not be carried through, and nothing was written.
        Failed = "failed",
        /// It has been written.
        Done = "done",
        /// It was written and taken back.
        Undone = "undone",
    }
}

words! {
    /// Why a file cannot be read at all.
    FileProblem {
        Missing = "missing", TooLarge = "too_large", Empty = "empty", NotText = "not_text",
        OldExcel = "old_excel", NotASpreadsheet = "not_a_spreadsheet", Swollen = "swollen",
        ManyColumns = "many_columns", ManyRows = "many_rows", Broken = "broken", NoHeadings = "no_headings",
        NotKnown = "not_known", NoTitles = "no_titles", NoDays = "no_days", ManyEvents = "many_events", Entities = "entities",
    }
}

/// A column of the file, and what it is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// What stands in it first, to know it by.
    pub sample: String,
    /// What it is taken for; empty for nothing.
    pub taken_for: String,
}

/// What a column can be taken for: its word in the form, and how it reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The word.
    pub word: String,
    /// What it says.
    pub text: String,
}

/// What was chosen of an import, kept with its draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What each column is taken for.
    pub columns: Vec<String>,
    /// Where they work who have nothing there.
    pub organisation: String,
    /// How they take part who have nothing there.
    pub way: String,
    /// The language of their mails.
    pub lang: Lang,
    /// Those, too, who have cancelled.
    pub gone_too: bool,
    /// They are mailed.
    pub mail: bool,
    /// Of a report of who was there: which sign-up a row is about, where that was chosen; 0 for nobody.
    pub matches: BTreeMap<i32, i64>,
    /// Who was there for fewer minutes was not there.
    pub least_minutes: u32,
    /// Who is not in the report did not come.
    pub absent: bool,
    /// Of events: the programme that they are made in, or the series in it.
    pub home: String,
}

/// An import in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub id: i64,
    /// What is in it.
    pub kind: Kind,
    /// How far it has come.
    pub stage: Stage,
    /// The file.
    pub file: String,
    /// When it was read, on the clock of the site.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// By whom.
    pub by: Option<String>,
    /// How many rows.
    pub rows: usize,
}

/// `/organise/events/{slug}/import`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportsPage {
    /// The event.
    pub line: EventLine,
    /// What was read in before, the latest first.
    pub earlier: Vec<Earlier>,
}

/// What an import belongs to, as its pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHome {
    /// The slug of the event; nothing for an import of events.
    pub slug: Option<String>,
    /// The title of the event, or the name of the programme.
    pub title: String,
    /// How one takes part in the event.
    pub ways: Vec<Way>,
}

impl ImportHome {
    /// The address of the page that files are read in on.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.slug {
            Some(slug) => format!("/organise/events/{slug}/import"),
            None => "/organise/import".to_owned(),
        }
    }
}

/// `/organise/import`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventImportsPage {
    /// Programmes and series that events can be made in.
    pub homes: Vec<(String, String)>,
    /// What was read in before, the latest first.
    pub earlier: Vec<Earlier>,
}

/// What the form lacks before it can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lacks {
    /// Two columns are taken for the same.
    Doubled,
    /// No column has addresses.
    Email,
    /// No column has names.
    Name,
    /// The event is over or cancelled.
    Over,
    /// The event has not begun.
    NotBegun,
}

/// `/organise/events/{slug}/import/{id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// What it belongs to.
    pub home: ImportHome,
    /// The import.
    pub import: Earlier,
    /// How the file was understood.
    pub read_as: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// What they can be taken for.
    pub meanings: Vec<Meaning>,
    /// What was chosen.
    pub settings: Settings,
    /// What it lacks.
    pub lacks: Option<Lacks>,
    /// How many of each.
    pub counts: Counts,
    /// What is asked for.
    pub asked: RowsAsked,
    /// A page of them.
    pub rows: Vec<ShownRow>,
    /// Those of whom it has to be chosen who they are, at most a hundred.
    pub doubtful: Vec<ShownRow>,
    /// How many rows have been seen to, while it runs.
    pub progress: usize,
    /// It can still be undone.
    pub can_undo: bool,
    /// How many the undoing left alone.
    pub left_alone: usize,
    /// What was seen: what is confirmed is this.
    pub seen: String,
}

impl ImportPage {
    /// How many pages of rows there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.counts.of(self.asked.show).div_ceil(PAGE).max(1)
    }
}

words! {
    /// What is wrong with what was sent.
    Wrong {
        /// It has not been ticked that they know.
        Unagreed = "unagreed",
        /// What was looked at is not what it would be now.
        Moved = "moved",
    }
}

/// What was posted, on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedImport {
    /// Why the file cannot be read.
    pub file: Option<FileProblem>,
    /// What it was said to be.
    pub kind: Option<Kind>,
    /// What is wrong with the confirmation.
    pub wrong: Option<Wrong>,
    /// They are to be mailed.
    pub mail: bool,
    /// Where events were to be made.
    pub home: Option<String>,
}
