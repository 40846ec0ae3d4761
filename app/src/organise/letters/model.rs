//! What an organiser writes, to whom, and what became of it. Pure.

use crate::events::model::{EventLine, words};
use crate::organise::people::query::PeopleQuery;
use crate::organise::people::selection;
use crate::signup::model::Status;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 150;
/// The longest text, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// How many people a page of a letter's fate shows.
pub const PAGE: usize = 100;

words! {
    /// Whom a letter is for.
    Whom {
        /// Everybody who comes, asks to or waits.
        Everybody = "everybody",
        /// Those with a place.
        Places = "places",
        /// Those who wait in line.
        Line = "line",
        /// Those whom the list shows.
        Matching = "matching",
        /// Those who were chosen on the list.
        Chosen = "chosen",
        /// Whoever writes it, to see how it looks.
        Oneself = "oneself",
    }
}

impl Whom {
    /// What has become of the sign-ups of those. Who is not coming is written to only where that is asked for.
    #[must_use]
    pub fn statuses(self, those_gone_too: bool) -> Vec<Status> {
        use Status::{Attended, Cancelled, Confirmed, NoShow, Refused, Requested, Waitlisted};
        match self {
            Self::Oneself => Vec::new(),
            Self::Places => vec![Confirmed, Attended, NoShow],
            Self::Line => vec![Waitlisted],
            Self::Everybody | Self::Matching | Self::Chosen => {
                let mut statuses = vec![Requested, Confirmed, Waitlisted, Attended, NoShow];
                if those_gone_too {
                    statuses.extend([Cancelled, Refused]);
                }
                statuses
            }
        }
    }
}

words! {
    /// What is wrong with a letter.
    LetterProblem {
        NoSubject = "no_subject", LongSubject = "long_subject", NoText = "no_text", LongText = "long_text",
        Nobody = "nobody",
    }
}

words! {
    /// What the form says when it comes back with nothing wrong in it.
    Said {
        /// A mail is on its way to whoever writes.
        Tested = "tested",
        /// What was to be sent is not what was looked at.
        Changed = "changed",
    }
}

/// A letter as somebody will read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Its subject.
    pub subject: String,
    /// What is in it, safe to show.
    pub html: String,
    /// The same as text.
    pub text: String,
    /// Who it is who reads it so.
    pub name: String,
    /// How many get it.
    pub people: usize,
    /// What was looked at, in a few signs: nothing else is sent.
    pub seen: String,
}

/// The form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedLetter {
    /// Names and values.
    pub pairs: Vec<(String, String)>,
    /// What is wrong, by the names of the fields.
    pub problems: Vec<(String, LetterProblem)>,
    /// How it looks.
    pub preview: Option<Preview>,
    /// What happened.
    pub said: Option<Said>,
}

impl PostedLetter {
    /// What stands in a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self, name: &str) -> Option<LetterProblem> {
        self.problems.iter().find(|(key, _)| key == name).map(|(_, problem)| *problem)
    }

    /// The sign-ups that were chosen.
    #[must_use]
    pub fn chosen(&self) -> Vec<i64> {
        selection::named(&self.pairs)
    }

    /// Whom it is for: what the form says, or where one came from.
    #[must_use]
    pub fn whom(&self, query: &PeopleQuery) -> Whom {
        let said = self.value("whom").and_then(Whom::parse).filter(|whom| *whom != Whom::Oneself);
        said.unwrap_or_else(|| {
            if self.value("which") == Some("matching") {
                Whom::Matching
            } else if !self.chosen().is_empty() {
                Whom::Chosen
            } else if query.is_filtered() {
                Whom::Matching
            } else {
                Whom::Everybody
            }
        })
    }

    /// Those too who are not coming.
    #[must_use]
    pub fn those_gone_too(&self) -> bool {
        self.value("gone") == Some("yes")
    }
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// A line.
    pub subject: String,
    /// In Markdown.
    pub body: String,
}

/// Reads what was written.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(posted: &PostedLetter) -> Result<Draft, Vec<(String, LetterProblem)>> {
    let subject = posted.value("subject").unwrap_or_default();
    // A subject is one line.
    let subject = subject.split(|c: char| c.is_whitespace() || c.is_control());
    let subject = subject.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let body = posted.value("text").unwrap_or_default().replace("\r\n", "\n").replace('\0', "");
    let body = body.trim().to_owned();
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem| problems.push((field.to_owned(), problem));
    if subject.is_empty() {
        wrong("subject", LetterProblem::NoSubject);
    } else if subject.chars().count() > LONGEST_SUBJECT {
        wrong("subject", LetterProblem::LongSubject);
    }
    if body.is_empty() {
        wrong("text", LetterProblem::NoText);
    } else if body.chars().count() > LONGEST_TEXT {
        wrong("text", LetterProblem::LongText);
    }
    if problems.is_empty() { Ok(Draft { subject, body }) } else { Err(problems) }
}

/// How many there are to write to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Everybody who comes, asks to or waits.
    pub everybody: usize,
    /// Those with a place.
    pub places: usize,
    /// Those who wait in line.
    pub line: usize,
    /// Those who are not coming.
    pub gone: usize,
    /// Those whom the list shows, as far as they come, ask to or wait.
    pub matching: usize,
}

/// The page on which one writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LettersPage {
    /// About which event.
    pub line: EventLine,
    /// How many there are to write to.
    pub counts: Counts,
    /// What was written before, the latest first.
    pub earlier: Vec<Written>,
    /// The form's own: what comes twice with it is sent once.
    pub once: String,
}

/// A letter that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its number.
    pub id: i64,
    /// Its subject.
    pub subject: String,
    /// Whom it was for.
    pub whom: Whom,
    /// When it was written, on the clock of the event.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// Who wrote it, if they still have an account.
    pub by: Option<String>,
    /// To how many.
    pub people: usize,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a letter's mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fate {
    /// The mail server has them.
    pub sent: usize,
    /// They wait for their turn, or to be tried again.
    pub waiting: usize,
    /// They were refused.
    pub refused: usize,
}

words! {
    /// Where a mail is.
    Carried {
        /// The mail server has it.
        Sent = "sent",
        /// It waits for its turn, or to be tried again.
        Waiting = "queued",
        /// It will not be tried again.
        Refused = "failed",
        /// It was not sent after all.
        Dropped = "dropped",
    }
}

/// A letter and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    /// About which event.
    pub line: EventLine,
    /// The letter.
    pub letter: Written,
    /// What is in it, safe to show.
    pub html: String,
    /// Some of those who get it: those first who did not.
    pub readers: Vec<Reader>,
    /// Which page of them it is, counted from 0.
    pub page: usize,
    /// How many pages there are, at least one.
    pub pages: usize,
}

/// Somebody who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// The number of their mail.
    pub id: i64,
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub organisation: String,
    /// Where their mail is.
    pub state: Carried,
    /// What the mail server said last.
    pub problem: Option<String>,
}
