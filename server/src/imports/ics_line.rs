//! The lines of a calendar (RFC 5545): folded, with parameters, and with texts that hide their line breaks.

use std::borrow::Cow;

/// A line that never ends is cut, in bytes.
const LONGEST_LINE: usize = 64 * 1_024;

/// The lines of a file, each with its number, and with those that go on in the next put together. One at a time: a
/// file of ten million empty lines takes no more than itself.
pub fn unfold(text: &str) -> impl Iterator<Item = (i32, Cow<'_, str>)> {
    let mut lines = (1..).zip(text.lines()).peekable();
    std::iter::from_fn(move || {
        let (number, line) = lines.next()?;
        let mut whole = Cow::Borrowed(line);
        while let Some((_, more)) = lines.next_if(|(_, line)| line.starts_with([' ', '\t'])) {
            if whole.len() < LONGEST_LINE {
                whole.to_mut().push_str(more.get(1..).unwrap_or_default());
            }
        }
        Some((number, whole))
    })
}

/// `DTSTART;TZID=Europe/Stockholm:20270314T080000`
pub struct Line {
    /// What it says, in capitals.
    pub name: String,
    /// The zone of its clock.
    pub zone: Option<String>,
    /// What stands after the colon.
    pub value: String,
}

impl Line {
    /// Takes a line apart; nothing if it is none.
    pub fn read(line: &str) -> Option<Self> {
        let mut is_quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            is_quoted ^= *c == '"';
            *c == ':' && !is_quoted
        })?;
        let (head, value) = line.split_at(colon.0);
        let mut parts = head.split(';');
        let name = parts.next()?.trim().to_ascii_uppercase();
        let zone = parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.eq_ignore_ascii_case("TZID").then(|| value.trim_matches('"').to_owned())
        });
        Some(Self { name, zone, value: value[1..].to_owned() })
    }
}

/// A text without what keeps it on a line.
pub fn plain(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(c) = signs.next() {
        match c {
            '\\' => match signs.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}
