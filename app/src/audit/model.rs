//! What the log tells, and how one looks for something in it. Pure.

use crate::events::model::words;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The most entries on a page.
pub const PAGE: usize = 50;
/// The longest name that one looks for, in characters.
const LONGEST_WHO: usize = 200;

words! {
    /// What was done to a row.
    Deed { Made = "insert", Changed = "update", Removed = "delete", Exported = "export" }
}

words! {
    /// What it was done to, by the name of its table.
    Subject {
        Programme = "programmes", Partner = "programme_partners", Contact = "programme_contacts",
        Outcome = "outcomes", Series = "series", Event = "events", Seats = "event_ways", Slot = "slots",
        Speaker = "event_speakers", Presenter = "presenters", Theme = "event_themes",
        Municipality = "event_municipalities", Material = "materials", Recording = "recordings",
        Question = "event_questions", SignUp = "sign_ups", Letter = "letters", Role = "roles", DoorLink = "door_links",
        Import = "imports", Platform = "platforms", Image = "images",
        MediaFile = "media_files", Captions = "caption_tracks", Chapter = "chapters", SlideTime = "slide_times", Job = "media_jobs",
        MaterialFile = "material_files", Other = "other",
    }
}

/// What one looks for. Each part may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogQuery {
    /// A part of the name of whoever did it, or of whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// What it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The slug of the event that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// From this day on, in Swedish time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Up to this day, and with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Only what was done before the entry with this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
}

impl LogQuery {
    /// Reads what stands in an address. What cannot be read counts as left out.
    #[must_use]
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |name| value(name).map(str::trim).filter(|text| !text.is_empty());
        let date = |name| text(name).and_then(crate::wire::date::read);
        Self {
            who: text("who").map(|who| who.chars().take(LONGEST_WHO).collect()),
            subject: text("subject").and_then(Subject::parse),
            event: text("event").map(str::to_owned),
            from: date("from"),
            to: date("to"),
            before: text("before").and_then(|number| number.parse().ok()),
        }
    }

    /// The same as it stands in an address, without the question mark.
    #[must_use]
    pub fn write(&self) -> String {
        let pairs = [
            ("who", self.who.clone()),
            ("subject", self.subject.map(|subject| subject.as_str().to_owned())),
            ("event", self.event.clone()),
            ("from", self.from.map(crate::wire::date::write)),
            ("to", self.to.map(crate::wire::date::write)),
            ("before", self.before.map(|number| number.to_string())),
        ];
        let pairs: Vec<_> = pairs
            .iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", escape(value.as_deref()?))))
            .collect();
        pairs.join("&")
    }

    /// Something is looked for.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        Self { before: None, ..self.clone() } != Self::default()
    }
}

/// Percent-encoding of all but the unreserved characters (RFC 3986 §2.3).
fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// A page of the log, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    /// What was done.
    pub entries: Vec<Entry>,
    /// There is more, from before the last of these.
    pub has_older: bool,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number; a later one is greater.
    pub id: i64,
    /// When, in Swedish time.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// Who did it; nobody, where it was done at the command line or by somebody who has been erased.
    pub actor: Option<String>,
    /// Whom it is about.
    pub about: Option<String>,
    /// What it was done to.
    pub subject: Subject,
    /// What was done.
    pub deed: Deed,
    /// The slug and the title of the event that it belongs to, where there still is one.
    pub event: Option<(String, String)>,
    /// The title of the programme.
    pub programme: Option<String>,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A column, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its name in the database.
    pub column: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_goes_to_and_fro() {
        let typed = [
            ("who", " Åsa O'Neill & co "),
            ("subject", "events"),
            ("event", "stafett-umea"),
            ("from", "2026-02-29"),
            ("to", "2026-03-01"),
            ("before", "x"),
        ];
        let value =
            |name: &str| typed.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let query = LogQuery::read(value);
        assert_eq!(query.who.as_deref(), Some("Åsa O'Neill & co"));
        assert_eq!((query.from, query.before), (None, None), "what cannot be read is left out");
        assert_eq!(
            query.write(),
            "who=%C3%85sa%20O%27Neill%20%26%20co&subject=events&event=stafett-umea&to=2026-03-01"
        );
        assert!(
            query.is_narrowed()
                && !LogQuery { before: Some(7), ..LogQuery::default() }.is_narrowed()
        );
    }
}
