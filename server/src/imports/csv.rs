//! Text with separators. Which one it is, is seen from the first lines.

use super::table::{Gathering, Records, cell};
use app::organise::imports::model::{FileProblem, MOST_COLUMNS};
use csv::{ReaderBuilder, StringRecord};

/// How many lines are looked at.
const LOOKED_AT: usize = 20;
/// The separators that there are, the likeliest first, and what they are called in a draft.
const SIGNS: [(u8, &str); 3] = [(b';', "semicolon"), (b'\t', "tab"), (b',', "comma")];

/// Reads the lines of a text.
///
/// # Errors
/// Why it cannot be.
pub fn read(text: &str, encoding: &str) -> Result<Records, FileProblem> {
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
    let (mut seen, mut line) = (0, 1 + skipped);
    while reader.read_record(&mut record).map_err(|_| FileProblem::Broken)? {
        if record.len() > MOST_COLUMNS
            && record.iter().skip(MOST_COLUMNS).any(|text| !text.trim().is_empty())
        {
            return Err(FileProblem::ManyColumns);
        }
        // The reader counts empty lines to the record that comes after them.
        let from =
            record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let rest = text.get(from..).unwrap_or_default();
        let begins = from + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let between = text.as_bytes().get(seen..begins).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count();
        seen = begins;
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

/// The sign that cuts the most of the first lines into equally many cells, more than one.
fn likeliest(text: &str) -> (u8, &'static str) {
    let fit = |sign: u8| {
        let mut reader = builder(sign).from_reader(text.as_bytes());
        let records = reader.records().take(LOOKED_AT).map_while(Result::ok);
        let widths: Vec<usize> =
            records.map(|record| record.len()).filter(|width| *width > 1).collect();
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        widths.iter().map(|width| alike(*width) * 1_000 + (*width).min(900)).max().unwrap_or(0)
    };
    SIGNS.into_iter().rev().max_by_key(|(sign, _)| fit(*sign)).unwrap_or(SIGNS[0])
}
