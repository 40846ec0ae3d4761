//! A file as a table, whatever it came as. Everything is bounded: rows, columns, cells and all of them together.

use super::{csv, encoding, xlsx};
use app::organise::imports::model::{FileProblem, MOST_COLUMNS, MOST_ROWS};
use app::organise::imports::people_plan::FileRow;

/// The most characters of a cell; what is longer is cut here and refused where it is read.
pub const LONGEST_CELL: usize = 2_000;
/// The most bytes of all cells together.
const MOST_TEXT: usize = 32 * 1_024 * 1_024;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How it was understood.
    pub read_as: String,
    /// The headings.
    pub titles: Vec<String>,
    /// The rows that have anything in them.
    pub rows: Vec<FileRow>,
}

/// The lines of a file as they were read, none of which is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// How it was understood.
    pub read_as: String,
    /// Each line with its number.
    pub lines: Vec<FileRow>,
}

/// Reads the lines of a file. It takes a while, and belongs on a thread of its own.
///
/// # Errors
/// Why it cannot be read.
pub fn records(bytes: &[u8]) -> Result<Records, FileProblem> {
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::read(bytes);
    }
    // The compound file of old spreadsheets, and of new ones behind a password.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(FileProblem::OldExcel);
    }
    let (text, name) = encoding::text(bytes)?;
    csv::read(&text, name)
}

/// The table of lines of which the first has the headings.
///
/// # Errors
/// If there are no rows under it.
pub fn headed(records: Records) -> Result<Table, FileProblem> {
    let Records { read_as, lines } = records;
    let mut lines = lines.into_iter();
    let titles = lines.next().ok_or(FileProblem::Empty)?.cells;
    table(read_as, titles, lines.collect())
}

/// A table in which every row has a cell under each heading, and each cell has a heading.
///
/// # Errors
/// If there are no rows.
pub fn table(
    read_as: String,
    mut titles: Vec<String>,
    mut rows: Vec<FileRow>,
) -> Result<Table, FileProblem> {
    if rows.is_empty() {
        return Err(FileProblem::Empty);
    }
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    titles.resize(width.max(titles.len()), String::new());
    for (at, title) in titles.iter_mut().enumerate() {
        *title = title.trim().chars().take(200).collect();
        if title.is_empty() {
            *title = (at + 1).to_string();
        }
    }
    for row in &mut rows {
        row.cells.resize(titles.len(), String::new());
    }
    Ok(Table { read_as, titles, rows })
}

/// The lines of a file while they are read.
pub struct Gathering {
    lines: Vec<FileRow>,
    weight: usize,
}

impl Gathering {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { lines: Vec::new(), weight: 0 }
    }

    /// One more line of the file.
    ///
    /// # Errors
    /// If it is too much.
    pub fn push(&mut self, number: i32, mut cells: Vec<String>) -> Result<(), FileProblem> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > MOST_COLUMNS {
            return Err(FileProblem::ManyColumns);
        }
        self.weight += cells.iter().map(String::len).sum::<usize>();
        if self.weight > MOST_TEXT {
            return Err(FileProblem::Swollen);
        }
        // The headings are no row.
        if self.lines.len() > MOST_ROWS {
            return Err(FileProblem::ManyRows);
        }
        self.lines.push(FileRow { number, cells });
        Ok(())
    }

    /// The lines.
    ///
    /// # Errors
    /// If there are none.
    pub fn done(self, read_as: String) -> Result<Records, FileProblem> {
        if self.lines.is_empty() {
            return Err(FileProblem::Empty);
        }
        Ok(Records { read_as, lines: self.lines })
    }
}

/// What stands in a cell: no longer than is of use, and without the apostrophe that kept a spreadsheet from
/// taking it for a formula.
pub fn cell(text: &str) -> String {
    let text = text.trim();
    let text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) => rest,
        _ => text,
    };
    // The database has no room for this sign in a text.
    text.chars().take(LONGEST_CELL).map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect()
}
