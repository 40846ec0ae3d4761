//! What a programme or a series is to be: a sheet that has been read.

use crate::organise::plan::model::Sheet;
use crate::organise::plan::pattern::SeriesKind;
use crate::organise::plan::read::{Speaker, Thing};
use crate::programmes::model::Unit;
use jiff::civil::Date;

/// What a programme is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProgrammeEdit {
    /// The first day.
    pub(super) starts: Option<Date>,
    /// The last day.
    pub(super) ends: Option<Date>,
    /// How precisely both are known, as the database spells it.
    pub(super) precision: &'static str,
    /// How much, in Swedish kronor.
    pub(super) grant: Option<i64>,
    /// The names of those who take part in running it.
    pub(super) partners: Vec<String>,
    /// Whom to ask.
    pub(super) contacts: Vec<Speaker>,
    /// What came of it.
    pub(super) outcomes: Vec<OutcomeEdit>,
    /// The names of the places where the work is done, and of their municipalities.
    pub(super) platforms: Vec<(String, Option<String>)>,
    /// What there is to read, each with its heading in Swedish and in English.
    pub(super) documents: Vec<(Thing, Option<String>, Option<String>)>,
    /// The plain texts.
    pub(super) texts: Sheet,
}

/// One figure about what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OutcomeEdit {
    pub(super) value: i64,
    pub(super) unit: Unit,
    pub(super) measure_sv: String,
    pub(super) measure_en: Option<String>,
    pub(super) scope_sv: Option<String>,
    pub(super) scope_en: Option<String>,
}

/// What a series is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeriesEdit {
    /// What sort.
    pub(super) kind: SeriesKind,
    /// How many took part, where others have counted.
    pub(super) participants: Option<i32>,
    /// The plain texts.
    pub(super) texts: Sheet,
}

/// A plain text; `None` if it is empty.
pub(super) fn text<'a>(sheet: &'a Sheet, field: &str) -> Option<&'a str> {
    Some(sheet.get(field)).filter(|text| !text.is_empty())
}
