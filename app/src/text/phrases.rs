//! Texts with figures and names in them, and the words for the members of the model's enums.

use super::{Lang, dates, number};
use crate::calendar::model::{CalendarData, Dimension, View};
use crate::events::model::{Format, Kind, Phase, Seats, SpokenLanguage, Way, WaySeats};
use crate::events::page_model::StopState;
use crate::signup::model::{Field, Problem, Status};
use jiff::civil::{Date, DateTime};

impl Lang {
    pub(super) const fn pick<T: Copy>(self, sv: T, en: T) -> T {
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// `1 aktivitet`, `3 aktiviteter`
    fn count_of_events(self, count: usize) -> String {
        match (self, count) {
            (Self::Sv, 0) => "inga aktiviteter".into(),
            (Self::Sv, 1) => "1 aktivitet".into(),
            (Self::Sv, count) => format!("{count} aktiviteter"),
            (Self::En, 0) => "no events".into(),
            (Self::En, 1) => "1 event".into(),
            (Self::En, count) => format!("{count} events"),
        }
    }

    /// What sort of event.
    #[must_use]
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Seminar => self.pick("Seminarium", "Seminar"),
            Kind::Webinar => self.pick("Webbinarium", "Webinar"),
            Kind::Workshop => self.pick("Workshop", "Workshop"),
            Kind::Conference => self.pick("Konferens", "Conference"),
            Kind::Course => self.pick("Kurs", "Course"),
        }
    }

    /// How one meets.
    #[must_use]
    pub const fn format(self, format: Format) -> &'static str {
        match format {
            Format::Digital => self.pick("Digitalt", "Online"),
            Format::OnSite => self.pick("På plats", "On site"),
            Format::Hybrid => self.pick("Hybrid", "Hybrid"),
        }
    }

    /// `Digitalt via Teams`, `Stadshuset, sal Björken`
    #[must_use]
    pub fn format_and_place(self, format: Format, place: Option<&str>) -> String {
        match (format, place) {
            (_, None) => self.format(format).into(),
            (Format::Digital, Some(place)) => {
                format!("{} {place}", self.pick("Digitalt via", "Online in"))
            }
            (Format::OnSite, Some(place)) => place.into(),
            (Format::Hybrid, Some(place)) => {
                format!("{place} {}", self.pick("eller digitalt", "or online"))
            }
        }
    }

    /// One way of taking part.
    #[must_use]
    pub const fn way(self, way: Way) -> &'static str {
        match way {
            Way::Digital => self.pick("Digitalt", "Online"),
            Way::OnSite => self.pick("På plats", "On site"),
        }
    }

    /// A language.
    #[must_use]
    pub const fn spoken(self, language: SpokenLanguage) -> &'static str {
        match language {
            SpokenLanguage::Swedish => self.pick("Svenska", "Swedish"),
            SpokenLanguage::English => self.pick("Engelska", "English"),
        }
    }

    /// `Presentation på engelska, samtal på svenska`
    #[must_use]
    pub fn talk_and_dialogue(self, talk: SpokenLanguage, dialogue: SpokenLanguage) -> String {
        match self {
            Self::Sv => {
                let name = |language| match language {
                    SpokenLanguage::Swedish => "svenska",
                    SpokenLanguage::English => "engelska",
                };
                format!("Presentation på {}, samtal på {}", name(talk), name(dialogue))
            }
            Self::En => {
                format!("Talk in {}, dialogue in {}", self.spoken(talk), self.spoken(dialogue))
            }
        }
    }

    /// `9 av 12 platser kvar`, `Fullt, 4 på väntelistan`, `Obegränsat antal platser`
    #[must_use]
    pub fn way_seats(self, seats: &WaySeats) -> String {
        let Some((capacity, left)) = seats.capacity.zip(seats.left()) else {
            return self.pick("Obegränsat antal platser", "Unlimited places").into();
        };
        let waiting = seats.waitlisted;
        match (self, seats.is_full(), waiting) {
            (Self::Sv, true, 0) => "Fullt".into(),
            (Self::Sv, true, _) => format!("Fullt, {waiting} på väntelistan"),
            (Self::Sv, false, _) if capacity == 1 => "1 plats kvar".into(),
            (Self::Sv, false, _) => format!("{left} av {capacity} platser kvar"),
            (Self::En, true, 0) => "Full".into(),
            (Self::En, true, _) => format!("Full, {waiting} on the waitlist"),
            (Self::En, false, _) if capacity == 1 => "1 place left".into(),
            (Self::En, false, _) => format!("{left} of {capacity} places left"),
        }
    }

    /// The same for all ways of an event.
    #[must_use]
    pub fn seats_in_words(self, seats: &Seats) -> String {
        match seats.ways.as_slice() {
            [only] => self.way_seats(only),
            ways => ways
                .iter()
                .map(|seats| format!("{}: {}", self.way(seats.way), self.way_seats(seats)))
                .collect::<Vec<_>>()
                .join(". "),
        }
    }

    /// `Du blir nummer 5 på väntelistan.`, where the event is full.
    #[must_use]
    pub fn next_in_line(self, seats: &Seats) -> Option<String> {
        let [only] = seats.ways.as_slice() else { return None };
        let place = only.waitlisted + 1;
        only.is_full().then(|| match self {
            Self::Sv => format!("Du blir nummer {place} på väntelistan."),
            Self::En => format!("You will be number {place} on the waitlist."),
        })
    }

    /// `Anmälan öppnar …`
    #[must_use]
    pub fn opens(self, at: DateTime) -> String {
        format!("{} {}", self.pick("Anmälan öppnar", "Sign-up opens"), dates::instant(self, at))
    }

    /// `Anmälan stänger …`
    #[must_use]
    pub fn closes(self, at: DateTime) -> String {
        format!("{} {}.", self.pick("Anmälan stänger", "Sign-up closes"), dates::instant(self, at))
    }

    /// The viewer's own clock.
    #[must_use]
    pub fn own_time(self, text: &str) -> String {
        format!("{} {text}", self.pick("På din klocka:", "On your clock:"))
    }

    /// How one takes part online.
    #[must_use]
    pub fn how_online(self, platform: &str) -> String {
        match self {
            Self::Sv => format!(
                "Vi möts digitalt i {platform}. Du behöver inget konto och kan vara med från telefonen."
            ),
            Self::En => format!(
                "We meet online in {platform}. You need no account and can take part from your phone."
            ),
        }
    }

    /// `Härnäst, om 4 dagar`
    #[must_use]
    pub fn next_in(self, days: i32) -> String {
        match (self, days) {
            (Self::Sv, ..=0) => "Härnäst, idag".into(),
            (Self::Sv, 1) => "Härnäst, imorgon".into(),
            (Self::Sv, days) => format!("Härnäst, om {days} dagar"),
            (Self::En, ..=0) => "Next, today".into(),
            (Self::En, 1) => "Next, tomorrow".into(),
            (Self::En, days) => format!("Next, in {days} days"),
        }
    }

    /// A layout of the calendar.
    #[must_use]
    pub const fn view(self, view: View) -> &'static str {
        match view {
            View::Month => self.pick("Månad", "Month"),
            View::Week => self.pick("Vecka", "Week"),
            View::Agenda => self.pick("Agenda", "Agenda"),
        }
    }

    /// `november 2026`, `vecka 47, 16 nov – 22 nov 2026`
    #[must_use]
    pub fn calendar_title(self, data: &CalendarData) -> String {
        let days = data.range();
        match data.view {
            View::Month => dates::month(self, data.date),
            View::Week => format!(
                "{} {}, {} – {} {}",
                self.pick("vecka", "week"),
                days.first.iso_week_date().week(),
                dates::short_day(self, days.first),
                dates::short_day(self, days.last),
                days.last.year()
            ),
            View::Agenda => format!(
                "{} – {} {}",
                dates::short_day(self, days.first),
                dates::short_day(self, days.last),
                days.last.year()
            ),
        }
    }

    /// For search engines.
    #[must_use]
    pub fn calendar_description(self, title: &str, count: u32) -> String {
        let count = self.count_of_events(usize::try_from(count).unwrap_or_default());
        format!("{} {title}: {count}.", self.pick("Kalendern för", "The calendar for"))
    }

    /// What lies one step away: `december`, `vecka 48`, `26 dec`.
    #[must_use]
    pub fn step_name(self, view: View, day: Date) -> String {
        match view {
            View::Month => dates::month(self, day),
            View::Week => {
                format!("{} {}", self.pick("vecka", "week"), day.iso_week_date().week())
            }
            View::Agenda => {
                format!("{} {}", self.pick("från", "from"), dates::short_day(self, day))
            }
        }
    }

    /// `torsdag 19 november 2026, 7 aktiviteter`
    #[must_use]
    pub fn day_with_count(self, day: Date, count: usize) -> String {
        let day = dates::long_day(self, day);
        if count == 0 { day } else { format!("{day}, {}", self.count_of_events(count)) }
    }

    /// `+4 till`
    #[must_use]
    pub fn more(self, count: u32) -> String {
        format!("+{count} {}", self.pick("till", "more"))
    }

    /// The same for those who don't see where it stands.
    #[must_use]
    pub fn more_on(self, count: u32, day: Date, is_open: bool) -> String {
        let day = dates::long_day(self, day);
        let text = if is_open { self.words().show_fewer.to_owned() } else { self.more(count) };
        format!("{text}, {day}")
    }

    /// A heading over filters.
    #[must_use]
    pub const fn dimension(self, dimension: Dimension) -> &'static str {
        match dimension {
            Dimension::Programme => self.pick("Program", "Programme"),
            Dimension::Series => self.pick("Serie", "Series"),
            Dimension::Kind => self.pick("Typ", "Kind"),
            Dimension::Format => self.pick("Format", "Format"),
            Dimension::Theme => self.pick("Tema", "Theme"),
            Dimension::Municipality => self.pick("Kommun", "Municipality"),
            Dimension::Language => self.pick("Språk", "Language"),
            Dimension::Places => self.pick("Platser", "Places"),
        }
    }

    /// The word for a choice whose key is a word of the model.
    #[must_use]
    pub fn choice(self, dimension: Dimension, key: &str) -> Option<&'static str> {
        match dimension {
            Dimension::Kind => Kind::parse(key).map(|kind| self.kind(kind)),
            Dimension::Format => Format::parse(key).map(|format| self.format(format)),
            Dimension::Language => SpokenLanguage::parse(key).map(|spoken| self.spoken(spoken)),
            Dimension::Places => Some(self.pick("Platser kvar", "Places left")),
            _ => None,
        }
    }

    /// The line of stops in words.
    #[must_use]
    pub fn line_of_stops(self, title: &str, states: &[StopState]) -> String {
        let held = states.iter().filter(|state| **state == StopState::Held).count();
        let next = states.iter().position(|state| *state == StopState::Next);
        let mut text = format!("{title}: {}", self.held_of(held, states.len()));
        if let Some(next) = next {
            text.push_str(", ");
            text.push_str(self.pick("nästa är stopp ", "the next is stop "));
            text.push_str(&(next + 1).to_string());
        }
        text
    }

    /// `2 av 7 hållna`
    #[must_use]
    pub fn held_of(self, held: usize, count: usize) -> String {
        match self {
            Self::Sv => format!("{held} av {count} hållna"),
            Self::En => format!("{held} of {count} held"),
        }
    }

    /// `stopp 3 av 7`
    #[must_use]
    pub fn stop_of(self, stop: usize, count: usize) -> String {
        match self {
            Self::Sv => format!("stopp {stop} av {count}"),
            Self::En => format!("stop {stop} of {count}"),
        }
    }

    /// `7 stopp, 4 nov – 16 dec 2026`
    #[must_use]
    pub fn stops_and_days(self, count: usize, first: Date, last: Date) -> String {
        let stops = match (self, count) {
            (Self::Sv, count) => format!("{count} stopp"),
            (Self::En, 1) => "1 stop".into(),
            (Self::En, count) => format!("{count} stops"),
        };
        let first_day = if first.year() == last.year() {
            dates::short_day(self, first)
        } else {
            format!("{} {}", dates::short_day(self, first), first.year())
        };
        format!("{stops}, {first_day} – {} {}", dates::short_day(self, last), last.year())
    }

    /// `1 064 375 kronor`
    #[must_use]
    pub fn kronor(self, sum: i64) -> String {
        format!("{} {}", number(self, sum), self.pick("kronor", "SEK"))
    }

    /// `diarienummer 2014-06031`
    #[must_use]
    pub fn reference(self, reference: &str) -> String {
        format!("{} {reference}", self.pick("diarienummer", "reference"))
    }

    /// `80 %`, `80%`
    #[must_use]
    pub fn percent(self, value: i64) -> String {
        format!("{value}{}", self.pick("\u{a0}%", "%"))
    }

    /// `8 av 10`
    #[must_use]
    pub fn of_ten(self, value: i64) -> String {
        format!("{value} {} 10", self.pick("av", "of"))
    }

    /// A kind of material, by its word in the database.
    #[must_use]
    pub fn material(self, kind: &str) -> &'static str {
        let (sv, en) = match kind {
            "report" => ("rapport", "report"),
            "anthology" => ("antologi", "anthology"),
            "review" => ("forskningsöversikt", "research review"),
            "thesis" => ("avhandling", "thesis"),
            "study" => ("studie", "study"),
            "handbook" => ("handbok", "handbook"),
            "method" => ("metod", "method"),
            "book" => ("bok", "book"),
            "video" => ("inspelning", "recording"),
            "slides" => ("presentation", "slides"),
            _ => ("länk", "link"),
        };
        self.pick(sv, en)
    }

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub const fn problem(self, field: Field, problem: Problem) -> &'static str {
        match (field, problem) {
            (Field::Name, Problem::Missing) => self.pick("Skriv ditt namn.", "Write your name."),
            (Field::Email, Problem::Missing) => {
                self.pick("Skriv din e-postadress.", "Write your e-mail address.")
            }
            (Field::Email, _) => self.pick(
                "Adressen ska se ut som namn@kommun.se.",
                "The address should look like name@municipality.se.",
            ),
            (Field::Organisation, Problem::Missing) => {
                self.pick("Skriv var du arbetar.", "Write where you work.")
            }
            (Field::Way, _) => {
                self.pick("Välj hur du vill delta.", "Choose how you want to take part.")
            }
            (Field::Consent, _) => self.pick(
                "Kryssa i rutan så att vi får spara dina uppgifter.",
                "Tick the box so that we may keep your details.",
            ),
            (_, Problem::NotAName) => {
                self.pick("Skriv utan webbadress.", "Write it without a web address.")
            }
            (_, Problem::TooLong) => {
                self.pick("Högst 200 tecken får plats.", "At most 200 characters fit.")
            }
            _ => self.pick(
                "Det finns ett tecken här som inte går att läsa. Skriv om det.",
                "There is a character here that cannot be read. Write it again.",
            ),
        }
    }

    /// The heading of one's own sign-up.
    #[must_use]
    pub fn own_title(self, status: Status, position: Option<u32>, is_new: bool) -> String {
        match (status, position) {
            (Status::Confirmed, _) if is_new => {
                self.pick("Du är anmäld", "You are signed up").into()
            }
            (Status::Confirmed, _) => self.pick("Du har en plats", "You have a place").into(),
            (Status::Waitlisted, Some(position)) => match self {
                Self::Sv => format!("Du är nummer {position} på väntelistan"),
                Self::En => format!("You are number {position} on the waitlist"),
            },
            (Status::Waitlisted, None) => {
                self.pick("Du står på väntelistan", "You are on the waitlist").into()
            }
            (Status::Requested, _) => {
                self.pick("En plats hålls åt dig", "A place is held for you").into()
            }
            (Status::Refused, _) => {
                self.pick("Du fick ingen plats", "You did not get a place").into()
            }
            (Status::Cancelled, _) => {
                self.pick("Du är avanmäld", "Your sign-up is cancelled").into()
            }
            (Status::Attended, _) => self.pick("Du var med", "You were there").into(),
            (Status::NoShow, _) => self.pick("Du kom inte", "You did not come").into(),
        }
    }

    /// Where the confirmation went.
    #[must_use]
    pub fn mail_is_sent(self, email: &str) -> String {
        match self {
            Self::Sv => format!(
                "En bekräftelse är på väg till {email}. Får du förhinder? Avanmäl dig, så går platsen till nästa."
            ),
            Self::En => format!(
                "A confirmation is on its way to {email}. If you cannot come, cancel, and the place goes to the next."
            ),
        }
    }

    /// `Plats 3 av 7 på väntelistan`
    #[must_use]
    pub fn place_in_line(self, position: u32, count: u32) -> String {
        match self {
            Self::Sv => format!("Plats {position} av {count} på väntelistan"),
            Self::En => format!("Place {position} of {count} on the waitlist"),
        }
    }

    /// The heading of the answer to a sign-up that cannot be taken.
    #[must_use]
    pub fn not_open(self, title: &str, phase: Phase) -> String {
        match (self, phase) {
            (Self::Sv, Phase::Preliminary | Phase::OpensLater) => {
                format!("Anmälan till {title} har inte öppnat")
            }
            (Self::Sv, Phase::Cancelled) => format!("{title} är inställt"),
            (Self::Sv, _) => format!("Anmälan till {title} är stängd"),
            (Self::En, Phase::Preliminary | Phase::OpensLater) => {
                format!("Sign-up for {title} has not opened")
            }
            (Self::En, Phase::Cancelled) => format!("{title} is cancelled"),
            (Self::En, _) => format!("Sign-up for {title} is closed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(capacity: Option<u32>, confirmed: u32, waitlisted: u32) -> WaySeats {
        WaySeats { way: Way::OnSite, capacity, confirmed, waitlisted }
    }

    #[test]
    fn seats_in_words() {
        assert_eq!(Lang::Sv.way_seats(&seats(Some(12), 3, 0)), "9 av 12 platser kvar");
        assert_eq!(Lang::En.way_seats(&seats(Some(12), 12, 4)), "Full, 4 on the waitlist");
        assert_eq!(Lang::Sv.way_seats(&seats(Some(12), 12, 0)), "Fullt");
        assert_eq!(Lang::Sv.way_seats(&seats(None, 12, 0)), "Obegränsat antal platser");
    }

    #[test]
    fn the_next_place_in_line_is_told_only_when_it_is_full() {
        let one = |way| Seats { ways: vec![way], version: 1 };
        assert_eq!(Lang::Sv.next_in_line(&one(seats(Some(1), 0, 0))), None);
        assert_eq!(
            Lang::En.next_in_line(&one(seats(Some(1), 1, 4))).as_deref(),
            Some("You will be number 5 on the waitlist.")
        );
    }
}
