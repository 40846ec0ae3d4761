//! Between the types of the database driver and those of the model; and today, in Sweden.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use time::{OffsetDateTime, PrimitiveDateTime};

/// The zone of the calendar itself.
pub const HOME_ZONE: &str = "Europe/Stockholm";

/// The calendar's zone; UTC should the bundled table lack it.
#[must_use]
pub fn home_zone() -> TimeZone {
    TimeZone::get(HOME_ZONE).unwrap_or(TimeZone::UTC)
}

/// A wall-clock time.
#[must_use]
pub fn civil(value: PrimitiveDateTime) -> DateTime {
    let (hour, minute, second) = value.time().as_hms();
    civil_date(value.date()).at(hour.cast_signed(), minute.cast_signed(), second.cast_signed(), 0)
}

/// A date.
#[must_use]
pub fn civil_date(value: time::Date) -> Date {
    let month = u8::from(value.month()).cast_signed();
    i16::try_from(value.year())
        .ok()
        .and_then(|year| Date::new(year, month, value.day().cast_signed()).ok())
        .unwrap_or(Date::MAX)
}

/// An instant for a query.
#[must_use]
pub fn instant(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The instant at which `day` begins in the calendar's zone.
#[must_use]
pub fn day_begins(day: Date) -> i64 {
    day.to_zoned(home_zone()).map_or(0, |zoned| zoned.timestamp().as_second())
}

/// The day it is in the calendar's zone.
#[must_use]
pub fn today(now: i64) -> Date {
    local(now, &home_zone()).date()
}

/// What a clock in `zone` shows.
#[must_use]
pub fn local(now: i64, zone: &TimeZone) -> DateTime {
    jiff::Timestamp::from_second(now).map_or(DateTime::ZERO, |at| zone.to_datetime(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_begin_at_local_midnight_on_both_sides_of_the_clock_changes() {
        let hours = |day: Date| (day_begins(day.tomorrow().unwrap()) - day_begins(day)) / 3_600;
        assert_eq!(hours(date(2027, 3, 28)), 23);
        assert_eq!(hours(date(2026, 10, 25)), 25);
        assert_eq!(hours(date(2026, 11, 21)), 24);
        assert_eq!(day_begins(date(2027, 1, 1)), 1_798_758_000); // 2026-12-31T23:00:00Z
    }

    #[test]
    fn today_turns_at_swedish_midnight() {
        let midnight = day_begins(date(2026, 7, 1));
        assert_eq!(today(midnight - 1), date(2026, 6, 30));
        assert_eq!(today(midnight), date(2026, 7, 1));
    }

    #[test]
    fn dates_of_the_driver_become_dates_of_the_model() {
        let day = time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap();
        assert_eq!(civil(day.with_hms(23, 59, 30).unwrap()), date(2024, 2, 29).at(23, 59, 30, 0));
    }
}
