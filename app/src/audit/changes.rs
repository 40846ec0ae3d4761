//! What an entry of the log says of the columns that changed. Pure.

use super::model::Change;
use crate::time::home_zone;
use serde_json::Value;

/// What the entry itself says: whose row it is, where it belongs, and when it was made.
pub(super) const TOLD_ELSEWHERE: [&str; 25] = [
    "id",
    "uid",
    "event_id",
    "programme_id",
    "person_id",
    "granted_at",
    "writer_id",
    "written_at",
    "once",
    // Who made a link and when, how a sign-up hangs together with others, what was agreed to and when.
    "made_by",
    "made_at",
    "group_sign_up_id",
    "series_sign_up_id",
    "consented_at",
    "consent_version",
    "last_queue_number",
    "moved_from_id",
    // What forms, pictures and imports need for themselves.
    "form_key",
    "hash",
    "actor_id",
    "settings",
    "progress",
    "tries",
    // Which recording it is of, and the name of a file in the store.
    "recording_id",
    "key",
];

/// The columns that tell something, before and after.
pub(super) fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let columns = |row: Option<&Value>| -> Vec<String> {
        row.and_then(Value::as_object).map(|row| row.keys().cloned().collect()).unwrap_or_default()
    };
    let mut names = columns(before);
    names.extend(columns(after));
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| !TOLD_ELSEWHERE.contains(&name.as_str()))
        .map(|column| Change {
            before: before.and_then(|row| shown(row.get(&column)?)),
            after: after.and_then(|row| shown(row.get(&column)?)),
            column,
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A value as a person reads it; `None` for what is empty.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(match text.parse::<jiff::Timestamp>() {
            Ok(at) => at.to_zoned(home_zone()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            Err(_) => text.clone(),
        }),
        Value::Array(all) if all.is_empty() => None,
        Value::Array(all) => Some(all.iter().filter_map(shown).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}
