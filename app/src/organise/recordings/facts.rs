//! The facts of a recording as a form: a sheet, as an event is one. Pure.

use crate::events::model::SpokenLanguage;
use crate::organise::plan::model::{LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, PlanProblem, Sheet};
use crate::recordings::model::Audience;

/// The fields, in the order of the form.
pub const FIELDS: &[&str] = &[
    "title_sv",
    "title_en",
    "summary_sv",
    "summary_en",
    "note_sv",
    "note_en",
    "language",
    "open_to",
    "may_embed",
    "elsewhere_url",
];
/// The field of a new one that says of which event it is.
pub const EVENT: &str = "event";
/// The longest address with another provider.
const LONGEST_ADDRESS: usize = 2_000;

/// What a recording is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What is spoken.
    pub language: SpokenLanguage,
    /// Who may see it.
    pub open_to: Audience,
    /// Other sites may show it.
    pub may_embed: bool,
    /// Where it lies with another provider.
    pub elsewhere: Option<String>,
    /// The plain texts.
    pub texts: Sheet,
}

impl Facts {
    /// A plain text; `None` if it is empty.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        Some(self.texts.get(field)).filter(|text| !text.is_empty())
    }
}

/// What is wrong, by field.
pub type Problems = Vec<(String, PlanProblem)>;

/// The sheet of a posted form.
#[must_use]
pub fn sheet_of(pairs: &[(String, String)]) -> Sheet {
    Sheet::of_fields(pairs, FIELDS.iter().copied().chain([EVENT]), &[])
}

/// Reads a sheet.
///
/// # Errors
/// All that is wrong, in the order of the form.
pub fn read(sheet: &Sheet) -> Result<Facts, Problems> {
    let mut problems = Problems::new();
    let mut wrong = |field: &str, problem| problems.push((field.to_owned(), problem));
    if sheet.get("title_sv").is_empty() {
        wrong("title_sv", PlanProblem::Missing);
    }
    for (field, longest) in [
        ("title_sv", LONGEST_TITLE),
        ("title_en", LONGEST_TITLE),
        ("summary_sv", LONGEST_TEXT),
        ("summary_en", LONGEST_TEXT),
        ("note_sv", LONGEST_LINE),
        ("note_en", LONGEST_LINE),
    ] {
        if sheet.get(field).chars().count() > longest {
            wrong(field, PlanProblem::TooLong);
        }
    }
    let language = SpokenLanguage::parse(sheet.get("language"));
    if language.is_none() {
        wrong("language", PlanProblem::NotAChoice);
    }
    let open_to = Audience::parse(sheet.get("open_to"));
    if open_to.is_none() {
        wrong("open_to", PlanProblem::NotAChoice);
    }
    let may_embed = sheet.get("may_embed") == "yes";
    if may_embed && open_to.is_some_and(|open_to| open_to != Audience::Everybody) {
        wrong("may_embed", PlanProblem::OnlyForAll);
    }
    let elsewhere = sheet.get("elsewhere_url");
    if elsewhere.len() > LONGEST_ADDRESS {
        wrong("elsewhere_url", PlanProblem::TooLong);
    } else if !elsewhere.is_empty() && !is_address(elsewhere) {
        wrong("elsewhere_url", PlanProblem::NotAUrl);
    }
    match (language, open_to) {
        (Some(language), Some(open_to)) if problems.is_empty() => Ok(Facts {
            language,
            open_to,
            may_embed,
            elsewhere: Some(elsewhere.to_owned()).filter(|address| !address.is_empty()),
            texts: sheet.clone(),
        }),
        _ => Err(problems),
    }
}

/// An address with https and a host, without what would lead elsewhere than it seems (a name before `@`).
fn is_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = text.chars().all(|c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\'));
    host.contains('.') && !host.starts_with('.') && !host.contains('@') && is_plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(changes: &[(&str, &str)]) -> Sheet {
        let mut pairs: Vec<(String, String)> = [
            ("title_sv", "Mod att prova"),
            ("language", "sv"),
            ("open_to", "everybody"),
            ("elsewhere_url", ""),
        ]
        .iter()
        .chain(changes)
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        // The first of a name counts.
        pairs.reverse();
        sheet_of(&pairs)
    }

    #[test]
    fn facts_are_read() {
        let facts = read(&sheet(&[
            ("title_en", " Courage\tto try "),
            ("summary_sv", "Ett\r\n\r\nTvå"),
            ("may_embed", "yes"),
            ("elsewhere_url", "https://vimeo.com/123456789"),
        ]))
        .unwrap();
        assert_eq!(facts.text("title_en"), Some("Courage to try"));
        assert_eq!(facts.text("summary_sv"), Some("Ett\n\nTvå"));
        assert_eq!(facts.text("summary_en"), None);
        assert!(facts.may_embed && facts.open_to == Audience::Everybody);
        assert_eq!(facts.elsewhere.as_deref(), Some("https://vimeo.com/123456789"));
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        let long = "x".repeat(LONGEST_TITLE + 1);
        for (field, value, problem) in [
            ("title_sv", "", PlanProblem::Missing),
            ("title_en", long.as_str(), PlanProblem::TooLong),
            ("language", "da", PlanProblem::NotAChoice),
            ("open_to", "", PlanProblem::NotAChoice),
            ("elsewhere_url", "http://vimeo.com/1", PlanProblem::NotAUrl),
            ("elsewhere_url", "https://", PlanProblem::NotAUrl),
            ("elsewhere_url", "https://a.se/ b", PlanProblem::NotAUrl),
            ("elsewhere_url", "https://a.se@b.se/x", PlanProblem::NotAUrl),
            ("elsewhere_url", "javascript:alert(1)", PlanProblem::NotAUrl),
        ] {
            assert_eq!(
                read(&sheet(&[(field, value)])),
                Err(vec![(field.to_owned(), problem)]),
                "{value}"
            );
        }
        let closed = sheet(&[("open_to", "signed_in"), ("may_embed", "yes")]);
        assert_eq!(read(&closed), Err(vec![("may_embed".into(), PlanProblem::OnlyForAll)]));
        let endless = format!("https://a.se/{}", "x".repeat(LONGEST_ADDRESS));
        assert_eq!(
            read(&sheet(&[("elsewhere_url", &endless)])),
            Err(vec![("elsewhere_url".into(), PlanProblem::TooLong)])
        );
    }
}
