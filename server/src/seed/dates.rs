//! When things are. The season's days count from the tour's first stop, and the first stop from the day
//! of loading; hours are local in Sweden, on either side of a clock change.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::facts::{Event, Settings};
use super::{SeedError, record};

#[cfg(test)]
mod tests;

/// The zone in which all of the demonstration takes place.
pub(super) const ZONE: &str = "Europe/Stockholm";

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Year,
    Month,
    Day,
}

impl Precision {
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

/// The dates of one loading.
pub(super) struct Dates {
    pub now: Timestamp,
    zone: TimeZone,
    loaded_on: Date,
    first_stop: Date,
}

/// When an event is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub all_day: bool,
    pub time_known: bool,
}

impl Dates {
    pub fn from(now: Timestamp) -> Result<Self, SeedError> {
        let zone = TimeZone::get(ZONE).map_err(at(ZONE))?;
        let loaded_on = now.to_zoned(zone.clone()).date();
        Ok(Self { now, zone, loaded_on, first_stop: first_stop(loaded_on) })
    }

    pub fn loaded_on(&self) -> Date {
        self.loaded_on
    }

    /// A day of the season.
    pub fn day(&self, day: i32) -> Date {
        self.first_stop.saturating_add(Span::new().days(day))
    }

    /// The instant of a local time.
    pub fn instant(&self, date: Date, time: Time) -> Result<Timestamp, jiff::Error> {
        self.zone.to_timestamp(date.to_datetime(time))
    }

    /// When an event is, whichever way it says so.
    pub fn times(&self, event: &Event) -> Result<Times, SeedError> {
        let name = || format!("event {}", event.slug);
        let between = |starts: (Date, Time), ends: (Date, Time), all_day, time_known| {
            Ok(Times {
                starts_at: self.instant(starts.0, starts.1).map_err(at(name()))?,
                ends_at: self.instant(ends.0, ends.1).map_err(at(name()))?,
                all_day,
                time_known,
            })
        };
        let whole_days = |first: Date, last: Date, time_known| {
            let after = last.tomorrow().map_err(at(name()))?;
            between((first, Time::midnight()), (after, Time::midnight()), true, time_known)
        };
        match event {
            Event { starts_at: Some(from), ends_at: Some(to), all_day: true, .. } => {
                whole_days(from.date(), to.date(), true)
            }
            Event { starts_at: Some(from), ends_at: Some(to), .. } => {
                between((from.date(), from.time()), (to.date(), to.time()), false, true)
            }
            Event { date: Some(date), .. } => whole_days(*date, *date, false),
            Event { day: Some(day), from: Some(from), to: Some(to), .. } => {
                let date = self.day(*day);
                between((date, *from), (date, *to), false, true)
            }
            _ => Err(record(name(), "it does not say when it is")),
        }
    }

    /// When sign-up opens and closes. An event without settings for it has closed when it started.
    pub fn sign_up(
        &self,
        slug: &str,
        times: &Times,
        event: &Settings,
        series: Option<&Settings>,
    ) -> Result<(Option<Timestamp>, Timestamp), SeedError> {
        let name = || format!("event {slug}");
        let opens = event.opens.or_else(|| series.and_then(|it| it.opens));
        let closes = event.closes.or_else(|| series.and_then(|it| it.closes));
        let opens_at = opens
            .map(|it| self.instant(self.day(it.day), it.at).map_err(at(name())))
            .transpose()?;
        let closes_at = match closes {
            None => times.starts_at,
            Some(it) => {
                let first_day = times.starts_at.to_zoned(self.zone.clone()).date();
                let last_day = first_day.saturating_sub(Span::new().days(it.days_before));
                self.instant(last_day, it.at).map_err(at(name()))?
            }
        };
        if opens_at.is_some_and(|opens_at| opens_at >= closes_at) {
            return Err(record(name(), "sign-up closes before it opens"));
        }
        Ok((opens_at, closes_at))
    }

    /// So long before loading.
    pub fn before_now(&self, minutes: i64) -> Result<Timestamp, SeedError> {
        self.now
            .checked_sub(SignedDuration::from_mins(minutes))
            .map_err(at("the moment of loading"))
    }
}

/// The tour's first stop: two to six days after loading, and on one of the three weekdays from which
/// the original's spacing (0, 7, 13, 20, 28, 33 and 42 days) never meets a weekend.
fn first_stop(loaded_on: Date) -> Date {
    let days = match loaded_on.weekday() {
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday => 2,
        Weekday::Thursday => 6,
        Weekday::Friday => 5,
        Weekday::Saturday => 4,
        Weekday::Sunday => 3,
    };
    loaded_on.saturating_add(Span::new().days(days))
}

/// The first and the last day of `2021`, `2023-09` or `2023-09-06`, and how much of it was written.
pub(super) fn period(text: &str, of: &str) -> Result<(Date, Date, Precision), SeedError> {
    let read = |text: &str| text.parse::<Date>().map_err(at(of));
    match text.split('-').count() {
        1 => {
            let first = read(&format!("{text}-01-01"))?;
            Ok((first, first.last_of_year(), Precision::Year))
        }
        2 => {
            let first = read(&format!("{text}-01"))?;
            Ok((first, first.last_of_month(), Precision::Month))
        }
        _ => read(text).map(|day| (day, day, Precision::Day)),
    }
}

fn at(name: impl Into<String>) -> impl FnOnce(jiff::Error) -> SeedError {
    move |cause| SeedError::Date { at: name.into(), cause }
}
