//! The rows of an import as they are shown: what becomes of each, what there is to say of it, and which are asked
//! for. Pure.

use crate::events::model::words;
use crate::signup::model::Status;
use serde::{Deserialize, Serialize};

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
    /// What there is to say of a row.
    What {
        NoName = "no_name", NoEmail = "no_email", BadEmail = "bad_email", NoOrganisation = "no_organisation",
        TooLong = "too_long", Unreadable = "unreadable", NoWay = "no_way", BadWay = "bad_way",
        Twice = "twice", Already = "already", Cancelled = "cancelled", Again = "again",
        BadAnswer = "bad_answer", InLine = "in_line",
        Minutes = "minutes", NotSignedUp = "not_signed_up", Doubtful = "doubtful", LeftOut = "left_out",
        IsGuest = "is_guest", SamePerson = "same_person", TooShort = "too_short", AlreadyThere = "already_there",
        HasNoPlace = "has_no_place",
        Field = "field", SameUid = "same_uid", Unchanged = "unchanged", CancelledThere = "cancelled_there",
        OneOfSeveral = "one_of_several", FirstOnly = "first_only", WithoutEnd = "without_end", BadTime = "bad_time",
        Talks = "talks", Overlaps = "overlaps", TooManyTalks = "too_many_talks",
        TooManySpeakers = "too_many_speakers", BadTalk = "bad_talk", Cut = "cut", MoreLeftOut = "more_left_out",
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

impl What {
    /// The row is carried out all the same.
    #[must_use]
    pub const fn lets_pass(self) -> bool {
        matches!(
            self,
            Self::FirstOnly
                | Self::Talks
                | Self::Overlaps
                | Self::TooManyTalks
                | Self::TooManySpeakers
                | Self::BadTalk
                | Self::Cut
                | Self::MoreLeftOut
        )
    }
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
    /// Of an event what it is called in English, if it has a name there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
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

    /// What stands in the address after the question mark.
    #[must_use]
    pub fn parameters(self) -> String {
        self.query().trim_start_matches('?').to_owned()
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
