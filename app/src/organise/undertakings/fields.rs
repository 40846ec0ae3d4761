//! The fields of the forms of programmes and series: sheets, as an event is one. Pure.

use crate::organise::plan::model::{List, Sheet};

/// The fields of a programme with one value, in the order of the form.
const PROGRAMME: &[&str] = &[
    "title_sv",
    "title_en",
    "summary_sv",
    "summary_en",
    "audience_sv",
    "audience_en",
    "starts_on",
    "ends_on",
    "owner",
    "funder",
    "funder_reference",
    "grant_sek",
];
/// Its lists.
pub const PROGRAMME_LISTS: &[List] =
    &[List::Partners, List::Contacts, List::Outcomes, List::Platforms, List::Documents];
/// The fields of a series.
const SERIES: &[&str] =
    &["series_kind", "title_sv", "title_en", "summary_sv", "summary_en", "participants"];

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A programme.
    Programme,
    /// A series.
    Series,
}

impl About {
    /// Every field of its form, in order.
    pub fn fields(self) -> impl Iterator<Item = &'static str> + Clone {
        let (fields, lists) = match self {
            Self::Programme => (PROGRAMME, PROGRAMME_LISTS),
            Self::Series => (SERIES, &[][..]),
        };
        fields.iter().copied().chain(lists.iter().map(|list| list.as_str()))
    }

    /// The sheet of a posted form.
    #[must_use]
    pub fn sheet(self, pairs: &[(String, String)]) -> Sheet {
        match self {
            Self::Programme => Sheet::of_fields(pairs, PROGRAMME.iter().copied(), PROGRAMME_LISTS),
            Self::Series => Sheet::of_fields(pairs, SERIES.iter().copied(), &[]),
        }
    }
}
