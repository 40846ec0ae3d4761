//! What the door says with names and figures in it.

use super::{DoorWords, Lang, dates, number};
use crate::door::model::{Counts, Done, DoorLink, Guest, Opening};
use crate::events::model::{Way, When};
use crate::signup::model::Status;

fn count(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// The fixed texts of the door.
    #[must_use]
    pub const fn door_words(self) -> &'static DoorWords {
        match self {
            Self::Sv => &DoorWords::SV,
            Self::En => &DoorWords::EN,
        }
    }

    /// `12 av 40 har kommit`
    #[must_use]
    pub fn have_come(self, counts: Counts) -> String {
        let (here, expected) = (count(self, counts.here), count(self, counts.expected));
        match self {
            Self::Sv => format!("{here} av {expected} har kommit"),
            Self::En => format!("{here} of {expected} have come"),
        }
    }

    /// `och 412 till. Sök på namnet.`
    #[must_use]
    pub fn and_so_many_more(self, more: usize) -> String {
        let more = count(self, more);
        match self {
            Self::Sv => format!("och {more} till. Sök på namnet."),
            Self::En => format!("and {more} more. Search by name."),
        }
    }

    /// How somebody stands: that they have come, or why they cannot be let in just so.
    #[must_use]
    pub fn at_the_door(self, guest: &Guest, is_hybrid: bool) -> String {
        match (guest.status, &guest.came) {
            (Status::Attended, Some(came)) => {
                let at = dates::clock(came.at.time());
                let by = came.by.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
                format!("{} {at}{by}", self.pick("Kom", "Came"))
            }
            (Status::Attended, None) => self.pick("Är här", "Is here").to_owned(),
            (Status::Confirmed, _) if is_hybrid && guest.way == Way::Digital => {
                self.pick("Anmäld för att delta digitalt", "Signed up to take part online").into()
            }
            (Status::Confirmed, _) => String::new(),
            (Status::NoShow, _) => {
                self.pick("Antecknad som att inte ha kommit", "Noted as not having come").into()
            }
            (Status::Waitlisted, _) => self
                .pick(
                    "På väntelistan, har ingen plats. Be arrangören.",
                    "On the waitlist, has no place. Ask the organiser.",
                )
                .into(),
            (Status::Requested, _) => self
                .pick("Väntar på arrangörens godkännande.", "Waiting for the organiser's approval.")
                .into(),
            (Status::Refused, _) => self.pick("Har nekats plats.", "Was refused a place.").into(),
            (Status::Cancelled, _) => {
                self.pick("Är avanmäld, har ingen plats.", "Has cancelled, has no place.").into()
            }
        }
    }

    /// What came of what was done.
    #[must_use]
    pub fn door_done(self, done: Done, name: Option<&str>) -> String {
        let name = name.unwrap_or(self.pick("Personen", "The person"));
        match (self, done) {
            (Self::Sv, Done::In) => format!("{name} är incheckad."),
            (Self::En, Done::In) => format!("{name} is checked in."),
            (Self::Sv, Done::Already) => format!("{name} var redan incheckad."),
            (Self::En, Done::Already) => format!("{name} was checked in already."),
            (Self::Sv, Done::Out) => format!("Ångrat: {name} är inte incheckad."),
            (Self::En, Done::Out) => format!("Undone: {name} is not checked in."),
            (Self::Sv, Done::NoPlace) => {
                format!("{name} har ingen plats. Arrangören kan ge en.")
            }
            (Self::En, Done::NoPlace) => {
                format!("{name} has no place. The organiser can give one.")
            }
            (_, Done::Nobody) => self
                .pick(
                    "Anmälan finns inte här. Sök på namnet.",
                    "There is no such sign-up here. Search by name.",
                )
                .into(),
            (_, Done::Closed) => self
                .pick(
                    "Incheckningen är inte öppen, så inget sparades.",
                    "Check-in is not open, so nothing was saved.",
                )
                .into(),
            (_, Done::Made) => self.pick("Länken är klar.", "The link is ready.").into(),
            (_, Done::Revoked) => self
                .pick(
                    "Länken är återkallad och öppnar ingenting längre.",
                    "The link is revoked and opens nothing any more.",
                )
                .into(),
        }
    }

    /// Why nobody can be checked in, and when they can.
    #[must_use]
    pub fn door_is_shut(self, opening: Opening, when: &When) -> Option<String> {
        let first = dates::long_day(self, when.first_day());
        match (self, opening) {
            (_, Opening::Open) => None,
            (Self::Sv, Opening::NotYet) => {
                Some(format!("Incheckningen öppnar vid midnatt, när det blir {first}."))
            }
            (Self::En, Opening::NotYet) => {
                Some(format!("Check-in opens at midnight, when it turns {first}."))
            }
            (_, Opening::Over) => Some(
                self.pick(
                    "Aktivitetens dag är över. Arrangören kan fortfarande rätta vem som kom.",
                    "The day of the event is over. The organiser can still mend who came.",
                )
                .into(),
            ),
            (_, Opening::Cancelled) => {
                Some(self.pick("Aktiviteten är inställd.", "The event is cancelled.").into())
            }
        }
    }

    /// `skapad 13 maj 10:02 av Åsa Öberg, 12 incheckade`
    #[must_use]
    pub fn link_told(self, link: &DoorLink) -> String {
        let made = dates::instant(self, link.made);
        let came = number(self, link.came);
        let by = link.by.as_ref().map(|by| format!(" {} {by}", self.pick("av", "by")));
        let by = by.unwrap_or_default();
        match self {
            Self::Sv => format!("skapad {made}{by}, {came} incheckade"),
            Self::En => format!("made {made}{by}, {came} checked in"),
        }
    }
}
