//! A series from a pattern: seven Wednesdays, each like the other. Pure.

use super::model::{PlanProblem, Sheet};
use crate::events::model::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The fields of the form beside those of each stop.
pub const FIELDS: &[&str] = &[
    "series_kind",
    "series_title_sv",
    "series_title_en",
    "series_summary_sv",
    "series_summary_en",
    "first",
    "count",
    "every",
];
/// The name of the fields with the dates.
pub const STOP: &str = "stop";
/// The most stops at once.
pub const MOST_STOPS: usize = 40;
/// How many weeks there can be between two stops.
pub const EVERY: &[&str] = &["1", "2", "4"];

words! {
    /// What sort of series it is.
    SeriesKind {
        Tour = "tour", Relay = "relay", Seminar = "seminar", Webinar = "webinar",
        Workshop = "workshop", Conference = "conference", Course = "course",
    }
}

/// The form of a series on its way back, with its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stops(pub Vec<String>);

/// The dates of the pattern in a form.
///
/// # Errors
/// What is wrong, by field.
pub fn dates(sheet: &Sheet) -> Result<Vec<Date>, Vec<(String, PlanProblem)>> {
    let mut problems = Vec::new();
    let first: Option<Date> =
        sheet.get("first").parse().ok().filter(|date: &Date| (1970..=2198).contains(&date.year()));
    if first.is_none() {
        problems.push(("first".to_owned(), PlanProblem::NotADate));
    }
    let count = sheet.get("count").parse().ok().filter(|count| (1..=MOST_STOPS).contains(count));
    if count.is_none() {
        problems.push(("count".to_owned(), PlanProblem::NotACount));
    }
    let every = if EVERY.contains(&sheet.get("every")) { sheet.get("every") } else { "1" };
    let weeks: i64 = every.parse().unwrap_or(1);
    match first.zip(count) {
        None => Err(problems),
        Some((first, count)) => Ok((0_i64..)
            .take(count)
            .map(|at| first.saturating_add(jiff::Span::new().weeks(at * weeks)))
            .collect()),
    }
}

/// The dates as they stand in the form, those left empty left out.
///
/// # Errors
/// If one cannot be read, or there are none or too many.
pub fn chosen(texts: &[String]) -> Result<Vec<Date>, PlanProblem> {
    let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let mut dates: Vec<Date> = texts
        .map(|text| text.parse().map_err(|_| PlanProblem::NotADate))
        .collect::<Result<_, _>>()?;
    dates.sort_unstable();
    if (1..=MOST_STOPS).contains(&dates.len()) { Ok(dates) } else { Err(PlanProblem::NotACount) }
}

/// The sheet of one stop.
#[must_use]
pub fn stop(template: &Sheet, home: &str, date: Date, number: usize) -> Sheet {
    let mut sheet = template.clone();
    sheet.set("home", home);
    sheet.set("date", date.to_string());
    sheet.set("end_date", "");
    for field in ["title_sv", "title_en"] {
        let title = sheet.get(field).replace('#', &number.to_string());
        sheet.set(field, title);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sheet(first: &str, count: &str, every: &str) -> Sheet {
        let mut sheet = Sheet::default();
        for (field, value) in [("first", first), ("count", count), ("every", every)] {
            sheet.set(field, value);
        }
        sheet
    }

    #[test]
    fn seven_wednesdays() {
        let days = dates(&sheet("2027-01-13", "7", "1")).unwrap();
        assert_eq!(days.len(), 7);
        assert_eq!(days.last(), Some(&date(2027, 2, 24)));
        assert!(days.iter().all(|day| day.weekday() == jiff::civil::Weekday::Wednesday));
        // Over the change of the clock and the end of the year they stay on their day.
        let days = dates(&sheet("2027-12-22", "3", "2")).unwrap();
        assert_eq!(days.last(), Some(&date(2028, 1, 19)));
        let wrong = dates(&sheet("2027-02-30", "41", "x")).unwrap_err();
        assert_eq!(
            wrong,
            [
                ("first".to_owned(), PlanProblem::NotADate),
                ("count".to_owned(), PlanProblem::NotACount)
            ]
        );
    }

    #[test]
    fn dates_can_be_changed_and_left_out() {
        let texts = ["2027-01-20", "", " 2027-01-13 "].map(str::to_owned);
        assert_eq!(chosen(&texts), Ok(vec![date(2027, 1, 13), date(2027, 1, 20)]));
        assert_eq!(chosen(&["snart".to_owned()]), Err(PlanProblem::NotADate));
        assert_eq!(chosen(&[String::new()]), Err(PlanProblem::NotACount));
    }
}
