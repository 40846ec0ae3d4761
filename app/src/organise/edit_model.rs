//! A question that is written anew. Pure.

use super::model::{NewQuestion, PostedTerms, TermsProblem, read_question};
use crate::events::model::words;
use crate::signup::questions::{QuestionKind, SeenBy};
use serde::{Deserialize, Serialize};

/// A question in both its languages, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worded {
    /// Its number.
    pub id: i64,
    /// How it is answered. That stays.
    pub kind: QuestionKind,
    /// What is asked, in Swedish.
    pub label_sv: String,
    /// The same in English.
    pub label_en: Option<String>,
    /// It cannot be left out.
    pub is_required: bool,
    /// Who reads the answers.
    pub seen_by: SeenBy,
    /// What can be chosen, in Swedish.
    pub options_sv: Vec<String>,
    /// The same in English, or nothing.
    pub options_en: Vec<String>,
    /// The least number that can be.
    pub least: Option<i32>,
    /// The greatest.
    pub most: Option<i32>,
    /// How many people have answered.
    pub answered: i64,
}

/// One of the answers to choose from, as it was and as it becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Its Swedish words until now.
    pub was: String,
    /// Its Swedish words from now on; none: it goes.
    pub sv: String,
    /// The same in English.
    pub en: String,
}

/// What becomes of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// All of it, as for a new one.
    pub question: NewQuestion,
    /// Answers to choose from that get other words: the old and the new ones.
    pub renamed: Vec<(String, String)>,
}

words! {
    /// Which way a question goes in the list.
    Direction {
        /// Earlier.
        Up = "up",
        /// Later.
        Down = "down",
    }
}

/// The answers to choose from in the form for changing a question: the same three fields for each.
#[must_use]
pub fn wordings(posted: &PostedTerms) -> Vec<Wording> {
    let all = |name: &str| {
        let name = name.to_owned();
        let of_name = move |pair: &&(String, String)| pair.0 == name;
        posted.pairs.iter().filter(of_name).map(|(_, value)| value.trim().to_owned())
    };
    let texts = all("choice_sv").zip(all("choice_en"));
    all("was").zip(texts).map(|(was, (sv, en))| Wording { was, sv, en }).collect()
}

/// Reads a question that is written anew, by the rules of a new one. A choice whose Swedish words are taken
/// away goes; further ones come from the fields that a new question has, too.
///
/// # Errors
/// Everything that is wrong.
pub fn read_edit(
    posted: &PostedTerms,
    kind: QuestionKind,
) -> Result<Edit, Vec<(String, TermsProblem)>> {
    let kept: Vec<Wording> =
        wordings(posted).into_iter().filter(|wording| !wording.sv.is_empty()).collect();
    let lines = |kept: Vec<&str>, name| {
        let more = posted.value(name).unwrap_or_default();
        format!("{}\n{more}", kept.join("\n"))
    };
    let options_sv = lines(kept.iter().map(|wording| wording.sv.as_str()).collect(), "options_sv");
    let options_en = lines(kept.iter().map(|wording| wording.en.as_str()).collect(), "options_en");
    let mut problems = Vec::new();
    if matches!(kind, QuestionKind::Choice | QuestionKind::Choices) {
        let mut written: Vec<&str> =
            options_sv.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let count = written.len();
        written.sort_unstable();
        written.dedup();
        let is_uneven =
            kept.iter().any(|it| it.en.is_empty()) && kept.iter().any(|it| !it.en.is_empty());
        if written.len() < count {
            problems.push(("options_sv".to_owned(), TermsProblem::Twice));
        } else if is_uneven {
            problems.push(("options_en".to_owned(), TermsProblem::Uneven));
        }
    }
    let mut pairs: Vec<_> = ["label_sv", "label_en", "least", "most", "seen_by", "is_required"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), posted.value(name)?.to_owned())))
        .collect();
    pairs.push(("kind".to_owned(), kind.as_str().to_owned()));
    pairs.push(("options_sv".to_owned(), options_sv));
    pairs.push(("options_en".to_owned(), options_en));
    let whole = PostedTerms { pairs, problems: Vec::new() };
    match read_question(&whole) {
        Ok(question) if problems.is_empty() => {
            let renamed = kept.into_iter().filter(|wording| wording.was != wording.sv);
            let renamed = renamed.map(|wording| (wording.was, wording.sv)).collect();
            Ok(Edit { question, renamed })
        }
        Ok(_) => Err(problems),
        Err(others) => {
            let is_new = |(name, _): &(String, TermsProblem)| {
                problems.iter().all(|(known, _)| known != name)
            };
            let others: Vec<_> = others.into_iter().filter(is_new).collect();
            problems.extend(others);
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> PostedTerms {
        let pairs = pairs.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        PostedTerms { pairs, problems: Vec::new() }
    }

    /// The form of a question with the choices Kött and Fisk, as they become, and one more.
    fn choices(first: [&str; 2], second: [&str; 2], more: [&str; 2]) -> PostedTerms {
        posted(&[
            ("label_sv", "Mat?"),
            ("kind", "number"),
            ("was", "Kött"),
            ("choice_sv", first[0]),
            ("choice_en", first[1]),
            ("was", "Fisk"),
            ("choice_sv", second[0]),
            ("choice_en", second[1]),
            ("options_sv", more[0]),
            ("options_en", more[1]),
        ])
    }

    #[test]
    fn choices_are_renamed_taken_away_and_added() {
        let read = |form: PostedTerms| read_edit(&form, QuestionKind::Choice).unwrap();
        let edit = read(choices([" Biff ", "Beef"], ["Fisk", "Fish"], ["Vego", "Veg"]));
        assert_eq!(edit.question.kind, QuestionKind::Choice);
        assert_eq!(edit.question.options_sv, ["Biff", "Fisk", "Vego"]);
        assert_eq!(edit.question.options_en, ["Beef", "Fish", "Veg"]);
        assert_eq!(edit.renamed, [("Kött".to_owned(), "Biff".to_owned())]);
        // What goes takes its English with it.
        let edit = read(choices(["", "Meat"], ["Fisk", ""], ["Vego", ""]));
        assert_eq!(edit.question.options_sv, ["Fisk", "Vego"]);
        assert!(edit.question.options_en.is_empty() && edit.renamed.is_empty());
        let swapped = read(choices(["Fisk", ""], ["Kött", ""], ["", ""]));
        assert_eq!(swapped.renamed.len(), 2);
    }

    #[test]
    fn what_is_wrong() {
        let wrong = |form: PostedTerms| read_edit(&form, QuestionKind::Choices).unwrap_err();
        let at = |name: &str, problem| vec![(name.to_owned(), problem)];
        assert_eq!(
            wrong(choices(["Fisk", ""], ["Fisk", ""], ["", ""])),
            at("options_sv", TermsProblem::Twice)
        );
        assert_eq!(
            wrong(choices(["Kött", ""], ["", ""], ["", ""])),
            at("options_sv", TermsProblem::TooFew)
        );
        // As many in English as in Swedish, but not of the same ones.
        assert_eq!(
            wrong(choices(["Kött", ""], ["Fisk", "Fish"], ["", "Veg"])),
            at("options_en", TermsProblem::Uneven)
        );
        let unnamed = posted(&[("label_sv", " "), ("least", "x")]);
        assert_eq!(
            read_edit(&unnamed, QuestionKind::Number).unwrap_err(),
            [
                ("label_sv".to_owned(), TermsProblem::Missing),
                ("least".to_owned(), TermsProblem::NotBounds)
            ]
        );
    }
}
