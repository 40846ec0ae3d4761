//! The texts of a participant's own page and its calendar.

use super::Lang;
use super::table::table;
use crate::me::model::{MySeries, MyStopState};

table! {
    /// Every fixed text of one's own page that stands on no other.
    MeWords;

    my_series: "Mina serier", "My series";
    missed: "Inspelningar av det du missade", "Recordings of what you missed";
    see_recording: "Se inspelningen", "Watch the recording";
    is_over: "Det är slut.", "It is over.";
    ticket: "Din kod till dörren", "Your code for the door";
    calendar_file: "Lägg till i kalendern", "Add to your calendar";
    my_calendar: "Din kalender", "Your calendar";
    my_calendar_why: "Prenumerera på dina platser i den kalender som du redan har. Det du har plats till, väntar på eller har avanmält syns där, och följer med när något ändras.", "Subscribe to your places in the calendar that you already have. What you have a place at, wait for or have cancelled shows there, and follows when something changes.";
    my_calendar_off: "Den är avstängd. När du slår på den får du en adress som bara du känner till.", "It is off. When you switch it on you get an address that only you know.";
    my_calendar_secret: "Den som har adressen kan läsa vad du är anmäld till. Dela den bara med din egen kalender. Har den hamnat fel: byt den, så slutar den gamla att gälla.", "Whoever has the address can read what you are signed up for. Share it with your own calendar alone. If it went astray: renew it, and the old one ends.";
    my_calendar_address: "Adressen till din kalender", "The address of your calendar";
    my_calendar_open: "Öppna i ditt kalenderprogram", "Open in your calendar program";
    switch_on: "Slå på", "Switch on";
    renew: "Byt adress", "Renew the address";
    switch_off: "Stäng av", "Switch off";
    renewed: "Du har en ny adress. Den gamla gäller inte längre.", "You have a new address. The old one does not work any more.";
    switched_on: "Din kalender är påslagen.", "Your calendar is switched on.";
    switched_off: "Avstängd. Adressen gäller inte längre.", "Switched off. The address does not work any more.";
}

impl Lang {
    /// The fixed texts of one's own page.
    #[must_use]
    pub const fn me_words(self) -> &'static MeWords {
        match self {
            Self::Sv => &MeWords::SV,
            Self::En => &MeWords::EN,
        }
    }

    /// What a stop is to the reader.
    #[must_use]
    pub const fn my_stop(self, state: MyStopState) -> &'static str {
        match state {
            MyStopState::Taken => self.pick("Du var med", "You were there"),
            MyStopState::Missed => self.pick("Du missade", "You missed it"),
            MyStopState::Over => self.pick("Du hade ingen plats", "You had no place"),
            MyStopState::Mine => self.pick("Du har en plats", "You have a place"),
            MyStopState::Waiting => self.pick("Du väntar på en plats", "You wait for a place"),
            MyStopState::Coming => self.pick("Du har ingen plats", "You have no place"),
            MyStopState::Off => self.pick("Inställt", "Cancelled"),
        }
    }

    /// How far one has come in a series: `Du har varit med på 2 av 7 stopp.` Before its first stop, how much of it one has
    /// a place at.
    #[must_use]
    pub fn my_way_through(self, series: &MySeries) -> String {
        let (taken, all) = (series.taken(), series.stops.len());
        if !series.has_begun() {
            let places = series.places();
            return match self {
                Self::Sv => format!("Du har plats på {places} av {all} stopp."),
                Self::En => format!("You have a place at {places} of {all} stops."),
            };
        }
        match self {
            Self::Sv => format!("Du har varit med på {taken} av {all} stopp."),
            Self::En => format!("You have been at {taken} of {all} stops."),
        }
    }

    /// How long until something begins, in words that stand still for a minute.
    #[must_use]
    pub fn begins_in(self, seconds: i64) -> String {
        if seconds <= 0 {
            return self.pick("Det har börjat.", "It has begun.").into();
        }
        // The last minute is a minute until it is over.
        let minutes = (seconds + 59) / 60;
        let (days, hours, minutes) = (minutes / 1_440, minutes % 1_440 / 60, minutes % 60);
        let count = |count: i64, sv: [&str; 2], en: [&str; 2]| {
            let unit = match self {
                Self::Sv => sv[usize::from(count != 1)],
                Self::En => en[usize::from(count != 1)],
            };
            (count > 0).then(|| format!("{count} {unit}"))
        };
        let days_said = count(days, ["dag", "dagar"], ["day", "days"]);
        let hours_said = count(hours, ["timme", "timmar"], ["hour", "hours"]);
        // Whoever waits for days does not count minutes.
        let minutes_said = (days == 0)
            .then(|| count(minutes, ["minut", "minuter"], ["minute", "minutes"]))
            .flatten();
        let said: Vec<String> =
            [days_said, hours_said, minutes_said].into_iter().flatten().collect();
        let said = said.join(self.pick(" och ", " and "));
        match self {
            Self::Sv => format!("Börjar om {said}."),
            Self::En => format!("Begins in {said}."),
        }
    }

    /// What one's own calendar is called in a calendar program.
    #[must_use]
    pub const fn my_calendar_name(self) -> &'static str {
        self.pick("Stafett: mina platser", "Stafett: my places")
    }

    /// The title of what one has no place at yet.
    #[must_use]
    pub fn waiting_for(self, title: &str) -> String {
        format!("{}: {title}", self.pick("Väntar på plats", "Waiting for a place"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::me::model::MyStopState::{Coming, Mine, Missed, Off, Taken};
    use crate::me::model::{MyStop, MyStopState};

    #[test]
    fn a_series_that_has_not_begun_is_told_by_its_places() {
        let stop = |state| MyStop {
            slug: "stopp".into(),
            title: "Stopp".into(),
            starts: jiff::civil::date(2031, 5, 14).at(9, 0, 0, 0),
            state,
            is_next: false,
            recording: None,
        };
        let said = |states: &[MyStopState]| {
            let stops = states.iter().copied().map(stop).collect();
            Lang::Sv.my_way_through(&MySeries { slug: String::new(), title: String::new(), stops })
        };
        assert_eq!(said(&[Off, Mine, Coming]), "Du har plats på 1 av 3 stopp.");
        assert_eq!(said(&[Missed, Mine, Coming]), "Du har varit med på 0 av 3 stopp.");
        assert_eq!(said(&[Taken, Off, Mine]), "Du har varit med på 1 av 3 stopp.");
    }

    #[test]
    fn a_countdown_says_what_matters_now() {
        let said = |seconds| Lang::Sv.begins_in(seconds);
        assert_eq!(said(2 * 86_400 + 3 * 3_600), "Börjar om 2 dagar och 3 timmar.");
        assert_eq!(said(86_400 + 59), "Börjar om 1 dag.");
        assert_eq!(said(2 * 3_600 + 5 * 60), "Börjar om 2 timmar och 5 minuter.");
        assert_eq!(said(3_600), "Börjar om 1 timme.");
        assert_eq!(said(61), "Börjar om 2 minuter.");
        assert_eq!(said(1), "Börjar om 1 minut.");
        assert_eq!(said(0), "Det har börjat.");
        assert_eq!(Lang::En.begins_in(3_660), "Begins in 1 hour and 1 minute.");
    }
}
