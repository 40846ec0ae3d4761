//! What becomes of the events in a file: each row is a form as an organiser could have filled it in, and is read as
//! that. Pure.

use super::model::{Note, ShownRow, Verdict, What};
use super::people_plan::FileRow;
use crate::organise::plan::model::{PlanProblem, Sheet};
use crate::organise::plan::read::read;
use std::collections::HashMap;

/// The columns of a draft of events: what an event is known by, what there is to say of it beforehand (a word and what
/// it is about, on a line each), and the fields of the form.
pub const COLUMNS: &[&str] = &[
    "uid",
    "fault",
    "title_sv",
    "summary_sv",
    "time_kind",
    "date",
    "starts",
    "end_date",
    "ends",
    "time_zone",
    "format",
    "venue",
    "platform",
    "meeting_url",
    "language",
    "kind",
    "title_en",
    "slots",
    "speakers",
];
/// Where the fields of the form begin.
const FIELDS_FROM: usize = 2;

/// An event that came from a file before, by what it is known by there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its number.
    pub event: i64,
    /// What stood in the file then.
    pub cells: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub struct PlannedEvent {
    /// As it is shown.
    pub shown: ShownRow,
    /// What it is known by.
    pub uid: String,
    /// What stands in the file.
    pub cells: Vec<String>,
    /// What is done.
    pub deed: EventDeed,
}

/// What is done with an event.
#[derive(Clone, Debug)]
pub enum EventDeed {
    /// Nothing.
    Leave,
    /// A draft is made.
    Make(Box<Sheet>),
    /// These fields of an event are written over.
    Change(i64, Vec<(&'static str, String)>),
}

/// The form of a row, as a draft of this programme.
fn sheet(home: &str, cells: &[String]) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.set("home", home);
    for (at, field) in COLUMNS.iter().enumerate().skip(FIELDS_FROM) {
        write(&mut sheet, field, cells.get(at).map_or("", String::as_str));
    }
    for (field, usual) in [
        ("kind", "seminar"),
        ("time_zone", "Europe/Stockholm"),
        ("time_kind", "clock"),
        ("language", "sv"),
    ] {
        if sheet.get(field).is_empty() {
            sheet.set(field, usual);
        }
    }
    sheet
}

/// Writes what stands in a cell. Those of the lists have lines and columns of their own, and are tidy already.
pub fn write(sheet: &mut Sheet, field: &str, cell: &str) {
    if matches!(field, "slots" | "speakers") {
        sheet.set(field, cell);
    } else {
        sheet.put(field, Some(cell));
    }
}

/// What becomes of each row. `known` are the events that came from a file before, by what they are known by.
#[must_use]
pub fn plan(home: &str, rows: &[FileRow], known: &HashMap<String, Source>) -> Vec<PlannedEvent> {
    let mut earlier: HashMap<String, i32> = HashMap::new();
    rows.iter().map(|row| one(home, row, known, &mut earlier)).collect()
}

/// What an event is called in English. Where English is spoken, the only title that there is counts as that.
fn in_english(form: &Sheet) -> Option<&str> {
    let field = match (form.get("title_en"), form.get("language")) {
        ("", "en") => "title_sv",
        ("", _) => return None,
        _ => "title_en",
    };
    Some(form.get(field))
}

fn one(
    home: &str,
    row: &FileRow,
    known: &HashMap<String, Source>,
    earlier: &mut HashMap<String, i32>,
) -> PlannedEvent {
    let cell = |name: &str| {
        let at = COLUMNS.iter().position(|column| *column == name);
        at.and_then(|at| row.cells.get(at)).map(String::as_str).unwrap_or_default()
    };
    let form = sheet(home, &row.cells);
    let uid = cell("uid").to_owned();
    let days = match (form.get("date"), form.get("end_date")) {
        (date, "") => date.to_owned(),
        (date, last) if date == last => date.to_owned(),
        (date, last) => format!("{date}–{last}"),
    };
    let clock = [form.get("starts"), form.get("ends")].join("–");
    let detail = [days.as_str(), clock.trim_matches('–'), form.get("venue"), form.get("platform")];
    let detail: Vec<&str> = detail.into_iter().filter(|text| !text.is_empty()).collect();
    let mut planned = PlannedEvent {
        shown: ShownRow {
            number: row.number,
            verdict: Verdict::Refuse,
            title: form.get("title_sv").chars().take(200).collect(),
            title_en: in_english(&form).map(|title| title.chars().take(200).collect()),
            detail: detail.join(", "),
            status: None,
            notes: Vec::new(),
            choices: Vec::new(),
        },
        uid: uid.clone(),
        cells: row.cells.clone(),
        deed: EventDeed::Leave,
    };
    let shown = &mut planned.shown;
    for line in cell("fault").lines() {
        let Some(note) = said(line) else { continue };
        let what = note.what;
        shown.notes.push(note);
        if what == What::CancelledThere {
            shown.verdict = Verdict::Same;
        }
        if !what.lets_pass() {
            return planned;
        }
    }
    if !uid.is_empty() {
        if let Some(first) = earlier.get(&uid) {
            shown
                .notes
                .push(Note::numbered(What::SameUid, u32::try_from(*first).unwrap_or_default()));
            return planned;
        }
        earlier.insert(uid.clone(), row.number);
    }
    if let Err(problems) = read(&form) {
        shown.notes.extend(problems.into_iter().map(|(field, problem)| of_field(&field, problem)));
        return planned;
    }
    match known.get(&uid) {
        Some(Source { event, cells }) => {
            let was = sheet(home, cells);
            let is_new = |field: &&&'static str| was.get(field) != form.get(field);
            let fields: Vec<_> = COLUMNS[FIELDS_FROM..]
                .iter()
                .filter(is_new)
                .map(|field| (*field, form.get(field).to_owned()))
                .collect();
            if fields.is_empty() {
                shown.verdict = Verdict::Same;
                shown.notes.push(Note::bare(What::Unchanged));
            } else {
                shown.verdict = Verdict::Change;
                planned.deed = EventDeed::Change(*event, fields);
            }
        }
        None => {
            shown.verdict = Verdict::Make;
            planned.deed = EventDeed::Make(Box::new(form));
        }
    }
    planned
}

/// What was said of a row when it was read: `bad_time 99:99`, `talks 12`.
fn said(line: &str) -> Option<Note> {
    let (word, about) = line.split_once(' ')?;
    let what = What::parse(word)?;
    Some(match what {
        What::Talks | What::MoreLeftOut | What::TooManyTalks | What::TooManySpeakers => {
            Note::numbered(what, about.parse().ok()?)
        }
        _ => Note::about(what, about),
    })
}

/// A problem of the form as it is said of a row.
#[must_use]
pub fn of_field(field: &str, problem: PlanProblem) -> Note {
    Note::about(What::Field, &format!("{field} {}", problem.as_str()))
}
