//! The schedule of a conference: a room becomes an event a day, and what happens there its programme. A day with
//! parallel rooms cannot be one event, since the parts of a programme follow each other.

use super::schedule_room::{LONGEST_PART, Programme, Timed};
use super::table::{Table, table};
use app::organise::imports::events_plan::COLUMNS;
use app::organise::imports::model::{FileProblem, MOST_EVENTS};
use app::organise::imports::people_plan::FileRow;
use app::organise::plan::model::{List, Sheet};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The most characters of a text that is kept.
pub const LONGEST: usize = 300;

/// A schedule as it stands in a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// What the conference is called in short, which stays the same from file to file.
    pub acronym: String,
    /// What it is called.
    pub title: String,
    /// The zone of its clocks; may be empty.
    pub zone: String,
    /// Its rooms, day by day.
    pub rooms: Vec<RoomDay>,
}

/// A room on a day.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RoomDay {
    /// Which day, counted from 1.
    pub day: u32,
    /// Its date.
    pub date: String,
    /// What the room is called.
    pub room: String,
    /// What the room is known by, if it is by anything else than its name.
    pub guid: String,
    /// What happens there.
    pub talks: Vec<Talk>,
}

/// A talk, as its texts stand in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// What it is called.
    pub title: String,
    /// When it begins, with its date; may be empty.
    pub date: String,
    /// When it begins on the clock.
    pub start: String,
    /// How long it is: `00:45`.
    pub duration: String,
    /// What is spoken: `en`.
    pub language: String,
    /// Who speaks.
    pub people: Vec<String>,
}

/// A text on a line, no longer than is of use.
pub fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

impl Schedule {
    /// Puts what happens in a room beside what has been read of it on that day.
    pub fn add(&mut self, mut room: RoomDay) {
        // One more than may be is enough to refuse them.
        if room.talks.is_empty() || self.rooms.len() > MOST_EVENTS {
            return;
        }
        let same = |there: &&mut RoomDay| {
            there.day == room.day && there.room == room.room && there.guid == room.guid
        };
        match self.rooms.iter_mut().find(same) {
            Some(there) => there.talks.append(&mut room.talks),
            None => self.rooms.push(room),
        }
    }

    /// The rows of a draft: one for each room and day.
    ///
    /// # Errors
    /// If nothing happens in it, or too much.
    pub fn table(self, read_as: String) -> Result<Table, FileProblem> {
        let Self { acronym, title, zone, rooms } = self;
        if rooms.len() > MOST_EVENTS {
            return Err(FileProblem::ManyEvents);
        }
        let key = if acronym.is_empty() { &title } else { &acronym };
        let days = rooms.iter().map(|room| room.day).max().unwrap_or(1);
        let first = rooms.first().map(|room| room.room.clone()).unwrap_or_default();
        let conference = Conference {
            key: key.to_lowercase(),
            title: &title,
            zone: if zone.is_empty() { "Europe/Stockholm" } else { &zone },
            has_days: days > 1,
            has_rooms: rooms.iter().any(|room| room.room != first),
        };
        let rows = (1..).zip(&rooms);
        let rows = rows.map(|(number, room)| FileRow { number, cells: conference.cells(room) });
        let titles = COLUMNS.iter().map(|column| (*column).to_owned()).collect();
        table(read_as, titles, rows.collect())
    }
}

struct Conference<'a> {
    key: String,
    title: &'a str,
    zone: &'a str,
    has_days: bool,
    has_rooms: bool,
}

impl Conference<'_> {
    /// The cells of a room on a day.
    fn cells(&self, room: &RoomDay) -> Vec<String> {
        let known_as =
            if room.guid.is_empty() { room.room.to_lowercase() } else { room.guid.clone() };
        let mut part = Programme::default();
        let mut timed = Vec::with_capacity(room.talks.len());
        for talk in &room.talks {
            match self.timed(talk, &room.date) {
                Some(talk) => timed.push(talk),
                None => part.named("bad_talk", talk),
            }
        }
        // Those that begin at once stay in the order of the file.
        timed.sort_by_key(|talk| talk.starts);
        for talk in timed {
            part.add(&talk);
        }
        let mut sheet = Sheet::default();
        for (minutes, title, title_en) in &part.slots {
            let minutes = minutes.to_string();
            sheet.put_row(List::Slots, &[Some(&minutes), Some(title), *title_en]);
        }
        for name in &part.people {
            sheet.put_row(List::Speakers, &[Some(name), None, None]);
        }
        let date = part.begins.map_or_else(|| room.date.clone(), |at| at.date().to_string());
        let end = part.ends.map(|at| at.date().to_string()).filter(|last| *last != date);
        let clock = |at: Option<DateTime>| at.map(|at| at.strftime("%H:%M").to_string());
        let is_english = part.english * 2 > part.talks;
        COLUMNS
            .iter()
            .map(|column| match *column {
                "uid" => {
                    let uid = format!("schedule {} {} {known_as}", self.key, room.day);
                    uid.chars().take(500).collect()
                }
                "fault" => part.fault(),
                "title_sv" => self.title(room, "dag"),
                "title_en" => self.title(room, "day"),
                "time_kind" => "clock".to_owned(),
                "date" => date.clone(),
                "starts" => clock(part.begins).unwrap_or_default(),
                "end_date" => end.clone().unwrap_or_default(),
                "ends" => clock(part.ends).unwrap_or_default(),
                "time_zone" => self.zone.to_owned(),
                "format" => "on_site".to_owned(),
                "venue" => room.room.clone(),
                "language" => if is_english { "en" } else { "sv" }.to_owned(),
                "kind" => "conference".to_owned(),
                "slots" => sheet.get("slots").to_owned(),
                "speakers" => sheet.get("speakers").to_owned(),
                _ => String::new(),
            })
            .collect()
    }

    /// `Offentlig digitalisering 2027, dag 2: Stora salen`; without what there is only one of.
    fn title(&self, room: &RoomDay, day: &str) -> String {
        let mut title: String = self.title.chars().take(180).collect();
        if self.has_days {
            title.push_str(&format!(", {day} {}", room.day));
        }
        if self.has_rooms && !room.room.is_empty() {
            title.push_str(": ");
            title.extend(room.room.chars().take(100));
        }
        title
    }

    /// When a talk begins and ends; nothing if that cannot be told, or it is on another day.
    fn timed<'a>(&self, talk: &'a Talk, day: &str) -> Option<Timed<'a>> {
        let minutes =
            minutes(&talk.duration).filter(|minutes| (1..=LONGEST_PART).contains(minutes))?;
        let day: Date = day.parse().ok()?;
        let starts = match talk.date.parse::<Timestamp>() {
            Ok(at) => match TimeZone::get(self.zone) {
                Ok(zone) => at.to_zoned(zone).datetime(),
                // The row is refused for its zone, not for the talk.
                Err(_) => talk.date.parse().ok()?,
            },
            Err(_) => match talk.date.parse::<DateTime>() {
                Ok(at) if talk.date.contains('T') => at,
                _ => on(day, &talk.start)?,
            },
        };
        let is_that_day = day.to_datetime(Time::midnight()) <= starts
            && starts < day.to_datetime(Time::midnight()).checked_add(36.hours()).ok()?;
        let ends = starts.checked_add(SignedDuration::from_mins(minutes)).ok()?;
        (is_that_day && !talk.title.is_empty()).then_some(Timed { talk, starts, ends })
    }
}

/// A clock on a day of a conference, which ends in the small hours.
fn on(day: Date, clock: &str) -> Option<DateTime> {
    let at = Time::strptime("%H:%M", clock).or_else(|_| Time::strptime("%H:%M:%S", clock)).ok()?;
    let day = if at.hour() < 5 { day.tomorrow().ok()? } else { day };
    Some(day.to_datetime(at))
}

/// `00:45`, `0:45:00` and `45`.
fn minutes(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [minutes] => Some(*minutes),
        [hours, minutes] | [hours, minutes, _] => {
            hours.checked_mul(60).and_then(|hours| hours.checked_add(*minutes))
        }
        _ => None,
    }
}
