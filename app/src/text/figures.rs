//! What an event's figures say with numbers and names in them.

use super::{FigureWords, Lang, number};

impl Lang {
    /// The fixed texts of an event's figures.
    #[must_use]
    pub const fn figure_words(self) -> &'static FigureWords {
        match self {
            Self::Sv => &FigureWords::SV,
            Self::En => &FigureWords::EN,
        }
    }

    /// `(3 väntar på svar, 2 har tid att tacka nej)`; nothing where all is settled.
    #[must_use]
    pub fn held_seats(self, requested: u32, offered: u32) -> Option<String> {
        let requested = (requested > 0).then(|| self.wait_for_answer(requested.into()));
        let offered = (offered > 0).then(|| {
            let offered = number(self, offered.into());
            match self {
                Self::Sv => format!("{offered} har tid att tacka nej"),
                Self::En => format!("{offered} with time to say no"),
            }
        });
        let said: Vec<_> = requested.into_iter().chain(offered).collect();
        (!said.is_empty()).then(|| format!(" ({})", said.join(", ")))
    }

    /// `42 har plats`
    #[must_use]
    pub fn have_a_place(self, count: i64) -> String {
        let figure = number(self, count);
        match self {
            Self::Sv => format!("{figure} har plats"),
            Self::En if count == 1 => "1 has a place".to_owned(),
            Self::En => format!("{figure} have a place"),
        }
    }

    /// `3 på väntelistan`
    #[must_use]
    pub fn are_in_line(self, count: i64) -> String {
        let figure = number(self, count);
        match self {
            Self::Sv => format!("{figure} på väntelistan"),
            Self::En => format!("{figure} on the waitlist"),
        }
    }

    /// `50 platser finns`
    #[must_use]
    pub fn there_are_seats(self, count: i64) -> String {
        let figure = number(self, count);
        match (self, count) {
            (Self::Sv, 1) => "1 plats finns".to_owned(),
            (Self::Sv, _) => format!("{figure} platser finns"),
            (Self::En, 1) => "1 place in all".to_owned(),
            (Self::En, _) => format!("{figure} places in all"),
        }
    }

    /// `45 organisationer, 32 av 290 kommuner`
    #[must_use]
    pub fn reaches(self, organisations: i64, municipalities: i64, of: i64) -> String {
        let [figure, municipalities, of] =
            [organisations, municipalities, of].map(|count| number(self, count));
        match (self, organisations) {
            (Self::Sv, 1) => format!("1 organisation, {municipalities} av {of} kommuner"),
            (Self::Sv, _) => {
                format!("{figure} organisationer, {municipalities} av {of} kommuner")
            }
            (Self::En, 1) => format!("1 organisation, {municipalities} of {of} municipalities"),
            (Self::En, _) => {
                format!("{figure} organisations, {municipalities} of {of} municipalities")
            }
        }
    }

    /// `Visa alla 45`
    #[must_use]
    pub fn all_organisations(self, count: i64) -> String {
        format!("{} {}", self.pick("Visa alla", "Show all"), number(self, count))
    }

    /// `Alla 290 kommuner som text`
    #[must_use]
    pub fn as_text(self, count: i64) -> String {
        let figure = number(self, count);
        match self {
            Self::Sv => format!("Alla {figure} kommuner som text"),
            Self::En => format!("All {figure} municipalities as text"),
        }
    }

    /// `Örebro län: 3 av 12`
    #[must_use]
    pub fn reached_of(self, county: &str, reached: i64, of: i64) -> String {
        let [reached, of] = [reached, of].map(|count| number(self, count));
        format!("{county}: {reached} {} {of}", self.pick("av", "of"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_settled() {
        assert_eq!(Lang::Sv.held_seats(0, 0), None);
        assert_eq!(
            Lang::Sv.held_seats(3, 2).as_deref(),
            Some(" (3 väntar på svar, 2 har tid att tacka nej)")
        );
        assert_eq!(Lang::En.held_seats(0, 1).as_deref(), Some(" (1 with time to say no)"));
    }

    #[test]
    fn one_and_many() {
        assert_eq!(Lang::Sv.reaches(1, 1, 290), "1 organisation, 1 av 290 kommuner");
        assert_eq!(
            Lang::En.reaches(1_200, 88, 290),
            "1,200 organisations, 88 of 290 municipalities"
        );
        assert_eq!(Lang::En.have_a_place(1), "1 has a place");
    }
}
