//! What is said of letters with figures and names in it.

use super::{Lang, LetterWords, number};
use crate::organise::letters::model::{Carried, Fate, LetterProblem, Said, Whom};

fn figure(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// The fixed texts of letters.
    #[must_use]
    pub const fn letter_words(self) -> &'static LetterWords {
        match self {
            Self::Sv => &LetterWords::SV,
            Self::En => &LetterWords::EN,
        }
    }

    /// `De som har plats (412)`
    #[must_use]
    pub fn letter_to(self, whom: Whom, people: usize) -> String {
        let whom = match whom {
            Whom::Everybody => {
                self.pick("Alla som kommer eller väntar", "Everybody who comes or waits")
            }
            Whom::Places => self.pick("De som har plats", "Those with a place"),
            Whom::Line => self.pick("De på väntelistan", "Those on the waitlist"),
            Whom::Matching => self.pick("De som urvalet visar", "Those whom the filters show"),
            Whom::Chosen => self.pick("De valda", "The chosen"),
            Whom::Oneself => self.pick("Dig själv", "Yourself"),
        };
        format!("{whom} ({})", figure(self, people))
    }

    /// What is wrong with a letter.
    #[must_use]
    pub const fn letter_problem(self, problem: LetterProblem) -> &'static str {
        match problem {
            LetterProblem::NoSubject => self.pick("Skriv ett ämne.", "Write a subject."),
            LetterProblem::LongSubject => self.pick(
                "Ämnet får vara högst 150 tecken.",
                "A subject is at most 150 characters long.",
            ),
            LetterProblem::NoText => self.pick("Skriv en text.", "Write a text."),
            LetterProblem::LongText => self.pick(
                "Texten får vara högst 10 000 tecken.",
                "A text is at most 10,000 characters long.",
            ),
            LetterProblem::Nobody => self.pick(
                "Det finns ingen att skriva till. Välj andra, eller ta med dem som inte kommer.",
                "There is nobody to write to. Choose others, or include those who are not coming.",
            ),
        }
    }

    /// What has happened with a letter that was not sent.
    #[must_use]
    pub const fn letter_said(self, said: Said) -> &'static str {
        match said {
            Said::Tested => self.pick(
                "Ett test är på väg till dig. Inget har skickats till någon annan.",
                "A test is on its way to you. Nothing has been sent to anybody else.",
            ),
            Said::Changed => self.pick(
                "Inget har skickats: brevet har ändrats sedan du granskade det. Titta igen och skicka sedan.",
                "Nothing has been sent: the letter has changed since you looked at it. Look again, then send.",
            ),
        }
    }

    /// Whose eyes a preview is through.
    #[must_use]
    pub fn letter_looks(self, name: &str) -> String {
        match self {
            Self::Sv => {
                format!("Som {name} får det. Alla får det på sitt eget språk runt din text.")
            }
            Self::En => {
                format!("As {name} gets it. Around your text, each gets their own language.")
            }
        }
    }

    /// `Skicka till 412 personer`
    #[must_use]
    pub fn letter_send(self, people: usize) -> String {
        format!("{} {}", self.pick("Skicka till", "Send to"), self.found(people))
    }

    /// `120 skickade, 3 väntar, 1 kom inte fram`
    #[must_use]
    pub fn letter_fate(self, fate: Fate) -> String {
        let mut parts =
            vec![format!("{} {}", figure(self, fate.sent), self.pick("skickade", "sent"))];
        if fate.waiting > 0 {
            parts.push(format!(
                "{} {}",
                figure(self, fate.waiting),
                self.pick("väntar", "waiting")
            ));
        }
        if fate.refused > 0 {
            let refused = self.pick("kom inte fram", "not delivered");
            parts.push(format!("{} {refused}", figure(self, fate.refused)));
        }
        parts.join(", ")
    }

    /// Where somebody's mail is.
    #[must_use]
    pub const fn letter_carried(self, carried: Carried) -> &'static str {
        match carried {
            Carried::Sent => self.pick("skickat", "sent"),
            Carried::Waiting => self.pick("väntar", "waiting"),
            Carried::Refused => self.pick("kom inte fram", "not delivered"),
            Carried::Dropped => self.pick("skickades inte", "not sent"),
        }
    }
}
