//! What is said of imports of events.

use super::imports::figure;
use super::{Lang, number};
use crate::organise::imports::model::{Counts, What};
use crate::organise::plan::labels::label;
use crate::organise::plan::model::PlanProblem;

impl Lang {
    /// What it comes to, in a sentence.
    pub(super) fn events_sum(self, counts: Counts, is_done: bool) -> String {
        let (new, other) = (figure(self, counts.make), figure(self, counts.change));
        match (self, is_done) {
            (Self::Sv, false) => format!("Nya utkast: {new}. Aktiviteter som ändras: {other}."),
            (Self::Sv, true) => format!("Nya utkast: {new}. Aktiviteter som ändrades: {other}."),
            (Self::En, _) => format!("New drafts: {new}. Events changed: {other}."),
        }
    }

    /// The button that confirms.
    pub(super) fn events_confirm(self, written: usize) -> String {
        let all = figure(self, written);
        match (self, written) {
            (Self::Sv, 1) => "Importera en aktivitet".to_owned(),
            (Self::Sv, _) => format!("Importera {all} aktiviteter"),
            (Self::En, 1) => "Import one event".to_owned(),
            (Self::En, _) => format!("Import {all} events"),
        }
    }

    /// That an import was undone, and for how many it was not.
    pub(super) fn events_undone(self, left: usize) -> String {
        let all = figure(self, left);
        match self {
            Self::Sv => format!(
                "Importen är ångrad, utom för aktiviteter som har ändrats eller publicerats sedan dess: {all}."
            ),
            Self::En => format!(
                "The import is undone, but for events that have been changed or published since: {all}."
            ),
        }
    }

    /// What there is to say of a row that is an event.
    pub(super) fn event_note(self, what: What, about: &str, number: u32) -> String {
        let all = self::number(self, i64::from(number));
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
            What::BadTime if about.is_empty() => {
                ("Tiden saknas.".to_owned(), "No time.".to_owned())
            }
            What::BadTime => (format!("”{about}” är ingen tid."), format!("“{about}” is no time.")),
            What::Cut => (
                "Beskrivningen kortas till 2 000 tecken.".to_owned(),
                "The description is cut to 2,000 characters.".to_owned(),
            ),
            What::Talks if number == 1 => ("En programpunkt.".to_owned(), "One item.".to_owned()),
            What::Talks => (format!("{all} programpunkter."), format!("{all} items.")),
            What::Overlaps => (
                format!("Krockar med en annan punkt i rummet och lämnas utanför: {about}."),
                format!("Overlaps another item in the room and is left out: {about}."),
            ),
            What::MoreLeftOut => {
                (format!("Lämnas också utanför: {all}."), format!("Left out as well: {all}."))
            }
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
