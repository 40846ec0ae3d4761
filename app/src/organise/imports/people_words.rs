//! What stands in the cells of people, in words of either language: how they take part, and what they answer. Pure.

use crate::events::model::Way;
use crate::signup::model::Problem;
use crate::signup::questions::{Answer, Question, QuestionKind, YES};

/// How somebody takes part, in words of either language.
pub(super) fn way(text: &str) -> Option<Way> {
    let text = text.to_lowercase();
    let of = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if of(&["digital", "online", "distans", "på distans", "zoom", "teams", "webb"]) {
        Some(Way::Digital)
    } else if of(&[
        "på plats",
        "plats",
        "on site",
        "on-site",
        "onsite",
        "on_site",
        "in person",
        "fysisk",
    ]) {
        Some(Way::OnSite)
    } else {
        None
    }
}

/// The answers in a cell; of several choices, with semicolons or commas between them.
pub(super) fn answer(sv: &Question, en: &Question, text: &str) -> Result<Vec<String>, Problem> {
    match sv.kind {
        QuestionKind::Choice => {
            chosen(sv, en, text).map(|choice| vec![choice]).ok_or(Problem::NotAChoice)
        }
        QuestionKind::Choices => {
            if let Some(choice) = chosen(sv, en, text) {
                return Ok(vec![choice]);
            }
            let sign = if text.contains(';') { ';' } else { ',' };
            let parts = text.split(sign).map(str::trim).filter(|part| !part.is_empty());
            let mut chosen: Vec<String> = parts
                .map(|part| chosen(sv, en, part).ok_or(Problem::NotAChoice))
                .collect::<Result<_, _>>()?;
            chosen.sort();
            chosen.dedup();
            Ok(chosen)
        }
        QuestionKind::Consent => match text.to_lowercase().as_str() {
            "ja" | "yes" | "x" | "1" | "true" | "sant" => Ok(vec![YES.to_owned()]),
            _ => Ok(Vec::new()),
        },
        QuestionKind::Text | QuestionKind::Number => {
            let given = [Answer { question: sv.id, text: text.to_owned() }];
            let read = crate::signup::questions::read(std::slice::from_ref(sv), &given);
            read.map(|answers| answers.into_iter().map(|answer| answer.text).collect()).map_err(
                |problems| problems.first().map_or(Problem::Unreadable, |(_, problem)| *problem),
            )
        }
    }
}

/// The choice with these words, in either language.
fn chosen(sv: &Question, en: &Question, text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let of = |question: &Question| {
        let same = |words: &str| words.to_lowercase() == text;
        question
            .choices
            .iter()
            .find(|choice| same(&choice.value) || same(&choice.text))
            .map(|choice| choice.value.clone())
    };
    of(sv).or_else(|| of(en))
}
