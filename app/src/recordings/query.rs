//! What the library can be asked. The address is the whole of it: whatever cannot be read counts as not being there.

use crate::calendar::model::encode;
use crate::events::model::{Slug, SpokenLanguage, words};
use serde::{Deserialize, Serialize};

words! {
    /// A thing one can filter recordings by; its word is the key in the address.
    Dimension {
        Theme = "theme", Programme = "programme", Series = "series", Year = "year", Length = "length",
        Language = "language", Municipality = "municipality", Speaker = "speaker",
    }
}

words! {
    /// How long a recording is.
    Length {
        /// Up to a quarter of an hour.
        Short = "short",
        /// Up to three quarters of an hour.
        Medium = "medium",
        /// Longer.
        Long = "long",
    }
}

impl Length {
    /// The one that so many milliseconds fall under.
    #[must_use]
    pub const fn of(duration_ms: i32) -> Self {
        match duration_ms {
            ..=900_000 => Self::Short,
            900_001..=2_700_000 => Self::Medium,
            _ => Self::Long,
        }
    }
}

/// How many recordings a page of the library lists.
pub const PAGE: usize = 24;
/// Pages beyond this are taken for slips.
const LAST_PAGE: usize = 10_000;
/// What one looks for is cut here.
const LONGEST_SEARCH: usize = 200;

/// A request to the library, as its address has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordingQuery {
    /// What is looked for in what was said and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Slug of a programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// Slug of a series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Slug of a theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Four-digit code of a municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Slug of who speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The year of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// What is spoken: `sv` or `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// A word of [`Length`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    /// Which page of the list, from 2 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl RecordingQuery {
    /// Reads the parameters of an address.
    #[must_use]
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let slug = |key| get(key).filter(|text| Slug::parse(text).is_some());
        let page = get("page").and_then(|text| text.parse().ok());
        Self {
            q: get("q").and_then(|text| tidy(&text)),
            programme: slug("programme"),
            series: slug("series"),
            theme: slug("theme"),
            municipality: slug("municipality"),
            speaker: slug("speaker"),
            year: get("year")
                .filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())),
            language: get("language").filter(|text| SpokenLanguage::parse(text).is_some()),
            length: get("length").filter(|text| Length::parse(text).is_some()),
            page: page
                .filter(|page: &usize| (2..=LAST_PAGE).contains(page))
                .map(|page| page.to_string()),
        }
    }

    /// The query as [`RecordingQuery::parse`] would have read it, whoever made it.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let pairs = self.pairs();
        Self::parse(|key| {
            pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
        })
    }

    fn place(&mut self, dimension: Dimension) -> &mut Option<String> {
        match dimension {
            Dimension::Programme => &mut self.programme,
            Dimension::Series => &mut self.series,
            Dimension::Theme => &mut self.theme,
            Dimension::Municipality => &mut self.municipality,
            Dimension::Speaker => &mut self.speaker,
            Dimension::Year => &mut self.year,
            Dimension::Language => &mut self.language,
            Dimension::Length => &mut self.length,
        }
    }

    /// What is chosen in one dimension.
    #[must_use]
    pub fn chosen(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Programme => self.programme.as_deref(),
            Dimension::Series => self.series.as_deref(),
            Dimension::Theme => self.theme.as_deref(),
            Dimension::Municipality => self.municipality.as_deref(),
            Dimension::Speaker => self.speaker.as_deref(),
            Dimension::Year => self.year.as_deref(),
            Dimension::Language => self.language.as_deref(),
            Dimension::Length => self.length.as_deref(),
        }
    }

    /// The same with another choice in one dimension, from its first page on; `None` takes the choice away.
    #[must_use]
    pub fn with(&self, dimension: Dimension, choice: Option<&str>) -> Self {
        let mut query = Self { page: None, ..self.clone() };
        *query.place(dimension) = choice.map(str::to_owned);
        query
    }

    /// Another page of the same, counted from 1.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Self {
        Self { page: (page > 1).then(|| page.to_string()), ..self.clone() }
    }

    /// Which page is asked for, counted from 1.
    #[must_use]
    pub fn page_number(&self) -> usize {
        self.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1)
    }

    /// Something is filtered away.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        Dimension::ALL.iter().any(|&dimension| self.chosen(dimension).is_some())
    }

    /// The parameters of the address, in a fixed order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.q.clone().map(|text| ("q", text)));
        pairs.extend(Dimension::ALL.iter().filter_map(|&dimension| {
            self.chosen(dimension).map(|choice| (dimension.as_str(), choice.to_owned()))
        }));
        pairs.extend(self.page.clone().map(|page| ("page", page)));
        pairs
    }

    /// The address of this query, without the language: `/recordings?theme=mod&page=2`.
    #[must_use]
    pub fn path(&self) -> String {
        let query = encode(&self.pairs());
        if query.is_empty() { "/recordings".to_owned() } else { format!("/recordings?{query}") }
    }
}

impl RecordingQuery {
    /// The address of the podcast of what this asks for: `/feeds/recordings.rss?theme=mod&lang=sv`. A feed has no pages.
    #[must_use]
    pub fn feed(&self, lang: crate::text::Lang) -> String {
        let mut pairs = Self { page: None, ..self.clone() }.pairs();
        pairs.push(("lang", lang.tag().to_owned()));
        format!("/feeds/recordings.rss?{}", encode(&pairs))
    }
}

/// Free text without surrounding space and control characters, of a bearable length.
fn tidy(text: &str) -> Option<String> {
    let tidy: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_SEARCH).collect();
    let tidy = tidy.trim();
    (!tidy.is_empty()).then(|| tidy.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> RecordingQuery {
        RecordingQuery::parse(|key| {
            pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_is_read_leniently_and_written_in_one_way() {
        let query =
            parse(&[("page", "3"), ("theme", "mod"), ("year", "2023"), ("q", " så \0här ")]);
        assert_eq!(query.path(), "/recordings?q=s%C3%A5+h%C3%A4r&theme=mod&year=2023&page=3");
        assert_eq!(query.tidy(), query);
        let nonsense = parse(&[
            ("page", "0"),
            ("theme", "../x"),
            ("year", "20233"),
            ("language", "de"),
            ("length", "huge"),
            ("speaker", "A B"),
            ("q", "  \u{7}"),
        ]);
        assert_eq!(nonsense, RecordingQuery::default());
        assert_eq!(nonsense.path(), "/recordings");
        assert_eq!(parse(&[("page", "1")]).page, None, "one page has one address");
        assert_eq!(parse(&[("page", "99999999999999999999")]).page_number(), 1);
    }

    #[test]
    fn a_feed_has_the_filters_of_the_page_and_no_pages() {
        let query = parse(&[("page", "3"), ("year", "2023"), ("q", "så")]);
        assert_eq!(
            query.feed(crate::text::Lang::En),
            "/feeds/recordings.rss?q=s%C3%A5&year=2023&lang=en"
        );
    }

    #[test]
    fn another_choice_begins_at_the_first_page() {
        let query = parse(&[("page", "3"), ("year", "2023")]);
        assert_eq!(
            query.with(Dimension::Theme, Some("mod")).path(),
            "/recordings?theme=mod&year=2023"
        );
        assert_eq!(query.with(Dimension::Year, None).path(), "/recordings");
        assert_eq!(query.on_page(1).path(), "/recordings?year=2023");
        for &dimension in Dimension::ALL {
            let chosen = RecordingQuery::default().with(dimension, Some("x"));
            assert_eq!(chosen.chosen(dimension), Some("x"));
            assert!(chosen.is_filtered());
        }
    }

    #[test]
    fn lengths_have_no_gaps() {
        assert_eq!(Length::of(1), Length::Short);
        assert_eq!(Length::of(900_000), Length::Short);
        assert_eq!(Length::of(900_001), Length::Medium);
        assert_eq!(Length::of(2_700_001), Length::Long);
        assert_eq!(Length::of(i32::MAX), Length::Long);
    }
}
