//! Text with separators. Which one it is, is seen from the first lines.

use super::table::{Gathering, Table, cell};
use app::organise::imports::model::{FileProblem, MOST_COLUMNS};
use csv::{ReaderBuilder, StringRecord};

/// How many lines are looked at.
const LOOKED_AT: usize = 20;
/// The separators that there are, the likeliest first, and what they are called in a draft.
const SIGNS: [(u8, &str); 3] = [(b';', "semicolon"), (b'\t', "tab"), (b',', "comma")];

/// Reads the table in a text.
///
/// # Errors
/// Why it cannot be.
pub fn read(text: &str, encoding: &str) -> Result<Table, FileProblem> {
    // Excel's own way of saying which sign it is.
    let (text, said, skipped) = match text.strip_prefix("sep=") {
        Some(rest) => {
            let (sign, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (rest, SIGNS.iter().find(|(byte, _)| sign.as_bytes().first() == Some(byte)), 1)
        }
        None => (text, None, 0),
    };
    let (sign, name) = said.copied().unwrap_or_else(|| likeliest(text));
    let mut table = Gathering::new();
    let mut reader = builder(sign).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| FileProblem::Broken)? {
        if record.len() > MOST_COLUMNS && record.iter().skip(MOST_COLUMNS).any(|text| !text.trim().is_empty()) {
            return Err(FileProblem::ManyColumns);
        }
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        let cells = record.iter().take(MOST_COLUMNS).map(cell).collect();
        table.push(i32::try_from(line).unwrap_or(i32::MAX), cells)?;
    }
    table.done(format!("{encoding} {name}"))
}

fn builder(sign: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(sign).has_headers(false).flexible(true);
    builder
}

/// The sign that cuts the first lines into the most cells, equally many in each.
fn likeliest(text: &str) -> (u8, &'static str) {
    let fit = |sign: u8| {
        let mut reader = builder(sign).from_reader(text.as_bytes());
        let widths: Vec<usize> =
            reader.records().take(LOOKED_AT).map_while(Result::ok).map(|record| record.len()).collect();
        let first = widths.first().copied().unwrap_or_default();
        let alike = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { alike * 1_000 + first.min(900) }
    };
    SIGNS.into_iter().rev().max_by_key(|(sign, _)| fit(*sign)).unwrap_or(SIGNS[0])
}
