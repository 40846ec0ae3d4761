//! What an organiser wants to know of those who sign up, and which answers can be. Pure.

use super::model::Problem;
use crate::events::model::words;
use serde::{Deserialize, Serialize};

/// The longest answer in words, in characters.
pub const LONGEST_ANSWER: usize = 1_000;
/// The answer of a box that is ticked.
pub const YES: &str = "yes";

words! {
    /// How a question is answered.
    QuestionKind {
        /// In words.
        Text = "text",
        /// By one of several.
        Choice = "choice",
        /// By any number of several.
        Choices = "choices",
        /// By a whole number.
        Number = "number",
        /// By a box that has to be ticked.
        Consent = "consent",
    }
}

words! {
    /// Who reads the answers.
    SeenBy {
        /// Those who organise the programme.
        Organisers = "organisers",
        /// They, and those who host in it.
        Hosts = "hosts",
    }
}

/// One of the answers that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is kept: its Swedish words.
    pub value: String,
    /// What is read.
    pub text: String,
}

/// A question of an event, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its number.
    pub id: i64,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub label: String,
    /// It cannot be left out.
    pub is_required: bool,
    /// Who reads the answers.
    pub seen_by: SeenBy,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The least number that can be.
    pub least: Option<i32>,
    /// The greatest.
    pub most: Option<i32>,
}

impl Question {
    /// Its name in the form, and the id of its field.
    #[must_use]
    pub fn name(&self) -> String {
        format!("q-{}", self.id)
    }
}

/// The number of the question whose field has this name.
#[must_use]
pub fn asked_by(name: &str) -> Option<i64> {
    name.strip_prefix("q-")?.parse().ok()
}

/// An answer, or one of several to the same question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Answer {
    /// The question's number.
    pub question: i64,
    /// What was written or chosen.
    pub text: String,
}

/// What is wrong, question by question, in their order.
pub type QuestionProblems = Vec<(i64, Problem)>;

/// Reads what was answered. What answers no question that is asked is left out.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(questions: &[Question], given: &[Answer]) -> Result<Vec<Answer>, QuestionProblems> {
    let (mut answers, mut problems) = (Vec::new(), Vec::new());
    for question in questions {
        let texts = given
            .iter()
            .filter(|answer| answer.question == question.id)
            .map(|answer| answer.text.as_str());
        match question.read(texts) {
            Ok(texts) => {
                answers.extend(texts.into_iter().map(|text| Answer { question: question.id, text }))
            }
            Err(problem) => problems.push((question.id, problem)),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

impl Question {
    fn read<'a>(&self, given: impl Iterator<Item = &'a str>) -> Result<Vec<String>, Problem> {
        let mut texts: Vec<&str> = given.map(str::trim).filter(|text| !text.is_empty()).collect();
        if self.kind != QuestionKind::Choices {
            texts.truncate(1);
        }
        let texts =
            texts.into_iter().map(|text| self.read_one(text)).collect::<Result<Vec<_>, _>>()?;
        if texts.is_empty() && self.is_required {
            return Err(Problem::Missing);
        }
        // In the order in which they are offered, each once.
        Ok(match self.kind {
            QuestionKind::Choices => self
                .choices
                .iter()
                .filter(|choice| texts.contains(&choice.value))
                .map(|choice| choice.value.clone())
                .collect(),
            _ => texts,
        })
    }

    /// This can be chosen, or what is answered is not chosen.
    #[must_use]
    pub fn offers(&self, text: &str) -> bool {
        let is_chosen = matches!(self.kind, QuestionKind::Choice | QuestionKind::Choices);
        !is_chosen || self.choices.iter().any(|choice| choice.value == text)
    }

    /// An answer is needed, and none of these is one. What could be chosen once and cannot any more is none.
    #[must_use]
    pub fn waits_for_answer(&self, answers: &[Answer]) -> bool {
        let is_one = |answer: &Answer| answer.question == self.id && self.offers(&answer.text);
        self.is_required && !answers.iter().any(is_one)
    }

    fn read_one(&self, text: &str) -> Result<String, Problem> {
        match self.kind {
            QuestionKind::Text => words(text),
            QuestionKind::Choice | QuestionKind::Choices => {
                if self.offers(text) {
                    Ok(text.to_owned())
                } else {
                    Err(Problem::NotAChoice)
                }
            }
            QuestionKind::Number => {
                let number: i32 = text.parse().map_err(|_| Problem::NotANumber)?;
                let fits = self.least.is_none_or(|least| least <= number)
                    && self.most.is_none_or(|most| number <= most);
                if fits { Ok(number.to_string()) } else { Err(Problem::OutOfBounds) }
            }
            QuestionKind::Consent => {
                if text == YES || text == "on" || text == "true" {
                    Ok(YES.to_owned())
                } else {
                    Err(Problem::Missing)
                }
            }
        }
    }
}

/// Words in lines: without what is no text.
fn words(text: &str) -> Result<String, Problem> {
    let text = text.replace("\r\n", "\n");
    if text.chars().any(|c| c == '\u{fffd}' || (c.is_control() && c != '\n' && c != '\t')) {
        return Err(Problem::Unreadable);
    }
    if text.chars().count() > LONGEST_ANSWER { Err(Problem::TooLong) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: i64, kind: QuestionKind, is_required: bool) -> Question {
        let choices = ["Kött", "Fisk", "Vego"]
            .map(|value| Choice { value: value.into(), text: format!("{value}!") })
            .to_vec();
        let seen_by = SeenBy::Organisers;
        Question {
            id,
            kind,
            label: "?".into(),
            is_required,
            seen_by,
            choices,
            least: Some(0),
            most: Some(9),
        }
    }

    fn given(answers: &[(i64, &str)]) -> Vec<Answer> {
        answers.iter().map(|&(question, text)| Answer { question, text: text.into() }).collect()
    }

    #[test]
    fn answers_of_every_kind() {
        let questions = [
            question(1, QuestionKind::Text, true),
            question(2, QuestionKind::Choice, true),
            question(3, QuestionKind::Choices, true),
            question(4, QuestionKind::Number, true),
            question(5, QuestionKind::Consent, true),
        ];
        let answers = given(&[
            (3, "Vego"),
            (3, "Kött"),
            (3, "Vego"),
            (1, " Å\r\nÄ "),
            (2, "Fisk"),
            (4, " 07 "),
            (5, "yes"),
            (9, "x"),
        ]);
        let read = read(&questions, &answers).unwrap();
        let wanted =
            given(&[(1, "Å\nÄ"), (2, "Fisk"), (3, "Kött"), (3, "Vego"), (4, "7"), (5, "yes")]);
        assert_eq!(read, wanted);
    }

    #[test]
    fn what_is_not_asked_for_may_be_left_out() {
        let questions =
            [question(1, QuestionKind::Text, false), question(3, QuestionKind::Choices, false)];
        assert_eq!(read(&questions, &given(&[(1, "  ")])), Ok(vec![]));
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_in_order() {
        let questions = [
            question(1, QuestionKind::Text, true),
            question(2, QuestionKind::Choice, true),
            question(3, QuestionKind::Choices, false),
            question(4, QuestionKind::Number, false),
            question(5, QuestionKind::Number, false),
            question(6, QuestionKind::Consent, true),
            question(7, QuestionKind::Text, false),
            question(8, QuestionKind::Text, false),
        ];
        let long = "å".repeat(LONGEST_ANSWER + 1);
        let answers = given(&[
            (2, "Kött!"),
            (3, "Fisk"),
            (3, "Gräs"),
            (4, "tio"),
            (5, "10"),
            (6, "no"),
            (7, "a\0b"),
            (8, &long),
        ]);
        let problems = read(&questions, &answers).unwrap_err();
        assert_eq!(
            problems,
            [
                (1, Problem::Missing),
                (2, Problem::NotAChoice),
                (3, Problem::NotAChoice),
                (4, Problem::NotANumber),
                (5, Problem::OutOfBounds),
                (6, Problem::Missing),
                (7, Problem::Unreadable),
                (8, Problem::TooLong),
            ]
        );
    }

    #[test]
    fn an_answer_that_cannot_be_chosen_any_more_is_none() {
        let choice = question(2, QuestionKind::Choice, true);
        assert!(choice.waits_for_answer(&given(&[(1, "Kött"), (2, "Gräs")])));
        assert!(!choice.waits_for_answer(&given(&[(2, "Kött")])));
        assert!(!question(1, QuestionKind::Text, true).waits_for_answer(&given(&[(1, "Gräs")])));
        assert!(!question(2, QuestionKind::Choice, false).waits_for_answer(&[]));
    }

    #[test]
    fn names_of_fields() {
        assert_eq!(asked_by(&question(12, QuestionKind::Text, true).name()), Some(12));
        assert_eq!((asked_by("q-"), asked_by("name"), asked_by("q-1x")), (None, None, None));
    }
}
