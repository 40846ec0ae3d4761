//! What searching and the page of all materials say with numbers and names in them.

use super::{FindingWords, Lang, number};
use crate::materials::model::MaterialKind;
use crate::recordings::search::model::SuggestionKind;

impl Lang {
    /// The fixed texts of searching in recordings and of the page of all materials.
    #[must_use]
    pub const fn finding_words(self) -> &'static FindingWords {
        match self {
            Self::Sv => &FindingWords::SV,
            Self::En => &FindingWords::EN,
        }
    }

    /// `12 inspelningar med ”kommun”`
    #[must_use]
    pub fn found_recordings(self, count: i64, asked: &str) -> String {
        let figure = number(self, count);
        match (self, count) {
            (Self::Sv, 1) => format!("1 inspelning med ”{asked}”"),
            (Self::Sv, _) => format!("{figure} inspelningar med ”{asked}”"),
            (Self::En, 1) => format!("1 recording with “{asked}”"),
            (Self::En, _) => format!("{figure} recordings with “{asked}”"),
        }
    }

    /// `Ingen inspelning innehåller ”kommun”.`
    #[must_use]
    pub fn found_nothing_of(self, asked: &str) -> String {
        match self {
            Self::Sv => format!("Ingen inspelning innehåller ”{asked}”."),
            Self::En => format!("No recording contains “{asked}”."),
        }
    }

    /// `Visa 3 träffar utan filter`
    #[must_use]
    pub fn found_without_filters(self, count: i64) -> String {
        let figure = number(self, count);
        match (self, count) {
            (Self::Sv, 1) => "Visa den träff som finns utan filter".to_owned(),
            (Self::Sv, _) => format!("Visa de {figure} träffar som finns utan filter"),
            (Self::En, 1) => "Show the one hit there is without filters".to_owned(),
            (Self::En, _) => format!("Show the {figure} hits there are without filters"),
        }
    }

    /// `5 förslag`
    #[must_use]
    pub fn suggestion_count(self, count: usize) -> String {
        match (self, count) {
            (Self::Sv, _) => format!("{count} förslag"),
            (Self::En, 1) => "1 suggestion".to_owned(),
            (Self::En, _) => format!("{count} suggestions"),
        }
    }

    /// What a suggestion is.
    #[must_use]
    pub const fn suggestion_kind(self, kind: SuggestionKind) -> &'static str {
        let words = self.finding_words();
        match kind {
            SuggestionKind::Recording => words.is_recording,
            SuggestionKind::Speaker => words.is_speaker,
            SuggestionKind::Theme => words.is_theme,
            SuggestionKind::Municipality => words.is_municipality,
            SuggestionKind::Word => words.is_word,
        }
    }

    /// `37 material`
    #[must_use]
    pub fn count_of_materials(self, count: usize) -> String {
        match (self, count) {
            (Self::Sv, _) => format!("{count} material"),
            (Self::En, 1) => "1 document or link".to_owned(),
            (Self::En, _) => format!("{count} documents and links"),
        }
    }

    /// Materials of a kind, as a heading.
    #[must_use]
    pub const fn materials_of(self, kind: MaterialKind) -> &'static str {
        match kind {
            MaterialKind::Report => self.pick("Rapporter", "Reports"),
            MaterialKind::Anthology => self.pick("Antologier", "Anthologies"),
            MaterialKind::Review => self.pick("Forskningsöversikter", "Research reviews"),
            MaterialKind::Thesis => self.pick("Avhandlingar", "Theses"),
            MaterialKind::Study => self.pick("Studier", "Studies"),
            MaterialKind::Handbook => self.pick("Handböcker", "Handbooks"),
            MaterialKind::Method => self.pick("Metoder", "Methods"),
            MaterialKind::Book => self.pick("Böcker", "Books"),
            MaterialKind::Video => self.pick("Filmer", "Films"),
            MaterialKind::Slides => self.pick("Presentationer", "Slides"),
            MaterialKind::Link => self.pick("Länkar", "Links"),
        }
    }
}
