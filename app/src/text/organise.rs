//! What the organiser's side says.

use super::{Lang, number};
use crate::events::model::{Way, WaySeats};
use crate::organise::model::{MOST_CHOICES, MOST_HOURS, MOST_SEATS, Mails, TermsProblem};
use crate::signup::model::Status;
use crate::signup::questions::{QuestionKind, SeenBy};

impl Lang {
    /// `3 väntar på svar`
    #[must_use]
    pub fn wait_for_answer(self, count: i64) -> String {
        let count = number(self, count);
        match self {
            Self::Sv => format!("{count} väntar på svar"),
            Self::En => format!("{count} waiting for an answer"),
        }
    }

    /// `12 av 40 platser tagna, 3 på väntelistan`
    #[must_use]
    pub fn taken(self, seats: &WaySeats) -> String {
        let taken = number(self, seats.confirmed.into());
        let taken = match (self, seats.capacity.map(|capacity| number(self, capacity.into()))) {
            (Self::Sv, Some(capacity)) => format!("{taken} av {capacity} platser tagna"),
            (Self::En, Some(capacity)) => format!("{taken} of {capacity} places taken"),
            (Self::Sv, None) => format!("{taken} anmälda, obegränsat antal platser"),
            (Self::En, None) => format!("{taken} signed up, unlimited places"),
        };
        if seats.waitlisted == 0 {
            return taken;
        }
        let waiting = number(self, seats.waitlisted.into());
        match self {
            Self::Sv => format!("{taken}, {waiting} på väntelistan"),
            Self::En => format!("{taken}, {waiting} on the waitlist"),
        }
    }

    /// More people than seats.
    #[must_use]
    pub fn beyond(self, count: u32) -> String {
        let count = number(self, count.into());
        match self {
            Self::Sv => format!(
                "{count} fler har plats än det finns platser. Alla får behålla sin, men ingen ny plats delas ut förrän det går jämnt ut."
            ),
            Self::En => format!(
                "{count} more have a place than there are places. Everybody keeps theirs, but no new place is given out until it evens out."
            ),
        }
    }

    /// How far the mails have come.
    #[must_use]
    pub fn mail_state(self, mails: Mails) -> String {
        let [queued, sent, failed] =
            [mails.queued, mails.sent, mails.failed].map(|count| number(self, count));
        match (self, mails.failed) {
            (Self::Sv, 0) => format!("Mejl: {queued} väntar på att skickas, {sent} är skickade."),
            (Self::En, 0) => format!("Mails: {queued} wait to be sent, {sent} have been sent."),
            (Self::Sv, _) => format!(
                "Mejl: {queued} väntar på att skickas, {sent} är skickade, {failed} kunde inte lämnas."
            ),
            (Self::En, _) => format!(
                "Mails: {queued} wait to be sent, {sent} have been sent, {failed} could not be delivered."
            ),
        }
    }

    /// `3 har svarat`
    #[must_use]
    pub fn have_answered(self, count: i64) -> String {
        let count = number(self, count);
        match self {
            Self::Sv => format!("{count} har svarat"),
            Self::En => format!("{count} answered"),
        }
    }

    /// `Godkänn alla 4`
    #[must_use]
    pub fn approve_all(self, count: usize) -> String {
        format!("{} {count}", self.pick("Godkänn alla", "Approve all"))
    }

    /// How somebody stands who needs no attention.
    #[must_use]
    pub const fn row_state(self, status: Status) -> &'static str {
        match status {
            Status::Requested => self.pick("väntar på svar", "waits for an answer"),
            Status::Confirmed => self.pick("har plats", "has a place"),
            Status::Waitlisted => self.pick("på väntelistan", "on the waitlist"),
            Status::Refused => self.pick("fick nej", "was refused"),
            Status::Cancelled => self.pick("avanmäld", "cancelled"),
            Status::Attended => self.pick("var med", "was there"),
            Status::NoShow => self.pick("kom inte", "did not come"),
        }
    }

    /// The label of the field with the seats of a way.
    #[must_use]
    pub const fn seats_label(self, way: Way) -> &'static str {
        match way {
            Way::Digital => self.pick("Digitala platser", "Places online"),
            Way::OnSite => self.pick("Platser på plats", "Places on site"),
        }
    }

    /// `Digitala platser: 40`
    #[must_use]
    pub fn seats_there(self, way: Way, capacity: Option<u32>) -> String {
        let seats = capacity.map_or_else(
            || self.pick("obegränsat", "unlimited").to_owned(),
            |capacity| number(self, capacity.into()),
        );
        format!("{}: {seats}", self.seats_label(way))
    }

    /// How a question is answered.
    #[must_use]
    pub const fn question_kind(self, kind: QuestionKind) -> &'static str {
        match kind {
            QuestionKind::Text => self.pick("Egna ord", "In words"),
            QuestionKind::Choice => self.pick("Ett av flera svar", "One of several answers"),
            QuestionKind::Choices => self.pick("Flera svar", "Several answers"),
            QuestionKind::Number => self.pick("Ett tal", "A number"),
            QuestionKind::Consent => self.pick("En ruta att kryssa i", "A box to tick"),
        }
    }

    /// Who reads the answers.
    #[must_use]
    pub const fn read_by(self, seen_by: SeenBy) -> &'static str {
        match seen_by {
            SeenBy::Organisers => self.pick("Läses av arrangören", "Read by the organiser"),
            SeenBy::Hosts => {
                self.pick("Läses av arrangören och värdarna", "Read by the organiser and the hosts")
            }
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "approved" => {
                self.pick("Godkänt. Ett mejl är på väg.", "Approved. A mail is on its way.")
            }
            "refused" => self.pick(
                "Nekat. Ett mejl är på väg, och platsen går till nästa.",
                "Refused. A mail is on its way, and the place goes to the next.",
            ),
            "nothing" => self.pick(
                "Inget ändrades: någon hann före, eller så är anmälan återtagen.",
                "Nothing changed: somebody was before you, or the sign-up has been withdrawn.",
            ),
            "nobody" => self.pick(
                "Ingen var vald, så inget ändrades.",
                "Nobody was chosen, so nothing changed.",
            ),
            "added" => self.pick("Tillagd, med plats.", "Added, with a place."),
            "added_line" => self.pick(
                "Tillagd, sist på väntelistan.",
                "Added, at the end of the waitlist.",
            ),
            "already" => self.pick(
                "Den adressen är redan anmäld. Ingen ny plats har tagits.",
                "That address is signed up already. No new place has been taken.",
            ),
            "off" => self.pick(
                "Avanmält. Lediga platser går till väntelistan.",
                "Cancelled. Places that came free go to the waitlist.",
            ),
            "up" => self.pick(
                "De har fått en plats. Ett mejl är på väg.",
                "They have a place now. A mail is on its way.",
            ),
            "attended" => self.pick("Noterat: de var med.", "Noted: they were there."),
            "no_show" => self.pick("Noterat: de kom inte.", "Noted: they did not come."),
            "not_begun" => self.pick(
                "Inget ändrades: aktiviteten har inte börjat än, eller så är den inställd.",
                "Nothing changed: the event has not begun, or it is cancelled.",
            ),
            "undone" => self.pick("Ångrat. Allt är som förut.", "Undone. All is as before."),
            "undone_seats" => self.pick(
                "Ångrat. Antalet platser är som förut, och den som har fått en plats får behålla den.",
                "Undone. The number of places is as before, and whoever got a place keeps it.",
            ),
            "undone_hours" => self.pick(
                "Ångrat. Anmälan är öppen eller stängd som förut.",
                "Undone. Sign-up is open or closed as before.",
            ),
            "opened" => self.pick("Anmälan är öppen.", "Sign-up is open."),
            "closed" => self.pick("Anmälan är stängd.", "Sign-up is closed."),
            "seats" => {
                self.pick("Antalet platser är ändrat.", "The number of places has changed.")
            }
            "as_it_was" => {
                self.pick("Inget ändrades: det var så redan.", "Nothing changed: it was so already.")
            }
            "changed_since" => self.pick(
                "Det gick inte att ångra: någon har ändrat det sedan dess.",
                "It could not be undone: somebody has changed it since.",
            ),
            "relocated" => self.pick("Flyttat.", "Moved."),
            "relocated_nobody" => self.pick(
                "Ingen flyttades: alla är redan anmälda där, eller så är anmälan återtagen.",
                "Nobody was moved: all are signed up there already, or have withdrawn.",
            ),
            "gone" => self.pick(
                "Det gick inte att ångra: platsen har redan gått till någon annan. Utöka platserna först, om alla ska få plats.",
                "It could not be undone: the place has gone to somebody else already. Add places first if there should be room for all.",
            ),
            "moved_on" => self.pick(
                "Det gick inte att ångra: någon av dem har ändrat sin anmälan sedan dess.",
                "It could not be undone: one of them has changed their sign-up since.",
            ),
            "too_late" => self.pick(
                "Det gick inte längre: för lång tid har gått, eller så är aktiviteten inställd eller över.",
                "That was no longer possible: too long ago, or the event is cancelled or over.",
            ),
            "saved" => self.pick("Sparat.", "Saved."),
            "beyond" => self.pick(
                "Sparat. Det är nu fler anmälda än platser; alla får behålla sin.",
                "Saved. There are now more people than places; everybody keeps theirs.",
            ),
            "asked" => self.pick("Frågan är tillagd.", "The question is added."),
            "removed" => self.pick("Frågan är borttagen.", "The question is removed."),
            "edited" => self.pick("Frågan är ändrad.", "The question is changed."),
            "agreed" => self.pick(
                "Inget ändrades: någon har redan sagt ja till de här orden. Lägg till en ny fråga i stället.",
                "Nothing changed: somebody has said yes to these words already. Add a new question instead.",
            ),
            "promised" => self.pick(
                "Inget ändrades: någon har redan svarat och fått veta att bara arrangören läser. Lägg till en ny fråga i stället.",
                "Nothing changed: somebody has answered already and was told that only the organiser reads it. Add a new question instead.",
            ),
            "many" => self.pick(
                "Det finns redan så många frågor som får plats.",
                "There are as many questions as fit.",
            ),
            _ => return None,
        })
    }

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub const fn terms_problem(self, problem: TermsProblem) -> &'static str {
        const { assert!(MOST_SEATS == 100_000 && MOST_HOURS == 720 && MOST_CHOICES == 30) };
        match problem {
            TermsProblem::NotSeats => self.pick(
                "Skriv ett heltal från 0 till 100 000, eller lämna tomt.",
                "Write a whole number from 0 to 100,000, or leave it empty.",
            ),
            TermsProblem::NotHours => self.pick(
                "Skriv ett antal timmar från 1 till 720, eller lämna tomt.",
                "Write a number of hours from 1 to 720, or leave it empty.",
            ),
            TermsProblem::Missing => self.pick("Skriv frågan.", "Write the question."),
            TermsProblem::TooLong => {
                self.pick("Högst 500 tecken får plats.", "At most 500 characters fit.")
            }
            TermsProblem::TooFew => self.pick(
                "Skriv minst två svar att välja bland, ett på varje rad.",
                "Write at least two answers to choose from, one on each line.",
            ),
            TermsProblem::TooMany => self.pick(
                "Högst 30 svar att välja bland får plats.",
                "At most 30 answers to choose from fit.",
            ),
            TermsProblem::Uneven => self.pick(
                "Skriv lika många svar på engelska som på svenska, i samma ordning.",
                "Write as many answers in English as in Swedish, in the same order.",
            ),
            TermsProblem::Twice => self.pick(
                "Samma svar står två gånger. Låt det stå en gång.",
                "The same answer stands twice. Let it stand once.",
            ),
            TermsProblem::NotBounds => self
                .pick("Skriv heltal, det minsta först.", "Write whole numbers, the least first."),
            TermsProblem::NoReason => self.pick(
                "Skriv varför. Det sparas i historiken.",
                "Write why. It is kept in the history.",
            ),
            TermsProblem::Full => self.pick(
                "Det finns inte så många lediga platser. Kryssa i rutan om de ska utökas.",
                "There are not that many free places. Tick the box if there should be more.",
            ),
            TermsProblem::Unreadable => self.pick(
                "Det finns ett tecken här som inte går att läsa. Skriv om det.",
                "There is a character here that cannot be read. Write it again.",
            ),
        }
    }
}
