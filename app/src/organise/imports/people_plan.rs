//! What becomes of the people in a file. Pure: the preview and the writing ask the same function, the one for how
//! things stand now and the other under the lock of the seats.

use super::model::{Note, Settings, ShownRow, Verdict, What};
use super::people_words::{answer, way};
use crate::events::model::Way;
use crate::signup::model::{Applicant, Email, Problem, Status, line};
use crate::signup::questions::{Answer, Question};
use crate::text::Lang;
use std::collections::HashMap;

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its line.
    pub number: i32,
    /// What stands in it.
    pub cells: Vec<String>,
}

/// The seats of a way.
#[derive(Clone, Copy, Debug)]
pub struct Seats {
    /// Of which.
    pub way: Way,
    /// How many there are; without a number, as many as want to.
    pub capacity: Option<i32>,
    /// How many are taken.
    pub taken: i32,
    /// How many stand in line.
    pub in_line: i32,
}

/// What somebody is at the event already, by the key of their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// They have a place, had one, or stand in line.
    There,
    /// They have cancelled, or were refused.
    Gone,
}

/// How things stand at the event.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The seats of each way.
    pub seats: Vec<Seats>,
    /// Who is known there.
    pub known: HashMap<String, Known>,
    /// Its questions, in Swedish and in English.
    pub questions: Vec<(Question, Question)>,
}

/// Somebody who is signed up by a row.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Who.
    pub applicant: Applicant,
    /// The language of their mails.
    pub lang: Lang,
    /// A place, or one in line.
    pub status: Status,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub struct Planned {
    /// As it is shown.
    pub shown: ShownRow,
    /// Who is signed up.
    pub newcomer: Option<Newcomer>,
}

/// The address of a row as it is looked for, if one stands there.
#[must_use]
pub fn key(settings: &Settings, row: &FileRow) -> Option<String> {
    let at = settings.columns.iter().position(|word| word == "email")?;
    Some(Email::parse(row.cells.get(at)?.trim())?.key())
}

/// What becomes of each row, in their order: that is the order in which seats are given out.
#[must_use]
pub fn plan(rows: &[FileRow], settings: &Settings, mut standing: Standing) -> Vec<Planned> {
    let mut earlier: HashMap<String, i32> = HashMap::new();
    rows.iter().map(|row| one(row, settings, &mut standing, &mut earlier)).collect()
}

fn one(
    row: &FileRow,
    settings: &Settings,
    standing: &mut Standing,
    earlier: &mut HashMap<String, i32>,
) -> Planned {
    let read = Reading { row, settings };
    let mut notes = Vec::new();
    let name = read.name(&mut notes);
    let email = read.email(&mut notes);
    let organisation = read.organisation(&mut notes);
    let way = read.way(standing, &mut notes);
    let answers = read.answers(&standing.questions, &mut notes);
    let title = match (&name, read.cell("email")) {
        (Some(name), _) => name.clone(),
        (None, "") => row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default(),
        (None, email) => email.to_owned(),
    };
    let detail =
        [email.as_ref().map_or(read.cell("email"), Email::as_str), read.organisation_text()];
    let detail: Vec<&str> = detail.into_iter().filter(|text| !text.is_empty()).collect();
    let mut shown = ShownRow {
        number: row.number,
        verdict: Verdict::Refuse,
        title: cut(&title),
        title_en: None,
        detail: cut(&detail.join(", ")),
        status: None,
        notes,
        choices: Vec::new(),
    };
    let is_fine = shown.notes.is_empty();
    let (Some(name), Some(email), Some(organisation), Some(way)) = (name, email, organisation, way)
    else {
        return Planned { shown, newcomer: None };
    };
    if let Some(first) = earlier.get(&email.key()) {
        shown.verdict = Verdict::Same;
        shown.notes = vec![Note::numbered(What::Twice, u32::try_from(*first).unwrap_or_default())];
        return Planned { shown, newcomer: None };
    }
    earlier.insert(email.key(), row.number);
    match standing.known.get(&email.key()) {
        Some(Known::There) => {
            shown.verdict = Verdict::Same;
            shown.notes = vec![Note::bare(What::Already)];
            return Planned { shown, newcomer: None };
        }
        Some(Known::Gone) if !settings.gone_too => {
            shown.verdict = Verdict::Same;
            shown.notes = vec![Note::bare(What::Cancelled)];
            return Planned { shown, newcomer: None };
        }
        Some(Known::Gone) if is_fine => shown.notes.push(Note::bare(What::Again)),
        _ => {}
    }
    let seats = standing.seats.iter_mut().find(|seats| seats.way == way);
    let Some(seats) = seats.filter(|_| is_fine) else {
        return Planned { shown, newcomer: None };
    };
    let status = seats.give();
    if status == Status::Waitlisted {
        let place = u32::try_from(seats.in_line).unwrap_or_default();
        shown.notes.push(Note::numbered(What::InLine, place));
    }
    shown.verdict = Verdict::Make;
    shown.status = Some(status);
    let applicant = Applicant { name, email, organisation, way, answers };
    Planned { shown, newcomer: Some(Newcomer { applicant, lang: read.lang(), status }) }
}

impl Seats {
    /// A seat, where there is one and nobody stands in line for it; otherwise the last place in line.
    const fn give(&mut self) -> Status {
        let has_room = match self.capacity {
            None => true,
            Some(capacity) => self.taken < capacity,
        };
        if self.in_line == 0 && has_room {
            self.taken += 1;
            return Status::Confirmed;
        }
        self.in_line += 1;
        Status::Waitlisted
    }
}

/// What is shown of a row is no longer than a line or two.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// A row while it is read.
struct Reading<'a> {
    row: &'a FileRow,
    settings: &'a Settings,
}

impl<'a> Reading<'a> {
    /// What stands in the column that is taken for this.
    fn cell(&self, word: &str) -> &'a str {
        let at = self.settings.columns.iter().position(|taken| taken == word);
        at.and_then(|at| self.row.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn name(&self, notes: &mut Vec<Note>) -> Option<String> {
        let whole = match self.cell("name") {
            "" => format!("{} {}", self.cell("given"), self.cell("family")),
            name => name.to_owned(),
        };
        fits(&whole, What::NoName, notes)
    }

    fn email(&self, notes: &mut Vec<Note>) -> Option<Email> {
        let text = self.cell("email");
        if text.is_empty() {
            notes.push(Note::bare(What::NoEmail));
            return None;
        }
        let email = Email::parse(text);
        if email.is_none() {
            notes.push(Note::about(What::BadEmail, text));
        }
        email
    }

    fn organisation_text(&self) -> &'a str {
        match self.cell("organisation") {
            "" => self.settings.organisation.trim(),
            text => text,
        }
    }

    fn organisation(&self, notes: &mut Vec<Note>) -> Option<String> {
        fits(self.organisation_text(), What::NoOrganisation, notes)
    }

    fn way(&self, standing: &Standing, notes: &mut Vec<Note>) -> Option<Way> {
        if let [only] = standing.seats.as_slice() {
            return Some(only.way);
        }
        let text = match self.cell("way") {
            "" => self.settings.way.as_str(),
            text => text,
        };
        if text.is_empty() {
            notes.push(Note::bare(What::NoWay));
            return None;
        }
        let way = way(text).filter(|way| standing.seats.iter().any(|seats| seats.way == *way));
        if way.is_none() {
            notes.push(Note::about(What::BadWay, text));
        }
        way
    }

    fn lang(&self) -> Lang {
        let text = self.cell("lang").to_lowercase();
        if text.starts_with("en") {
            Lang::En
        } else if text.starts_with("sv") || text.starts_with("sw") {
            Lang::Sv
        } else {
            self.settings.lang
        }
    }

    /// What has to be answered and is not is asked on the person's own page, as for who is added by hand.
    fn answers(&self, questions: &[(Question, Question)], notes: &mut Vec<Note>) -> Vec<Answer> {
        let mut answers = Vec::new();
        for (sv, en) in questions {
            let text = self.cell(&sv.name());
            if text.is_empty() {
                continue;
            }
            match answer(sv, en, text) {
                Ok(texts) => {
                    answers.extend(texts.into_iter().map(|text| Answer { question: sv.id, text }));
                }
                Err(_) => {
                    notes.push(Note::about(What::BadAnswer, &format!("{}: {text}", sv.label)))
                }
            }
        }
        answers
    }
}

fn fits(text: &str, missing: What, notes: &mut Vec<Note>) -> Option<String> {
    match line(text) {
        Ok(text) => return Some(text),
        Err(Problem::Missing) => notes.push(Note::bare(missing)),
        Err(Problem::TooLong) => notes.push(Note::about(What::TooLong, text)),
        Err(_) => notes.push(Note::bare(What::Unreadable)),
    }
    None
}
