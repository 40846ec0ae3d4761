//! Schedules of conferences, good ones and others.

use super::events::events;
use super::table::Table;
use super::{schedule_json, schedule_xml};
use app::organise::imports::events_plan::{COLUMNS, EventDeed, PlannedEvent, Source, plan};
use app::organise::imports::model::{FileProblem, Kind, Verdict, What};
use std::collections::HashMap;

fn talk(start: &str, duration: &str, title: &str, people: &[&str]) -> String {
    let people: String =
        people.iter().map(|name| format!("<person id=\"1\">{name}</person>")).collect();
    format!(
        "<event id=\"1\"><start>{start}</start><duration>{duration}</duration><title>{title}</title>\
         <language>sv</language><abstract><![CDATA[<p>x</p>]]></abstract><persons>{people}</persons></event>"
    )
}

fn schedule(days: &[(&str, &[(&str, String)])]) -> String {
    let days: String = (1..)
        .zip(days)
        .map(|(index, (date, rooms))| {
            let rooms: String = rooms
                .iter()
                .map(|(name, talks)| format!("<room name=\"{name}\">{talks}</room>"))
                .collect();
            format!("<day index=\"{index}\" date=\"{date}\">{rooms}</day>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- x --><schedule><version>1</version><conference>\
         <acronym>od27</acronym><title>Öppna data &amp; 27</title><time_zone_name>Europe/Stockholm</time_zone_name>\
         </conference>{days}</schedule>"
    )
}

fn read(text: &str) -> Table {
    let (kind, table) = events(text.as_bytes()).unwrap();
    assert_eq!(kind, Kind::Schedule);
    table
}

fn planned(table: &Table) -> Vec<PlannedEvent> {
    plan("1", &table.rows, &HashMap::new())
}

fn field<'a>(table: &'a Table, row: usize, name: &str) -> &'a str {
    let at = COLUMNS.iter().position(|column| *column == name).unwrap();
    &table.rows[row].cells[at]
}

fn whats(planned: &PlannedEvent) -> Vec<(What, &str, u32)> {
    planned.shown.notes.iter().map(|note| (note.what, note.about.as_str(), note.number)).collect()
}

#[test]
fn a_room_becomes_an_event_a_day_with_its_talks_and_speakers() {
    let morning = talk("09:00", "00:45", "Inledning &#38; mer", &["Åsa Öberg", "Bo Ek"])
        // A change of speakers, and then a break.
        + &talk("09:50", "00:30", "Register", &["Bo Ek"])
        + &talk("10:40", "00:20", "Frågor", &[]);
    let text = schedule(&[
        (
            "2027-03-14",
            &[("Stora salen", morning), ("Lilla salen", talk("09:00", "1:00", "Verkstad", &[]))],
        ),
        (
            "2027-03-15",
            &[("Stora salen", talk("22:00", "3:00", "Fest", &[])), ("Tom", String::new())],
        ),
    ]);
    let table = read(&text);
    assert_eq!(table.rows.len(), 3);
    let shown = ["title_sv", "title_en", "date", "starts", "ends", "venue", "uid"]
        .map(|name| field(&table, 0, name));
    assert_eq!(
        shown,
        [
            "Öppna data & 27, dag 1: Stora salen",
            "Öppna data & 27, day 1: Stora salen",
            "2027-03-14",
            "09:00",
            "11:00",
            "Stora salen",
            "schedule od27 1 stora salen"
        ]
    );
    assert_eq!(
        field(&table, 0, "slots"),
        "50\tInledning & mer (Åsa Öberg, Bo Ek)\t\n30\tRegister (Bo Ek)\t\n20\tPaus\tBreak\n20\tFrågor\t\n"
    );
    assert_eq!(field(&table, 0, "speakers"), "Åsa Öberg\t\t\nBo Ek\t\t\n");
    assert_eq!((field(&table, 2, "end_date"), field(&table, 2, "ends")), ("2027-03-16", "01:00"));
    let planned = planned(&table);
    assert!(planned.iter().all(|row| row.shown.verdict == Verdict::Make), "{planned:?}");
    assert_eq!(whats(&planned[0]), [(What::Talks, "", 3)]);
    let EventDeed::Make(sheet) = &planned[0].deed else { panic!("{planned:?}") };
    let edit = app::organise::plan::read::read(sheet).unwrap();
    assert_eq!((edit.slots.len(), edit.speakers.len()), (4, 2));
    assert_eq!(edit.slots.iter().map(|slot| slot.minutes).sum::<i32>(), 120);
}

#[test]
fn the_same_schedule_again_changes_what_is_another_in_it() {
    let of = |title: &str| {
        read(&schedule(&[(
            "2027-03-14",
            &[
                ("A", talk("09:00", "00:45", title, &["Bo"])),
                ("B", talk("09:00", "00:45", "Z", &[])),
            ],
        )]))
    };
    let (first, second) = (of("X"), of("Y"));
    let known: HashMap<String, Source> = (1..)
        .zip(&first.rows)
        .map(|(event, row)| (row.cells[0].clone(), Source { event, cells: row.cells.clone() }))
        .collect();
    let again = plan("1", &second.rows, &known);
    let EventDeed::Change(1, fields) = &again[0].deed else { panic!("{again:?}") };
    assert_eq!(fields.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["slots"]);
    assert_eq!(again[1].shown.verdict, Verdict::Same);
    assert!(whats(&again[1]).contains(&(What::Unchanged, "", 0)));
}

#[test]
fn what_cannot_be_in_a_programme_is_left_out_and_named() {
    let talks = talk("09:00", "00:45", "Först", &[])
        + &talk("09:30", "00:30", "Samtidigt", &[])
        + &talk("nio", "00:30", "Utan tid", &[])
        + &talk("10:00", "99:00", "Evig", &[])
        + &talk("10:00", "00:00", "Ingen", &[]);
    let table = read(&schedule(&[
        ("2027-03-14", &[("A", talks), ("B", talk("x", "y", "z", &[]))]),
        ("i maj", &[("A", talk("09:00", "00:45", "Q", &[]))]),
    ]));
    let planned = planned(&table);
    assert_eq!(
        whats(&planned[0]),
        [
            (What::Talks, "", 1),
            (What::BadTalk, "Utan tid", 0),
            (What::BadTalk, "Evig", 0),
            (What::BadTalk, "Ingen", 0),
            (What::Overlaps, "Samtidigt", 0),
        ]
    );
    assert_eq!(planned[0].shown.verdict, Verdict::Make);
    // Nothing that could be is left of the others.
    assert_eq!(planned[1].shown.verdict, Verdict::Refuse);
    assert_eq!(planned[2].shown.verdict, Verdict::Refuse);
}

#[test]
fn no_more_than_forty_parts_and_people() {
    let talks: String = (0..50)
        .map(|n| {
            talk(
                &format!("{:02}:{:02}", 9 + n / 6, n % 6 * 10),
                "00:10",
                &format!("T{n}"),
                &[&format!("P{n}"), &format!("Q{n}")],
            )
        })
        .collect();
    let table = read(&schedule(&[("2027-03-14", &[("A", talks)])]));
    let planned = planned(&table);
    assert_eq!(planned[0].shown.verdict, Verdict::Make, "{planned:?}");
    assert_eq!(
        whats(&planned[0]),
        [(What::Talks, "", 40), (What::TooManyTalks, "", 10), (What::TooManySpeakers, "", 40)]
    );
    assert_eq!(field(&table, 0, "ends"), "15:40");
}

#[test]
fn entities_document_types_and_what_is_no_schedule() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE schedule [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;\">]><schedule><conference><title>&c;</title></conference></schedule>";
    assert_eq!(schedule_xml::read(bomb), Err(FileProblem::Entities));
    let outside = "<!DOCTYPE schedule SYSTEM \"file:///etc/passwd\"><schedule/>";
    assert_eq!(schedule_xml::read(outside), Err(FileProblem::Entities));
    let undeclared = "<schedule><conference><title>&hej;</title></conference></schedule>";
    assert_eq!(schedule_xml::read(undeclared), Err(FileProblem::Entities));
    let in_attribute = "<schedule><day date=\"&hej;\"/></schedule>";
    assert_eq!(schedule_xml::read(in_attribute), Err(FileProblem::Entities));
    assert_eq!(schedule_xml::read("<schedule><day></schedule>"), Err(FileProblem::Broken));
    assert_eq!(schedule_xml::read("<schedule><day>"), Err(FileProblem::Broken));
    assert_eq!(schedule_xml::read("<html><body/></html>"), Err(FileProblem::NotKnown));
    assert_eq!(schedule_xml::read(&"<a>".repeat(100_000)), Err(FileProblem::Broken));
    assert_eq!(events(b"<schedule/>").map(|_| ()), Err(FileProblem::Empty));
    let many = schedule(&[("2027-03-14", &[("A", "<event/>".repeat(20_001))])]);
    assert_eq!(schedule_xml::read(&many), Err(FileProblem::ManyEvents));
}

const JSON: &str = r#"{"schedule": {"version": "1", "base_url": "https://x", "conference": {
    "acronym": "od27", "title": "Öppna data", "time_zone_name": "Europe/Stockholm",
    "rooms": [{"name": "Sal A", "guid": "g-1", "capacity": 30}],
    "days": [{"index": 1, "date": "2027-06-14", "day_start": "x", "rooms": {
        "Sal A": [
            {"id": 7, "date": "2027-06-14T07:00:00Z", "start": "09:00", "duration": "00:30", "title": "Start",
             "language": "en", "persons": [{"id": 3, "public_name": "Åsa Öberg", "name": null}, {"name": "Bo Ek"}], "links": [{}]}
        ],
        "Sal B": []
    }}]}}}"#;

#[test]
fn the_same_in_json() {
    let table = read(JSON);
    assert_eq!(table.rows.len(), 1);
    let shown = ["title_sv", "date", "starts", "ends", "language", "uid", "slots", "speakers"]
        .map(|name| field(&table, 0, name));
    assert_eq!(
        shown,
        [
            "Öppna data",
            "2027-06-14",
            "09:00",
            "09:30",
            "en",
            "schedule od27 1 g-1",
            "30\tStart (Åsa Öberg, Bo Ek)\t\n",
            "Åsa Öberg\t\t\nBo Ek\t\t\n"
        ]
    );
    assert_eq!(planned(&table)[0].shown.verdict, Verdict::Make);
}

#[test]
fn json_that_is_deep_large_or_something_else() {
    assert_eq!(schedule_json::read(&"[".repeat(1_000_000)), Err(FileProblem::NotKnown));
    let deep = format!("{{\"x\": {}", "{\"x\":".repeat(100_000));
    assert_eq!(schedule_json::read(&deep), Err(FileProblem::Broken));
    assert_eq!(schedule_json::read("{\"a\": 1}"), Err(FileProblem::NotKnown));
    assert_eq!(schedule_json::read(&JSON[..JSON.len() - 3]), Err(FileProblem::Broken));
    let zone = JSON.replace("Europe/Stockholm", "Atlantis/Poseidonis");
    let refused = planned(&read(&zone));
    assert_eq!(refused[0].shown.verdict, Verdict::Refuse);
    assert!(whats(&refused[0]).contains(&(What::Field, "time_zone no_such_zone", 0)));
}
