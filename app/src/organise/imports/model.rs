//! Imports as their pages show them. Pure.

use crate::events::model::{EventLine, words};
use crate::signup::model::Status;
use crate::text::Lang;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most bytes of a file.
pub const LARGEST_FILE: usize = 10 * 1_024 * 1_024;
/// The most rows of a file, its headings not counted.
pub const MOST_ROWS: usize = 20_000;
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
    /// What becomes of a row.
    Verdict {
        /// Something new is made of it.
        Make = "make",
        /// Something that is there is changed.
        Change = "change",
        /// All is left as it is.
        Same = "same",
        /// It cannot be.
        Refuse = "refuse",
    }
}

words! {
    /// Why a file cannot be read at all.
    FileProblem {
        Missing = "missing", TooLarge = "too_large", Empty = "empty", NotText = "not_text",
        OldExcel = "old_excel", NotASpreadsheet = "not_a_spreadsheet", Swollen = "swollen",
        ManyColumns = "many_columns", ManyRows = "many_rows", Broken = "broken", NoHeadings = "no_headings",
        NotKnown = "not_known",
    }
}

words! {
    /// What there is to say of a row.
    What {
        NoName = "no_name", NoEmail = "no_email", BadEmail = "bad_email", NoOrganisation = "no_organisation",
        TooLong = "too_long", Unreadable = "unreadable", NoWay = "no_way", BadWay = "bad_way",
        Twice = "twice", Already = "already", Cancelled = "cancelled", Again = "again",
        BadAnswer = "bad_answer", InLine = "in_line",
        Minutes = "minutes", NotSignedUp = "not_signed_up", Doubtful = "doubtful", LeftOut = "left_out",
        IsGuest = "is_guest", SamePerson = "same_person", TooShort = "too_short", AlreadyThere = "already_there",
        HasNoPlace = "has_no_place",
    }
}

/// Something that there is to say of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub what: What,
    /// What stood there, or which question; may be empty.
    pub about: String,
    /// Which row, or which place in line.
    pub number: u32,
}

impl Note {
    /// One that needs no more words.
    #[must_use]
    pub const fn bare(what: What) -> Self {
        Self { what, about: String::new(), number: 0 }
    }

    /// One about something that stood there.
    #[must_use]
    pub fn about(what: What, about: &str) -> Self {
        Self { what, about: about.chars().take(100).collect(), number: 0 }
    }

    /// One with a number.
    #[must_use]
    pub const fn numbered(what: What, number: u32) -> Self {
        Self { what, about: String::new(), number }
    }
}

/// Somebody whom a row may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The number of the sign-up.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRow {
    /// Its line in the file.
    pub number: i32,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Whom or what it is about.
    pub title: String,
    /// The rest of it, in a line.
    pub detail: String,
    /// What somebody becomes by it.
    pub status: Option<Status>,
    /// What there is to say.
    pub notes: Vec<Note>,
    /// Whom it may be about, where that has to be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// How many rows there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Something is made.
    pub make: usize,
    /// Something is changed.
    pub change: usize,
    /// Nothing is.
    pub same: usize,
    /// They cannot be.
    pub refuse: usize,
    /// Of those that are made, how many stand in line.
    pub in_line: usize,
}

impl Counts {
    /// One more.
    pub const fn add(&mut self, verdict: Verdict, in_line: bool) {
        match verdict {
            Verdict::Make => self.make += 1,
            Verdict::Change => self.change += 1,
            Verdict::Same => self.same += 1,
            Verdict::Refuse => self.refuse += 1,
        }
        if in_line {
            self.in_line += 1;
        }
    }

    /// How many of these there are; without one, all.
    #[must_use]
    pub const fn of(&self, verdict: Option<Verdict>) -> usize {
        match verdict {
            None => self.make + self.change + self.same + self.refuse,
            Some(Verdict::Make) => self.make,
            Some(Verdict::Change) => self.change,
            Some(Verdict::Same) => self.same,
            Some(Verdict::Refuse) => self.refuse,
        }
    }

    /// How many rows something is written for.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.make + self.change
    }
}

/// What the rows of a preview are asked for by, as the address says it. What cannot be read is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAsked {
    /// Only these.
    pub show: Option<Verdict>,
    /// Which page, from 0.
    pub page: usize,
}

impl RowsAsked {
    /// From what stands in the address.
    #[must_use]
    pub fn read(show: Option<&str>, page: Option<&str>) -> Self {
        let page = page.and_then(|page| page.parse::<u16>().ok()).unwrap_or(1);
        Self { show: show.and_then(Verdict::parse), page: usize::from(page.max(1)) - 1 }
    }

    /// From the names and values of an address.
    #[must_use]
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let (mut show, mut page) = (None, None);
        for (name, value) in pairs {
            match name.as_ref() {
                "show" => show = Some(value.as_ref().to_owned()),
                "page" => page = Some(value.as_ref().to_owned()),
                _ => {}
            }
        }
        Self::read(show.as_deref(), page.as_deref())
    }

    /// What stands in the address after the path.
    #[must_use]
    pub fn query(self) -> String {
        let mut parts = Vec::new();
        if let Some(show) = self.show {
            parts.push(format!("show={}", show.as_str()));
        }
        if self.page > 0 {
            parts.push(format!("page={}", self.page + 1));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
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
    /// The event.
    pub line: EventLine,
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
}
