//! What a search finds. Pure.

use crate::events::model::{SpokenLanguage, words};
use crate::recordings::library::choices::Facet;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many recordings stand on a page of what was found.
pub const PAGE: usize = 10;
/// How many sentences are shown of each.
pub const SENTENCES: usize = 3;
/// Nobody leafs further than this.
pub const LAST_PAGE: usize = 200;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It is a word that was looked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_found: bool,
}

/// Where the words were said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Milliseconds from the beginning of the recording to the beginning of the sentence.
    pub start_ms: i32,
    /// Who says it, where that is told.
    pub speaker: Option<String>,
    /// The sentence.
    pub pieces: Vec<Piece>,
}

impl Said {
    /// The second at which to begin: the one in which the sentence begins.
    #[must_use]
    pub const fn second(&self) -> i32 {
        self.start_ms / 1000
    }
}

/// A recording that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: Vec<Piece>,
    /// What it is a part of: its series, or else its programme.
    pub home: String,
    /// The day of its event.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// How long it is, where that is known.
    pub duration_ms: Option<i32>,
    /// What is spoken.
    pub language: SpokenLanguage,
    /// Who speaks.
    pub speakers: Vec<Vec<Piece>>,
    /// It is made up, to show what Stafett does.
    pub is_demonstration: bool,
    /// It is not for everybody.
    pub is_restricted: bool,
    /// Where the words were said, the best places first.
    pub said: Vec<Said>,
    /// What is written of it, where the words stand there and were not said.
    pub written: Vec<Piece>,
    /// The language of the captions that the sentences are from.
    pub said_in: Option<SpokenLanguage>,
}

/// A question that finds something, where what was asked finds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instead {
    /// What to ask.
    pub q: String,
    /// How many recordings that finds.
    pub count: u32,
}

/// A theme to go on with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeChoice {
    /// The key in the address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// How many recordings it has.
    pub count: u32,
}

/// What a search answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How many recordings were found.
    pub total: u32,
    /// Those on this page, the best first.
    pub hits: Vec<Hit>,
    /// Which page it is, counted from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// What was asked finds nothing, and this is nearly the same: what is shown are its hits.
    pub nearly: Option<String>,
    /// It is made of words alone that stand everywhere.
    pub is_too_common: bool,
    /// What can be chosen beside it, counted among what was found; where that is nothing, what was chosen.
    pub facets: Vec<Facet>,
    /// Nothing was found: the same with fewer words.
    pub fewer: Vec<Instead>,
    /// Nothing was found: how many there are without the choices made beside the search.
    pub unfiltered: u32,
    /// Nothing was found: what there is.
    pub themes: Vec<ThemeChoice>,
}

words! {
    /// What a suggestion is.
    SuggestionKind {
        Recording = "recording", Speaker = "speaker", Theme = "theme", Municipality = "municipality", Word = "word",
    }
}

/// Something to look for, offered while one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What it is called.
    pub text: String,
    /// Where it leads, without the language.
    pub address: String,
}

/// The text in pieces: those between `found` (in bytes, in order) and those within.
#[must_use]
pub fn cut(text: &str, found: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, is_found| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), is_found });
        }
    };
    for &(from, to) in found {
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, text.len(), false);
    pieces
}

/// `12:34`, `1:02:03`.
#[must_use]
pub fn time_code(ms: i32) -> String {
    let seconds = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_words_were_found() {
        let text = "Så är det";
        let pieces = cut(text, &[(0, 3), (8, 11)]);
        let said: Vec<_> = pieces.iter().map(|it| (it.text.as_str(), it.is_found)).collect();
        assert_eq!(said, [("Så", true), (" är ", false), ("det", true)]);
        assert!(cut("", &[]).is_empty());
    }

    #[test]
    fn times_are_short() {
        assert_eq!(time_code(0), "0:00");
        assert_eq!(time_code(754_999), "12:34");
        assert_eq!(time_code(3_723_000), "1:02:03");
        assert_eq!(time_code(-5), "0:00");
    }
}
