//! The file of a material, and what is read out of it. Pure.

use crate::events::model::words;
use crate::recordings::jobs::model::JobState;
use crate::recordings::search::model::{Piece, cut};
use serde::{Deserialize, Serialize};

/// The most that a file may weigh, in bytes.
pub const LARGEST_FILE: u64 = 100_000_000;
/// So many pages are read at most.
pub const MOST_PAGES: usize = 2_000;
/// So much text is kept of one file at most, in bytes: more than any book has.
pub const MOST_TEXT: usize = 4_000_000;
/// What a part of a text has at most, in characters.
const LONGEST_PART: usize = 6_000;
/// What is shown of a text around what was found, in characters.
const LONGEST_SNIPPET: usize = 240;
/// What stands before and after a word that was found, until it is cut out. Neither is in any text that is kept.
pub const FOUND: (char, char) = ('\u{E000}', '\u{E001}');

words! {
    /// What sort of file it is.
    FileKind {
        /// ISO 32000.
        Pdf = "pdf",
        /// Office Open XML (ISO/IEC 29500): a text.
        Docx = "docx",
        /// The same: slides.
        Pptx = "pptx",
        /// The same: a sheet.
        Xlsx = "xlsx",
        /// OpenDocument (ISO/IEC 26300): a text.
        Odt = "odt",
        /// The same: slides.
        Odp = "odp",
        /// The same: a sheet.
        Ods = "ods",
    }
}

impl FileKind {
    /// For `Content-Type` (IANA's registry of media types).
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// Its pages are slides.
    #[must_use]
    pub const fn has_slides(self) -> bool {
        matches!(self, Self::Pptx | Self::Odp)
    }

    /// Browsers show it themselves; all else is saved.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Pdf)
    }
}

words! {
    /// The language of a text.
    TextLanguage { Sv = "sv", En = "en" }
}

/// What readers are told of a file, as `material_file` in the database has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialFile {
    /// What sort it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
    /// How many pages or slides, where it has them and has been read.
    pub pages: Option<i32>,
    /// The language of its text, where that is known.
    pub language: Option<TextLanguage>,
    /// Where it is, the same in both languages.
    pub address: String,
}

words! {
    /// Why nothing of a file can be searched in, or not all.
    Unread {
        /// There are only pictures of text in it.
        NoText = "no_text",
        /// It is longer than what is read: its beginning is.
        Part = "part",
        /// It is locked by a password.
        Locked = "locked",
        /// What is in it cannot be read.
        Unreadable = "unreadable",
        /// More came out of it than of any document.
        Swollen = "swollen",
        /// It took longer than it may.
        TooLong = "too_long",
        /// The file is not in the store.
        Gone = "gone",
        /// The disk is full.
        Full = "full",
        /// The server ended several times while it was at it.
        Interrupted = "interrupted",
        /// Something that nobody thought of; the log says more.
        Unknown = "unknown",
    }
}

/// How the reading of a file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whether it is waited for, at work, done or failed.
    pub state: JobState,
    /// How far it has come, in hundredths.
    pub progress: i32,
    /// What is to be said of it.
    pub why: Option<Unread>,
}

/// Text on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The page, from 1, where there are pages.
    pub page: Option<i32>,
    /// The text, without control characters.
    pub text: String,
}

/// A page's text in parts, cut between words; nothing where there is none.
#[must_use]
pub fn parts_of(page: Option<i32>, text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || is_mark(c)) {
        // What is as long as this is no word; its beginning is enough.
        let word: String = word.chars().take(200).collect();
        let chars = word.chars().count();
        if chars == 0 {
            continue;
        }
        if length + chars >= LONGEST_PART {
            parts.push(Part { page, text: std::mem::take(&mut part) });
            length = 0;
        }
        if !part.is_empty() {
            part.push(' ');
            length += 1;
        }
        part.push_str(&word);
        length += chars;
    }
    // A page number alone is no text.
    if part.chars().any(char::is_alphabetic) {
        parts.push(Part { page, text: part });
    }
    parts
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{E000}' | '\u{E001}')
}

/// A word that is parted at the end of a line is one word: `innova-` and `tion`. What is left open for the word after the
/// next (`kommun-` and `och regionledning`) stays as it is.
#[must_use]
pub fn join_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + 1);
    let mut lines = text.split('\n').peekable();
    let mut is_open = false;
    while let Some(line) = lines.next() {
        let line = if is_open { line.trim() } else { line.trim_end() };
        let goes_on = lines.peek().is_some_and(|next| is_rest_of_word(next));
        let stem = line.strip_suffix(['-', '\u{AD}', '\u{2010}']).filter(|stem| {
            let mut last = stem.chars().rev();
            last.next().is_some_and(char::is_lowercase)
                && last.next().is_some_and(char::is_alphabetic)
        });
        is_open = goes_on && stem.is_some();
        joined.push_str(stem.filter(|_| goes_on).unwrap_or(line));
        if !is_open {
            joined.push('\n');
        }
    }
    joined
}

fn is_rest_of_word(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    word.starts_with(char::is_lowercase) && !["och", "eller", "samt", "and", "or"].contains(&word)
}

/// The language of a text, told by the words that stand in every sentence; nothing where there are too few of them, or
/// as many of both.
#[must_use]
pub fn language_of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<TextLanguage> {
    const SV: [&str; 12] =
        ["och", "att", "som", "är", "för", "det", "av", "på", "inte", "med", "har", "till"];
    const EN: [&str; 12] =
        ["the", "and", "of", "to", "is", "that", "for", "with", "are", "this", "was", "not"];
    /// So many words are enough to tell.
    const ENOUGH: usize = 20_000;
    let (mut sv, mut en) = (0_usize, 0_usize);
    for word in texts.flat_map(str::split_whitespace).take(ENOUGH) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        sv += usize::from(SV.contains(&word.as_str()));
        en += usize::from(EN.contains(&word.as_str()));
    }
    if sv + en < 5 {
        None
    } else if sv >= 3 * en {
        Some(TextLanguage::Sv)
    } else if en >= 3 * sv {
        Some(TextLanguage::En)
    } else {
        None
    }
}

/// Where a file says what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The page, where there are pages.
    pub page: Option<i32>,
    /// The sentence, with the words marked.
    pub pieces: Vec<Piece>,
}

/// The sentence of a text in which most of the words stand that are marked in it by [`FOUND`]. Where none is marked,
/// `also` is looked for as it is, in a longer word; nothing where that is not there either.
#[must_use]
pub fn snippet(page: Option<i32>, marked: &str, also: &str) -> Option<Snippet> {
    let (text, mut found) = unmark(marked);
    if found.is_empty() {
        found = find(&text, also);
    }
    let sentences = sentences(&text);
    let count = |(from, to): &(usize, usize)| {
        found.iter().filter(|(begin, end)| begin >= from && end <= to).count()
    };
    let most = sentences.iter().map(count).max().filter(|most| *most > 0)?;
    let &(from, to) = sentences.iter().find(|sentence| count(sentence) == most)?;
    let within: Vec<(usize, usize)> = found
        .into_iter()
        .filter(|(begin, end)| *begin >= from && *end <= to)
        .map(|(begin, end)| (begin - from, end - from))
        .collect();
    let sentence = text.get(from..to)?;
    let (first, last) = window(sentence, within.first()?.0);
    let inside: Vec<(usize, usize)> = within
        .into_iter()
        .filter(|(begin, end)| *begin >= first && *end <= last)
        .map(|(begin, end)| (begin - first, end - first))
        .collect();
    let shown = sentence.get(first..last)?;
    let mut pieces = cut(shown, &inside);
    if first > 0 {
        pieces.insert(0, Piece { text: "… ".to_owned(), is_found: false });
    }
    if last < sentence.len() {
        pieces.push(Piece { text: " …".to_owned(), is_found: false });
    }
    Some(Snippet { page, pieces })
}

/// The text without its marks, and what stood between them, in bytes.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(marked.len());
    let mut found = Vec::new();
    let mut begin = None;
    for c in marked.chars() {
        if c == FOUND.0 {
            begin = Some(text.len());
        } else if c == FOUND.1 {
            found.extend(begin.take().map(|begin| (begin, text.len())));
        } else {
            text.push(c);
        }
    }
    (text, found)
}

/// The words that have this as a part, whatever their case.
fn find(text: &str, part: &str) -> Vec<(usize, usize)> {
    let part = part.trim().to_lowercase();
    if part.is_empty() {
        return Vec::new();
    }
    let is_between = |c: char| !c.is_alphanumeric() && c != '-';
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(is_between) {
        if word.to_lowercase().contains(&part) {
            found.push((at, at + word.len()));
        }
        at += word.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// Where the sentences of a text begin and end, in bytes.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = c.is_uppercase() || c.is_numeric() || matches!(c, '–' | '”' | '"' | '•');
        if let Some((end, mark)) = before
            && begins
            && matches!(mark, '.' | '!' | '?' | '…' | '•')
        {
            all.push((from, end));
            from = at;
        }
        if !c.is_whitespace() {
            before = None;
            if matches!(c, '.' | '!' | '?' | '…' | '•') {
                before = Some((at + c.len_utf8(), c));
            }
        }
    }
    all.push((from, text.len()));
    all
}

/// What is shown of a long sentence: around the first word that was found, cut between words.
fn window(sentence: &str, found: usize) -> (usize, usize) {
    if sentence.chars().count() <= LONGEST_SNIPPET {
        return (0, sentence.len());
    }
    let before = sentence.get(..found).unwrap_or_default();
    let back = before.char_indices().rev().nth(LONGEST_SNIPPET / 3).map_or(0, |(at, _)| at);
    let first = match back {
        0 => 0,
        _ => before.get(back..).and_then(|rest| rest.find(' ')).map_or(found, |at| back + at + 1),
    };
    let rest = sentence.get(first..).unwrap_or_default();
    let end = rest.char_indices().nth(LONGEST_SNIPPET).map_or(rest.len(), |(at, _)| at);
    let last = if first + end == sentence.len() {
        sentence.len()
    } else {
        rest.get(..end).and_then(|shown| shown.rfind(' ')).map_or(first + end, |at| first + at)
    };
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_between_words() {
        assert!(parts_of(Some(1), " \n\u{c} 17 ").is_empty(), "a page number alone");
        let one = parts_of(Some(3), "Vad\när\u{0}\ten  \u{E000}stafett\u{E001}?");
        assert_eq!(one, [Part { page: Some(3), text: "Vad är en stafett ?".into() }]);
        let long = "ordning ".repeat(2_000);
        let parts = parts_of(None, &long);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| part.text.chars().count() <= LONGEST_PART));
        let again: Vec<&str> = parts.iter().flat_map(|part| part.text.split(' ')).collect();
        assert_eq!(again.len(), 2_000);
        assert!(again.iter().all(|word| *word == "ordning"), "no word is cut");
        // Nor does one without an end break anything.
        let endless = parts_of(None, &"x".repeat(100_000));
        assert_eq!(endless[0].text.len(), 200);
    }

    #[test]
    fn words_that_are_parted_at_the_end_of_a_line_are_whole() {
        assert_eq!(join_lines("om innova-\n  tion i\nkommuner"), "om innovation i\nkommuner\n");
        assert_eq!(join_lines("inno-\nvation i mel-\nlanrum"), "innovation i mellanrum\n");
        let open = "kommun-\noch regionledning\n";
        assert_eq!(join_lines(open.trim_end()), open);
        assert_eq!(join_lines("år 2019-\n2021"), "år 2019-\n2021\n");
        assert_eq!(join_lines("Väst-\nSverige"), "Väst-\nSverige\n");
        assert_eq!(join_lines("a -\nb"), "a -\nb\n");
    }

    #[test]
    fn the_language_is_told_by_small_words() {
        let of = |text: &str| language_of(std::iter::once(text));
        assert_eq!(
            of("Det här är en rapport om att leda och att det inte är lätt för alla."),
            Some(TextLanguage::Sv)
        );
        assert_eq!(
            of("This is a report of the work that is done, and it was not easy to do."),
            Some(TextLanguage::En)
        );
        assert_eq!(of("och the att of som and är to det is"), None, "as many of both");
        assert_eq!(of("42 43 44"), None);
    }

    fn shown(marked: &str, also: &str) -> Option<String> {
        let snippet = snippet(Some(1), marked, also)?;
        let piece = |piece: &Piece| {
            if piece.is_found { format!("[{}]", piece.text) } else { piece.text.clone() }
        };
        Some(snippet.pieces.iter().map(piece).collect())
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        let text = "Först \u{E000}vatten\u{E001}. Sedan \u{E000}vatten\u{E001} och \u{E000}luft\u{E001}! Slut.";
        assert_eq!(shown(text, "").unwrap(), "Sedan [vatten] och [luft]!");
        assert_eq!(
            shown("Kap. 3 bl.a. om \u{E000}vatten\u{E001}", "").unwrap(),
            "3 bl.a. om [vatten]"
        );
        assert_eq!(shown("Ingenting.", "något"), None);
        assert_eq!(shown("", ""), None);
    }

    #[test]
    fn parts_of_longer_words_are_marked_as_the_words_they_are() {
        assert_eq!(
            shown("Om Innovationsledning. Om annat.", "ledning").unwrap(),
            "Om [Innovationsledning]."
        );
        // Letters that are longer in lower case move nothing.
        assert_eq!(shown("İİİ e-ledning – ja", "LEDNING").unwrap(), "İİİ [e-ledning] – ja");
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_word() {
        let text = format!("{}\u{E000}vatten\u{E001} {}", "åäö ".repeat(300), "ord ".repeat(300));
        let snippet = shown(&text, "").unwrap();
        assert!(snippet.starts_with("… åäö") && snippet.ends_with("ord …"), "{snippet}");
        assert!(snippet.contains("[vatten]") && snippet.chars().count() < 260, "{snippet}");
        let at_end = format!("{}\u{E000}vatten\u{E001}", "ord ".repeat(300));
        assert!(shown(&at_end, "").unwrap().ends_with("[vatten]"));
        let at_begin = format!("\u{E000}vatten\u{E001} {}", "ord ".repeat(300));
        assert!(shown(&at_begin, "").unwrap().starts_with("[vatten]"));
        let one_word = format!("\u{E000}{}\u{E001}", "x".repeat(1_000));
        assert!(shown(&one_word, "").is_some());
    }
}
