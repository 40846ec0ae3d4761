//! The library as its page shows it. Pure.

use super::choices::Facet;
use crate::events::model::SpokenLanguage;
use crate::recordings::model::Audience;
use crate::recordings::search::model::Answer;
use crate::recordings::watching::model::Progress;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The picture before a recording is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poster {
    /// Its address.
    pub address: String,
    /// In pixels; 16 to 9 where nobody has measured it.
    pub width: i32,
    /// In pixels.
    pub height: i32,
}

/// A recording in a list, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingLine {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What is spoken.
    pub language: SpokenLanguage,
    /// How long it is, where that is known.
    pub duration_ms: Option<i32>,
    /// Its picture; only for who may see it.
    pub poster: Option<Poster>,
    /// For whom it is.
    pub audience: Audience,
    /// Whoever reads this list may see it.
    pub is_open: bool,
    /// The day of its event.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// Its event's slug; nothing where that has no page.
    pub event: Option<String>,
    /// What its series is called, or else its programme.
    pub home: String,
    /// Who speaks.
    pub speakers: Vec<String>,
    /// It is made up, to show what Stafett does.
    pub is_demonstration: bool,
    /// How far whoever reads this has come.
    pub progress: Option<Progress>,
}

/// A page of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryPage {
    /// The newest first.
    pub lines: Vec<RecordingLine>,
    /// How many there are with what is chosen, on all pages.
    pub total: u32,
    /// How many there are at all.
    pub all: u32,
    /// Which page this is, counted from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// What one can choose.
    pub facets: Vec<Facet>,
}

/// What the page of the library shows: one or the other, so that neither is asked for or sent without being shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// The newest.
    Newest(LibraryPage),
    /// What holds the words that were looked for.
    Found(Answer),
}
