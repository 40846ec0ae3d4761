//! Calendars and lists of events, good ones and others.

use super::{event_list, ics, table};
use app::organise::imports::events_plan::{COLUMNS, EventDeed, plan};
use app::organise::imports::model::{FileProblem, Verdict, What};
use std::collections::HashMap;

fn calendar(events: &[&str]) -> String {
    let events: Vec<String> =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat())
}

/// Of each row: what becomes of it, and what is said.
fn fates(table: &table::Table) -> Vec<(Verdict, Vec<(What, String)>)> {
    let planned = plan("1", &table.rows, &HashMap::new());
    let notes = |planned: &app::organise::imports::events_plan::PlannedEvent| {
        planned.shown.notes.iter().map(|note| (note.what, note.about.clone())).collect()
    };
    planned.iter().map(|planned| (planned.shown.verdict, notes(planned))).collect()
}

fn field<'a>(table: &'a table::Table, row: usize, name: &str) -> &'a str {
    let at = COLUMNS.iter().position(|column| *column == name).unwrap();
    &table.rows[row].cells[at]
}

#[test]
fn an_event_as_outlook_writes_it() {
    let text = calendar(&[
        "UID:a@x\r\nSUMMARY;LANGUAGE=sv:Frukost\\, del 3 om bruk\r\n et av data\r\nDTSTART;TZID=\"W. Europe Standard Time\":20270314T080000\r\nDTEND;TZID=W. Europe Standard Time:20270314T084500\r\nLOCATION:Stadshuset\\; sal 2\r\nDESCRIPTION:Rad 1\\nRad 2\r\nBEGIN:VALARM\r\nDESCRIPTION:Påminnelse\r\nEND:VALARM",
    ]);
    assert!(ics::is_calendar(&text));
    let table = ics::read(&text, "UTF-8").unwrap();
    assert_eq!(table.rows[0].number, 3);
    let shown: Vec<_> = [
        "uid",
        "title_sv",
        "date",
        "starts",
        "ends",
        "end_date",
        "time_zone",
        "venue",
        "format",
        "summary_sv",
    ]
    .map(|name| field(&table, 0, name))
    .to_vec();
    assert_eq!(
        shown,
        [
            "a@x",
            "Frukost, del 3 om bruket av data",
            "2027-03-14",
            "08:00",
            "08:45",
            "",
            "Europe/Stockholm",
            "Stadshuset; sal 2",
            "on_site",
            "Rad 1\nRad 2"
        ]
    );
    assert_eq!(fates(&table), [(Verdict::Make, vec![])]);
}

#[test]
fn days_moments_of_utc_and_lengths() {
    let text = calendar(&[
        "UID:1\nSUMMARY:Två dagar\nDTSTART;VALUE=DATE:20270314\nDTEND;VALUE=DATE:20270316",
        "UID:2\nSUMMARY:UTC\nDTSTART:20270628T060000Z\nDURATION:PT45M",
        "UID:3\nSUMMARY:Över natten\nDTSTART:20270628T220000\nDTEND:20270629T010000",
    ]);
    let table = ics::read(&text, "UTF-8").unwrap();
    let when = |row| {
        ["time_kind", "date", "starts", "end_date", "ends"]
            .map(|name| field(&table, row, name).to_owned())
    };
    assert_eq!(when(0), ["all_day", "2027-03-14", "", "2027-03-15", ""]);
    assert_eq!(when(1), ["clock", "2027-06-28", "08:00", "", "08:45"]);
    assert_eq!(when(2), ["clock", "2027-06-28", "22:00", "2027-06-29", "01:00"]);
    assert!(fates(&table).iter().all(|(verdict, _)| *verdict == Verdict::Make));
}

#[test]
fn what_is_wrong_is_said_of_its_row_and_of_no_other() {
    let times = "DTSTART:20270314T080000\nDTEND:20270314T090000";
    let text = calendar(&[
        "UID:1\nSUMMARY:Zon\nDTSTART;TZID=Atlantis/Poseidonis:20270314T080000\nDTEND;TZID=Atlantis/Poseidonis:20270314T090000",
        &format!("UID:2\nSUMMARY:För alltid\nRRULE:FREQ=DAILY\n{times}"),
        &format!("UID:3\nSUMMARY:Tre gånger\nRRULE:FREQ=WEEKLY;COUNT=3\n{times}"),
        &format!("UID:3\nSUMMARY:Samma UID\n{times}"),
        &format!("UID:4\nSUMMARY:Inställd\nSTATUS:CANCELLED\n{times}"),
        "UID:5\nSUMMARY:Utan tid",
        "UID:6\nSUMMARY:Baklänges\nDTSTART:20270314T090000\nDTEND:20270314T080000",
        "UID:7\nSUMMARY:Tokig\nDTSTART:20271399T990000\nDTEND:20270314T080000",
        &format!("UID:8\n{times}"),
        &format!("detta är ingen rad\nUID:9\nSUMMARY:Bra\n{times}"),
        "UID:10\nSUMMARY:Hundra år\nDTSTART;VALUE=DATE:20270314\nDTEND;VALUE=DATE:21270314",
    ]);
    let table = ics::read(&text, "UTF-8").unwrap();
    let fates = fates(&table);
    let verdicts: Vec<_> = fates.iter().map(|(verdict, _)| *verdict).collect();
    use Verdict::{Make, Refuse, Same};
    assert_eq!(
        verdicts,
        [Refuse, Refuse, Make, Refuse, Same, Refuse, Refuse, Refuse, Refuse, Make, Refuse]
    );
    let whats: Vec<_> =
        fates.iter().map(|(_, notes)| notes.first().map(|(what, _)| *what)).collect();
    let field = Some(What::Field);
    assert_eq!(
        whats,
        [
            field,
            Some(What::WithoutEnd),
            Some(What::FirstOnly),
            Some(What::SameUid),
            Some(What::CancelledThere),
            Some(What::BadTime),
            field,
            Some(What::BadTime),
            field,
            None,
            field,
        ]
    );
    assert_eq!(fates[0].1[0].1, "time_zone no_such_zone");
}

#[test]
fn a_calendar_without_end_or_without_events() {
    assert_eq!(ics::read("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "UTF-8"), Err(FileProblem::Empty));
    let open = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Halv";
    assert_eq!(ics::read(open, "UTF-8"), Err(FileProblem::Empty));
    let many = calendar(&vec!["UID:1"; 5_002]);
    assert_eq!(ics::read(&many, "UTF-8"), Err(FileProblem::ManyEvents));
    let folded = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n{}END:VEVENT\n",
        " x\n".repeat(1_000_000)
    );
    let table = ics::read(&folded, "UTF-8").unwrap();
    assert!(field(&table, 0, "title_sv").len() <= 2_000);
}

#[test]
fn a_long_description_is_cut_and_that_is_said() {
    let text = calendar(&[&format!(
        "UID:1\nSUMMARY:Lång\nDTSTART;VALUE=DATE:20270314\nDESCRIPTION:{}",
        "å".repeat(2_001)
    )]);
    let table = ics::read(&text, "UTF-8").unwrap();
    assert_eq!(field(&table, 0, "summary_sv").chars().count(), 2_000);
    assert_eq!(fates(&table), [(Verdict::Make, vec![(What::Cut, String::new())])]);
}

#[test]
fn a_list_of_events_in_swedish() {
    let text = "Titel;Datum;Start;Slut;Plats;Typ\nFrukost;14.3.2027;8;8.45;Stadshuset;Webbinarium\nDag;2027-03-15;;;;\nFel;i maj;8;9;;\n";
    let table = event_list::read(table::records(text.as_bytes()).unwrap()).unwrap();
    let when =
        ["date", "starts", "ends", "kind", "format"].map(|name| field(&table, 0, name).to_owned());
    assert_eq!(when, ["2027-03-14", "08:00", "08:45", "webinar", "on_site"]);
    assert_eq!(field(&table, 1, "time_kind"), "all_day");
    let fates = fates(&table);
    assert_eq!(
        (fates[0].0, fates[1].0, fates[2].0),
        (Verdict::Make, Verdict::Make, Verdict::Refuse)
    );
    assert_eq!(fates[2].1[0].1, "date not_a_date");
    let people = table::records(b"Namn;E-post\nA;b@example.org\n").unwrap();
    assert_eq!(event_list::read(people), Err(FileProblem::NoDays));
    let planned = plan("1", &table.rows, &HashMap::new());
    assert!(matches!(planned[0].deed, EventDeed::Make(_)));
}
