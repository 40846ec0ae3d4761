//! Schedules as pentabarf, frab and pretalx write them in XML. What declares a document type or entities of its own
//! is refused: nothing in a schedule needs them, and they can be made to grow without end.

use super::schedule::{RoomDay, Schedule, Talk, line};
use app::organise::imports::model::{FileProblem, MOST_ROWS};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// So deep elements may lie in each other.
const DEEPEST: usize = 32;
/// The most bytes of the text of an element that are kept.
const LONGEST: usize = 4_000;
/// The most people of a talk.
const MOST_PEOPLE: usize = 100;

/// Reads a schedule.
///
/// # Errors
/// Why it cannot be read.
pub fn read(text: &str) -> Result<Schedule, FileProblem> {
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        match reader.read_event().map_err(|_| FileProblem::Broken)? {
            Event::DocType(_) => return Err(FileProblem::Entities),
            Event::GeneralRef(entity) => reading.push(&sign(&entity)?),
            Event::Start(tag) => reading.begin(&tag)?,
            Event::Empty(tag) => {
                reading.begin(&tag)?;
                reading.end();
            }
            Event::End(_) => reading.end(),
            Event::Text(text) => reading.push(&text.xml10_content()),
            Event::CData(text) => reading.push(&text.xml10_content()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return reading.done(),
        }
    }
}

/// What stands for a sign: one by its number, or one of the five that XML itself has.
fn sign(entity: &BytesRef<'_>) -> Result<String, FileProblem> {
    if let Some(sign) = entity.resolve_char_ref().map_err(|_| FileProblem::Broken)? {
        return Ok(sign.to_string());
    }
    let sign = match &**entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(FileProblem::Entities),
    };
    Ok(sign.to_owned())
}

/// An attribute of an element.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<String, FileProblem> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| FileProblem::Broken)?;
        let key: &str = attribute.key.as_ref();
        if key == name {
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            return value.map(|value| line(&value)).map_err(|_| FileProblem::Entities);
        }
    }
    Ok(String::new())
}

/// A schedule while it is read.
#[derive(Default)]
struct Reading {
    schedule: Schedule,
    path: Vec<String>,
    said: String,
    day: (u32, String),
    days: u32,
    room: Option<RoomDay>,
    talks: usize,
    is_schedule: bool,
}

impl Reading {
    fn push(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.said.len());
        let end = (0..=room.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
        self.said.push_str(text.get(..end.unwrap_or(0)).unwrap_or_default());
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), FileProblem> {
        if self.path.len() >= DEEPEST {
            return Err(FileProblem::Broken);
        }
        let name: String = tag.name().as_ref().chars().take(40).collect();
        self.path.push(name);
        self.said.clear();
        let path = std::mem::take(&mut self.path);
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["schedule"] => self.is_schedule = true,
            ["schedule", "day"] => {
                self.days += 1;
                let index = attribute(tag, "index")?.parse().unwrap_or(self.days);
                self.day = (index, attribute(tag, "date")?);
            }
            ["schedule", "day", "room"] => {
                let (day, date) = self.day.clone();
                let (room, guid) = (attribute(tag, "name")?, attribute(tag, "guid")?);
                self.room = Some(RoomDay { day, date, room, guid, talks: Vec::new() });
            }
            ["schedule", "day", "room", "event"] => {
                self.talks += 1;
                if self.talks > MOST_ROWS {
                    return Err(FileProblem::ManyEvents);
                }
                if let Some(room) = &mut self.room {
                    room.talks.push(Talk::default());
                }
            }
            _ => {}
        }
        self.path = path;
        Ok(())
    }

    fn end(&mut self) {
        let said = line(&std::mem::take(&mut self.said));
        let path = std::mem::take(&mut self.path);
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["schedule", "conference", "title"] => self.schedule.title = said,
            ["schedule", "conference", "acronym"] => self.schedule.acronym = said,
            ["schedule", "conference", "time_zone_name"] => self.schedule.zone = said,
            ["schedule", "day", "room"] => {
                if let Some(room) = self.room.take() {
                    self.schedule.add(room);
                }
            }
            ["schedule", "day", "room", "event", rest @ ..] => self.of_talk(rest, said),
            _ => {}
        }
        self.path = path;
        self.path.pop();
    }

    fn of_talk(&mut self, rest: &[&str], said: String) {
        let talk = self.room.as_mut().and_then(|room| room.talks.last_mut());
        let Some(talk) = talk else { return };
        match rest {
            ["title"] => talk.title = said,
            ["date"] => talk.date = said,
            ["start"] => talk.start = said,
            ["duration"] => talk.duration = said,
            ["language"] => talk.language = said,
            ["persons", "person"] | ["persons", "person", "name" | "public_name"]
                if !said.is_empty() && talk.people.len() < MOST_PEOPLE =>
            {
                talk.people.push(said);
            }
            _ => {}
        }
    }

    fn done(self) -> Result<Schedule, FileProblem> {
        if !self.path.is_empty() {
            return Err(FileProblem::Broken);
        }
        if self.is_schedule { Ok(self.schedule) } else { Err(FileProblem::NotKnown) }
    }
}
