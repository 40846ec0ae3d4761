//! What an organiser has done just now, in words.

use super::{DeedWords, Lang, dates, number};
use crate::organise::people::model::Relocation;
use crate::signup::deeds::{Deed, DeedKind, SeatChange};
use crate::signup::moving::Forecast;

fn count(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// The fixed texts of opening, closing, seats and moves.
    #[must_use]
    pub const fn deed_words(self) -> &'static DeedWords {
        match self {
            Self::Sv => &DeedWords::SV,
            Self::En => &DeedWords::EN,
        }
    }

    /// `3 avanmälda kl. 14:02 av Åsa Öberg`
    #[must_use]
    pub fn deed(self, deed: &Deed) -> String {
        let (hour, minute) = (deed.at.hour(), deed.at.minute());
        let at = self.pick("kl.", "at");
        let by = deed.by.as_ref().map(|by| format!(", {} {by}", self.pick("av", "by")));
        format!("{} {at} {hour:02}:{minute:02}{}", self.what(deed), by.unwrap_or_default())
    }

    fn what(self, deed: &Deed) -> String {
        let what = match (deed.kind, deed.people) {
            (DeedKind::Cancel, 1) => self.pick("avanmäld", "cancelled"),
            (DeedKind::Cancel, _) => self.pick("avanmälda", "cancelled"),
            (DeedKind::Add, _) => self.pick("tillagd", "added"),
            (DeedKind::Attended, _) => self.pick("var med", "were there"),
            (DeedKind::NoShow, _) => self.pick("kom inte", "did not come"),
            (DeedKind::Promote, _) => {
                self.pick("fick plats före andra", "given a place before others")
            }
            (DeedKind::Open, _) => {
                return self.pick("Anmälan öppnades", "Sign-up was opened").to_owned();
            }
            (DeedKind::Close, _) => {
                return self.pick("Anmälan stängdes", "Sign-up was closed").to_owned();
            }
            (DeedKind::Seats, _) => {
                let changes = deed.seats.iter().map(|change| self.seat_change(change));
                return changes.collect::<Vec<_>>().join(", ");
            }
            (DeedKind::Move, people) => {
                let to = deed.to.as_deref().unwrap_or_default();
                let moved = if people == 1 { "flyttad till" } else { "flyttade till" };
                return format!("{} {} {to}", count(self, people), self.pick(moved, "moved to"));
            }
        };
        format!("{} {what}", count(self, deed.people))
    }

    /// `Digitala platser från 40 till 60`
    fn seat_change(self, change: &SeatChange) -> String {
        let seats = |seats: Option<i32>| match seats {
            Some(seats) => number(self, seats.into()),
            None => self.pick("obegränsat", "unlimited").to_owned(),
        };
        format!(
            "{} {} {} {} {}",
            self.seats_label(change.way),
            self.pick("från", "from"),
            seats(change.was),
            self.pick("till", "to"),
            seats(change.became)
        )
    }

    /// `Flyttad till Stopp 2, 13 september 2023`
    #[must_use]
    pub fn relocation(self, moved: &Relocation) -> String {
        let what = if moved.is_away {
            self.pick("Flyttad till", "Moved to")
        } else {
            self.pick("Flyttad hit från", "Moved here from")
        };
        format!("{what} {}, {}", moved.title, dates::date(self, moved.starts.date()))
    }

    /// `Flytta 3 personer`
    #[must_use]
    pub fn move_people(self, people: usize) -> String {
        format!("{} {}", self.pick("Flytta", "Move"), self.found(people))
    }

    /// `Åsa Öberg, Bo Ek och 12 till`
    #[must_use]
    pub fn names_and_more(self, names: &[String], people: usize) -> String {
        let more = people.saturating_sub(names.len());
        let named = names.join(", ");
        match (self, more) {
            (_, 0) => named,
            (Self::Sv, _) => format!("{named} och {} till", count(self, more)),
            (Self::En, _) => format!("{named} and {} more", count(self, more)),
        }
    }

    /// `6 får plats, 2 hamnar sist på väntelistan, 1 är redan anmäld där och stannar här.`
    #[must_use]
    pub fn forecast(self, forecast: Forecast) -> String {
        let Forecast { seats, line, already } = forecast;
        let of = |people: usize, sv: &str, en: &str| {
            (people > 0).then(|| format!("{} {}", count(self, people), self.pick(sv, en)))
        };
        let stays = if already == 1 {
            ("är redan anmäld där och stannar här", "is signed up there already and stays here")
        } else {
            ("är redan anmälda där och stannar här", "are signed up there already and stay here")
        };
        let gets = if seats == 1 { "gets a place" } else { "get a place" };
        let goes = if line == 1 { "goes" } else { "go" };
        let said = [
            of(seats, "får plats", gets),
            of(line, "hamnar sist på väntelistan", &format!("{goes} to the end of the waitlist")),
            of(already, stays.0, stays.1),
        ];
        let said: Vec<_> = said.into_iter().flatten().collect();
        if said.is_empty() { String::new() } else { format!("{}.", said.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::Way;

    fn deed(kind: DeedKind, people: usize) -> Deed {
        Deed {
            id: 1,
            kind,
            at: jiff::civil::date(2027, 1, 1).at(14, 2, 0, 0),
            by: Some("Åsa".into()),
            people,
            seats: vec![SeatChange { way: Way::Digital, was: Some(40), became: None }],
            to: Some("Stopp 2".into()),
        }
    }

    #[test]
    fn what_was_done() {
        let said = |kind, people| Lang::Sv.deed(&deed(kind, people));
        assert_eq!(said(DeedKind::Cancel, 3), "3 avanmälda kl. 14:02, av Åsa");
        assert_eq!(said(DeedKind::Close, 0), "Anmälan stängdes kl. 14:02, av Åsa");
        assert_eq!(
            said(DeedKind::Seats, 0),
            "Digitala platser från 40 till obegränsat kl. 14:02, av Åsa"
        );
        assert_eq!(said(DeedKind::Move, 1), "1 flyttad till Stopp 2 kl. 14:02, av Åsa");
    }

    #[test]
    fn what_will_become_of_them() {
        let forecast = Forecast { seats: 6, line: 1, already: 1 };
        assert_eq!(
            Lang::Sv.forecast(forecast),
            "6 får plats, 1 hamnar sist på väntelistan, 1 är redan anmäld där och stannar här."
        );
        assert_eq!(
            Lang::En.forecast(forecast),
            "6 get a place, 1 goes to the end of the waitlist, 1 is signed up there already and stays here."
        );
    }
}
