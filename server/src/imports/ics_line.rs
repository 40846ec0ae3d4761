//! The lines of a calendar (RFC 5545): folded, with parameters, and with texts that hide their line breaks.

/// The lines of a file, with those that go on in the next put together.
pub fn unfold(text: &str) -> Vec<(i32, String)> {
    let mut lines: Vec<(i32, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, last))) => {
                // A line that never ends is cut.
                if last.len() < 64 * 1_024 {
                    last.push_str(more);
                }
            }
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
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
