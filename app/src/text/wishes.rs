//! What each kind of mail that one may not want is called.

use super::Lang;
use crate::unsubscribe::model::Wish;

impl Lang {
    /// Beside the box that is ticked for it.
    #[must_use]
    pub const fn wish(self, wish: Wish) -> &'static str {
        match wish {
            Wish::Day => self.pick("Påminnelse dagen före", "Reminder the day before"),
            Wish::Hour => self.pick("Påminnelse en timme före", "Reminder an hour before"),
            Wish::Recording => {
                self.pick("När det finns en inspelning", "When there is a recording")
            }
        }
    }

    /// What is in it.
    #[must_use]
    pub const fn wish_hint(self, wish: Wish) -> &'static str {
        match wish {
            Wish::Day => self.pick(
                "Tid, plats och länken till din anmälan.",
                "Time, place and the link to your sign-up.",
            ),
            Wish::Hour => self.pick(
                "Så att du har länken överst i inkorgen när det börjar.",
                "So that the link is on top of your inbox when it begins.",
            ),
            Wish::Recording => self.pick(
                "Av det du var anmäld till, också om du inte kunde vara med.",
                "Of what you were signed up for, also if you could not be there.",
            ),
        }
    }

    /// What somebody gets who has not stopped it.
    #[must_use]
    pub const fn wish_told(self, wish: Wish) -> &'static str {
        match wish {
            Wish::Day => self.pick(
                "Dagen före det du är anmäld till får du en påminnelse.",
                "You get a reminder the day before what you are signed up for.",
            ),
            Wish::Hour => self.pick(
                "En timme före det du är anmäld till får du en påminnelse.",
                "You get a reminder an hour before what you are signed up for.",
            ),
            Wish::Recording => self.pick(
                "När det finns en inspelning av något du var anmäld till får du ett mejl.",
                "You get a mail when there is a recording of what you were signed up for.",
            ),
        }
    }
}
