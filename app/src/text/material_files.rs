//! What readers are told of the file of a material.

use super::{Lang, number};
use crate::materials::file::{FileKind, MaterialFile, TextLanguage};

impl Lang {
    /// `PDF, 2,3 MB, 48 sidor, svenska`
    #[must_use]
    pub fn file_facts(self, file: &MaterialFile) -> String {
        let facts = [
            Some(self.file_kind(file.kind).to_owned()),
            Some(self.bytes(file.bytes)),
            file.pages.map(|pages| self.pages_of(file.kind, pages)),
            file.language.map(|language| self.text_language(language).to_owned()),
        ];
        facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What people call a sort of file.
    #[must_use]
    pub const fn file_kind(self, kind: FileKind) -> &'static str {
        match kind {
            FileKind::Pdf => "PDF",
            FileKind::Docx => "Word",
            FileKind::Pptx => "PowerPoint",
            FileKind::Xlsx => "Excel",
            FileKind::Odt => "OpenDocument Text",
            FileKind::Odp => self.pick("OpenDocument-presentation", "OpenDocument slides"),
            FileKind::Ods => self.pick("OpenDocument-kalkylblad", "OpenDocument sheet"),
        }
    }

    /// `48 sidor`, `1 bild`
    #[must_use]
    pub fn pages_of(self, kind: FileKind, pages: i32) -> String {
        let figure = number(self, pages.into());
        let (one, more) = match (self, kind.has_slides()) {
            (Self::Sv, false) => ("sida", "sidor"),
            (Self::Sv, true) => ("bild", "bilder"),
            (Self::En, false) => ("page", "pages"),
            (Self::En, true) => ("slide", "slides"),
        };
        format!("{figure} {}", if pages == 1 { one } else { more })
    }

    /// The language of a text.
    #[must_use]
    pub const fn text_language(self, language: TextLanguage) -> &'static str {
        match language {
            TextLanguage::Sv => self.pick("svenska", "Swedish"),
            TextLanguage::En => self.pick("engelska", "English"),
        }
    }

    /// `Även på example.org`
    #[must_use]
    pub fn also_at(self, place: &str) -> String {
        format!("{} {place}", self.pick("Även på", "Also at"))
    }

    /// `Sidan 12 i filen`
    #[must_use]
    pub fn on_page_of(self, kind: FileKind, page: i32) -> String {
        let figure = number(self, page.into());
        match (self, kind.has_slides()) {
            (Self::Sv, false) => format!("Sidan {figure}"),
            (Self::Sv, true) => format!("Bild {figure}"),
            (Self::En, false) => format!("Page {figure}"),
            (Self::En, true) => format!("Slide {figure}"),
        }
    }

    /// Before a sentence out of a file that has no pages.
    #[must_use]
    pub const fn in_file(self) -> &'static str {
        self.pick("I filen", "In the file")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_sort_size_pages_and_language() {
        let mut file = MaterialFile {
            kind: FileKind::Pdf,
            bytes: 2_345_678,
            pages: Some(48),
            language: Some(TextLanguage::Sv),
            address: String::new(),
        };
        assert_eq!(Lang::Sv.file_facts(&file), "PDF, 2,3 MB, 48 sidor, svenska");
        assert_eq!(Lang::En.file_facts(&file), "PDF, 2.3 MB, 48 pages, Swedish");
        file = MaterialFile { kind: FileKind::Pptx, pages: Some(1), language: None, ..file };
        assert_eq!(Lang::Sv.file_facts(&file), "PowerPoint, 2,3 MB, 1 bild");
        file.pages = None;
        assert_eq!(Lang::En.file_facts(&file), "PowerPoint, 2.3 MB");
    }
}
