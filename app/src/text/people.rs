//! What the organiser's list of people says with figures and names in it.

use super::{Lang, PeopleWords, number};
use crate::organise::people::model::Group;
use crate::organise::people::query::{Sort, Standing};
use crate::signup::model::{Field, Problem};

fn count(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// The fixed texts of the organiser's list of people.
    #[must_use]
    pub const fn people_words(self) -> &'static PeopleWords {
        match self {
            Self::Sv => &PeopleWords::SV,
            Self::En => &PeopleWords::EN,
        }
    }

    /// The heading of those who stand together.
    #[must_use]
    pub const fn group(self, group: Group) -> &'static str {
        match group {
            Group::Requests => self.pick("Väntar på svar", "Waiting for an answer"),
            Group::Places => self.pick("Har plats", "Have a place"),
            Group::Line => self.pick("Väntelistan", "The waitlist"),
            Group::Gone => self.pick("Kommer inte", "Not coming"),
        }
    }

    /// Those who are looked for.
    #[must_use]
    pub const fn standing(self, standing: Standing) -> &'static str {
        match standing {
            Standing::Requested => self.pick("Väntar på svar", "Waiting for an answer"),
            Standing::Places => self.pick("Har plats", "Have a place"),
            Standing::Waitlisted => self.pick("Väntelistan", "The waitlist"),
            Standing::Attended => self.pick("Var med", "Were there"),
            Standing::NoShow => self.pick("Kom inte", "Did not come"),
            Standing::Cancelled => self.pick("Avanmälda", "Cancelled"),
            Standing::Refused => self.pick("Fick nej", "Were refused"),
        }
    }

    /// An order, one way round or the other.
    #[must_use]
    pub const fn sort(self, sort: Sort, descending: bool) -> &'static str {
        match (sort, descending) {
            (Sort::Standing, _) => self.pick("Läge", "Standing"),
            (Sort::When, false) => self.pick("Först anmälda först", "First come first"),
            (Sort::When, true) => self.pick("Senast anmälda först", "Latest first"),
            (Sort::Name, false) => self.pick("Namn, A till Ö", "Name, A to Z"),
            (Sort::Name, true) => self.pick("Namn, Ö till A", "Name, Z to A"),
            (Sort::Family, false) => self.pick("Efternamn, A till Ö", "Family name, A to Z"),
            (Sort::Family, true) => self.pick("Efternamn, Ö till A", "Family name, Z to A"),
            (Sort::Organisation, false) => {
                self.pick("Organisation, A till Ö", "Organisation, A to Z")
            }
            (Sort::Organisation, true) => {
                self.pick("Organisation, Ö till A", "Organisation, Z to A")
            }
            (Sort::Line, _) => self.pick("Plats på väntelistan", "Place on the waitlist"),
        }
    }

    /// `101–200 av 5 000`
    #[must_use]
    pub fn shown_of(self, first: usize, last: usize, of: usize) -> String {
        let [first, last, of] = [first, last, of].map(|figure| count(self, figure));
        match self {
            Self::Sv => format!("{first}–{last} av {of}"),
            Self::En => format!("{first}–{last} of {of}"),
        }
    }

    /// `Sida 2 av 50`
    #[must_use]
    pub fn page_of(self, page: usize, of: usize) -> String {
        let [page, of] = [page, of].map(|figure| count(self, figure));
        match self {
            Self::Sv => format!("Sida {page} av {of}"),
            Self::En => format!("Page {page} of {of}"),
        }
    }

    /// `Välj Åsa Öberg`
    #[must_use]
    pub fn choose(self, name: &str) -> String {
        format!("{} {name}", self.pick("Välj", "Choose"))
    }

    /// `Välj alla 412`
    #[must_use]
    pub fn choose_matching(self, matching: usize) -> String {
        let matching = count(self, matching);
        match self {
            Self::Sv => format!("Välj alla {matching}"),
            Self::En => format!("Choose all {matching}"),
        }
    }

    /// `3 valda`
    #[must_use]
    pub fn are_chosen(self, chosen: usize) -> String {
        let figure = count(self, chosen);
        match (self, chosen) {
            (Self::Sv, 1) => "1 vald".to_owned(),
            (Self::Sv, _) => format!("{figure} valda"),
            (Self::En, _) => format!("{figure} chosen"),
        }
    }

    /// What is wrong with a field about somebody else.
    #[must_use]
    pub const fn add_problem(self, field: Field, problem: Problem) -> &'static str {
        match (field, problem) {
            (_, Problem::TooLong) => {
                self.pick("Högst 200 tecken får plats.", "At most 200 characters fit.")
            }
            (Field::Name, _) => self.pick("Skriv personens namn.", "Write the person's name."),
            (Field::Email, _) => self.pick(
                "Skriv en e-postadress, som namn@kommun.se.",
                "Write an e-mail address, such as name@example.org.",
            ),
            (Field::Organisation, _) => {
                self.pick("Skriv var personen arbetar.", "Write where the person works.")
            }
            (Field::Way, _) => {
                self.pick("Välj hur personen deltar.", "Choose how the person takes part.")
            }
            (Field::Consent, _) => {
                self.pick("Kryssa i att personen vet om det.", "Tick that the person knows of it.")
            }
        }
    }

    /// `12 personer`
    #[must_use]
    pub fn found(self, matching: usize) -> String {
        let figure = count(self, matching);
        match (self, matching) {
            (Self::Sv, 1) => "1 person".to_owned(),
            (Self::Sv, _) => format!("{figure} personer"),
            (Self::En, 1) => "1 person".to_owned(),
            (Self::En, _) => format!("{figure} people"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_each_language_writes_them() {
        assert_eq!(Lang::Sv.shown_of(101, 200, 5_000), "101–200 av 5\u{a0}000");
        assert_eq!(Lang::En.shown_of(101, 200, 5_000), "101–200 of 5,000");
        assert_eq!(
            (Lang::Sv.are_chosen(1), Lang::Sv.found(2)),
            ("1 vald".into(), "2 personer".into())
        );
    }
}
