//! What the organisers' side of recordings says with figures in it, and what has been done.

use super::{Lang, RecordingsDeskWords, dates, number};
use crate::organise::recordings::model::PublishProblem;
use jiff::civil::Date;

impl Lang {
    /// The fixed texts of the organisers' side of recordings.
    #[must_use]
    pub const fn desk_words(self) -> &'static RecordingsDeskWords {
        match self {
            Self::Sv => &RecordingsDeskWords::SV,
            Self::En => &RecordingsDeskWords::EN,
        }
    }

    /// `Undertexter senast 3 april 2027`, or that they were to have been there by then.
    #[must_use]
    pub fn captions_come(self, by: Date, is_overdue: bool) -> String {
        let day = dates::date(self, by);
        match (self, is_overdue) {
            (Self::Sv, false) => format!("Undertexter senast {day}"),
            (Self::Sv, true) => format!("Försenade: undertexterna skulle ha kommit {day}"),
            (Self::En, false) => format!("Captions by {day}"),
            (Self::En, true) => format!("Overdue: the captions were to come by {day}"),
        }
    }

    /// How large a file is, in units of a thousand: `1,4 GB`.
    #[must_use]
    pub fn bytes(self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if bytes < 1_000 {
            return format!("{bytes} byte");
        }
        let mut tenths = bytes / 100;
        let mut unit = 0;
        while tenths >= 10_000 && unit + 1 < UNITS.len() {
            tenths /= 1_000;
            unit += 1;
        }
        let whole = i64::try_from(tenths / 10).unwrap_or(i64::MAX);
        let figure = if whole < 10 {
            format!("{whole}{}{}", self.pick(',', '.'), tenths % 10)
        } else {
            number(self, whole)
        };
        format!("{figure} {}", UNITS[unit])
    }

    /// `212 visningar, 1 204 minuter`
    #[must_use]
    pub fn watched_in_all(self, views: i64, minutes: i64) -> String {
        let (views, figure) = (number(self, views), number(self, minutes));
        match (self, minutes) {
            (Self::Sv, 1) => format!("{views} visningar, 1 minut"),
            (Self::Sv, _) => format!("{views} visningar, {figure} minuter"),
            (Self::En, 1) => format!("{views} viewings, 1 minute"),
            (Self::En, _) => format!("{views} viewings, {figure} minutes"),
        }
    }

    /// Where half of all have stopped; the place is a time, or a share of the whole.
    #[must_use]
    pub fn half_have_stopped(self, place: &str) -> String {
        match self {
            Self::Sv => format!("Mer än hälften har slutat vid {place}."),
            Self::En => format!("More than half have stopped at {place}."),
        }
    }

    /// The page of a list: `Sida 2 av 9` is said elsewhere; this is the remark on the largest file.
    #[must_use]
    pub fn at_most(self, bytes: u64) -> String {
        match self {
            Self::Sv => format!("Högst {} för en fil.", self.bytes(bytes)),
            Self::En => format!("At most {} for a file.", self.bytes(bytes)),
        }
    }

    /// `kan fortsätta till 3 april 2027`
    #[must_use]
    pub fn can_go_on_until(self, day: Date) -> String {
        let day = dates::date(self, day);
        match self {
            Self::Sv => format!("kan fortsätta till {day}"),
            Self::En => format!("can be gone on with until {day}"),
        }
    }

    /// `450 MB av 1,2 GB`
    #[must_use]
    pub fn so_much_of(self, some: u64, whole: u64) -> String {
        let (some, whole) = (self.bytes(some), self.bytes(whole));
        match self {
            Self::Sv => format!("{some} av {whole}"),
            Self::En => format!("{some} of {whole}"),
        }
    }

    /// What is wrong with the form that publishes, and what to do.
    #[must_use]
    pub const fn publish_problem(self, problem: PublishProblem) -> &'static str {
        match problem {
            PublishProblem::NoReason => self.pick(
                "Skriv varför undertexterna inte är klara.",
                "Write why the captions are not ready.",
            ),
            PublishProblem::TooLong => self.pick(
                "Skälet är för långt: högst 1 000 tecken.",
                "The reason is too long: at most 1,000 characters.",
            ),
            PublishProblem::NotADate => self.pick(
                "Skriv vilken dag undertexterna kommer, som 2027-04-03.",
                "Write on which day the captions come, as 2027-04-03.",
            ),
            PublishProblem::NotLater => {
                self.pick("Välj en dag som kommer.", "Choose a day that is to come.")
            }
            PublishProblem::TooLate => self
                .pick("Undertexter ska komma inom ett år.", "Captions have to come within a year."),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn desk_done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "made" => self.pick(
                "Utkastet är sparat. Nu kan du ladda upp filmen.",
                "The draft is saved. Now you can upload the film.",
            ),
            "saved" => self.pick("Sparat.", "Saved."),
            "published" => self.pick("Den är publicerad.", "It is published."),
            "uncaptioned" => self.pick(
                "Den är publicerad. Skälet och datumet står på sidan tills undertexterna är granskade.",
                "It is published. The reason and the date stand on the page until the captions are reviewed.",
            ),
            "withdrawn" => self.pick("Den är ett utkast igen.", "It is a draft again."),
            "no_film" => self.pick(
                "Det finns inget att publicera än: ladda upp en film, eller skriv adressen där den ligger.",
                "There is nothing to publish yet: upload a film, or write the address where it lies.",
            ),
            "file_removed" => self.pick("Filen är borttagen.", "The file is removed."),
            "file_needed" => self.pick(
                "Filen togs inte bort: inspelningen är publicerad och skulle stå tom. Ta tillbaka den först.",
                "The file was not removed: the recording is published and would be empty. Take it back first.",
            ),
            "file_came" => self.pick("Filen är på plats.", "The file is in place."),
            "upload_stopped" => {
                self.pick("Uppladdningen är borttagen.", "The upload is removed.")
            }
            "removed" => self.pick(
                "Inspelningen och allt som hörde till den är borta.",
                "The recording and all that belonged to it are gone.",
            ),
            "not_sure" => self.pick(
                "Inget togs bort: kryssa i rutan om du är säker.",
                "Nothing was removed: tick the box if you are sure.",
            ),
            "nothing" => self.pick(
                "Inget ändrades: någon annan hann före. Så här är det nu.",
                "Nothing changed: somebody else was before you. This is how it is now.",
            ),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, sv, en) in [
            (0, "0 byte", "0 byte"),
            (999, "999 byte", "999 byte"),
            (1_000, "1,0 kB", "1.0 kB"),
            (14_960, "14 kB", "14 kB"),
            (999_999, "999 kB", "999 kB"),
            (1_400_000_000, "1,4 GB", "1.4 GB"),
            (20_000_000_000, "20 GB", "20 GB"),
        ] {
            assert_eq!((Lang::Sv.bytes(bytes), Lang::En.bytes(bytes)), (sv.into(), en.into()));
        }
    }
}
