//! What the organiser's pages show, and what may be typed there. Pure.

use super::edit_model::Worded;
use crate::events::model::{EventLine, Way, words};
use crate::signup::questions::{Question, QuestionKind, SeenBy};
use serde::{Deserialize, Serialize};

/// The most seats that a way can have.
pub const MOST_SEATS: u32 = 100_000;
/// The most hours that somebody is given to say no.
pub const MOST_HOURS: i16 = 720;
/// The longest question, in characters.
pub const LONGEST_LABEL: usize = 500;
/// The most answers that one can choose from.
pub const MOST_CHOICES: usize = 30;
/// The most questions of an event.
pub const MOST_QUESTIONS: usize = 20;

/// An event on the list of those that one organises or hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organised {
    /// The event.
    pub line: EventLine,
    /// How many wait for a yes or a no.
    pub requests: i64,
}

/// An event as its organiser sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisedEvent {
    /// The event.
    pub line: EventLine,
    /// Whoever looks may change it, and not only read.
    pub may_change: bool,
    /// The organiser says yes or no to each sign-up.
    pub needs_approval: bool,
    /// How many hours whoever gets a freed seat has to say no.
    pub reply_hours: Option<i16>,
    /// What is asked, as far as whoever looks may read the answers.
    pub questions: Vec<Question>,
    /// The same in both languages, for those who may change them.
    pub worded: Vec<Worded>,
}

/// How many mails there are about an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mails {
    /// Wait for their turn.
    pub queued: i64,
    /// Have left.
    pub sent: i64,
    /// Could not be delivered.
    pub failed: i64,
}

words! {
    /// What is wrong with a field.
    TermsProblem {
        NotSeats = "not_seats", NotHours = "not_hours", Missing = "missing", TooLong = "too_long",
        TooFew = "too_few", TooMany = "too_many", Uneven = "uneven", NotBounds = "not_bounds",
        Unreadable = "unreadable", Twice = "twice", NoReason = "no_reason", Full = "full",
    }
}

/// A form as it was filled, and what is wrong with it, by the names of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedTerms {
    /// Names and values.
    pub pairs: Vec<(String, String)>,
    /// What is wrong, in the order of the form.
    pub problems: Vec<(String, TermsProblem)>,
}

impl PostedTerms {
    /// What stands in a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self, name: &str) -> Option<TermsProblem> {
        self.problems.iter().find(|(key, _)| key == name).map(|(_, problem)| *problem)
    }
}

/// What an event asks of those who sign up. Its seats are changed in a form of their own, which can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The organiser says yes or no.
    pub needs_approval: bool,
    /// How long whoever gets a freed seat has to say no.
    pub reply_hours: Option<i16>,
}

/// The name of the field with the seats of a way in the event's own form.
#[must_use]
pub const fn seats_field(way: Way) -> &'static str {
    match way {
        Way::Digital => "seats-digital",
        Way::OnSite => "seats-on_site",
    }
}

/// Reads the terms of an event.
///
/// # Errors
/// Everything that is wrong.
pub fn read_terms(posted: &PostedTerms) -> Result<Terms, Vec<(String, TermsProblem)>> {
    let mut problems = Vec::new();
    let reply_hours = match posted.value("reply_hours").map(str::trim) {
        None | Some("") => None,
        Some(text) => {
            let hours = text.parse().ok().filter(|hours| (1..=MOST_HOURS).contains(hours));
            if hours.is_none() {
                problems.push(("reply_hours".to_owned(), TermsProblem::NotHours));
            }
            hours
        }
    };
    let needs_approval = posted.value("needs_approval") == Some("yes");
    if problems.is_empty() { Ok(Terms { needs_approval, reply_hours }) } else { Err(problems) }
}

/// A question before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked, in Swedish.
    pub label_sv: String,
    /// What is asked, in English.
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
}

/// Reads a new question.
///
/// # Errors
/// Everything that is wrong.
pub fn read_question(posted: &PostedTerms) -> Result<NewQuestion, Vec<(String, TermsProblem)>> {
    let mut problems = Vec::new();
    let mut wrong = |name: &str, problem| problems.push((name.to_owned(), problem));
    let text = |name| posted.value(name).unwrap_or_default();
    let kind = QuestionKind::parse(text("kind")).unwrap_or(QuestionKind::Text);
    let label_sv = match label(text("label_sv")) {
        Ok(Some(label)) => label,
        Ok(None) => {
            wrong("label_sv", TermsProblem::Missing);
            String::new()
        }
        Err(problem) => {
            wrong("label_sv", problem);
            String::new()
        }
    };
    let label_en = label(text("label_en")).unwrap_or_else(|problem| {
        wrong("label_en", problem);
        None
    });
    let (mut options_sv, mut options_en) = (Vec::new(), Vec::new());
    if matches!(kind, QuestionKind::Choice | QuestionKind::Choices) {
        options_sv = options(text("options_sv"));
        options_en = options(text("options_en"));
        match options_sv.len() {
            0 | 1 => wrong("options_sv", TermsProblem::TooFew),
            2..=MOST_CHOICES => {}
            _ => wrong("options_sv", TermsProblem::TooMany),
        }
        if options_sv.iter().chain(&options_en).any(|option| label(option).is_err()) {
            wrong("options_sv", TermsProblem::Unreadable);
        }
        if !options_en.is_empty() && options_en.len() != options_sv.len() {
            wrong("options_en", TermsProblem::Uneven);
        }
    }
    let (mut least, mut most) = (None, None);
    if kind == QuestionKind::Number {
        let mut bound = |name| match text(name).trim() {
            "" => None,
            text => {
                let number = text.parse::<i32>().ok();
                if number.is_none() {
                    wrong(name, TermsProblem::NotBounds);
                }
                number
            }
        };
        (least, most) = (bound("least"), bound("most"));
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            wrong("most", TermsProblem::NotBounds);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(NewQuestion {
        kind,
        label_sv,
        label_en,
        // A box that need not be ticked asks for nothing.
        is_required: kind == QuestionKind::Consent || text("is_required") == "yes",
        seen_by: SeenBy::parse(text("seen_by")).unwrap_or(SeenBy::Organisers),
        options_sv,
        options_en,
        least,
        most,
    })
}

/// One line of text, or none.
fn label(text: &str) -> Result<Option<String>, TermsProblem> {
    if text.chars().any(|c| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())) {
        return Err(TermsProblem::Unreadable);
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Ok(None),
        1..=LONGEST_LABEL => Ok(Some(line)),
        _ => Err(TermsProblem::TooLong),
    }
}

/// One for each line, each once.
fn options(text: &str) -> Vec<String> {
    let mut options = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !options.iter().any(|known| known == line) {
            options.push(line.to_owned());
        }
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> PostedTerms {
        let pairs = pairs.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        PostedTerms { pairs, problems: Vec::new() }
    }

    #[test]
    fn terms() {
        let good = posted(&[("needs_approval", "yes"), ("reply_hours", "48")]);
        let terms = read_terms(&good).unwrap();
        assert!(terms.needs_approval && terms.reply_hours == Some(48));
        assert!(!read_terms(&posted(&[])).unwrap().needs_approval);
        let problems = read_terms(&posted(&[("reply_hours", "721")])).unwrap_err();
        assert_eq!(problems, [("reply_hours".to_owned(), TermsProblem::NotHours)]);
    }

    #[test]
    fn a_question_with_choices() {
        let asked = [
            ("kind", "choices"),
            ("label_sv", " Mat? "),
            ("options_sv", "Kött\r\n\r\nFisk\nKött"),
            ("options_en", "Meat\nFish"),
            ("seen_by", "hosts"),
        ];
        let question = read_question(&posted(&asked)).unwrap();
        assert_eq!(question.options_sv, ["Kött", "Fisk"]);
        assert_eq!((question.label_sv.as_str(), question.seen_by), ("Mat?", SeenBy::Hosts));
        assert!(!question.is_required);
    }

    #[test]
    fn what_is_wrong_with_a_question() {
        let problems = |pairs: &[(&str, &str)]| read_question(&posted(pairs)).unwrap_err();
        let at = |name: &str, problem| vec![(name.to_owned(), problem)];
        assert_eq!(problems(&[]), at("label_sv", TermsProblem::Missing));
        assert_eq!(
            problems(&[("label_sv", &"x".repeat(501))]),
            at("label_sv", TermsProblem::TooLong)
        );
        assert_eq!(problems(&[("label_sv", "a\0")]), at("label_sv", TermsProblem::Unreadable));
        let one = [("kind", "choice"), ("label_sv", "?"), ("options_sv", "A\nA")];
        assert_eq!(problems(&one), at("options_sv", TermsProblem::TooFew));
        let uneven =
            [("kind", "choice"), ("label_sv", "?"), ("options_sv", "A\nB"), ("options_en", "A")];
        assert_eq!(problems(&uneven), at("options_en", TermsProblem::Uneven));
        let bounds = [("kind", "number"), ("label_sv", "?"), ("least", "9"), ("most", "1")];
        assert_eq!(problems(&bounds), at("most", TermsProblem::NotBounds));
    }

    #[test]
    fn a_consent_is_always_needed() {
        let question = read_question(&posted(&[("kind", "consent"), ("label_sv", "Ja?")])).unwrap();
        assert!(question.is_required);
    }
}
