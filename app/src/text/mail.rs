//! Mails. Plain text that can be read anywhere; what they tell is one event and one link.

use super::{Lang, dates};
use crate::events::model::EventLine;

/// What a mail tells; its word is the `kind` of its row in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// You have a place.
    Confirmed,
    /// You are in line.
    Waitlisted,
    /// A place came free, and it is yours.
    Promoted,
    /// You have cancelled.
    Cancelled,
    /// Somebody, probably you, signed up your address again.
    SignedUpAgain,
    /// We will write when sign-up opens.
    WillTellWhenOpen,
}

impl MailKind {
    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "confirmed" => Self::Confirmed,
            "waitlisted" => Self::Waitlisted,
            "promoted" => Self::Promoted,
            "cancelled" => Self::Cancelled,
            "signed_up_again" => Self::SignedUpAgain,
            "will_tell_when_open" => Self::WillTellWhenOpen,
            _ => return None,
        })
    }
}

/// A mail, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its text, before the link.
    pub text: String,
    /// What to go to.
    pub link: String,
}

/// Writes a mail about `event` to `name`, who manages the sign-up at `link`.
#[must_use]
pub fn write(
    lang: Lang,
    kind: MailKind,
    event: &EventLine,
    name: Option<&str>,
    link: String,
) -> Mail {
    let title = &event.title;
    let (subject, what, then) = match (lang, kind) {
        (Lang::Sv, MailKind::Confirmed) => (
            format!("Du är anmäld: {title}"),
            "Du har en plats på".to_owned(),
            "Se, ändra eller avboka din anmälan:",
        ),
        (Lang::Sv, MailKind::Waitlisted) => (
            format!("Du står på väntelistan: {title}"),
            "Alla platser är tagna, men du står på väntelistan till".to_owned(),
            "Följ din plats på väntelistan, eller lämna den:",
        ),
        (Lang::Sv, MailKind::Promoted) => (
            format!("Du har fått en plats: {title}"),
            "En plats blev ledig och den är din. Du är nu anmäld till".to_owned(),
            "Kan du inte komma? Avanmäl dig, så går platsen till nästa:",
        ),
        (Lang::Sv, MailKind::Cancelled) => (
            format!("Du är avanmäld: {title}"),
            "Du är avanmäld från".to_owned(),
            "Ångrar du dig kan du anmäla dig igen:",
        ),
        (Lang::Sv, MailKind::SignedUpAgain) => (
            format!("Din anmälan: {title}"),
            "Någon, antagligen du, anmälde den här adressen en gång till. Ingen ny plats har tagits på"
                .to_owned(),
            "Här är länken till din anmälan:",
        ),
        (Lang::Sv, MailKind::WillTellWhenOpen) => (
            format!("Vi säger till när anmälan öppnar: {title}"),
            "Du får ett mejl så snart det går att anmäla sig till".to_owned(),
            "Läs om aktiviteten:",
        ),
        (Lang::En, MailKind::Confirmed) => (
            format!("You are signed up: {title}"),
            "You have a place at".to_owned(),
            "See, change or cancel your sign-up:",
        ),
        (Lang::En, MailKind::Waitlisted) => (
            format!("You are on the waitlist: {title}"),
            "All places are taken, but you are on the waitlist for".to_owned(),
            "Follow your place on the waitlist, or leave it:",
        ),
        (Lang::En, MailKind::Promoted) => (
            format!("You have got a place: {title}"),
            "A place came free and it is yours. You are now signed up for".to_owned(),
            "If you cannot come, cancel, and the place goes to the next:",
        ),
        (Lang::En, MailKind::Cancelled) => (
            format!("Your sign-up is cancelled: {title}"),
            "You are no longer signed up for".to_owned(),
            "If you change your mind you can sign up again:",
        ),
        (Lang::En, MailKind::SignedUpAgain) => (
            format!("Your sign-up: {title}"),
            "Somebody, probably you, signed up this address once more. No new place has been taken at"
                .to_owned(),
            "Here is the link to your sign-up:",
        ),
        (Lang::En, MailKind::WillTellWhenOpen) => (
            format!("We will tell you when sign-up opens: {title}"),
            "You get a mail as soon as one can sign up for".to_owned(),
            "Read about the event:",
        ),
    };
    let when = dates::long_when(lang, &event.when);
    let place = event
        .format
        .map(|format| format!("\n{}", lang.format_and_place(format, event.place.as_deref())))
        .unwrap_or_default();
    let hello = match (lang, name) {
        (Lang::Sv, Some(name)) => format!("Hej {name}!"),
        (Lang::Sv, None) => "Hej!".to_owned(),
        (Lang::En, Some(name)) => format!("Hello {name},"),
        (Lang::En, None) => "Hello,".to_owned(),
    };
    Mail { subject, text: format!("{hello}\n\n{what}\n\n{title}\n{when}{place}\n\n{then}"), link }
}
