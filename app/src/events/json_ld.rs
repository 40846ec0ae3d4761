//! An event as schema.org/Event, for search engines.

use super::model::{Format, Phase};
use super::page_model::EventPage;
use crate::text::Lang;
use crate::time::local;
use serde_json::{Value, json};

/// The JSON, with `<` written so that nothing in it can end the script element that it stands in.
#[must_use]
pub fn write(lang: Lang, page: &EventPage, origin: &str) -> String {
    event(lang, page, origin).to_string().replace('<', "\\u003c")
}

fn event(lang: Lang, page: &EventPage, origin: &str) -> Value {
    let line = &page.line;
    let url = format!("{origin}{}", lang.href(&format!("/events/{}", line.slug)));
    let online = json!({"@type": "VirtualLocation", "url": url});
    let place = json!({
        "@type": "Place",
        "name": page.venue,
        "address": page.address.as_deref().or(page.venue.as_deref()),
    });
    let (mode, location) = match line.format {
        Some(Format::OnSite) => ("OfflineEventAttendanceMode", place),
        Some(Format::Hybrid) => ("MixedEventAttendanceMode", json!([place, online])),
        Some(Format::Digital) | None => ("OnlineEventAttendanceMode", online),
    };
    let status = if line.phase == Phase::Cancelled { "EventCancelled" } else { "EventScheduled" };
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": line.title,
        "description": page.summary,
        "url": url,
        "inLanguage": page.language.talk.as_str(),
        "startDate": when(page, page.hours.starts, line.when.first_day().to_string()),
        "endDate": when(page, page.hours.ends, line.when.last_day().to_string()),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{mode}"),
        "location": location,
        "isAccessibleForFree": page.price.is_none(),
        "organizer": {"@type": "Organization", "name": page.programme.title,
            "url": format!("{origin}{}", lang.href(&format!("/programmes/{}", page.programme.slug)))},
    });
    if !page.speakers.is_empty() {
        event["performer"] = page
            .speakers
            .iter()
            .map(|person| json!({"@type": "Person", "name": person.name}))
            .collect();
    }
    event
}

/// An instant with the offset of the event's zone, or a date where the day is all that is known.
fn when(page: &EventPage, instant: i64, day: String) -> String {
    if !page.line.when.has_clock() {
        return day;
    }
    let zone =
        jiff::tz::TimeZone::get(&page.time_zone).unwrap_or_else(|_| crate::time::home_zone());
    let Ok(at) = jiff::Timestamp::from_second(instant) else { return day };
    let offset = zone.to_offset(at).seconds();
    let (sign, offset) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
    format!(
        "{}{sign}{:02}:{:02}",
        local(instant, &zone).strftime("%Y-%m-%dT%H:%M:%S"),
        offset / 3_600,
        offset % 3_600 / 60
    )
}
