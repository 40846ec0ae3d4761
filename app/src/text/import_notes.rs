//! What there is to say of the rows of an import.

use super::{Lang, number as figure};
use crate::organise::imports::model::{Note, What};
use crate::organise::plan::labels::label;
use crate::organise::plan::model::PlanProblem;

impl Lang {
    /// What there is to say of a row.
    #[must_use]
    pub fn import_note(self, note: &Note) -> String {
        let Note { what, about, number } = note;
        let (sv, en) = match what {
            What::NoName => ("Namn saknas.", "No name."),
            What::NoEmail => ("E-postadress saknas.", "No e-mail address."),
            What::BadEmail => {
                return match self {
                    Self::Sv => format!("”{about}” är ingen e-postadress."),
                    Self::En => format!("“{about}” is no e-mail address."),
                };
            }
            What::NoOrganisation => ("Organisation saknas.", "No organisation."),
            What::TooLong => {
                ("En uppgift är längre än 200 tecken.", "Something is longer than 200 characters.")
            }
            What::Unreadable => ("Texten går inte att läsa.", "The text cannot be read."),
            What::NoWay => {
                ("Det står inte hur personen deltar.", "How they take part is not said.")
            }
            What::BadWay => {
                return match self {
                    Self::Sv => format!("”{about}” är inget sätt att delta."),
                    Self::En => format!("“{about}” is no way of taking part."),
                };
            }
            What::Twice => {
                return match self {
                    Self::Sv => format!("Samma adress som rad {number}."),
                    Self::En => format!("The same address as row {number}."),
                };
            }
            What::Already => ("Är redan anmäld.", "Is signed up already."),
            What::Cancelled => {
                ("Har avanmält sig eller fått nej.", "Has cancelled or was refused.")
            }
            What::Again => ("Hade avanmält sig eller fått nej.", "Had cancelled or was refused."),
            What::BadAnswer => {
                return match self {
                    Self::Sv => format!("Går inte att svara så: {about}"),
                    Self::En => format!("Cannot be answered so: {about}"),
                };
            }
            What::Minutes => {
                return format!("{number} min.");
            }
            What::NotSignedUp => (
                "Ingen anmäld med det namnet eller den adressen.",
                "Nobody signed up with that name or address.",
            ),
            What::Doubtful => ("Det är inte säkert vem det är.", "It is not certain who it is."),
            What::LeftOut => (
                "Räknas inte: du valde att det är någon annan.",
                "Not counted: you chose that it is somebody else.",
            ),
            What::IsGuest => {
                return match self {
                    Self::Sv => format!("Anmäld som {about}."),
                    Self::En => format!("Signed up as {about}."),
                };
            }
            What::SamePerson => {
                return match self {
                    Self::Sv => format!("Samma person som rad {number}."),
                    Self::En => format!("The same person as row {number}."),
                };
            }
            What::TooShort => ("För kort tid.", "Too short a time."),
            What::AlreadyThere => {
                ("Är redan satt som närvarande.", "Is noted as attended already.")
            }
            What::HasNoPlace => ("Har ingen plats.", "Has no place."),
            What::InLine => {
                return match self {
                    Self::Sv => format!("Plats {number} på väntelistan."),
                    Self::En => format!("Place {number} on the waitlist."),
                };
            }
            event => return self.event_note(*event, about, *number),
        };
        self.pick(sv, en).to_owned()
    }

    /// What there is to say of a row that is an event.
    fn event_note(self, what: What, about: &str, number: u32) -> String {
        let all = figure(self, i64::from(number));
        let (sv, en) = match what {
            What::Field => {
                let (field, problem) = about.split_once(' ').unwrap_or((about, ""));
                let problem = PlanProblem::parse(problem).map(|problem| self.plan_problem(problem));
                return format!("{}: {}", label(self, field), problem.unwrap_or_default());
            }
            What::SameUid => (
                format!("Samma UID, eller titel och tid, som rad {number}."),
                format!("The same UID, or title and time, as row {number}."),
            ),
            What::Unchanged => (
                "Oförändrad sedan den lästes in.".to_owned(),
                "Unchanged since it was read in.".to_owned(),
            ),
            What::CancelledThere => {
                ("Inställd i filen.".to_owned(), "Cancelled in the file.".to_owned())
            }
            What::OneOfSeveral => (
                "Ett flyttat tillfälle av något som upprepas. Lägg till det för hand.".to_owned(),
                "A moved occurrence of something that repeats. Add it by hand.".to_owned(),
            ),
            What::FirstOnly => (
                "Upprepas: bara det första tillfället läses in.".to_owned(),
                "It repeats: only the first occurrence is read in.".to_owned(),
            ),
            What::WithoutEnd => {
                ("Upprepas utan slut.".to_owned(), "It repeats without end.".to_owned())
            }
            What::BadTime if about.is_empty() => ("Tiden saknas.".to_owned(), "No time.".to_owned()),
            What::BadTime => {
                (format!("”{about}” är ingen tid."), format!("“{about}” is no time."))
            }
            What::Cut => (
                "Beskrivningen kortas till 2 000 tecken.".to_owned(),
                "The description is cut to 2,000 characters.".to_owned(),
            ),
            What::Talks if number == 1 => {
                ("En programpunkt.".to_owned(), "One item.".to_owned())
            }
            What::Talks => (format!("{all} programpunkter."), format!("{all} items.")),
            What::Overlaps => (
                format!("Krockar med en annan punkt i rummet och lämnas utanför: {about}."),
                format!("Overlaps another item in the room and is left out: {about}."),
            ),
            What::TooManyTalks => (
                format!("En aktivitet har högst 40 programpunkter: {all} lämnas utanför."),
                format!("An event has at most 40 items: {all} are left out."),
            ),
            What::TooManySpeakers => (
                format!("En aktivitet har högst 40 medverkande: {all} lämnas utanför."),
                format!("An event has at most 40 speakers: {all} are left out."),
            ),
            What::BadTalk => (
                format!("Saknar titel, starttid eller längd och lämnas utanför: {about}."),
                format!("Has no title, start or length and is left out: {about}."),
            ),
            // What is said of people is said above.
            _ => return String::new(),
        };
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }
}
