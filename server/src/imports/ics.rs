//! Calendars (RFC 5545), event by event: what is wrong with one says nothing of the others. Libraries refuse the
//! whole file for one line that is no line, and bring zones of their own; what is read here is a handful of
//! properties.

use super::ics_line::{Line, plain, unfold};
use super::table::{LONGEST_CELL, Table, cell, table};
use app::organise::imports::events_plan::COLUMNS;
use app::organise::imports::model::{FileProblem, MOST_EVENTS};
use app::organise::imports::people_plan::FileRow;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, SpanRelativeTo, ToSpan};
use std::collections::HashMap;

/// It begins as a calendar does.
pub fn is_calendar(text: &str) -> bool {
    text.trim_start().get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// The events of a calendar.
///
/// # Errors
/// If there is none in it, or too many.
pub fn read(text: &str, encoding: &str) -> Result<Table, FileProblem> {
    let mut rows = Vec::new();
    let mut event: Option<(i32, Event)> = None;
    let mut within = 0_usize;
    for (number, line) in unfold(text) {
        let Some(line) = Line::read(&line) else { continue };
        let is_event = line.value.trim().eq_ignore_ascii_case("VEVENT");
        match (line.name.as_str(), &mut event) {
            ("BEGIN", None) if is_event => event = Some((number, Event::default())),
            // An alarm has a description, too.
            ("BEGIN", Some(_)) if !is_event => within += 1,
            ("END", Some(_)) if !is_event => within = within.saturating_sub(1),
            ("BEGIN" | "END", _) if is_event => {
                if let Some((number, event)) = event.take() {
                    rows.push(FileRow { number, cells: event.cells() });
                }
                within = 0;
                if line.name == "BEGIN" {
                    event = Some((number, Event::default()));
                }
            }
            (_, Some((_, event))) if within == 0 => event.put(line),
            _ => {}
        }
        if rows.len() > MOST_EVENTS {
            return Err(FileProblem::ManyEvents);
        }
    }
    let titles = COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    table(format!("iCalendar {encoding}"), titles, rows)
}

#[derive(Default)]
struct Event {
    properties: HashMap<String, Line>,
}

/// A moment on a clock, and where the clock hangs.
enum When {
    Day(Date),
    Clock(DateTime, String),
    Broken(String),
}

impl Event {
    fn put(&mut self, line: Line) {
        if self.properties.len() < 100 {
            self.properties.entry(line.name.clone()).or_insert(line);
        }
    }

    fn value(&self, name: &str) -> &str {
        self.properties.get(name).map_or("", |line| line.value.trim())
    }

    fn when(&self, name: &str) -> Option<When> {
        let line = self.properties.get(name)?;
        let text = line.value.trim();
        let broken = || When::Broken(text.to_owned());
        if let Ok(day) = Date::strptime("%Y%m%d", text) {
            return Some(When::Day(day));
        }
        if let Some(text) = text.strip_suffix('Z') {
            let at = DateTime::strptime("%Y%m%dT%H%M%S", text).ok();
            let at = at.and_then(|at| at.to_zoned(TimeZone::UTC).ok());
            // The clock of the house, for what is given by no clock.
            let home = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
            let at = at.map(|at| at.with_time_zone(home).datetime());
            return Some(
                at.map_or_else(broken, |at| When::Clock(at, "Europe/Stockholm".to_owned())),
            );
        }
        let zone = line.zone.as_deref().map_or("Europe/Stockholm", known_as);
        let at = DateTime::strptime("%Y%m%dT%H%M%S", text);
        Some(at.map_or_else(|_| broken(), |at| When::Clock(at, zone.to_owned())))
    }

    /// The cells of a row of ours.
    fn cells(&self) -> Vec<String> {
        let mut cells: HashMap<&str, String> = HashMap::new();
        let mut put = |name: &'static str, text: &str| {
            cells.insert(name, cell(text));
        };
        put("uid", &self.value("UID").chars().take(500).collect::<String>());
        put("title_sv", &plain(self.value("SUMMARY")));
        put("summary_sv", &plain(self.value("DESCRIPTION")));
        let place = plain(self.value("LOCATION"));
        if let Some(url) = place.split_whitespace().find(|word| word.starts_with("https://")) {
            put("format", "digital");
            put("meeting_url", url);
        } else if place.to_lowercase().contains("teams") || place.to_lowercase().contains("zoom") {
            put("format", "digital");
            put("platform", &place);
        } else if !place.is_empty() {
            put("format", "on_site");
            put("venue", &place);
        }
        let mut fault = self.fault();
        match (self.when("DTSTART"), self.ends()) {
            (Some(When::Day(first)), Some(When::Day(after))) => {
                put("time_kind", "all_day");
                put("date", &first.to_string());
                // The day after the last one is given.
                let last = after.yesterday().unwrap_or(after).max(first);
                put("end_date", &last.to_string());
            }
            (Some(When::Day(first)), _) => {
                put("time_kind", "all_day");
                put("date", &first.to_string());
            }
            (Some(When::Clock(starts, zone)), ends) => {
                put("time_kind", "clock");
                put("date", &starts.date().to_string());
                put("starts", &starts.strftime("%H:%M").to_string());
                put("time_zone", &zone);
                match ends {
                    Some(When::Clock(ends, other)) => match within(ends, &other, &zone) {
                        Some(ends) => {
                            put("ends", &ends.strftime("%H:%M").to_string());
                            if ends.date() != starts.date() {
                                put("end_date", &ends.date().to_string());
                            }
                        }
                        None => put("time_zone", &other),
                    },
                    Some(When::Broken(text)) => fault = Some(format!("bad_time {text}")),
                    Some(When::Day(_)) | None => {}
                }
            }
            (Some(When::Broken(text)), _) => fault = Some(format!("bad_time {text}")),
            (None, _) => fault = Some("bad_time ".to_owned()),
        }
        // What is cut at its end still says what it is.
        let mut fault: String = fault.unwrap_or_default().chars().take(120).collect();
        if plain(self.value("DESCRIPTION")).chars().count() > LONGEST_CELL {
            fault.insert_str(0, "cut \n");
        }
        cells.insert("fault", fault);
        COLUMNS.iter().map(|column| cells.remove(column).unwrap_or_default()).collect()
    }

    /// What it is that cannot be told by the form.
    fn fault(&self) -> Option<String> {
        let rule = self.value("RRULE").to_ascii_uppercase();
        if self.value("STATUS").eq_ignore_ascii_case("CANCELLED") {
            Some("cancelled_there ".to_owned())
        } else if self.properties.contains_key("RECURRENCE-ID") {
            Some(format!("one_of_several {}", self.value("RECURRENCE-ID")))
        } else if rule.is_empty() {
            None
        } else if rule.contains("COUNT=") || rule.contains("UNTIL=") {
            Some(format!("first_only {rule}"))
        } else {
            Some(format!("without_end {rule}"))
        }
    }

    fn ends(&self) -> Option<When> {
        if let Some(ends) = self.when("DTEND") {
            return Some(ends);
        }
        let text = self.value("DURATION");
        if text.is_empty() {
            return None;
        }
        let broken = || Some(When::Broken(text.to_owned()));
        let Ok(length) = text.parse::<Span>() else { return broken() };
        match self.when("DTSTART")? {
            When::Day(day) => {
                let days =
                    length.total((jiff::Unit::Day, SpanRelativeTo::days_are_24_hours())).ok()?;
                #[expect(clippy::cast_possible_truncation, reason = "it is seen to fit")]
                let days =
                    if (1.0..=31.0).contains(&days) { days as i32 } else { return broken() };
                day.checked_add(days.days()).ok().map(When::Day)
            }
            When::Clock(at, zone) => {
                at.checked_add(length).map_or_else(|_| broken(), |at| Some(When::Clock(at, zone)))
            }
            When::Broken(text) => Some(When::Broken(text)),
        }
    }
}

/// A moment on the clock of another zone.
fn within(at: DateTime, from: &str, to: &str) -> Option<DateTime> {
    if from == to {
        return Some(at);
    }
    let (from, to) = (TimeZone::get(from).ok()?, TimeZone::get(to).ok()?);
    Some(at.to_zoned(from).ok()?.with_time_zone(to).datetime())
}

/// The name of a zone as all but one vendor write it.
fn known_as(name: &str) -> &str {
    match name.trim_start_matches('/') {
        "W. Europe Standard Time" => "Europe/Stockholm",
        "Romance Standard Time" => "Europe/Paris",
        "Central Europe Standard Time" => "Europe/Budapest",
        "Central European Standard Time" => "Europe/Warsaw",
        "GMT Standard Time" => "Europe/London",
        "FLE Standard Time" => "Europe/Helsinki",
        "UTC" | "Etc/UTC" => "Etc/UTC",
        other => other,
    }
}
