//! Our own words for the facts, in Swedish and English, by the name of what they speak of.

use std::collections::HashMap;

use serde::Deserialize;

use super::{SeedError, record};

const TEXTS: &str = include_str!("../../demo/texts.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub themes: Vec<ThemeText>,
    pub programmes: HashMap<String, ProgrammeText>,
    pub series: HashMap<String, SeriesText>,
    pub events: HashMap<String, EventText>,
    pub people: HashMap<String, PersonText>,
    /// English by Swedish.
    pub slots: HashMap<String, String>,
    /// By programme, in the order in which they are shown.
    pub outcomes: HashMap<String, Vec<OutcomeText>>,
    /// English by Swedish.
    pub material_groups: HashMap<String, String>,
    /// By title.
    pub materials: HashMap<String, AboutText>,
    /// What materials are about, by title.
    pub material_themes: HashMap<String, Vec<String>>,
    /// By what the facts say of a material that is not here yet.
    pub announced: HashMap<String, AnnouncedText>,
    /// By event.
    pub recordings: HashMap<String, RecordingText>,
}

impl Texts {
    pub fn read() -> Result<Self, SeedError> {
        serde_json::from_str(TEXTS).map_err(|cause| SeedError::File { file: "texts.json", cause })
    }
}

/// The words for a record, which must be there.
pub(super) fn words<'a, T>(
    texts: &'a HashMap<String, T>,
    name: &str,
    at: &str,
) -> Result<&'a T, SeedError> {
    texts.get(name).ok_or_else(|| record(at, format!("texts.json has no words for {name:?}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeText {
    pub slug: String,
    pub sv: String,
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeText {
    pub title_en: String,
    pub summary_sv: String,
    pub summary_en: String,
    pub audience_sv: Option<String>,
    pub audience_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeriesText {
    pub title_en: String,
    pub summary_sv: String,
    pub summary_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventText {
    pub title_en: String,
    pub subtitle_en: Option<String>,
    pub summary_sv: String,
    pub summary_en: String,
    pub directions_sv: Option<String>,
    pub directions_en: Option<String>,
    pub price_sv: Option<String>,
    pub price_en: Option<String>,
    pub themes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonText {
    pub role_en: String,
    pub about_sv: String,
    pub about_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeText {
    /// An outcome's measure, a fact of the programme, or a series whose participants are meant.
    pub of: String,
    pub measure_sv: String,
    pub measure_en: String,
    pub scope_sv: Option<String>,
    pub scope_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AboutText {
    pub about_sv: String,
    pub about_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnouncedText {
    pub kind: String,
    pub title: String,
    pub about_sv: String,
    pub about_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordingText {
    pub title: String,
    pub note_sv: String,
    pub note_en: String,
}
