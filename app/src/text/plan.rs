//! What planning says.

use super::{Lang, PlanWords};
use crate::events::model::State;
use crate::organise::plan::holidays::{Holiday, SchoolHoliday};
use crate::organise::plan::model::PlanProblem;
use crate::organise::plan::pattern::SeriesKind;

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

    /// What a day is on which one does not plan a seminar.
    #[must_use]
    pub const fn holiday(self, holiday: Holiday) -> &'static str {
        match holiday {
            Holiday::NewYear => self.pick("nyårsdagen", "New Year's Day"),
            Holiday::Epiphany => self.pick("trettondedag jul", "Epiphany"),
            Holiday::GoodFriday => self.pick("långfredagen", "Good Friday"),
            Holiday::EasterEve => self.pick("påskafton", "Easter Eve"),
            Holiday::Easter => self.pick("påskdagen", "Easter Sunday"),
            Holiday::EasterMonday => self.pick("annandag påsk", "Easter Monday"),
            Holiday::FirstOfMay => self.pick("första maj", "First of May"),
            Holiday::Ascension => self.pick("Kristi himmelsfärds dag", "Ascension Day"),
            Holiday::Whitsun => self.pick("pingstdagen", "Whit Sunday"),
            Holiday::NationalDay => self.pick("nationaldagen", "the National Day"),
            Holiday::MidsummerEve => self.pick("midsommarafton", "Midsummer Eve"),
            Holiday::Midsummer => self.pick("midsommardagen", "Midsummer Day"),
            Holiday::AllSaints => self.pick("alla helgons dag", "All Saints' Day"),
            Holiday::ChristmasEve => self.pick("julafton", "Christmas Eve"),
            Holiday::Christmas => self.pick("juldagen", "Christmas Day"),
            Holiday::BoxingDay => self.pick("annandag jul", "Boxing Day"),
            Holiday::NewYearsEve => self.pick("nyårsafton", "New Year's Eve"),
        }
    }

    /// What sort of series it is.
    #[must_use]
    pub const fn series_kind(self, kind: SeriesKind) -> &'static str {
        match kind {
            SeriesKind::Tour => self.pick("Turné", "Tour"),
            SeriesKind::Relay => self.pick("Stafett", "Relay"),
            SeriesKind::Seminar => self.pick("Seminarieserie", "Series of seminars"),
            SeriesKind::Webinar => self.pick("Webbinarieserie", "Series of webinars"),
            SeriesKind::Workshop => self.pick("Workshopserie", "Series of workshops"),
            SeriesKind::Conference => self.pick("Konferensserie", "Series of conferences"),
            SeriesKind::Course => self.pick("Kurs", "Course"),
        }
    }

    /// A school holiday.
    #[must_use]
    pub const fn school_holiday(self, holiday: SchoolHoliday) -> &'static str {
        match holiday {
            SchoolHoliday::Sport => {
                self.pick("sportlov i många kommuner", "winter break in many municipalities")
            }
            SchoolHoliday::Easter => {
                self.pick("påsklov i många kommuner", "Easter break in many municipalities")
            }
            SchoolHoliday::Summer => self.pick("sommarlov", "summer holidays"),
            SchoolHoliday::Autumn => self.pick("höstlov", "autumn break"),
            SchoolHoliday::Christmas => self.pick("jullov", "Christmas holidays"),
        }
    }

    /// `Gör 7 utkast`
    #[must_use]
    pub fn make_drafts(self, count: usize) -> String {
        match self {
            Self::Sv => format!("Gör {count} utkast"),
            Self::En if count == 1 => "Make 1 draft".to_owned(),
            Self::En => format!("Make {count} drafts"),
        }
    }

    /// `Publicera alla 7 i Innovationstimmen`
    #[must_use]
    pub fn publish_all(self, count: usize, series: &str) -> String {
        match self {
            Self::Sv => format!("Publicera alla {count} i {series}"),
            Self::En => format!("Publish all {count} of {series}"),
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
            "series" => self.pick(
                "Serien är gjord. Stoppen är utkast: titta på dem, och publicera när de är klara.",
                "The series is made. Its stops are drafts: look at them, and publish when they are ready.",
            ),
            "all" => self.pick("Hela serien är publicerad.", "The whole series is published."),
            "some" => self.pick(
                "Det som gick är publicerat. Resten saknar sätt att träffas, eller är redan över.",
                "What could be is published. The rest has no way to meet, or is over already.",
            ),
            "later" => self.pick(
                "Sparat, här och i senare stopp.",
                "Saved, here and in later stops.",
            ),
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
            PlanProblem::NotACount => {
                self.pick("Skriv ett antal från 1 till 40.", "Write a number from 1 to 40.")
            }
            PlanProblem::NotAPeriod => self.pick(
                "Skriv ett år, en månad eller en dag: 2027, 2027-03 eller 2027-03-15.",
                "Write a year, a month or a day: 2027, 2027-03 or 2027-03-15.",
            ),
            PlanProblem::MixedPeriod => self.pick(
                "Skriv början och slut lika noga: båda som år, som månad eller som dag.",
                "Write beginning and end alike: both as a year, as a month or as a day.",
            ),
            PlanProblem::NotASum => self.pick(
                "Skriv ett heltal utan decimaler, som 1200000.",
                "Write a whole number, as 1200000.",
            ),
            PlanProblem::NotAFigure => self.pick(
                "Skriv ett heltal vid varje resultat: högst 10 av tio, högst 100 procent.",
                "Write a whole number at each outcome: at most 10 of ten, at most 100 per cent.",
            ),
            PlanProblem::SameOrganisation => self.pick(
                "Samma organisation står med två gånger.",
                "The same organisation is there twice.",
            ),
            PlanProblem::SameName => {
                self.pick("Samma namn står med två gånger.", "The same name is there twice.")
            }
            PlanProblem::OnlyForAll => self.pick(
                "Bara det som alla får se kan visas på andra webbplatser.",
                "Only what everybody may see can be shown on other sites.",
            ),
            PlanProblem::NothingLeft => self.pick(
                "Inspelningen är publicerad och skulle stå utan film. Ta tillbaka den först, eller ladda upp en film.",
                "The recording is published and would have no film. Take it back first, or upload a film.",
            ),
            PlanProblem::TitleTaken => self.pick(
                "Aktiviteten har redan en inspelning med den titeln. Ge den här en annan.",
                "The event has a recording with that title already. Give this one another.",
            ),
            PlanProblem::NotAChoice => {
                self.pick("Välj något ur listan.", "Choose something from the list.")
            }
        }
    }
}
