//! What a column of a file is taken for, by its heading. Pure. What the lists that leave the site are headed by
//! (`lists/table.rs`) is known here too: such a list can be read in again.

use super::model::{Column, Lacks, Meaning};
use crate::signup::questions::Question;
use crate::text::Lang;

/// What a column of people can be taken for, beside the event's own questions; each with the headings that say so.
pub(super) const PEOPLE: &[(&str, &[&str])] = &[
    (
        "name",
        &[
            "namn",
            "name",
            "fullständigt namn",
            "full name",
            "deltagare",
            "deltagarens namn",
            "för- och efternamn",
            "participant",
            "participant name",
            "visningsnamn",
            "display name",
            "attendee",
        ],
    ),
    ("given", &["förnamn", "first name", "given name", "firstname", "tilltalsnamn", "fornamn"]),
    ("family", &["efternamn", "last name", "surname", "family name", "lastname"]),
    (
        "email",
        &[
            "e-post",
            "epost",
            "email",
            "e-mail",
            "mejl",
            "mail",
            "e-postadress",
            "epostadress",
            "mejladress",
            "email address",
            "e-mail address",
            "mailadress",
            "e-mejl",
            "mailaddress",
        ],
    ),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "arbetsgivare",
            "kommun",
            "myndighet",
            "företag",
            "arbetsplats",
            "org",
            "employer",
            "company",
            "municipality",
            "workplace",
            "organisation/kommun",
            "förvaltning",
        ],
    ),
    (
        "way",
        &[
            "deltar",
            "takes part",
            "deltagande",
            "plats eller digitalt",
            "way",
            "deltagarform",
            "format",
        ],
    ),
    ("lang", &["språk", "language", "lang", "sprak"]),
];

/// A heading as it is compared: in lower case, spaces as one, without what ends it.
pub(super) fn plain(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_end_matches([':', '*', '?', '.', ' ']).to_owned()
}

/// What each heading is taken for: each thing once, from the left.
#[must_use]
pub fn guess(titles: &[String], questions: &[(Question, Question)]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(titles.len());
    for title in titles {
        let title = plain(title);
        // The organiser's own words before ours.
        let asked = questions
            .iter()
            .find(|(sv, en)| plain(&sv.label) == title || plain(&en.label) == title)
            .map(|(sv, _)| sv.name());
        let known = || {
            PEOPLE
                .iter()
                .find(|(_, headings)| headings.contains(&title.as_str()))
                .map(|(word, _)| (*word).to_owned())
        };
        let word = asked.or_else(known).filter(|word| !taken.contains(word));
        taken.push(word.unwrap_or_default());
    }
    taken
}

/// What the columns can be taken for, in this language.
#[must_use]
pub fn meanings(lang: Lang, is_hybrid: bool, questions: &[Question]) -> Vec<Meaning> {
    let fixed = PEOPLE.iter().filter(|(word, _)| is_hybrid || *word != "way");
    let fixed = fixed.map(|(word, _)| Meaning {
        word: (*word).to_owned(),
        text: lang.import_meaning(word).to_owned(),
    });
    let asked = questions
        .iter()
        .map(|question| Meaning { word: question.name(), text: question.label.clone() });
    fixed.chain(asked).collect()
}

/// The columns of a file with what they are taken for, and what stands in them first.
#[must_use]
pub fn columns(titles: &[String], taken_for: &[String], first: &[&[String]]) -> Vec<Column> {
    let sample = |at: usize| {
        let text = first.iter().find_map(|row| row.get(at).filter(|text| !text.is_empty()));
        text.map(|text| text.chars().take(60).collect()).unwrap_or_default()
    };
    titles
        .iter()
        .enumerate()
        .map(|(at, title)| Column {
            title: title.clone(),
            sample: sample(at),
            taken_for: taken_for.get(at).cloned().unwrap_or_default(),
        })
        .collect()
}

/// What has to be said of people's columns before anything can be made of them.
#[must_use]
pub fn lacks(taken_for: &[String]) -> Option<Lacks> {
    let has = |word: &str| taken_for.iter().any(|taken| taken == word);
    let is_doubled = taken_for
        .iter()
        .enumerate()
        .any(|(at, word)| !word.is_empty() && taken_for[..at].contains(word));
    if is_doubled {
        Some(Lacks::Doubled)
    } else if !has("email") {
        Some(Lacks::Email)
    } else if !has("name") && !has("given") && !has("family") {
        Some(Lacks::Name)
    } else {
        None
    }
}
