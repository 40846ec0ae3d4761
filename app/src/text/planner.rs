//! What the planners' calendar says with figures and names in it.

use super::{Lang, PlannerWords};
use crate::organise::planner::clash::{Clash, Shared, What};

impl Lang {
    /// The fixed texts of the planners' calendar.
    #[must_use]
    pub const fn planner_words(self) -> &'static PlannerWords {
        match self {
            Self::Sv => &PlannerWords::SV,
            Self::En => &PlannerWords::EN,
        }
    }

    /// `Vecka 7`
    #[must_use]
    pub fn week(self, number: i8) -> String {
        format!("{} {number}", self.pick("Vecka", "Week"))
    }

    /// `3 krockar`
    #[must_use]
    pub fn clashes(self, count: usize) -> String {
        match (self, count) {
            (Self::Sv, 0) => "Inget krockar".to_owned(),
            (Self::En, 0) => "Nothing clashes".to_owned(),
            (Self::Sv, 1) => "1 krock".to_owned(),
            (Self::En, 1) => "1 clash".to_owned(),
            (Self::Sv, _) => format!("{count} krockar"),
            (Self::En, _) => format!("{count} clashes"),
        }
    }

    /// `3 krockar i de här veckorna`
    #[must_use]
    pub fn clashes_here(self, count: usize) -> String {
        format!("{} {}.", self.clashes(count), self.pick("i de här veckorna", "in these weeks"))
    }

    /// `De första 200 av 812 visas.`
    #[must_use]
    pub fn clashes_beyond(self, shown: usize, all: usize) -> String {
        match self {
            Self::Sv => format!(
                "De första {shown} av {all} visas. Bläddra till en senare månad för resten."
            ),
            Self::En => {
                format!("The first {shown} of {all} are shown. Go to a later month for the rest.")
            }
        }
    }

    /// `Krockar med 2 aktiviteter`
    #[must_use]
    pub fn clashes_with(self, count: usize) -> String {
        match (self, count) {
            (Self::Sv, 1) => "Krockar med en annan aktivitet".to_owned(),
            (Self::En, 1) => "Clashes with another event".to_owned(),
            (Self::Sv, _) => format!("Krockar med {count} andra aktiviteter"),
            (Self::En, _) => format!("Clashes with {count} other events"),
        }
    }

    /// `och 3 till, i planeringskalendern`
    #[must_use]
    pub fn more_clashes(self, count: usize) -> String {
        match self {
            Self::Sv => format!("Och {count} till, i planeringskalendern"),
            Self::En => format!("And {count} more, in the planning calendar"),
        }
    }

    /// What a sort of clashes is called; none of them: all.
    #[must_use]
    pub const fn clash_sort(self, what: Option<What>) -> &'static str {
        let texts = self.planner_words();
        match what {
            None => texts.all,
            Some(What::Speakers) => texts.speakers,
            Some(What::Rooms) => texts.rooms,
            Some(What::Groups) => texts.groups,
        }
    }

    /// `Krockar: medverkande, målgrupper (3)`
    #[must_use]
    pub fn collides_with(self, clashes: &[Clash]) -> String {
        let sorts: Vec<_> = What::ALL
            .iter()
            .filter(|what| clashes.iter().any(|clash| clash.is_of(**what)))
            .map(|what| self.clash_sort(Some(*what)).to_lowercase())
            .collect();
        let count = if clashes.len() > 1 { format!(" ({})", clashes.len()) } else { String::new() };
        format!("{}: {}{count}", self.pick("Krockar", "Clashes"), sorts.join(", "))
    }

    /// All that two events at the same time share, as sentences.
    #[must_use]
    pub fn shared_all(self, shared: &[(Shared, String)]) -> String {
        shared
            .iter()
            .map(|(what, name)| format!("{}. ", self.shared(*what, name)))
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    fn shared(self, what: Shared, name: &str) -> String {
        match (self, what) {
            (Self::Sv, Shared::Speaker) => format!("{name} medverkar i båda"),
            (Self::En, Shared::Speaker) => format!("{name} speaks at both"),
            (Self::Sv, Shared::Venue) => format!("Båda är i lokalen {name}"),
            (Self::En, Shared::Venue) => format!("Both are in the room {name}"),
            (_, Shared::Room) => self.planner_words().same_room.to_owned(),
            (Self::Sv, Shared::Programme) => format!("Båda riktar sig till dem som följer {name}"),
            (Self::En, Shared::Programme) => format!("Both are for those who follow {name}"),
            (Self::Sv, Shared::Audience) => format!("Båda har samma målgrupp: {name}"),
            (Self::En, Shared::Audience) => format!("Both have the same target group: {name}"),
            (Self::Sv, Shared::Theme) => format!("Båda har temat {name}"),
            (Self::En, Shared::Theme) => format!("Both have the theme {name}"),
        }
    }
}
