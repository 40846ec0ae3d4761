//! Files with events that somebody has spoilt, or made to spoil something.

use super::events::events;
use super::table::Table;
use app::organise::imports::events_plan::{COLUMNS, plan};
use app::organise::imports::model::{FileProblem, Kind, Verdict};
use std::collections::HashMap;
use std::fmt::Write as _;

fn read(bytes: &[u8]) -> Table {
    events(bytes).unwrap().1
}

fn field<'a>(table: &'a Table, row: usize, name: &str) -> &'a str {
    let at = COLUMNS.iter().position(|column| *column == name).unwrap();
    &table.rows[row].cells[at]
}

fn verdicts(table: &Table) -> Vec<Verdict> {
    plan("1", &table.rows, &HashMap::new()).iter().map(|planned| planned.shown.verdict).collect()
}

const LIST: &str = "Titel;Datum;Start;Slut;Plats\nFrukost på ön;14.3.2027;8;8.45;Sjöstaden\n";

#[test]
fn a_list_by_whatever_signs_it_is_written_in() {
    let latin: Vec<u8> = LIST.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf_16: Vec<u8> = LIST.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    for bytes in [
        LIST.as_bytes().to_vec(),
        latin,
        with_mark(b"\xef\xbb\xbf", LIST.as_bytes()),
        with_mark(b"\xff\xfe", &utf_16),
        LIST.replace(';', "\t").into_bytes(),
        LIST.replace(';', ",").into_bytes(),
        LIST.replace('\n', "\r\n").into_bytes(),
    ] {
        let table = read(&bytes);
        let shown =
            ["title_sv", "venue", "date", "starts", "ends"].map(|name| field(&table, 0, name));
        let wanted = ["Frukost på ön", "Sjöstaden", "2027-03-14", "08:00", "08:45"];
        assert_eq!(shown, wanted, "{}", table.read_as);
        assert_eq!(verdicts(&table), [Verdict::Make]);
    }
}

#[test]
fn a_list_that_is_too_wide_too_long_or_lacks_a_column() {
    let wide = format!("Titel;Datum{}\nA;2027-03-14{}\n", ";x".repeat(198), ";1".repeat(198));
    assert_eq!(events(wide.as_bytes()), Err(FileProblem::ManyColumns));
    let rows = |count| format!("Titel;Datum\n{}", "A;2027-03-14\n".repeat(count));
    assert_eq!(events(rows(5_001).as_bytes()), Err(FileProblem::ManyEvents));
    assert_eq!(events(rows(20_001).as_bytes()), Err(FileProblem::ManyRows));
    // They are all called the same and at the same time: the first of them counts.
    let many = verdicts(&read(rows(5_000).as_bytes()));
    assert_eq!(many.iter().filter(|verdict| **verdict == Verdict::Make).count(), 1);
    assert_eq!(events(b"Titel;Plats\nA;B\n"), Err(FileProblem::NoDays));
    assert_eq!(events(b"Datum;Plats\n2027-03-14;B\n"), Err(FileProblem::NoTitles));
    assert_eq!(events(b"E-post;Plats\na@b.se;B\n"), Err(FileProblem::NotKnown));
    assert_eq!(events(b"Titel;Datum\n"), Err(FileProblem::Empty));
    // A column more or less in a row is none of the others' business.
    let ragged = read(b"Titel;Datum;Plats\nA\nB;2027-03-14;C;D;E\n");
    assert_eq!(verdicts(&ragged), [Verdict::Refuse, Verdict::Make]);
}

#[test]
fn deep_json_is_read_or_refused_and_never_followed_down() {
    let good = r#""schedule": {"conference": {"title": "T", "acronym": "t", "days": [{"date": "2027-03-14", "rooms": {"A": [{"title": "X", "start": "09:00", "duration": "00:30"}]}}]}}"#;
    let deep = |sign: &str, end: &str| sign.repeat(100_000) + "1" + &end.repeat(100_000);
    let lists = deep("[", "]");
    let objects = deep("{\"a\":", "}");
    for inside in [&lists, &objects] {
        // Beside what is of use it is gone past.
        let beside = format!("{{\"x\": {inside}, {good}}}");
        assert_eq!(verdicts(&read(beside.as_bytes())), [Verdict::Make]);
        let instead = format!("{{{}}}", good.replace("\"X\"", inside));
        assert_eq!(events(instead.as_bytes()), Err(FileProblem::NotKnown));
        let unclosed = format!("{{\"schedule\": {}", &inside[..100_000]);
        assert!(events(unclosed.as_bytes()).is_err());
    }
    let outermost = events(objects.as_bytes());
    assert_eq!(outermost, Err(FileProblem::NotKnown));
}

#[test]
fn a_hundred_thousand_elements_in_each_other_and_a_bomb_of_entities() {
    let deep = "<schedule>".to_owned() + &"<a>".repeat(100_000) + &"</a>".repeat(100_000);
    assert_eq!(events(deep.as_bytes()), Err(FileProblem::Broken));
    let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY e0 \"ha\">".to_owned();
    for n in 1..40 {
        let (this, last) = (n, n - 1);
        let _ = write!(bomb, "<!ENTITY e{this} \"&e{last};&e{last};\">");
    }
    bomb += "]><schedule><conference><title>&e39;</title></conference></schedule>";
    assert_eq!(events(bomb.as_bytes()), Err(FileProblem::Entities));
}

#[test]
fn one_event_or_text_of_ten_megabytes_is_cut_to_what_is_of_use() {
    let long = "å".repeat(5_000_000);
    let calendar = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{long}\nSUMMARY:A\nDTSTART;VALUE=DATE:20270314\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    let table = read(calendar.as_bytes());
    assert_eq!(field(&table, 0, "uid").chars().count(), 500);
    let xml = format!("<schedule><conference><title>{long}</title></conference></schedule>");
    assert_eq!(events(xml.as_bytes()), Err(FileProblem::Empty));
    let lines = "BEGIN:VCALENDAR\n".to_owned() + &"\n".repeat(10_000_000);
    assert_eq!(events(lines.as_bytes()), Err(FileProblem::Empty));
}

/// Whatever is cut off or turned round in a file, it is read or refused: nothing stops in the middle.
#[test]
fn every_piece_of_a_file_is_read_or_refused() {
    let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Å\\, b\r\n c\r\nDTSTART;TZID=\"W. Europe Standard Time\":20270314T080000\r\nDURATION:P1DT2H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let xml = "<?xml version=\"1.0\"?><schedule><conference><title>Å &amp; &#229;</title></conference><day index=\"1\" date=\"2027-03-14\"><room name=\"A\"><event><date>2027-03-14T09:00:00+01:00</date><start>09:00</start><duration>00:30</duration><title><![CDATA[X]]></title><persons><person id=\"1\">Å</person></persons></event></room></day></schedule>";
    let json = r#"{"schedule": {"conference": {"title": "Å", "days": [{"index": 1, "date": "2027-03-14", "rooms": {"A": [{"title": "X", "start": "09:00", "duration": "00:30", "persons": [{"name": "\u00e5"}]}]}}]}}}"#;
    for (text, kind) in [
        (calendar, Kind::Events),
        (xml, Kind::Schedule),
        (json, Kind::Schedule),
        (LIST, Kind::Events),
    ] {
        assert_eq!(events(text.as_bytes()).map(|(kind, _)| kind), Ok(kind));
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            let mut turned = bytes.to_vec();
            turned[at] ^= 0x15;
            for spoilt in [&bytes[..at], &bytes[at..], &turned] {
                if let Ok((_, table)) = events(spoilt) {
                    assert_eq!(verdicts(&table).len(), table.rows.len());
                }
            }
        }
    }
}
