//! A list as a spreadsheet (Office Open XML). Its rows go through files that lie aside, so a long list needs no
//! more memory than a short one; the library takes time, so a thread of its own writes.

use app::organise::lists::table::{Cell, Columns, Reading};
use axum::body::{Body, Bytes};
use futures::stream;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::{Seek, SeekFrom};
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

/// The most that fits into a cell, in characters.
const LONGEST: usize = 32_767;
/// The most rows of a sheet, its head among them.
const MOST_ROWS: u32 = 1_048_576;
/// How much is read of the finished file at once, in bytes.
const PIECE: usize = 64 * 1_024;

/// Why there is no spreadsheet.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The people could not be read.
    #[error("the list cannot be read: {0}")]
    Unread(#[from] sqlx::Error),
    /// The library refused.
    #[error("the spreadsheet cannot be made: {0}")]
    Unmade(#[from] XlsxError),
    /// The disk refused.
    #[error("the file cannot be kept: {0}")]
    Unkept(#[from] std::io::Error),
    /// The thread that wrote it ended.
    #[error("the writing was broken off")]
    BrokenOff,
}

/// Writes the list; what it is, and how long in bytes.
pub async fn write(mut reading: Reading, columns: Columns) -> Result<(Body, u64), Trouble> {
    let (sender, parts) = mpsc::channel(1);
    let writing = tokio::task::spawn_blocking(move || written(&columns, parts));
    while let Some(part) = reading.next().await? {
        if sender.send(part).await.is_err() {
            // It has ended early and says below why.
            break;
        }
    }
    drop(sender);
    let mut file = writing.await.map_err(|_| Trouble::BrokenOff)??;
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let pieces = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    });
    Ok((Body::from_stream(pieces), length))
}

fn written(columns: &Columns, mut parts: mpsc::Receiver<Vec<Vec<Cell>>>) -> Result<File, Trouble> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(columns.lang.list_words().sheet)?;
    sheet.set_freeze_panes(1, 0)?;
    let titles = columns.titles();
    for (title, column) in titles.iter().zip(0..) {
        let width = if column < 3 { 28.0 } else { 18.0 };
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, fitting(title), &head)?;
    }
    let mut row = 1;
    while let Some(part) = parts.blocking_recv() {
        for cells in part {
            if row == MOST_ROWS {
                break;
            }
            for (cell, column) in cells.into_iter().zip(0..) {
                put(sheet, row, column, cell, &moment)?;
            }
            row += 1;
        }
    }
    if let (true, Some(last)) = (row > 1, u16::try_from(titles.len()).ok()) {
        sheet.autofilter(0, 0, row - 1, last.saturating_sub(1))?;
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file)?;
    Ok(file)
}

/// What looks like a formula is written as the text that it is.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: Cell,
    moment: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, fitting(&text))?;
        }
        Cell::Number(number) => {
            // Answers are bounded by what fits into 32 bits.
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            sheet.write_number(row, column, number as f64)?;
        }
        Cell::At(at) => {
            let [month, day, hour, minute] =
                [at.month(), at.day(), at.hour(), at.minute()].map(|part| part.unsigned_abs());
            let date = ExcelDateTime::from_ymd(at.year().unsigned_abs(), month, day)?;
            let at = date.and_hms(hour.into(), minute, 0)?;
            sheet.write_datetime_with_format(row, column, &at, moment)?;
        }
    }
    Ok(())
}

fn fitting(text: &str) -> &str {
    // Counted as the library counts, in characters.
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
