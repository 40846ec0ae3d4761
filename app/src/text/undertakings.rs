//! What the forms of programmes and series say with figures in it, and what has been done.

use super::{Lang, UndertakingWords};
use crate::programmes::model::Unit;

impl Lang {
    /// The fixed texts of the forms of programmes and series.
    #[must_use]
    pub const fn undertaking_words(self) -> &'static UndertakingWords {
        match self {
            Self::Sv => &UndertakingWords::SV,
            Self::En => &UndertakingWords::EN,
        }
    }

    /// How an outcome is counted.
    #[must_use]
    pub const fn unit(self, unit: Unit) -> &'static str {
        let texts = self.undertaking_words();
        match unit {
            Unit::OfTen => texts.of_ten,
            Unit::Percent => texts.percent,
            Unit::Count => texts.how_many,
        }
    }

    /// `7 stopp`
    #[must_use]
    pub fn stops(self, count: i64) -> String {
        match self {
            Self::Sv => format!("{count} stopp"),
            Self::En if count == 1 => "1 stop".to_owned(),
            Self::En => format!("{count} stops"),
        }
    }

    /// `12 anmälda får mejl om ett nytt datum.`
    #[must_use]
    pub fn told_of_date(self, count: i64) -> String {
        match self {
            Self::Sv if count == 1 => "1 anmäld får mejl om ett nytt datum.".to_owned(),
            Self::Sv => format!("{count} anmälda får mejl om ett nytt datum."),
            Self::En if count == 1 => "1 person signed up is mailed about a new date.".to_owned(),
            Self::En => format!("{count} people signed up are mailed about a new date."),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn undertaking_done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "saved" => self.pick("Sparat.", "Saved."),
            "made" => self.pick(
                "Programmet är gjort. Sidan finns nu.",
                "The programme is made. Its page is there now.",
            ),
            "made_series" => self.pick(
                "Serien är gjord. Lägg till stopp i den.",
                "The series is made. Add stops to it.",
            ),
            "moved" => self.pick("Klart. Så här är det nu.", "Done. This is how it is now."),
            "told" => self.pick(
                "Stoppen har bytt plats. De anmälda får ett mejl om den nya tiden.",
                "The stops have changed places. Those signed up get a mail about the new time.",
            ),
            "away" => self.pick("Undanlagt.", "Put away."),
            "out" => self.pick("Framtaget igen.", "Taken out again."),
            "nothing" => self.pick(
                "Inget ändrades: någon annan hann före. Så här är det nu.",
                "Nothing changed: somebody else was before you. This is how it is now.",
            ),
            "no_title" => {
                self.pick("Skriv en titel på serien först.", "Write a title for the series first.")
            }
            _ => return None,
        })
    }
}
