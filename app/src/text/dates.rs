//! Dates and times as each language writes them: `ons 13 sep 08:00–08:45`.

use super::Lang;
use crate::events::model::When;
use jiff::civil::{Date, Time, Weekday};

const MONTHS: [[&str; 12]; 2] = [
    [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];
const SHORT_MONTHS: [[&str; 12]; 2] = [
    ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];
const WEEKDAYS: [[&str; 7]; 2] = [
    ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const SHORT_WEEKDAYS: [[&str; 7]; 2] = [
    ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
];

/// The days of the week, Monday first (ISO 8601).
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

const fn row(lang: Lang) -> usize {
    match lang {
        Lang::Sv => 0,
        Lang::En => 1,
    }
}

fn month_index(date: Date) -> usize {
    usize::try_from(date.month() - 1).unwrap_or_default()
}

fn weekday_index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()
}

/// `onsdag`
#[must_use]
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    WEEKDAYS[row(lang)][weekday_index(day)]
}

/// `ons`
#[must_use]
pub fn short_weekday(lang: Lang, day: Weekday) -> &'static str {
    SHORT_WEEKDAYS[row(lang)][weekday_index(day)]
}

/// `november 2026`
#[must_use]
pub fn month(lang: Lang, date: Date) -> String {
    format!("{} {}", MONTHS[row(lang)][month_index(date)], date.year())
}

/// `nov`
#[must_use]
pub fn short_month(lang: Lang, date: Date) -> &'static str {
    SHORT_MONTHS[row(lang)][month_index(date)]
}

/// `13 sep`
#[must_use]
pub fn short_day(lang: Lang, date: Date) -> String {
    format!("{} {}", date.day(), short_month(lang, date))
}

/// `ons 13 sep`
#[must_use]
pub fn day(lang: Lang, date: Date) -> String {
    format!("{} {}", short_weekday(lang, date.weekday()), short_day(lang, date))
}

/// `13 september 2023`
#[must_use]
pub fn date(lang: Lang, date: Date) -> String {
    format!("{} {}", date.day(), month(lang, date))
}

/// `onsdag 13 september 2023`
#[must_use]
pub fn long_day(lang: Lang, day: Date) -> String {
    format!("{} {}", weekday(lang, day.weekday()), date(lang, day))
}

/// `08:00`
#[must_use]
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// What the clock shows so many minutes after `time`.
#[must_use]
pub fn clock_after(time: Time, minutes: i64) -> String {
    let total =
        (i64::from(time.hour()) * 60 + i64::from(time.minute()) + minutes).rem_euclid(24 * 60);
    format!("{:02}:{:02}", total / 60, total % 60)
}

/// `08:00–08:45`; nothing where no time of day belongs to the event.
#[must_use]
pub fn clock_range(when: &When) -> Option<String> {
    when.has_clock().then(|| format!("{}–{}", clock(when.starts.time()), clock(when.ends.time())))
}

/// `ons 13 sep 08:00–08:45`, `fre 21 jan`, `21–23 jan`.
#[must_use]
pub fn short_when(lang: Lang, when: &When) -> String {
    describe(lang, when, day, short_day)
}

/// `onsdag 13 september 2023 08:00–08:45`
#[must_use]
pub fn long_when(lang: Lang, when: &When) -> String {
    describe(lang, when, long_day, date)
}

fn describe(
    lang: Lang,
    when: &When,
    single: fn(Lang, Date) -> String,
    in_range: fn(Lang, Date) -> String,
) -> String {
    let (first, last) = (when.first_day(), when.last_day());
    match clock_range(when) {
        Some(clock) if first == last => format!("{} {clock}", single(lang, first)),
        // Over midnight, or several days with hours: both ends in full.
        Some(_) => format!(
            "{} {} – {} {}",
            in_range(lang, first),
            clock(when.starts.time()),
            in_range(lang, last),
            clock(when.ends.time())
        ),
        None if first == last => single(lang, first),
        None => format!("{} – {}", in_range(lang, first), in_range(lang, last)),
    }
}

/// A period as precisely as it is known: `2021–2022`, `oktober 2014 – december 2015`.
#[must_use]
pub fn period(lang: Lang, starts: Option<Date>, ends: Option<Date>, precision: &str) -> String {
    let write = |day: Date| match precision {
        "year" => day.year().to_string(),
        "month" => month(lang, day),
        _ => date(lang, day),
    };
    match (starts.map(write), ends.map(write)) {
        (Some(starts), Some(ends)) if starts == ends => starts,
        (Some(starts), Some(ends)) if precision == "year" => format!("{starts}–{ends}"),
        (Some(starts), Some(ends)) => format!("{starts} – {ends}"),
        (Some(starts), None) => match lang {
            Lang::Sv => format!("sedan {starts}"),
            Lang::En => format!("since {starts}"),
        },
        (None, Some(ends)) => match lang {
            Lang::Sv => format!("till och med {ends}"),
            Lang::En => format!("until {ends}"),
        },
        (None, None) => String::new(),
    }
}

/// `08:00` on `ons 13 sep`, for "sign-up opens …".
#[must_use]
pub fn instant(lang: Lang, at: jiff::civil::DateTime) -> String {
    let (day, clock) = (long_day(lang, at.date()), clock(at.time()));
    match lang {
        Lang::Sv => format!("{day} kl. {clock}"),
        Lang::En => format!("{day} at {clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as civil;

    fn when(from: (i8, i8, i8), to: (i8, i8, i8)) -> When {
        When {
            starts: civil(2023, 9, from.0).at(from.1, from.2, 0, 0),
            ends: civil(2023, 9, to.0).at(to.1, to.2, 0, 0),
            all_day: false,
            time_known: true,
        }
    }

    #[test]
    fn short() {
        let one = when((13, 8, 0), (13, 8, 45));
        assert_eq!(short_when(Lang::Sv, &one), "ons 13 sep 08:00–08:45");
        assert_eq!(short_when(Lang::En, &one), "Wed 13 Sep 08:00–08:45");
    }

    #[test]
    fn whole_days() {
        let day = When { all_day: true, ..when((13, 0, 0), (14, 0, 0)) };
        assert_eq!(short_when(Lang::Sv, &day), "ons 13 sep");
        assert_eq!(long_when(Lang::En, &day), "Wednesday 13 September 2023");
        let days = When { all_day: true, ..when((13, 0, 0), (16, 0, 0)) };
        assert_eq!(short_when(Lang::Sv, &days), "13 sep – 15 sep");
    }

    #[test]
    fn over_midnight() {
        let night = when((13, 22, 0), (14, 1, 30));
        assert_eq!(short_when(Lang::Sv, &night), "13 sep 22:00 – 14 sep 01:30");
    }

    #[test]
    fn a_date_without_an_hour_has_no_clock() {
        let day = When { time_known: false, ..when((13, 0, 0), (13, 23, 59)) };
        assert_eq!(short_when(Lang::Sv, &day), "ons 13 sep");
    }

    #[test]
    fn clocks_go_on_over_midnight() {
        assert_eq!(clock_after(Time::constant(23, 50, 0, 0), 25), "00:15");
        assert_eq!(clock_after(Time::constant(8, 0, 0, 0), 45), "08:45");
    }

    #[test]
    fn periods() {
        let (from, to) = (Some(civil(2014, 10, 1)), Some(civil(2015, 12, 31)));
        assert_eq!(period(Lang::Sv, from, to, "month"), "oktober 2014 – december 2015");
        assert_eq!(period(Lang::En, from, to, "year"), "2014–2015");
        assert_eq!(period(Lang::Sv, from, None, "year"), "sedan 2014");
    }
}
