//! Tables as text with separators (RFC 4180), for the spreadsheets of people in Sweden: separated by semicolons,
//! since a comma is their decimal sign, and begun with a byte order mark, without which Excel takes UTF-8 for
//! something else.

use super::table::Cell;

/// What a file begins with.
pub const MARK: &str = "\u{feff}";
const SEPARATOR: char = ';';

/// Writes a line.
pub fn push_line(out: &mut String, cells: &[Cell]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(SEPARATOR);
        }
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => push_text(out, text),
            Cell::Number(number) => out.push_str(&number.to_string()),
            Cell::At(at) => out.push_str(&at.strftime("%Y-%m-%d %H:%M").to_string()),
        }
    }
    out.push_str("\r\n");
}

/// A spreadsheet would carry out what begins like this (OWASP, "CSV injection"); with an apostrophe before it, it
/// stays text. The signs of full width count as the others do in East Asian versions.
fn is_formula(text: &str) -> bool {
    let after_spaces = text.trim_start_matches([' ', '\u{a0}']);
    after_spaces.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn push_text(out: &mut String, text: &str) {
    let is_formula = is_formula(text);
    let is_quoted =
        is_formula || text.contains(['"', SEPARATOR, ',', '\t', '\r', '\n']) || text.trim() != text;
    if !is_quoted {
        return out.push_str(text);
    }
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[Cell]) -> String {
        let mut out = String::new();
        push_line(&mut out, cells);
        out
    }

    fn text(text: &str) -> String {
        line(&[Cell::Text(text.to_owned())])
    }

    #[test]
    fn what_would_break_the_table_is_quoted() {
        assert_eq!(text("Åsa Öberg"), "Åsa Öberg\r\n");
        assert_eq!(text("a;b"), "\"a;b\"\r\n");
        assert_eq!(text("a \"b\" c"), "\"a \"\"b\"\" c\"\r\n");
        assert_eq!(text("a\nb"), "\"a\nb\"\r\n");
        assert_eq!(text(" a"), "\" a\"\r\n");
    }

    #[test]
    fn a_formula_stays_text() {
        for formula in
            ["=1+1", "+46 70", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=HYPERLINK(\"x\")"]
        {
            let line = text(formula);
            assert!(line.starts_with("\"'"), "{formula:?} became {line:?}");
        }
        assert_eq!(text("a=1"), "a=1\r\n");
        assert_eq!(text("1-2"), "1-2\r\n");
    }

    #[test]
    fn figures_and_moments_are_what_they_are() {
        let at = jiff::civil::datetime(2031, 5, 14, 9, 5, 30, 0);
        let cells = [Cell::Number(-3), Cell::Empty, Cell::At(at)];
        assert_eq!(line(&cells), "-3;;2031-05-14 09:05\r\n");
    }
}
