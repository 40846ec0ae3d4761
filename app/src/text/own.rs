//! What one's own sign-up says: its changes, its history, the way to the meeting.

use super::{Lang, dates};
use crate::events::model::{EventLine, Way};
use crate::signup::join::NotJoined;
use crate::signup::model::{Moment, Problem, Status};
use crate::signup::questions::{LONGEST_ANSWER, Question, QuestionKind};

impl Lang {
    /// Asks whether one wants to take part in the other way.
    #[must_use]
    pub const fn other_way(self, other: Way) -> &'static str {
        match other {
            Way::Digital => self.pick("Delta digitalt i stället", "Take part online instead"),
            Way::OnSite => self.pick("Delta på plats i stället", "Take part on site instead"),
        }
    }

    /// How much room there is in the other way.
    #[must_use]
    pub fn other_way_seats(self, left: Option<u32>) -> String {
        match (self, left) {
            (Self::Sv, None) => {
                "Det finns plats för alla. Din nuvarande plats går till nästa.".into()
            }
            (Self::En, None) => {
                "There is room for everybody. Your present place goes to the next.".into()
            }
            (Self::Sv, Some(0)) => {
                "Det är fullt just nu. Du behåller din plats om ingen ny blir ledig.".into()
            }
            (Self::En, Some(0)) => {
                "It is full at the moment. You keep your place if none comes free.".into()
            }
            (Self::Sv, Some(1)) => "En plats är ledig. Din nuvarande plats går till nästa.".into(),
            (Self::En, Some(1)) => "One place is free. Your present place goes to the next.".into(),
            (Self::Sv, Some(left)) => {
                format!("{left} platser är lediga. Din nuvarande plats går till nästa.")
            }
            (Self::En, Some(left)) => {
                format!("{left} places are free. Your present place goes to the next.")
            }
        }
    }

    /// What is wrong with the answer to a question, and what to do.
    #[must_use]
    pub fn question_problem(self, question: &Question, problem: Problem) -> String {
        match (problem, question.kind) {
            (Problem::Missing, QuestionKind::Consent) => self
                .pick("Kryssa i rutan för att kunna vara med.", "Tick the box to take part.")
                .into(),
            (Problem::Missing, QuestionKind::Choices) => {
                self.pick("Välj minst ett svar.", "Choose at least one answer.").into()
            }
            (Problem::Missing | Problem::NotAChoice, QuestionKind::Choice) => {
                self.pick("Välj ett av svaren.", "Choose one of the answers.").into()
            }
            (Problem::NotAChoice, _) => {
                self.pick("Välj bland svaren här.", "Choose among the answers here.").into()
            }
            (Problem::Missing, _) => self
                .pick("Den här frågan behöver ett svar.", "This question needs an answer.")
                .into(),
            (Problem::NotANumber, _) => self
                .pick("Skriv ett heltal, med siffror.", "Write a whole number, in digits.")
                .into(),
            (Problem::OutOfBounds, _) => match (self, question.least, question.most) {
                (Self::Sv, Some(least), Some(most)) => {
                    format!("Skriv ett tal från {least} till {most}.")
                }
                (Self::En, Some(least), Some(most)) => {
                    format!("Write a number from {least} to {most}.")
                }
                (Self::Sv, Some(least), _) => format!("Skriv ett tal som är minst {least}."),
                (Self::En, Some(least), _) => format!("Write a number that is at least {least}."),
                (Self::Sv, _, most) => {
                    format!("Skriv ett tal som är högst {}.", most.unwrap_or(i32::MAX))
                }
                (Self::En, _, most) => {
                    format!("Write a number that is at most {}.", most.unwrap_or(i32::MAX))
                }
            },
            (Problem::TooLong, _) => match self {
                Self::Sv => format!("Högst {LONGEST_ANSWER} tecken får plats."),
                Self::En => format!("At most {LONGEST_ANSWER} characters fit."),
            },
            (Problem::Unreadable | Problem::NotAnAddress | Problem::NotAName, _) => self
                .pick(
                    "Det finns ett tecken här som inte går att läsa. Skriv om det.",
                    "There is a character here that cannot be read. Write it again.",
                )
                .into(),
        }
    }

    /// `Tacka nej senast …`, for the mail to somebody who got a freed seat.
    #[must_use]
    pub fn say_no_latest(self, by: jiff::civil::DateTime) -> String {
        format!("{} {}", self.pick("Tacka nej senast", "Say no by"), dates::instant(self, by))
    }

    /// What the organiser says of a cancelled event, line by line, for the mail about it.
    #[must_use]
    pub fn organisers_word(self, word: &str) -> Vec<String> {
        let from = self.pick("Arrangören skriver:", "The organiser writes:");
        let lines = word.lines().map(str::trim).filter(|line| !line.is_empty());
        std::iter::once(from).chain(lines).map(str::to_owned).collect()
    }

    /// To somebody who got a freed seat and is asked to say no in good time.
    #[must_use]
    pub fn say_no_by(self, by: jiff::civil::DateTime) -> String {
        let by = dates::instant(self, by);
        match self {
            Self::Sv => format!(
                "En plats blev ledig och den är din. Kan du inte komma? Tacka nej senast {by}, så hinner nästa i kön få den."
            ),
            Self::En => format!(
                "A place came free and it is yours. If you cannot come, say no by {by}, so that the next in line still gets it in time."
            ),
        }
    }

    /// What happened to a sign-up, in a few words.
    #[must_use]
    pub fn happened(self, moment: &Moment) -> &'static str {
        if moment.is_move {
            return match moment.status {
                Status::Waitlisted => self.pick(
                    "Arrangören flyttade dig hit från en annan dag, till väntelistan",
                    "The organiser moved you here from another date, to the waitlist",
                ),
                _ => self.pick(
                    "Arrangören flyttade dig hit från en annan dag",
                    "The organiser moved you here from another date",
                ),
            };
        }
        match (moment.from, moment.status) {
            (None, Status::Waitlisted) => {
                self.pick("Du ställde dig på väntelistan", "You joined the waitlist")
            }
            (None, Status::Requested) => self.pick(
                "Du anmälde dig och en plats hölls åt dig",
                "You signed up and a place was held for you",
            ),
            (None, _) => {
                self.pick("Du anmälde dig och fick en plats", "You signed up and got a place")
            }
            (Some((_, way)), Status::Confirmed) if way != moment.way => match moment.way {
                Way::Digital => self
                    .pick("Du bytte till att delta digitalt", "You changed to taking part online"),
                Way::OnSite => self
                    .pick("Du bytte till att delta på plats", "You changed to taking part on site"),
            },
            (Some((Status::Requested, _)), Status::Confirmed) => {
                self.pick("Arrangören godkände anmälan", "The organiser approved the sign-up")
            }
            (Some((Status::Attended | Status::NoShow, _)), Status::Confirmed) => self.pick(
                "Noteringen om närvaro togs tillbaka",
                "The note of attendance was taken back",
            ),
            (_, Status::Requested) => self.pick(
                "En plats blev ledig och hölls åt dig",
                "A place came free and was held for you",
            ),
            (_, Status::Refused) => {
                self.pick("Arrangören gav dig ingen plats", "The organiser gave you no place")
            }
            (Some((Status::Waitlisted, _)), Status::Confirmed) => {
                self.pick("En plats blev ledig och du fick den", "A place came free and you got it")
            }
            (Some((Status::Waitlisted, _)), Status::Cancelled) => {
                self.pick("Du lämnade väntelistan", "You left the waitlist")
            }
            (_, Status::Cancelled) => self.pick("Du avanmälde dig", "You cancelled"),
            (_, Status::Attended) => self.pick("Du var med", "You were there"),
            (_, Status::NoShow) => self.pick("Du kom inte", "You did not come"),
            (_, Status::Confirmed) => self.pick("Du fick en plats", "You got a place"),
            (_, Status::Waitlisted) => {
                self.pick("Du ställdes på väntelistan", "You were put on the waitlist")
            }
        }
    }

    /// What somebody sees who reads a ticket with a telephone of their own: a heading and what to do.
    #[must_use]
    pub const fn this_is_a_ticket(self) -> (&'static str, &'static str) {
        (
            self.pick("Det här är en biljett", "This is a ticket"),
            self.pick(
                "Visa koden för den som står i dörren när du kommer, så blir du incheckad.",
                "Show the code to whoever stands at the door when you come, and you are checked in.",
            ),
        )
    }

    /// Beside a ticket's code.
    #[must_use]
    pub const fn show_at_the_door(self) -> &'static str {
        self.pick("Visa koden i dörren:", "Show this code at the door:")
    }

    /// How it began, where somebody else did it.
    #[must_use]
    pub fn was_signed_up_by(self, name: &str, status: Status) -> String {
        match (self, status) {
            (Self::Sv, Status::Waitlisted) => format!("{name} ställde dig på väntelistan"),
            (Self::Sv, _) => format!("{name} anmälde dig"),
            (Self::En, Status::Waitlisted) => format!("{name} put you on the waitlist"),
            (Self::En, _) => format!("{name} signed you up"),
        }
    }

    /// What signing up for a whole series means, with so many stops open and so many that open later.
    #[must_use]
    pub fn whole_series(self, open: usize, later: usize) -> String {
        let now = match (self, open) {
            (Self::Sv, 1) => "Du anmäls till det stopp som är öppet nu".to_owned(),
            (Self::Sv, _) => format!("Du anmäls till de {open} stopp som är öppna nu"),
            (Self::En, 1) => "You are signed up for the stop that is open now".to_owned(),
            (Self::En, _) => format!("You are signed up for the {open} stops that are open now"),
        };
        let then = match (self, later) {
            (Self::Sv, 0) => " och till dem som eventuellt tillkommer.".to_owned(),
            (Self::Sv, 1) => ", och till det stopp som öppnar senare så snart det går.".to_owned(),
            (Self::Sv, _) => {
                format!(", och till de {later} stopp som öppnar senare så snart det går.")
            }
            (Self::En, 0) => " and for those that may be added.".to_owned(),
            (Self::En, 1) => ", and for the stop that opens later as soon as it does.".to_owned(),
            (Self::En, _) => {
                format!(", and for the {later} stops that open later as soon as they do.")
            }
        };
        now + &then
    }

    /// Where one will stand in line; nothing where there is room everywhere.
    #[must_use]
    pub fn full_stops(self, titles: &[String]) -> Option<String> {
        if titles.is_empty() {
            return None;
        }
        let names = titles.join(", ");
        Some(match (self, titles.len()) {
            (Self::Sv, 1) => {
                format!("Ett stopp är fullt, och där hamnar du på väntelistan: {names}.")
            }
            (Self::Sv, count) => {
                format!("{count} stopp är fulla, och där hamnar du på väntelistan: {names}.")
            }
            (Self::En, 1) => format!("One stop is full, and you will be on its waitlist: {names}."),
            (Self::En, count) => {
                format!("{count} stops are full, and you will be on their waitlists: {names}.")
            }
        })
    }

    /// Stops whose organiser says yes or no to each sign-up, of so many that one signs up for.
    #[must_use]
    pub fn approving_stops(self, titles: &[String], of: usize) -> Option<String> {
        if titles.is_empty() {
            return None;
        }
        let names = titles.join(", ");
        Some(match (self, titles.len() == of) {
            (Self::Sv, true) => {
                "Arrangören godkänner anmälningarna till alla stopp. En plats hålls åt dig så länge."
                    .to_owned()
            }
            (Self::En, true) => {
                "The organiser approves the sign-ups for all stops. A place is held for you in the meantime."
                    .to_owned()
            }
            (Self::Sv, false) => format!(
                "Här godkänner arrangören anmälningarna, och en plats hålls åt dig så länge: {names}."
            ),
            (Self::En, false) => format!(
                "Here the organiser approves the sign-ups, and a place is held for you in the meantime: {names}."
            ),
        })
    }

    /// Above the questions of one stop.
    #[must_use]
    pub fn questions_of(self, title: &str) -> String {
        match self {
            Self::Sv => format!("Frågor till dig som kommer till {title}"),
            Self::En => format!("Questions to those who come to {title}"),
        }
    }

    /// Why somebody is not sent on to the meeting: a heading and what to do.
    #[must_use]
    pub fn not_joined(self, why: NotJoined, event: &EventLine) -> (String, String) {
        let clock = dates::clock(event.when.starts.time());
        let (title, text) = match why {
            NotJoined::Nobody => (
                self.pick("Vi ser inte vem du är", "We cannot see who you are").to_owned(),
                self.pick(
                    "Öppna länken i mejlet om din anmälan och gå till mötet därifrån.",
                    "Open the link in the mail about your sign-up and go to the meeting from there.",
                )
                .to_owned(),
            ),
            NotJoined::NotSignedUp => (
                self.pick("Du är inte anmäld", "You are not signed up").to_owned(),
                self.pick(
                    "Mötet är till för dem som är anmälda med adressen som du loggat in med. Har du en annan adress? Öppna länken i mejlet om din anmälan.",
                    "The meeting is for those signed up with the address that you are signed in with. Did you use another one? Open the link in the mail about your sign-up.",
                )
                .to_owned(),
            ),
            NotJoined::Waitlisted => (
                self.pick("Du står på väntelistan", "You are on the waitlist").to_owned(),
                self.pick(
                    "Mötet är till för dem som har en plats. Blir en ledig får du ett mejl direkt.",
                    "The meeting is for those who have a place. If one comes free you get a mail at once.",
                )
                .to_owned(),
            ),
            NotJoined::Requested => (
                self.pick("Din anmälan är inte godkänd än", "Your sign-up is not approved yet")
                    .to_owned(),
                self.pick(
                    "Arrangören går igenom anmälningarna. Du får ett mejl när det är klart.",
                    "The organiser goes through the sign-ups. You get a mail when that is done.",
                )
                .to_owned(),
            ),
            NotJoined::Refused => (
                self.pick("Du fick ingen plats", "You did not get a place").to_owned(),
                self.pick(
                    "Mötet är till för dem som har en plats.",
                    "The meeting is for those who have a place.",
                )
                .to_owned(),
            ),
            NotJoined::Cancelled => (
                self.pick("Du är avanmäld", "Your sign-up is cancelled").to_owned(),
                self.pick(
                    "Vill du vara med? Anmäl dig igen, om det finns plats.",
                    "Do you want to take part? Sign up again, if there is room.",
                )
                .to_owned(),
            ),
            NotJoined::OnSite => (
                self.pick("Du är anmäld på plats", "You are signed up on site").to_owned(),
                self.pick(
                    "Byt till att delta digitalt på din anmälans sida om du vill vara med på distans.",
                    "Change to taking part online on your sign-up's page if you want to join from afar.",
                )
                .to_owned(),
            ),
            NotJoined::NotYet => (
                self.pick("Mötet har inte öppnat än", "The meeting is not open yet").to_owned(),
                match self {
                    Self::Sv => format!("Det öppnar 15 minuter innan det börjar klockan {clock}."),
                    Self::En => format!("It opens 15 minutes before the start at {clock}."),
                },
            ),
            NotJoined::Over => (
                self.pick("Mötet är slut", "The meeting is over").to_owned(),
                self.pick(
                    "Titta på aktivitetens sida efter material och inspelning.",
                    "Look at the event's page for materials and a recording.",
                )
                .to_owned(),
            ),
            NotJoined::EventCancelled => (
                self.pick("Aktiviteten är inställd", "The event is cancelled").to_owned(),
                self.pick("Den blir inte av.", "It will not take place.").to_owned(),
            ),
            NotJoined::NoMeeting => (
                self.pick("Mötets adress är inte inlagd än", "The meeting's address is not set yet").to_owned(),
                self.pick(
                    "Du har en plats. Försök igen om en liten stund, eller fråga arrangören.",
                    "You have a place. Try again in a little while, or ask the organiser.",
                )
                .to_owned(),
            ),
        };
        (title, text)
    }
}
