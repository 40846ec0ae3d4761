//! What the screen shows. Pure.

use crate::events::model::EventLine;
use crate::events::page_model::SlotItem;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// One part of the programme, when it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// When it begins, by the event's clock.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
    /// When it ends.
    #[serde(with = "crate::wire::date_time")]
    pub ends: DateTime,
    /// What happens.
    pub title: String,
}

/// The parts, one after the other from when the event begins.
#[must_use]
pub fn parts(starts: DateTime, slots: &[SlotItem]) -> Vec<Part> {
    let mut at = starts;
    slots
        .iter()
        .map(|slot| {
            let begins = at;
            at = plus(at, slot.minutes);
            Part { starts: begins, ends: at, title: slot.title.clone() }
        })
        .collect()
}

fn plus(at: DateTime, minutes: i32) -> DateTime {
    at.checked_add(jiff::Span::new().minutes(minutes)).unwrap_or(at)
}

/// What is on, and what comes after it, by the event's clock.
#[must_use]
pub fn now_and_next(parts: &[Part], now: DateTime) -> (Option<&Part>, Option<&Part>) {
    let on = parts.iter().find(|part| part.starts <= now && now < part.ends);
    let next = parts.iter().find(|part| part.starts > now);
    (on, next)
}

/// A QR code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// How many squares it is wide, with the quiet edge.
    pub size: usize,
    /// The dark squares, as the path of an SVG.
    pub squares: String,
}

/// What the screen of an event shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// Which event.
    pub line: EventLine,
    /// How many have come.
    pub here: i64,
    /// How many have a place.
    pub expected: i64,
    /// It is on one of its days, or was.
    pub has_begun: bool,
    /// What is on.
    pub on: Option<Part>,
    /// What comes after it.
    pub next: Option<Part>,
    /// The address of the event's page, without `https://`.
    pub address: String,
    /// It has materials.
    pub has_materials: bool,
    /// Leads to that page.
    pub code: Option<Code>,
}

#[cfg(test)]
mod model_tests {
    use super::*;
    use jiff::civil::datetime;

    #[test]
    fn what_is_on_and_what_is_next() {
        let slot = |minutes, title: &str| SlotItem { minutes, title: title.to_owned() };
        let nine = datetime(2031, 5, 14, 9, 0, 0, 0);
        let all = parts(nine, &[slot(25, "A"), slot(15, "B"), slot(5, "C")]);
        let at = |hour, minute| {
            let (on, next) = now_and_next(&all, datetime(2031, 5, 14, hour, minute, 0, 0));
            (on.map(|part| part.title.as_str()), next.map(|part| part.title.as_str()))
        };
        assert_eq!(at(8, 59), (None, Some("A")));
        assert_eq!(at(9, 0), (Some("A"), Some("B")));
        assert_eq!(at(9, 25), (Some("B"), Some("C")));
        assert_eq!(at(9, 44), (Some("C"), None));
        assert_eq!(at(9, 45), (None, None));
        assert_eq!(now_and_next(&[], nine), (None, None));
    }
}
