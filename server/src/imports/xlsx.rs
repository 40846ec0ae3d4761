//! Spreadsheets. They are zip archives of XML: before anything is read, all of it is unpacked once into nothing, to
//! see that it is a spreadsheet and how much it comes to. Then it is read cell by cell: a sheet may say that it is as
//! large as it likes.

use super::table::{Gathering, Records, cell};
use app::organise::imports::model::{FileProblem, MOST_COLUMNS, MOST_ROWS};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// The most that an archive may come to when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 120 * 1_024 * 1_024;
/// The most files in it.
const MOST_FILES: usize = 1_000;
/// The most cells that are looked at, empty ones too.
const MOST_CELLS: usize = 4_000_000;

/// Reads the first sheet that is not hidden and has anything in it.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Records, FileProblem> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileProblem::Broken)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in sheets {
        match read_sheet(&mut book, &sheet) {
            Err(FileProblem::Empty) => {}
            outcome => return outcome,
        }
    }
    Err(FileProblem::Empty)
}

/// Sees that it is a spreadsheet, and not more of one than can be held.
fn weigh(bytes: &[u8]) -> Result<(), FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileProblem::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(FileProblem::Swollen);
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if !has("[Content_Types].xml") || !has("xl/workbook.xml") {
        return Err(FileProblem::NotASpreadsheet);
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| FileProblem::Broken)?;
        // What the archive says of its sizes is not believed.
        let size = copy(&mut file.take(left + 1), &mut sink()).map_err(|_| FileProblem::Broken)?;
        left = left.checked_sub(size).ok_or(FileProblem::Swollen)?;
    }
    Ok(())
}

fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Records, FileProblem> {
    let mut table = Gathering::new();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| FileProblem::Broken)?;
    let (mut row, mut cells): (u32, Vec<String>) = (0, Vec::new());
    let mut seen = 0;
    while let Some(next) = reader.next_cell().map_err(|_| FileProblem::Broken)? {
        seen += 1;
        if seen > MOST_CELLS {
            return Err(FileProblem::ManyRows);
        }
        let (at, column) = next.get_position();
        if at != row {
            table.push(line(row), std::mem::take(&mut cells))?;
            row = at;
        }
        let text = text_of(next.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(FileProblem::ManyColumns);
        }
        if usize::try_from(at).unwrap_or(usize::MAX) > 10 * MOST_ROWS {
            return Err(FileProblem::ManyRows);
        }
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
    }
    table.push(line(row), cells)?;
    table.done("Excel XLSX".to_owned())
}

/// The number of a row as a spreadsheet shows it.
fn line(row: u32) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX - 1) + 1
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) => cell(text),
        DataRef::SharedString(text) => cell(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => cell(text),
        DataRef::DateTime(at) => moment(*at),
        DataRef::Bool(is) => if *is { "ja" } else { "" }.to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A whole number is written as one.
        DataRef::Float(number) => Data::Float(*number).to_string(),
    }
}

/// A day, with the hour where it has one.
fn moment(at: ExcelDateTime) -> String {
    if at.is_duration() {
        return at.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}
