//! Schedules as frab and pretalx write them in JSON. Only what is of use is kept while it is read; the rest is gone
//! past, however deep it is, and what a talk cannot be without must be there, so that a file of ten megabytes does
//! not become a hundred times as much.

use super::schedule::{RoomDay, Schedule, Talk, line};
use app::organise::imports::model::{FileProblem, MOST_ROWS};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

/// The most people of a talk.
const MOST_PEOPLE: usize = 100;
/// The most days.
const MOST_DAYS: usize = 100;
/// The most rooms.
const MOST_ROOMS: usize = 2_000;

/// Reads a schedule.
///
/// # Errors
/// Why it cannot be read.
pub fn read(text: &str) -> Result<Schedule, FileProblem> {
    let file: File = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => FileProblem::NotKnown,
        Category::Io | Category::Syntax | Category::Eof => FileProblem::Broken,
    })?;
    let conference = file.schedule.conference;
    let guids: HashMap<String, String> = conference
        .rooms
        .into_iter()
        .map(|room| (line(&room.name), line(&room.guid.unwrap_or_default())))
        .collect();
    let mut schedule = Schedule {
        acronym: line(&conference.acronym.unwrap_or_default()),
        title: line(&conference.title),
        zone: line(&conference.time_zone_name.unwrap_or_default()),
        rooms: Vec::new(),
    };
    let mut talks = 0;
    for (nth, day) in (1..).zip(conference.days) {
        for (room, there) in day.rooms.0 {
            talks += there.0.len();
            if talks > MOST_ROWS {
                return Err(FileProblem::ManyEvents);
            }
            let room = line(&room);
            schedule.add(RoomDay {
                day: day.index.unwrap_or(nth),
                date: line(&day.date),
                guid: guids.get(&room).cloned().unwrap_or_default(),
                room,
                talks: there.0.into_iter().map(Event::talk).collect(),
            });
        }
    }
    Ok(schedule)
}

#[derive(Deserialize)]
struct File {
    schedule: Outer,
}

#[derive(Deserialize)]
struct Outer {
    conference: Conference,
}

#[derive(Deserialize)]
struct Conference {
    acronym: Option<String>,
    title: String,
    time_zone_name: Option<String>,
    #[serde(default, deserialize_with = "few::<_, _, MOST_ROOMS>")]
    rooms: Vec<Room>,
    #[serde(deserialize_with = "few::<_, _, MOST_DAYS>")]
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Room {
    name: String,
    guid: Option<String>,
}

#[derive(Deserialize)]
struct Day {
    index: Option<u32>,
    date: String,
    rooms: Rooms,
}

/// The rooms of a day, each with what happens there.
struct Rooms(Vec<(String, Events)>);

#[derive(Deserialize)]
struct Events(#[serde(deserialize_with = "few::<_, _, MOST_ROWS>")] Vec<Event>);

#[derive(Deserialize)]
struct Event {
    title: String,
    start: String,
    duration: String,
    date: Option<String>,
    language: Option<String>,
    #[serde(default, deserialize_with = "few::<_, _, MOST_PEOPLE>")]
    persons: Vec<Person>,
}

impl Event {
    fn talk(self) -> Talk {
        let people = self.persons.iter().map(|person| line(&person.0));
        Talk {
            title: line(&self.title),
            date: line(&self.date.unwrap_or_default()),
            start: line(&self.start),
            duration: line(&self.duration),
            language: line(&self.language.unwrap_or_default()),
            people: people.filter(|name| !name.is_empty()).collect(),
        }
    }
}

/// Somebody who speaks, by their name.
#[derive(Deserialize)]
#[serde(from = "Names")]
struct Person(String);

#[derive(Deserialize)]
struct Names {
    public_name: Option<String>,
    name: Option<String>,
    full_public_name: Option<String>,
}

impl From<Names> for Person {
    fn from(names: Names) -> Self {
        let Names { public_name, name, full_public_name } = names;
        let all = [public_name, name, full_public_name].into_iter().flatten();
        Self(all.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default())
    }
}

/// A list of no more than so many.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>, const MOST: usize>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_seq(Few::<T, MOST>(PhantomData))
}

struct Few<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Few<T, MOST> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {MOST} of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Vec<T>, A::Error> {
        let mut read = Vec::new();
        while let Some(one) = all.next_element()? {
            if read.len() >= MOST {
                return Err(A::Error::custom("too many"));
            }
            read.push(one);
        }
        Ok(read)
    }
}

impl<'de> Deserialize<'de> for Rooms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

/// In the order in which they stand in the file.
struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Rooms;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rooms with what happens there")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Rooms, A::Error> {
        let mut rooms = Vec::new();
        while let Some(room) = all.next_entry()? {
            if rooms.len() >= MOST_ROOMS {
                return Err(A::Error::custom("too many rooms"));
            }
            rooms.push(room);
        }
        Ok(Rooms(rooms))
    }
}
