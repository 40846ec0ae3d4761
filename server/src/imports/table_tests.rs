//! Files as they come from people's computers, and files that mean harm.

use super::table::{Table, headed, records};
use app::organise::imports::model::{FileProblem, MOST_ROWS};
use encoding_rs::{Encoding, WINDOWS_1252};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIST: &str = "Namn;E-post;Kommun\r\nÅsa Öberg;asa@example.org;\"Malmö; stad\"\r\n\r\nBo;bo@example.org;Örebro\r\n";

fn read(bytes: &[u8]) -> Result<Table, FileProblem> {
    headed(records(bytes)?)
}

fn cells(table: &Table) -> Vec<(i32, Vec<&str>)> {
    table
        .rows
        .iter()
        .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
        .collect()
}

fn is_the_list(bytes: &[u8], read_as: &str) {
    let table = read(bytes).unwrap();
    assert_eq!(table.read_as, read_as);
    assert_eq!(table.titles, ["Namn", "E-post", "Kommun"]);
    assert_eq!(
        cells(&table),
        [
            (2, vec!["Åsa Öberg", "asa@example.org", "Malmö; stad"]),
            (4, vec!["Bo", "bo@example.org", "Örebro"]),
        ]
    );
}

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn every_encoding_that_spreadsheets_write() {
    is_the_list(LIST.as_bytes(), "UTF-8 semicolon");
    is_the_list(format!("\u{feff}{LIST}").as_bytes(), "UTF-8 semicolon");
    is_the_list(&encoded(WINDOWS_1252, LIST), "Windows-1252 semicolon");
    is_the_list(&utf16(&format!("\u{feff}{LIST}"), true), "UTF-16LE semicolon");
    is_the_list(&utf16(&format!("\u{feff}{LIST}"), false), "UTF-16BE semicolon");
    is_the_list(&utf16(LIST, true), "UTF-16LE semicolon");
}

#[test]
fn every_separator_and_the_way_excel_says_which() {
    let tabs = "Namn\tE-post\nÅsa, Bo\tasa@example.org\n";
    assert_eq!(read(tabs.as_bytes()).unwrap().read_as, "UTF-8 tab");
    let commas = "Namn,E-post,Kommun\nÅsa,asa@example.org,\"a;b;c\"\n";
    assert_eq!(read(commas.as_bytes()).unwrap().read_as, "UTF-8 comma");
    let said = "sep=,\r\nNamn,Svar\r\nÅsa,1;2;3\r\n";
    let table = read(said.as_bytes()).unwrap();
    assert_eq!((table.read_as.as_str(), table.rows[0].number), ("UTF-8 comma", 3));
    // A single column is a table, too.
    assert_eq!(read(b"E-post\na@example.org\n").unwrap().titles, ["E-post"]);
}

#[test]
fn lines_within_a_cell_and_rows_of_other_lengths() {
    let table = read(b"Namn;Svar\n\"A\";\"rad 1\nrad 2\"\nB\nC;x;mer\n").unwrap();
    assert_eq!(table.titles, ["Namn", "Svar", "3"]);
    assert_eq!(
        cells(&table),
        [(2, vec!["A", "rad 1\nrad 2", ""]), (4, vec!["B", "", ""]), (5, vec!["C", "x", "mer"]),]
    );
}

#[test]
fn what_our_own_lists_write_before_a_formula_is_taken_away_again() {
    let table = read("Namn;Svar\nÅsa;\"'=1+1\"\nBo;'s Hertogenbosch\n".as_bytes()).unwrap();
    assert_eq!(
        (table.rows[0].cells[1].as_str(), table.rows[1].cells[1].as_str()),
        ("=1+1", "'s Hertogenbosch")
    );
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(read(b"Namn;E-post\n"), Err(FileProblem::Empty));
    assert_eq!(read(b"\n \n;;\n"), Err(FileProblem::Empty));
    assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), Err(FileProblem::OldExcel));
    let picture: Vec<u8> =
        b"\x89PNG\r\n\x1a\n".iter().copied().chain((0_u8..32).cycle().take(400)).collect();
    assert_eq!(read(&picture), Err(FileProblem::NotText));
}

#[test]
fn too_many_columns_or_rows_are_refused() {
    let wide = |n: usize| format!("{}\n{}\n", vec!["x"; n].join(";"), vec!["y"; n].join(";"));
    assert_eq!(read(wide(200).as_bytes()), Err(FileProblem::ManyColumns));
    assert_eq!(read(wide(100).as_bytes()).unwrap().titles.len(), 100);
    // What a spreadsheet writes of columns that are empty does no harm.
    assert_eq!(
        read(format!("a;b{0}\nc;d{0}\n", ";".repeat(200)).as_bytes()).unwrap().titles.len(),
        2
    );
    let long = |n: usize| format!("E-post\n{}", "a@example.org\n".repeat(n));
    assert_eq!(read(long(MOST_ROWS + 1).as_bytes()), Err(FileProblem::ManyRows));
    assert_eq!(read(long(MOST_ROWS).as_bytes()).unwrap().rows.len(), MOST_ROWS);
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_more_than_a_cell() {
    let text = format!("Namn;E-post\n\"A;{}", "x\n".repeat(1_000_000));
    let table = read(text.as_bytes()).unwrap();
    assert_eq!((table.rows.len(), table.rows[0].cells[0].len()), (1, 2_000));
}

fn book(write: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    write(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn spreadsheets_with_days_numbers_and_hidden_sheets() {
    let bytes = book(|book| {
        let hidden = book.add_worksheet();
        hidden.set_name("Dold").unwrap().set_hidden(true).write(0, 0, "fel").unwrap();
        let empty = book.add_worksheet();
        empty.set_name("Tom").unwrap().set_active(true);
        let sheet = book.add_worksheet();
        sheet
            .write(2, 1, "Namn")
            .unwrap()
            .write(2, 2, "Antal")
            .unwrap()
            .write(2, 3, "Dag")
            .unwrap();
        let day = ExcelDateTime::from_ymd(2027, 3, 14).unwrap();
        let format = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write(4, 1, "Åsa").unwrap().write(4, 2, 3.0).unwrap();
        sheet.write_datetime_with_format(4, 3, &day, &format).unwrap();
        sheet.write(4, 4, true).unwrap();
    });
    let table = read(&bytes).unwrap();
    assert_eq!(
        (table.read_as.as_str(), table.titles.join("|")),
        ("Excel XLSX", "1|Namn|Antal|Dag|5".into())
    );
    assert_eq!(cells(&table), [(5, vec!["", "Åsa", "3", "2027-03-14", "ja"])]);
}

#[test]
fn a_cell_at_the_end_of_the_world_takes_no_memory() {
    let far = book(|book| {
        let sheet = book.add_worksheet();
        sheet
            .write(0, 0, "Namn")
            .unwrap()
            .write(1, 0, "A")
            .unwrap()
            .write(1_048_575, 16_383, "x")
            .unwrap();
    });
    assert_eq!(read(&far), Err(FileProblem::ManyColumns));
    let deep = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Namn").unwrap().write(1_048_575, 0, "x").unwrap();
    });
    assert_eq!(read(&deep), Err(FileProblem::ManyRows));
}

fn archive(files: &[(&str, usize)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, size) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        for _ in 0..size.div_ceil(1 << 20) {
            zip.write_all(&vec![b' '; (1 << 20).min(*size)]).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn another_zip_is_refused_and_one_that_swells_is_not_unpacked() {
    assert_eq!(read(&archive(&[("bild.png", 10)])), Err(FileProblem::NotASpreadsheet));
    let parts = [("[Content_Types].xml", 10), ("xl/workbook.xml", 10)];
    assert_eq!(read(&archive(&parts)), Err(FileProblem::Broken));
    let swollen = archive(&[parts[0], parts[1], ("xl/worksheets/sheet1.xml", 200 << 20)]);
    assert!(swollen.len() < 1 << 20);
    assert_eq!(read(&swollen), Err(FileProblem::Swollen));
    assert_eq!(read(b"PK\x03\x04 and then nothing of the kind"), Err(FileProblem::Broken));
}

#[test]
fn a_text_that_every_cell_shares_counts_each_time() {
    let long = "å".repeat(2_000);
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        for row in 0..100 {
            for column in 0..100 {
                sheet.write(row, column, &*long).unwrap();
            }
        }
    });
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read(&bytes), Err(FileProblem::Swollen));
}
