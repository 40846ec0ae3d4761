//! Invitations (RFC 5546): the event for one person's calendar, by mail. Same `UID` as in the event's own
//! file, so that whoever has fetched that one does not see the event twice.
//!
//! `SEQUENCE` is the event's, which only rises. A person's own cancellation has the same number as the
//! invitation, or a higher one: it is told apart by `DTSTAMP` (§2.1.5). A number of its own would be
//! higher than that of the invitation that follows if the person signs up again.

use super::ics::{Entry, begin, end, escape, line, write_facts, write_status, write_zones};
use crate::text::Lang;

/// What a calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Show the event, as it is now.
    Request,
    /// Take it away: this person will not be there.
    CancelOne,
    /// Take it away: it will not take place.
    CancelAll,
}

impl Method {
    /// The word in the file and in the `Content-Type` of the mail's part.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::CancelOne | Self::CancelAll => "CANCEL",
        }
    }
}

/// Whom invitations and mails come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organiser {
    /// As it is shown.
    pub name: String,
    /// The mail address.
    pub address: String,
}

/// Who is invited.
#[derive(Clone, Copy, Debug)]
pub struct Attendee<'a> {
    /// As the person wrote it.
    pub name: &'a str,
    /// The mail address.
    pub address: &'a str,
    /// The person has a place now.
    pub comes: bool,
}

/// A whole file, put together at `stamp` (seconds since 1970 UTC).
#[must_use]
pub fn write(
    lang: Lang,
    method: Method,
    entry: &Entry,
    organiser: &Organiser,
    attendee: Attendee<'_>,
    stamp: i64,
) -> String {
    let mut file = String::new();
    begin(&mut file, method.as_str());
    write_zones(&mut file, std::slice::from_ref(entry));
    line(&mut file, "BEGIN", "VEVENT");
    write_facts(&mut file, lang, entry, stamp);
    let name = parameter(&organiser.name);
    line(&mut file, &format!("ORGANIZER;CN={name}"), &format!("mailto:{}", organiser.address));
    // People have answered already, by signing up: nothing is asked of them.
    let part = if attendee.comes { "ACCEPTED" } else { "DECLINED" };
    let name = parameter(attendee.name);
    line(
        &mut file,
        &format!("ATTENDEE;CN={name};ROLE=REQ-PARTICIPANT;PARTSTAT={part};RSVP=FALSE"),
        &format!("mailto:{}", escape_address(attendee.address)),
    );
    // §3.2.5: only the cancellation of the whole event has a status.
    if method != Method::CancelOne {
        write_status(&mut file, entry.state);
    }
    line(&mut file, "TRANSP", "OPAQUE");
    line(&mut file, "END", "VEVENT");
    end(&mut file);
    file
}

/// A name as a quoted parameter (RFC 5545 §3.2), which cannot hold the quotation mark itself.
fn parameter(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    format!("\"{name}\"")
}

/// What could end the line of an address is no part of one.
fn escape_address(address: &str) -> String {
    escape(address).chars().filter(|c| *c != '\\').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::{State, When};
    use jiff::civil::datetime;

    fn entry(state: State) -> Entry {
        Entry {
            uid: "a1".into(),
            sequence: 3,
            updated: 1_696_000_000,
            url: "https://x.se/events/a".into(),
            title: "Möte".into(),
            summary: "Om".into(),
            place: None,
            state,
            when: When {
                starts: datetime(2026, 11, 25, 8, 0, 0, 0),
                ends: datetime(2026, 11, 25, 8, 45, 0, 0),
                all_day: false,
                time_known: true,
            },
            zone: "Europe/Stockholm".into(),
            instants: (1_795_590_000, 1_795_592_700),
        }
    }

    fn file(method: Method, state: State, name: &str) -> String {
        let organiser = Organiser { name: "Stafett".into(), address: "s@x.se".into() };
        let attendee = Attendee { name, address: "eva@b.se", comes: method != Method::CancelOne };
        let file = write(Lang::Sv, method, &entry(state), &organiser, attendee, 1_700_000_000);
        file.replace("\r\n ", "")
    }

    #[test]
    fn an_invitation_says_who_invites_whom() {
        let file = file(Method::Request, State::Published, "Eva Å");
        assert!(file.contains("METHOD:REQUEST\r\n") && file.contains("UID:a1\r\n"), "{file}");
        assert!(file.contains("SEQUENCE:3\r\n") && file.contains("DTSTAMP:20231114T221320Z\r\n"));
        assert!(file.contains("ORGANIZER;CN=\"Stafett\":mailto:s@x.se\r\n"));
        assert!(file.contains(
            "ATTENDEE;CN=\"Eva Å\";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:eva@b.se\r\n"
        ));
        assert!(file.contains("STATUS:CONFIRMED\r\n"));
    }

    #[test]
    fn who_leaves_takes_the_event_from_one_calendar_only() {
        let one = file(Method::CancelOne, State::Published, "Eva");
        assert!(one.contains("METHOD:CANCEL\r\n") && one.contains("PARTSTAT=DECLINED"));
        assert!(!one.contains("STATUS:"));
        let all = file(Method::CancelAll, State::Cancelled, "Eva");
        assert!(all.contains("METHOD:CANCEL\r\n") && all.contains("STATUS:CANCELLED\r\n"));
    }

    #[test]
    fn a_name_cannot_end_its_line_or_its_quotes() {
        let file = file(Method::Request, State::Published, "E\"va\r\nX-EVIL:1;:,");
        assert!(file.contains("CN=\"E'vaX-EVIL:1;:,\";ROLE="), "{file}");
        assert!(!file.contains("\nX-EVIL"));
    }
}
