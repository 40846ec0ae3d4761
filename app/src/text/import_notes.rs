//! What there is to say of the rows of an import.

use super::Lang;
use crate::organise::imports::model::{Note, What};

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
}
