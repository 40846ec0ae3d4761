//! What the door says with names and figures in it.

use super::{DoorWords, Lang, dates, number};
use crate::door::model::{Came, Counts, DoorLink, Guest, Opening};
use crate::door::outcome::Done;
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

    /// `kl. 09:12, Entrén`
    fn came_at(came: &Came) -> String {
        let by = came.by.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
        format!("{}{by}", dates::clock(came.at.time()))
    }

    /// What came of what was done.
    #[must_use]
    pub fn door_done(self, done: Done, name: Option<&str>, came: Option<&Came>) -> String {
        let name = name.unwrap_or(self.pick("Personen", "The person"));
        match (self, done) {
            (Self::Sv, Done::In) => format!("{name} är incheckad."),
            (Self::En, Done::In) => format!("{name} is checked in."),
            (_, Done::Already) => {
                let text = match self {
                    Self::Sv => format!("{name} var redan incheckad"),
                    Self::En => format!("{name} was checked in already"),
                };
                let came = came.map(|came| format!(": {}", Self::came_at(came)));
                format!("{text}{}.", came.unwrap_or_default())
            }
            (Self::Sv, Done::Out) => format!("Ångrat: {name} är inte incheckad."),
            (Self::En, Done::Out) => format!("Undone: {name} is not checked in."),
            (Self::Sv, Done::NoPlace) => {
                format!("{name} har ingen plats. Arrangören kan ge en.")
            }
            (Self::En, Done::NoPlace) => {
                format!("{name} has no place. The organiser can give one.")
            }
            (Self::Sv, Done::Cancelled) => {
                format!("{name} är avanmäld och har ingen plats. Arrangören kan ge en.")
            }
            (Self::En, Done::Cancelled) => {
                format!("{name} has cancelled and has no place. The organiser can give one.")
            }
            (_, done) => self.door_refusal(done).into(),
        }
    }

    /// What came of it where it is about nobody.
    const fn door_refusal(self, done: Done) -> &'static str {
        match done {
            Done::Elsewhere => self
                .pick("Biljetten gäller en annan aktivitet.", "The ticket is for another event."),
            Done::NoTicket => self.pick(
                "Det där är ingen biljett härifrån. Koden har tolv tecken, siffror och A till F.",
                "That is no ticket of ours. The code has twelve characters, digits and A to F.",
            ),
            Done::Closed => self.pick(
                "Incheckningen är inte öppen, så inget sparades.",
                "Check-in is not open, so nothing was saved.",
            ),
            Done::Made => self.pick("Länken är klar.", "The link is ready."),
            Done::Revoked => self.pick(
                "Länken är återkallad och öppnar ingenting längre.",
                "The link is revoked and opens nothing any more.",
            ),
            _ => self.pick(
                "Anmälan finns inte. Sök på namnet.",
                "There is no such sign-up. Search by name.",
            ),
        }
    }

    /// Two doors let in the same person; the earlier one counts.
    #[must_use]
    pub fn two_doors(self, name: &str, first: &Came) -> String {
        let first = Self::came_at(first);
        match self {
            Self::Sv => format!("{name} checkades in vid två dörrar. Den första gäller: {first}."),
            Self::En => {
                format!("{name} was checked in at two doors. The first one counts: {first}.")
            }
        }
    }

    /// Something was done without a network.
    #[must_use]
    pub fn door_kept(self, is_in: bool, name: Option<&str>) -> String {
        let name = name.unwrap_or(self.pick("Personen", "The person"));
        match (self, is_in) {
            (Self::Sv, true) => format!("{name} är incheckad. Sparat här, inte skickat än."),
            (Self::En, true) => format!("{name} is checked in. Kept here, not sent yet."),
            (Self::Sv, false) => {
                format!("Ångrat: {name} är inte incheckad. Sparat här, inte skickat än.")
            }
            (Self::En, false) => {
                format!("Undone: {name} is not checked in. Kept here, not sent yet.")
            }
        }
    }

    /// `3 incheckningar är sparade här och inte skickade än.`
    #[must_use]
    pub fn so_many_kept(self, kept: usize) -> String {
        let shown = count(self, kept);
        match (self, kept) {
            (Self::Sv, 1) => {
                "1 incheckning är sparad här och inte skickad än. Den skickas av sig själv.".into()
            }
            (Self::Sv, _) => format!(
                "{shown} incheckningar är sparade här och inte skickade än. De skickas av sig själva."
            ),
            (Self::En, 1) => {
                "1 check-in is kept here and not sent yet. It is sent by itself.".into()
            }
            (Self::En, _) => format!(
                "{shown} check-ins are kept here and not sent yet. They are sent by themselves."
            ),
        }
    }

    /// How old the list is, by the telephone's clock.
    #[must_use]
    pub fn list_is_from(self, clock: &str) -> String {
        match self {
            Self::Sv => format!("Listan är som den var kl. {clock}."),
            Self::En => format!("The list is as it was at {clock}."),
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
