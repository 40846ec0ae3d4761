//! What the start page shows.

use crate::events::model::EventLine;
use crate::programmes::model::ProgrammeLine;
use crate::recordings::library::model::RecordingLine;
use crate::series::model::{SeriesLine, SeriesPage};
use serde::{Deserialize, Serialize};

/// The event that happens next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextEvent {
    /// Which.
    pub line: EventLine,
    /// A few sentences.
    pub summary: String,
    /// In how many days.
    pub in_days: i32,
}

/// The start page, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// What happens next.
    pub next: Option<NextEvent>,
    /// The series it belongs to, as a line.
    pub line: Option<SeriesPage>,
    /// What else is coming.
    pub coming: Vec<EventLine>,
    /// Series with something to come.
    pub series: Vec<SeriesLine>,
    /// The newest recordings.
    pub recordings: Vec<RecordingLine>,
    /// All programmes.
    pub programmes: Vec<ProgrammeLine>,
}
