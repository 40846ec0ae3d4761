//! Calendar files (RFC 5545). The format is small and its rules are few: text is escaped (§3.3.11),
//! lines are folded at 75 octets (§3.1) and end with CRLF, and each zone that a time is in is described
//! (§3.6.5), here by the very changes of the clock that lie around the events.

use super::model::{State, When};
use crate::text::Lang;
use jiff::Timestamp;
use jiff::tz::{Dst, Offset, TimeZone};
use std::collections::BTreeMap;

/// An event as a calendar knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Never changes.
    pub uid: String,
    /// Rises with every change that a calendar shows.
    pub sequence: i32,
    /// When it was last changed (seconds since 1970 UTC).
    pub updated: i64,
    /// Its page's address.
    pub url: String,
    /// In the reader's language.
    pub title: String,
    /// A few sentences.
    pub summary: String,
    /// The room and its address, or the platform.
    pub place: Option<String>,
    /// What the organiser decided.
    pub state: State,
    /// When, by the clocks at its place.
    pub when: When,
    /// Their zone (IANA).
    pub zone: String,
    /// Its first instant and its last (seconds since 1970 UTC).
    pub instants: (i64, i64),
}

/// A whole file. `name` is what calendars call a subscription.
#[must_use]
pub fn write(lang: Lang, name: &str, entries: &[Entry]) -> String {
    let mut file = String::new();
    begin(&mut file, "PUBLISH");
    // RFC 7986 §5.1 and what came before it.
    line(&mut file, "NAME", &escape(name));
    line(&mut file, "X-WR-CALNAME", &escape(name));
    line(&mut file, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    line(&mut file, "X-PUBLISHED-TTL", "PT1H");
    write_zones(&mut file, entries);
    for entry in entries {
        line(&mut file, "BEGIN", "VEVENT");
        write_facts(&mut file, lang, entry, entry.updated);
        write_status(&mut file, entry.state);
        line(&mut file, "END", "VEVENT");
    }
    end(&mut file);
    file
}

/// The head of a file with this method.
pub(super) fn begin(file: &mut String, method: &str) {
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Stafett//Stafett//SV"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
    ] {
        line(file, property, value);
    }
}

/// The end of a file.
pub(super) fn end(file: &mut String) {
    line(file, "END", "VCALENDAR");
}

/// The zones that these entries are in, as they are around them.
pub(super) fn write_zones(file: &mut String, entries: &[Entry]) {
    let mut zones: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.when.has_clock()) {
        let span = zones.entry(&entry.zone).or_insert(entry.instants);
        *span = (span.0.min(entry.instants.0), span.1.max(entry.instants.1));
    }
    for (zone, (from, to)) in zones {
        write_zone(file, zone, from, to);
    }
}

/// What the event is, told at `stamp`.
pub(super) fn write_facts(file: &mut String, lang: Lang, entry: &Entry, stamp: i64) {
    line(file, "UID", &entry.uid);
    line(file, "DTSTAMP", &utc(stamp));
    line(file, "LAST-MODIFIED", &utc(entry.updated));
    line(file, "SEQUENCE", &entry.sequence.to_string());
    if entry.when.has_clock() {
        let local = |at: jiff::civil::DateTime| at.strftime("%Y%m%dT%H%M%S").to_string();
        line(file, &format!("DTSTART;TZID={}", entry.zone), &local(entry.when.starts));
        line(file, &format!("DTEND;TZID={}", entry.zone), &local(entry.when.ends));
    } else {
        // A date's end is the day after its last (§3.6.1).
        let last = entry.when.last_day();
        let end = last.tomorrow().unwrap_or(last);
        line(file, "DTSTART;VALUE=DATE", &entry.when.first_day().strftime("%Y%m%d").to_string());
        line(file, "DTEND;VALUE=DATE", &end.strftime("%Y%m%d").to_string());
    }
    line(file, &format!("SUMMARY;LANGUAGE={}", lang.tag()), &escape(&entry.title));
    line(file, "DESCRIPTION", &escape(&format!("{}\n\n{}", entry.summary, entry.url)));
    if let Some(place) = &entry.place {
        line(file, "LOCATION", &escape(place));
    }
    line(file, "URL", &entry.url);
}

/// Whether it takes place.
pub(super) fn write_status(file: &mut String, state: State) {
    let status = match state {
        State::Cancelled => "CANCELLED",
        State::Draft | State::Preliminary => "TENTATIVE",
        State::Published | State::Held => "CONFIRMED",
    };
    line(file, "STATUS", status);
}

/// The zone's rules from the last change of the clock before `from` to the first after `to`.
fn write_zone(file: &mut String, name: &str, from: i64, to: i64) {
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let at = |second| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
    line(file, "BEGIN", "VTIMEZONE");
    line(file, "TZID", name);
    let mut changes: Vec<_> = zone.preceding(at(from)).take(1).collect();
    changes.extend(zone.following(at(from)).take_while(|change| change.timestamp() <= at(to)));
    changes.extend(zone.following(at(to)).take(1));
    if changes.is_empty() {
        let offset = zone.to_offset(at(from));
        write_observance(file, "STANDARD", "19700101T000000", (offset, offset), name);
    }
    for change in changes {
        let before = zone.to_offset(change.timestamp() - jiff::SignedDuration::from_secs(1));
        let kind = if change.dst() == Dst::Yes { "DAYLIGHT" } else { "STANDARD" };
        // The beginning is told by the clock as it was before it changed.
        let begins = before.to_datetime(change.timestamp()).strftime("%Y%m%dT%H%M%S").to_string();
        write_observance(file, kind, &begins, (before, change.offset()), change.abbreviation());
    }
    line(file, "END", "VTIMEZONE");
}

fn write_observance(
    file: &mut String,
    kind: &str,
    begins: &str,
    (before, after): (Offset, Offset),
    abbreviation: &str,
) {
    line(file, "BEGIN", kind);
    line(file, "DTSTART", begins);
    line(file, "TZOFFSETFROM", &offset(before));
    line(file, "TZOFFSETTO", &offset(after));
    line(file, "TZNAME", abbreviation);
    line(file, "END", kind);
}

/// `+0100` (§3.3.14)
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, seconds) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    format!("{sign}{:02}{:02}", seconds / 3_600, seconds % 3_600 / 60)
}

/// `20231004T060000Z` (§3.3.5, form 2)
fn utc(second: i64) -> String {
    crate::time::local(second, &TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as §3.3.11 wants it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            // Other control characters may not stand in a content line at all.
            c if c.is_control() && c != '\t' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes a content line, folded between characters so that no part is longer than 75 octets.
pub(super) fn line(file: &mut String, name: &str, value: &str) {
    const LONGEST: usize = 75;
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LONGEST {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(c);
        octets += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{DateTime, datetime};

    fn entry(starts: DateTime, ends: DateTime) -> Entry {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let at = |t: DateTime| zone.to_timestamp(t).unwrap().as_second();
        Entry {
            uid: "a1".into(),
            sequence: 2,
            updated: 1_696_000_000,
            url: "https://x.se/events/a".into(),
            title: "Möte; om, allt\\".into(),
            summary: "Rad ett\nrad två".into(),
            place: Some("Rådhuset, sal 1".into()),
            state: State::Published,
            when: When { starts, ends, all_day: false, time_known: true },
            zone: "Europe/Stockholm".into(),
            instants: (at(starts), at(ends)),
        }
    }

    fn winter() -> Entry {
        entry(datetime(2026, 11, 25, 8, 0, 0, 0), datetime(2026, 11, 25, 8, 45, 0, 0))
    }

    #[test]
    fn a_time_stands_in_its_zone_and_the_zone_is_described() {
        let file = write(Lang::Sv, "Stafett", &[winter()]);
        assert!(file.contains("DTSTART;TZID=Europe/Stockholm:20261125T080000\r\n"), "{file}");
        // The change before it and the one after.
        assert!(file.contains(
            "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET"
        ));
        assert!(file.contains(
            "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST"
        ));
    }

    #[test]
    fn text_is_escaped() {
        let file = write(Lang::Sv, "Stafett", &[winter()]);
        assert!(file.contains("SUMMARY;LANGUAGE=sv:Möte\\; om\\, allt\\\\\r\n"));
        assert!(file.contains("DESCRIPTION:Rad ett\\nrad två\\n\\n"));
        assert!(!escape("a\r\nBEGIN:VEVENT\u{7}").contains(['\r', '\n', '\u{7}']));
    }

    #[test]
    fn lines_are_folded_between_characters() {
        let long = Entry { title: "å🙂".repeat(60), ..winter() };
        let file = write(Lang::En, "Stafett", &[long]);
        for part in file.split("\r\n") {
            assert!(part.len() <= 75, "{} octets: {part}", part.len());
        }
        assert!(file.replace("\r\n ", "").contains(&"å🙂".repeat(60)));
    }

    #[test]
    fn whole_days_end_the_day_after() {
        let mut day = entry(datetime(2022, 1, 21, 0, 0, 0, 0), datetime(2022, 1, 22, 0, 0, 0, 0));
        day.when.all_day = true;
        let file = write(Lang::Sv, "Stafett", &[day]);
        assert!(file.contains("DTSTART;VALUE=DATE:20220121\r\nDTEND;VALUE=DATE:20220122\r\n"));
        assert!(!file.contains("VTIMEZONE"));
    }

    #[test]
    fn the_state_is_told() {
        let status = |state| write(Lang::Sv, "x", &[Entry { state, ..winter() }]);
        assert!(status(State::Cancelled).contains("STATUS:CANCELLED"));
        assert!(status(State::Preliminary).contains("STATUS:TENTATIVE"));
        assert!(status(State::Published).contains("STATUS:CONFIRMED"));
    }
}
