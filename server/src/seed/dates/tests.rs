//! The rules of the dates, whatever the day of loading.

use std::error::Error;

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::seed::facts::Facts;

type Tested = Result<(), Box<dyn Error>>;

fn loading_at(moment: &str) -> Result<Dates, Box<dyn Error>> {
    Ok(Dates::from(moment.parse()?)?)
}

#[test]
fn whatever_the_day_of_loading_the_season_keeps_to_weekdays() -> Tested {
    let facts = Facts::read()?;
    for offset in 0..366 {
        let loaded_on = date(2027, 6, 1).checked_add(offset.days())?;
        let moment = loaded_on.to_datetime(Time::midnight()).to_zoned(TimeZone::UTC)?;
        let dates = Dates::from(moment.timestamp())?;
        let wait = dates.loaded_on().duration_until(dates.day(0)).as_hours() / 24;
        assert!((1..=7).contains(&wait), "{loaded_on}: {wait} days");
        for (_, event) in facts.programmes.iter().flat_map(|it| it.all_events()) {
            let Some(day) = event.day else { continue };
            let weekday = dates.day(day).weekday();
            assert!(
                !matches!(weekday, Weekday::Saturday | Weekday::Sunday),
                "loaded {loaded_on}: {} is on a {weekday:?}",
                event.slug
            );
        }
    }
    Ok(())
}

#[test]
fn the_tour_keeps_the_spacing_and_the_hours_of_the_original() -> Tested {
    let facts = Facts::read()?;
    let tour =
        |slug: &str| facts.programmes.iter().flat_map(|it| &it.series).find(|it| it.slug == slug);
    let (Some(now), Some(then)) = (tour("digital-turne"), tour("digital-turne-2023")) else {
        return Err("a tour is missing".into());
    };
    let first = then.events.first().and_then(|it| it.starts_at).ok_or("no first stop")?;
    assert_eq!(now.events.len(), 7);
    for (event, original) in now.events.iter().zip(&then.events) {
        let starts = original.starts_at.ok_or("no start")?;
        assert_eq!(event.title, original.title);
        assert_eq!(event.speakers, original.speakers);
        assert_eq!(event.from, Some(starts.time()));
        assert_eq!(event.to, original.ends_at.map(|it| it.time()));
        let days = first.date().duration_until(starts.date()).as_hours() / 24;
        assert_eq!(event.day.map(i64::from), Some(days), "{}", event.slug);
    }
    Ok(())
}

#[test]
fn the_day_of_loading_is_the_day_in_sweden() -> Tested {
    assert_eq!(loading_at("2027-01-14T23:30:00Z")?.loaded_on(), date(2027, 1, 15));
    assert_eq!(loading_at("2027-07-14T21:59:59Z")?.loaded_on(), date(2027, 7, 14));
    Ok(())
}

#[test]
fn eight_in_the_morning_stays_eight_over_both_clock_changes() -> Tested {
    let eight = Time::constant(8, 0, 0, 0);
    for (date, expected) in [
        (date(2027, 3, 26), "2027-03-26T07:00:00Z"),
        (date(2027, 3, 29), "2027-03-29T06:00:00Z"),
        (date(2027, 10, 29), "2027-10-29T06:00:00Z"),
        (date(2027, 11, 1), "2027-11-01T07:00:00Z"),
    ] {
        let instant = loading_at("2027-01-01T12:00:00Z")?.instant(date, eight)?;
        assert_eq!(instant, expected.parse()?);
    }
    // The tour crosses the change in spring and keeps its hour.
    let facts = Facts::read()?;
    let dates = loading_at("2027-03-20T12:00:00Z")?;
    let hours = facts.programmes.iter().flat_map(|it| &it.series);
    for event in hours.filter(|it| it.slug == "digital-turne").flat_map(|it| &it.events) {
        let local = dates.times(event)?.starts_at.in_tz(ZONE)?;
        assert_eq!(Some(local.time()), event.from, "{}", event.slug);
    }
    Ok(())
}

#[test]
fn days_without_hours_last_from_midnight_to_midnight() -> Tested {
    let facts = Facts::read()?;
    let dates = loading_at("2027-01-01T12:00:00Z")?;
    let event = |slug: &str| {
        let mut all = facts.programmes.iter().flat_map(|it| it.all_events());
        all.find(|it| it.1.slug == slug).map(|it| it.1).ok_or("no such event")
    };
    assert_eq!(
        dates.times(event("uppsala-och-sundsvall")?)?,
        Times {
            starts_at: "2021-05-05T22:00:00Z".parse()?,
            ends_at: "2021-05-06T22:00:00Z".parse()?,
            all_day: true,
            time_known: false,
        }
    );
    assert_eq!(
        dates.times(event("arena-for-larande-och-utbyte")?)?,
        Times {
            starts_at: "2022-01-20T23:00:00Z".parse()?,
            ends_at: "2022-01-21T23:00:00Z".parse()?,
            all_day: true,
            time_known: true,
        }
    );
    Ok(())
}

#[test]
fn a_period_is_as_exact_as_it_was_written() -> Tested {
    assert_eq!(period("2021", "")?, (date(2021, 1, 1), date(2021, 12, 31), Precision::Year));
    assert_eq!(period("2024-02", "")?, (date(2024, 2, 1), date(2024, 2, 29), Precision::Month));
    let day = date(2023, 9, 6);
    assert_eq!(period("2023-09-06", "")?, (day, day, Precision::Day));
    assert!(period("2023-13", "").is_err());
    Ok(())
}
