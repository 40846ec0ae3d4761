//! A sign-up: what may be typed into the form, and what can come of it. Pure.

use super::questions::{Answer, LONGEST_ANSWER, Question, QuestionProblems, asked_by};
use crate::account::model::SignedIn;
use crate::door::ticket::Ticket;
use crate::events::model::{EventId, EventLine, Way, words};
use crate::events::page_model::Link;
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// More answers than any event has questions are not shown again.
const MOST_ANSWERS: usize = 200;
/// The longest name and organisation that are taken, in characters.
pub const LONGEST_NAME: usize = 200;
/// RFC 5321 §4.5.3.1.3 gives a path 256 octets with its brackets.
pub const LONGEST_EMAIL: usize = 254;

/// An e-mail address that mail can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Accepts what the HTML standard's `input type=email` accepts, and letters beyond ASCII (RFC 6531).
    /// Whether somebody reads it only a mail can tell.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let local_fits = (1..=64).contains(&local.len())
            && local.chars().all(|c| {
                c.is_alphanumeric() || (c.is_ascii_graphic() && !"\"(),:;<>@[\\]".contains(c))
            })
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let domain_fits = domain.contains('.')
            && domain.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            });
        (text.len() <= LONGEST_EMAIL && local_fits && domain_fits).then(|| Self(text.to_owned()))
    }

    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two addresses with the same key are the same person's.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The form as it was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    /// First name and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Where one works.
    pub organisation: String,
    /// How one takes part, where there is a choice.
    pub way: String,
    /// `yes` once the box is ticked.
    pub consent: String,
    /// No person sees this field; what fills it in is a machine.
    pub website: String,
    /// What was answered to the organiser's own questions.
    pub answers: Vec<Answer>,
}

words! {
    /// A field of the form; its word is its name in the form.
    Field { Name = "name", Email = "email", Organisation = "organisation", Way = "way", Consent = "consent" }
}

words! {
    /// What is wrong with a field.
    Problem {
        Missing = "missing", TooLong = "too_long", NotAnAddress = "not_an_address",
        NotAChoice = "not_a_choice", Unreadable = "unreadable", NotANumber = "not_a_number",
        OutOfBounds = "out_of_bounds", NotAName = "not_a_name",
    }
}

/// What is wrong, field by field, in the order of the form.
pub type Problems = Vec<(Field, Problem)>;

/// A form that has nothing wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// First name and last name.
    pub name: String,
    /// E-mail address.
    pub email: Email,
    /// Where one works.
    pub organisation: String,
    /// How one takes part.
    pub way: Way,
    /// What they answer to the organiser's own questions.
    pub answers: Vec<Answer>,
}

/// Letters, spaces and signs in one line: runs of space become one, control characters are refused.
pub(crate) fn line(text: &str) -> Result<String, Problem> {
    // U+FFFD stands where bytes were no text.
    if text.chars().any(|c| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())) {
        return Err(Problem::Unreadable);
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(Problem::Missing),
        1..=LONGEST_NAME => Ok(line),
        _ => Err(Problem::TooLong),
    }
}

impl SignUpForm {
    /// The form from the names and values of its fields, in any order.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "name" => form.name = value,
                "email" => form.email = value,
                "organisation" => form.organisation = value,
                "way" => form.way = value,
                "consent" => form.consent = value,
                "website" => form.website = value,
                _ => form
                    .answers
                    .extend(asked_by(&name).map(|question| Answer { question, text: value })),
            }
        }
        form
    }

    /// The form as it begins for somebody who is signed in. What their address was made into is no name.
    #[must_use]
    pub fn begun_for(me: SignedIn) -> Self {
        Self {
            name: if me.is_nameless { String::new() } else { me.name },
            email: me.email,
            organisation: me.organisation.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reads the form for an event that offers these ways of taking part.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, ways: &[Way]) -> Result<Applicant, Problems> {
        let name = line(&self.name);
        let email = match self.email.trim() {
            "" => Err(Problem::Missing),
            text => Email::parse(text).ok_or(Problem::NotAnAddress),
        };
        let organisation = line(&self.organisation);
        let way = match (ways, self.way.as_str()) {
            ([only], "") => Ok(*only),
            (_, "") => Err(Problem::Missing),
            (_, text) => {
                Way::parse(text).filter(|way| ways.contains(way)).ok_or(Problem::NotAChoice)
            }
        };
        let consent = if matches!(self.consent.as_str(), "yes" | "on" | "true" | "1") {
            Ok(())
        } else {
            Err(Problem::Missing)
        };
        match (name, email, organisation, way, consent) {
            (Ok(name), Ok(email), Ok(organisation), Ok(way), Ok(())) => {
                Ok(Applicant { name, email, organisation, way, answers: Vec::new() })
            }
            (name, email, organisation, way, consent) => Err([
                (Field::Name, name.err()),
                (Field::Email, email.err()),
                (Field::Organisation, organisation.err()),
                (Field::Way, way.err()),
                (Field::Consent, consent.err()),
            ]
            .into_iter()
            .filter_map(|(field, problem)| problem.map(|problem| (field, problem)))
            .collect()),
        }
    }

    /// The form as it may be shown again: whole, but not longer than can be of use.
    #[must_use]
    pub fn to_show_again(&self) -> Self {
        let cut = |text: &str| text.chars().take(2 * LONGEST_NAME).collect();
        Self {
            name: cut(&self.name),
            email: cut(&self.email),
            organisation: cut(&self.organisation),
            way: cut(&self.way),
            consent: cut(&self.consent),
            website: String::new(),
            answers: self
                .answers
                .iter()
                .take(MOST_ANSWERS)
                .map(|answer| Answer {
                    question: answer.question,
                    text: answer.text.chars().take(2 * LONGEST_ANSWER).collect(),
                })
                .collect(),
        }
    }
}

words! {
    /// What has become of a sign-up.
    Status {
        /// Holds a seat until an organiser has approved it.
        Requested = "requested",
        /// Has a seat.
        Confirmed = "confirmed",
        /// Stands in line.
        Waitlisted = "waitlisted",
        /// The organiser has not approved it.
        Refused = "refused",
        /// Given up by the person.
        Cancelled = "cancelled",
        /// Was there.
        Attended = "attended",
        /// Had a seat and was not there.
        NoShow = "no_show",
    }
}

impl Status {
    /// There is a seat, or one may come.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Requested | Self::Confirmed | Self::Waitlisted)
    }
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `Confirmed`, `Waitlisted`, or `Requested` where the organiser approves.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// The secret of one's own page; nothing for an address that was signed up already, since whoever
    /// typed it need not be its owner.
    pub token: Option<String>,
}

/// Why the desk took nothing down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Sign-up is not open (409).
    #[error("sign-up is not open")]
    NotOpen,
    /// The event does not offer this way of taking part (422).
    #[error("no such way of taking part")]
    NoSuchWay,
    /// The database did not answer, or not in time. Nothing is known to have been written (503); the
    /// same sign-up sent again takes no second seat.
    #[error("unavailable")]
    Unavailable,
}

/// A sign-up as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSignUp {
    /// What one signed up for.
    pub event: EventLine,
    /// The event's number.
    pub event_id: EventId,
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub organisation: String,
    /// Where mail goes.
    pub email: String,
    /// How one takes part.
    pub way: Way,
    /// What has become of it.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// It can still be cancelled: the event has not begun.
    pub can_cancel: bool,
    /// Until when whoever got a freed seat is asked to say no, by the event's clock; nothing once that is past.
    #[serde(with = "crate::wire::date_time::option")]
    pub reply_by: Option<jiff::civil::DateTime>,
    /// The organiser's word to somebody who was refused.
    pub refusal_reason: Option<String>,
    /// What the organiser wants to know.
    pub questions: Vec<Question>,
    /// What one has answered.
    pub answers: Vec<Answer>,
    /// There is a digital meeting to go to, and it is not over.
    pub has_meeting: bool,
    /// What has happened to it, from the beginning.
    pub history: Vec<Moment>,
    /// What one shows at the door, whoever has a place there.
    pub ticket: Option<Ticket>,
    /// Of an event made up to show what Stafett does.
    pub is_demonstration: bool,
    /// Who did it, where it was somebody else.
    pub signed_up_by: Option<String>,
}

/// A whole series as whoever took it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSeries {
    /// The series.
    pub series: Link,
    /// Where mail goes.
    pub email: String,
    /// Its stops in the order of time, but those that were over before.
    pub stops: Vec<OwnStop>,
    /// It has been left.
    pub is_left: bool,
    /// It can be left: something is still to come.
    pub can_leave: bool,
}

/// A stop of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnStop {
    /// The stop.
    pub event: EventLine,
    /// What has become of one's place there; nothing before sign-up opens.
    pub status: Option<Status>,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// The secret of one's own page of it.
    pub token: Option<String>,
    /// The organiser has asked what has to be answered, and it has not been.
    pub waits_for_answer: bool,
}

/// Something that happened to a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When, by the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub at: jiff::civil::DateTime,
    /// What it was before; nothing before the beginning.
    pub from: Option<(Status, Way)>,
    /// What it became.
    pub status: Status,
    /// The way of taking part since then.
    pub way: Way,
    /// An organiser moved it here from another event.
    pub is_move: bool,
}

/// The longest reason for cancelling, in characters.
pub const LONGEST_REASON: usize = 500;

/// A reason as it may be stored: without what is no text, and not longer than it may be. Asked, never required,
/// so nothing in it can be wrong.
#[must_use]
pub fn tidy_reason(text: &str) -> Option<String> {
    let clean: String =
        text.chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_REASON).collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// The form and what was wrong with it, on its way back to the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// As it was filled.
    pub form: SignUpForm,
    /// What is wrong.
    pub problems: Problems,
    /// What is wrong with the answers to the organiser's own questions.
    pub question_problems: QuestionProblems,
    /// What was typed into "tell me when sign-up opens", and was no address.
    pub watch: Option<String>,
    /// Sign-up turned out not to be open.
    pub not_open: bool,
}

impl Posted {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: Field) -> Option<Problem> {
        self.problems.iter().find(|(at, _)| *at == field).map(|(_, problem)| *problem)
    }

    /// What is wrong with the answer to a question, in words.
    #[must_use]
    pub fn question_problem(&self, question: &Question, lang: Lang) -> Option<String> {
        let (_, problem) = self.question_problems.iter().find(|(id, _)| *id == question.id)?;
        Some(lang.question_problem(question, *problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SignUpForm {
        SignUpForm {
            name: "  Åsa   O'Hara-Öberg ".into(),
            email: " Asa.Oberg+kurs@Exempel.se ".into(),
            organisation: "Örebro kommun".into(),
            way: String::new(),
            consent: "yes".into(),
            ..SignUpForm::default()
        }
    }

    #[test]
    fn a_good_form() {
        let applicant = form().read(&[Way::Digital]).unwrap();
        assert_eq!(applicant.name, "Åsa O'Hara-Öberg");
        assert_eq!(applicant.email.as_str(), "Asa.Oberg+kurs@Exempel.se");
        assert_eq!(applicant.email.key(), "asa.oberg+kurs@exempel.se");
        assert_eq!(applicant.way, Way::Digital);
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_in_order() {
        let problems = SignUpForm::default().read(&[Way::Digital, Way::OnSite]).unwrap_err();
        assert_eq!(problems.iter().map(|(field, _)| *field).collect::<Vec<_>>(), Field::ALL);
        assert!(problems.iter().all(|(_, problem)| *problem == Problem::Missing));
    }

    #[test]
    fn each_field_has_its_limits() {
        let problem = |change: fn(&mut SignUpForm)| {
            let mut form = form();
            change(&mut form);
            form.read(&[Way::Digital]).unwrap_err()
        };
        assert_eq!(problem(|f| f.name = "x".repeat(201)), [(Field::Name, Problem::TooLong)]);
        assert_eq!(problem(|f| f.name = "a\u{0}b".into()), [(Field::Name, Problem::Unreadable)]);
        assert_eq!(problem(|f| f.name = "a\u{fffd}b".into()), [(Field::Name, Problem::Unreadable)]);
        assert_eq!(problem(|f| f.email = "nobody".into()), [(Field::Email, Problem::NotAnAddress)]);
        assert_eq!(problem(|f| f.way = "on_site".into()), [(Field::Way, Problem::NotAChoice)]);
        assert_eq!(problem(|f| f.consent = "no".into()), [(Field::Consent, Problem::Missing)]);
    }

    #[test]
    fn a_name_is_a_name_whatever_it_looks_like() {
        for name in ["<script>alert(1)</script>", "'; drop table sign_ups; --", "李", "🙂 Åke", "x"]
        {
            let form = SignUpForm { name: name.into(), ..form() };
            assert_eq!(form.read(&[Way::Digital]).unwrap().name, name);
        }
    }

    #[test]
    fn addresses() {
        for good in ["a@b.se", "åsa@räksmörgås.se", "o'hara@x.y-z.org", "a+b@c.d.e"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        let long = format!("{}@b.se", "a".repeat(65));
        for bad in [
            "",
            "@b.se",
            "a@",
            "a@b",
            "a b@c.se",
            "a@b..se",
            "a@-b.se",
            ".a@b.se",
            "a..b@c.se",
            "a@b.se\r\nBcc: x@y.se",
            "<a@b.se>",
            "a@b.se,c@d.se",
            &long,
        ] {
            assert!(Email::parse(bad).is_none(), "{bad:?}");
        }
    }
}
