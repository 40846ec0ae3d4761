//! A series, as its page and lists of series show it.

use crate::events::model::EventLine;
use crate::events::page_model::{Link, Person, Stop};
use crate::images::model::Picture;
use crate::recordings::library::model::RecordingLine;
use crate::signup::questions::Question;
use serde::{Deserialize, Serialize};

/// One stop with what its own page would say first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesStop {
    /// The event.
    pub line: EventLine,
    /// `Emily Wise, Lunds universitet`
    pub speakers: Vec<String>,
    /// The organiser says yes or no to each sign-up.
    pub needs_approval: bool,
    /// What the organiser wants to know of those who sign up now.
    pub questions: Vec<Question>,
}

/// The page of a series, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPage {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Its organisers have put it away.
    pub is_over: bool,
    /// Its picture.
    pub picture: Option<Picture>,
    /// A few sentences.
    pub summary: String,
    /// The same as it is shown: HTML that is safe.
    pub summary_html: String,
    /// The undertaking it belongs to.
    pub programme: Link,
    /// How many took part, where others have counted.
    pub participants: Option<i32>,
    /// In the order of time.
    pub stops: Vec<SeriesStop>,
    /// What was recorded at its stops, in the order of time.
    pub recordings: Vec<RecordingLine>,
    /// Whom to ask.
    pub contacts: Vec<Person>,
}

/// A series in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesLine {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// In the order of time.
    pub stops: Vec<Stop>,
}
