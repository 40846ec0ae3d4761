//! What an event is to be: a sheet that has been read.

use super::model::{Sheet, TimeKind};
use crate::events::model::{Format, Kind, SpokenLanguage, Way};

/// One part of the programme of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// How long it takes.
    pub minutes: i32,
    /// What happens.
    pub title_sv: String,
    /// The same in English.
    pub title_en: Option<String>,
}

/// Somebody who speaks: by the name in the list, or new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// As it stands in the list, or the name of somebody new.
    pub name: String,
    /// What somebody new works as.
    pub role: Option<String>,
    /// Where somebody new works.
    pub organisation: Option<String>,
}

/// A material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its number, if it has one.
    pub id: Option<i64>,
    /// `link`, `slides` …
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// A sentence about it.
    pub about_sv: Option<String>,
    /// The same in English.
    pub about_en: Option<String>,
    /// It is promised, and not here yet.
    pub is_announced: bool,
}

/// What an event is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventEdit {
    /// Its programme.
    pub programme: i64,
    /// Its series.
    pub series: Option<i64>,
    /// What sort.
    pub kind: Kind,
    /// When it begins, as an instant.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// How its time is given.
    pub time_kind: TimeKind,
    /// How one meets.
    pub format: Option<Format>,
    /// The ways of taking part and their seats.
    pub seats: Vec<(Way, Option<u32>)>,
    /// What is spoken.
    pub language: SpokenLanguage,
    /// What is spoken afterwards.
    pub dialogue: Option<SpokenLanguage>,
    /// When sign-up opens.
    pub opens_at: Option<i64>,
    /// When it closes.
    pub closes_at: Option<i64>,
    /// Whom to ask.
    pub contact: Option<Speaker>,
    /// Themes, by their slugs.
    pub themes: Vec<String>,
    /// Municipalities, by their names.
    pub municipalities: Vec<String>,
    /// What happens.
    pub slots: Vec<Slot>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// What there is to read.
    pub materials: Vec<Thing>,
    /// The plain texts, which are only looked at for their length.
    pub texts: Sheet,
}

impl EventEdit {
    /// A plain text; `None` if it is empty.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        Some(self.texts.get(field)).filter(|text| !text.is_empty())
    }

    /// Only facts of the event itself are others: it is at home where it was, and all its parts are as they were.
    #[must_use]
    pub fn has_parts_of(&self, was: &Self) -> bool {
        (self.programme, self.series) == (was.programme, was.series)
            && (&self.seats, &self.contact) == (&was.seats, &was.contact)
            && (&self.themes, &self.municipalities) == (&was.themes, &was.municipalities)
            && (&self.slots, &self.speakers) == (&was.slots, &was.speakers)
            && self.materials == was.materials
    }
}
