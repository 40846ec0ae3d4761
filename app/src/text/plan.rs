//! What planning says.

use super::{Lang, PlanWords};
use crate::events::model::State;
use crate::organise::plan::model::PlanProblem;

impl Lang {
    /// The fixed texts of planning.
    #[must_use]
    pub const fn plan_words(self) -> &'static PlanWords {
        match self {
            Self::Sv => &PlanWords::SV,
            Self::En => &PlanWords::EN,
        }
    }

    /// What a state means.
    #[must_use]
    pub const fn state_means(self, state: State) -> &'static str {
        let words = self.plan_words();
        match state {
            State::Draft => words.draft,
            State::Preliminary => words.preliminary,
            State::Published => words.published,
            State::Cancelled => words.cancelled,
            State::Held => words.held,
        }
    }

    /// The button that gives an event this state.
    #[must_use]
    pub const fn state_button(self, from: State, to: State) -> &'static str {
        let words = self.plan_words();
        match (from, to) {
            (State::Cancelled, State::Published) => words.on_again,
            (_, State::Draft) => words.make_draft,
            (_, State::Preliminary) => words.make_preliminary,
            (_, State::Published | State::Held) => words.publish,
            (_, State::Cancelled) => words.cancel,
        }
    }

    /// How many are told when an event is cancelled.
    #[must_use]
    pub fn are_told(self, count: i64) -> String {
        match (self, count) {
            (Self::Sv, 0) => "Ingen är anmäld, så inget mejl skickas.".to_owned(),
            (Self::En, 0) => "Nobody has signed up, so no mail is sent.".to_owned(),
            (Self::Sv, 1) => "Den som är anmäld får ett mejl.".to_owned(),
            (Self::En, 1) => "The one who has signed up gets a mail.".to_owned(),
            (Self::Sv, _) => format!("De {count} som är anmälda får ett mejl."),
            (Self::En, _) => format!("The {count} who have signed up get a mail."),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn plan_done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "saved" => self.pick("Sparat.", "Saved."),
            "told" => self.pick(
                "Sparat. De anmälda får ett mejl om den nya tiden eller platsen.",
                "Saved. Those signed up get a mail about the new time or place.",
            ),
            "beyond" => self.pick(
                "Sparat. Det är nu fler anmälda än platser; alla får behålla sin.",
                "Saved. There are now more people than places; everybody keeps theirs.",
            ),
            "created" => self.pick(
                "Utkastet är sparat. Titta på det som deltagarna ser det, och publicera när det är klart.",
                "The draft is saved. Look at it as participants will see it, and publish when it is ready.",
            ),
            "copied" => self.pick(
                "Det här är en kopia, som utkast. Ändra det som ska vara annorlunda.",
                "This is a copy, as a draft. Change what is to be different.",
            ),
            "draft" => self.pick("Den är ett utkast igen.", "It is a draft again."),
            "preliminary" => self.pick("Den visas som preliminär.", "It is shown as preliminary."),
            "published" => self.pick("Den är publicerad.", "It is published."),
            "cancelled" => self.pick("Den är inställd.", "It is cancelled."),
            "away" => self.pick("Den är undanlagd.", "It is put away."),
            "out" => self.pick("Den är framtagen igen.", "It is taken out again."),
            "needs_format" => self.pick(
                "Bestäm först hur man träffas, och spara. Sedan går det att publicera.",
                "Decide first how one meets, and save. Then it can be published.",
            ),
            "nothing" => self.pick(
                "Inget ändrades: någon annan hann före. Så här är det nu.",
                "Nothing changed: somebody else was before you. This is how it is now.",
            ),
            _ => return None,
        })
    }

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub const fn plan_problem(self, problem: PlanProblem) -> &'static str {
        match problem {
            PlanProblem::Missing => self.pick("Fyll i det här.", "Fill this in."),
            PlanProblem::TooLong => {
                self.pick("Texten är för lång. Korta den.", "The text is too long. Make it shorter.")
            }
            PlanProblem::NotADate => {
                self.pick("Skriv ett datum som 2027-01-13.", "Write a date as 2027-01-13.")
            }
            PlanProblem::NotATime => {
                self.pick("Skriv en tid som 08:00.", "Write a time as 08:00.")
            }
            PlanProblem::EndsBefore => self.pick(
                "Slutet är före början. Ändra det, eller skriv vilken dag den slutar.",
                "The end is before the beginning. Change it, or write on which day it ends.",
            ),
            PlanProblem::LastsTooLong => {
                self.pick("Högst 31 dagar får plats.", "At most 31 days fit.")
            }
            PlanProblem::NoSuchTime => self.pick(
                "Den tiden finns inte den dagen: klockan ställs fram. Välj en timme senare.",
                "There is no such time on that day: the clock goes forward. Choose an hour later.",
            ),
            PlanProblem::NoSuchZone => self.pick(
                "Skriv en tidszon som Europe/Stockholm.",
                "Write a time zone as Europe/Stockholm.",
            ),
            PlanProblem::NotSeats => self.pick(
                "Skriv ett heltal från 0 till 100 000, eller lämna tomt.",
                "Write a whole number from 0 to 100,000, or leave it empty.",
            ),
            PlanProblem::NotAUrl => self.pick(
                "Skriv en adress som börjar med https://.",
                "Write an address that begins with https://.",
            ),
            PlanProblem::NotMeetingUrl => self.pick(
                "Skriv mötets adress, som börjar med https:// och är utan mellanslag.",
                "Write the address of the meeting, which begins with https:// and has no spaces.",
            ),
            PlanProblem::ClosesBefore => self.pick(
                "Anmälan stänger innan den öppnar. Ändra en av tiderna.",
                "Sign-up closes before it opens. Change one of the times.",
            ),
            PlanProblem::NotMinutes => self.pick(
                "Skriv antalet minuter för varje programpunkt, 1 till 1 440.",
                "Write the minutes of each part of the programme, 1 to 1,440.",
            ),
            PlanProblem::NoSuchMunicipality => self.pick(
                "En av kommunerna finns inte. Skriv namnen med komma emellan.",
                "One of the municipalities does not exist. Write the names with commas between.",
            ),
            PlanProblem::NoSuchOrganisation => self.pick(
                "En av organisationerna är inte känd här. Välj ur listan, eller lämna tomt.",
                "One of the organisations is not known here. Choose from the list, or leave it empty.",
            ),
            PlanProblem::WayTaken => self.pick(
                "Det finns anmälda till det sätt som du tar bort. Flytta eller avboka dem först.",
                "People have signed up for the way that you take away. Move or cancel them first.",
            ),
            PlanProblem::NeedsFormat => self.pick(
                "En publicerad aktivitet behöver ett sätt att träffas.",
                "A published event needs a way to meet.",
            ),
            PlanProblem::Twice => {
                self.pick("Samma person står med två gånger.", "The same person is there twice.")
            }
            PlanProblem::TooMany => {
                self.pick("Högst 40 rader får plats.", "At most 40 rows fit.")
            }
            PlanProblem::NotAChoice => {
                self.pick("Välj något ur listan.", "Choose something from the list.")
            }
        }
    }
}
