//! Swedish public holidays, and the weeks in which schools usually have theirs. Pure.
//!
//! The public holidays are those of the law (1989:253), with the three eves on which hardly anybody works. School
//! holidays are decided by each municipality; what is here is what is usual in most, and says so where it is shown.

use crate::events::model::words;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

words! {
    /// A day on which one does not plan a seminar.
    Holiday {
        NewYear = "new_year", Epiphany = "epiphany", GoodFriday = "good_friday",
        EasterEve = "easter_eve", Easter = "easter", EasterMonday = "easter_monday",
        FirstOfMay = "first_of_may", Ascension = "ascension", Whitsun = "whitsun",
        NationalDay = "national_day", MidsummerEve = "midsummer_eve", Midsummer = "midsummer",
        AllSaints = "all_saints", ChristmasEve = "christmas_eve", Christmas = "christmas",
        BoxingDay = "boxing_day", NewYearsEve = "new_years_eve",
    }
}

words! {
    /// A school holiday.
    SchoolHoliday { Sport = "sport", Easter = "easter", Summer = "summer", Autumn = "autumn", Christmas = "christmas" }
}

/// Easter Sunday (Meeus, Jones, Butcher).
#[must_use]
pub fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let a = year_number % 19;
    let (b, c) = (year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let (month, day) = (sum / 31, sum % 31 + 1);
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    Date::new(year, small(month), small(day)).unwrap_or(Date::ZERO)
}

/// The first of this weekday from a day on.
fn first(from: Date, weekday: Weekday) -> Date {
    let ahead = from.weekday().until(weekday);
    from.saturating_add(jiff::Span::new().days(i64::from(ahead)))
}

/// What a day is, if it is one of these.
#[must_use]
pub fn holiday(day: Date) -> Option<Holiday> {
    let year = day.year();
    let easter_is = easter(year);
    let after_easter = i64::from(day.since(easter_is).map_or(i32::MAX, |span| span.get_days()));
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::FirstOfMay),
        (6, 6) => Some(Holiday::NationalDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    };
    let moving = match after_easter {
        -2 => Some(Holiday::GoodFriday),
        -1 => Some(Holiday::EasterEve),
        0 => Some(Holiday::Easter),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        49 => Some(Holiday::Whitsun),
        _ => None,
    };
    let midsummer = first(date(year, 6, 20), Weekday::Saturday);
    let saints = first(date(year, 10, 31), Weekday::Saturday);
    fixed.or(moving).or_else(|| match day {
        day if day == midsummer => Some(Holiday::Midsummer),
        day if Some(day) == midsummer.yesterday().ok() => Some(Holiday::MidsummerEve),
        day if day == saints => Some(Holiday::AllSaints),
        _ => None,
    })
}

/// The school holiday that is usual in the week of a day.
#[must_use]
pub fn school_holiday(day: Date) -> Option<SchoolHoliday> {
    let week = day.iso_week_date().week();
    let monday = first(day.saturating_sub(jiff::Span::new().days(6)), Weekday::Monday);
    let easter_is = easter(monday.year());
    // The week before Easter Sunday, or the one after: most have the one with Good Friday.
    let is_easter = monday.saturating_add(jiff::Span::new().days(6)) == easter_is;
    match week {
        // Weeks 7 to 10, from the south-west to the north.
        7..=10 => Some(SchoolHoliday::Sport),
        25..=32 => Some(SchoolHoliday::Summer),
        44 => Some(SchoolHoliday::Autumn),
        52 | 53 | 1 => Some(SchoolHoliday::Christmas),
        _ if is_easter => Some(SchoolHoliday::Easter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_when_the_almanac_says() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2049, 4, 18),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn the_holidays_of_2027() {
        let mut all = Vec::new();
        let mut day = date(2027, 1, 1);
        while day.year() == 2027 {
            all.extend(holiday(day).map(|holiday| (day.strftime("%m%d").to_string(), holiday)));
            day = day.tomorrow().unwrap();
        }
        let all: Vec<_> = all.iter().map(|(day, holiday)| (day.as_str(), *holiday)).collect();
        assert_eq!(
            all,
            [
                ("0101", Holiday::NewYear),
                ("0106", Holiday::Epiphany),
                ("0326", Holiday::GoodFriday),
                ("0327", Holiday::EasterEve),
                ("0328", Holiday::Easter),
                ("0329", Holiday::EasterMonday),
                ("0501", Holiday::FirstOfMay),
                ("0506", Holiday::Ascension),
                ("0516", Holiday::Whitsun),
                ("0606", Holiday::NationalDay),
                ("0625", Holiday::MidsummerEve),
                ("0626", Holiday::Midsummer),
                ("1106", Holiday::AllSaints),
                ("1224", Holiday::ChristmasEve),
                ("1225", Holiday::Christmas),
                ("1226", Holiday::BoxingDay),
                ("1231", Holiday::NewYearsEve),
            ]
        );
        // The earliest and the latest that they can be.
        assert_eq!(holiday(date(2020, 6, 20)), Some(Holiday::Midsummer));
        assert_eq!(holiday(date(2021, 6, 26)), Some(Holiday::Midsummer));
        assert_eq!(holiday(date(2026, 10, 31)), Some(Holiday::AllSaints));
    }

    #[test]
    fn weeks_of_schools() {
        assert_eq!(school_holiday(date(2027, 2, 17)), Some(SchoolHoliday::Sport));
        assert_eq!(school_holiday(date(2027, 3, 24)), Some(SchoolHoliday::Easter));
        assert_eq!(school_holiday(date(2027, 3, 28)), Some(SchoolHoliday::Easter));
        assert_eq!(school_holiday(date(2027, 3, 29)), None);
        assert_eq!(school_holiday(date(2027, 11, 3)), Some(SchoolHoliday::Autumn));
        assert_eq!(school_holiday(date(2027, 1, 1)), Some(SchoolHoliday::Christmas));
        assert_eq!(school_holiday(date(2027, 5, 12)), None);
    }
}
