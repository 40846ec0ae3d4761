//! Reads a sheet: what an event is to be, or what is wrong with the form.

pub use super::edit::{EventEdit, Slot, Speaker, Thing};
use super::model::{
    LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, List, MOST_ROWS, PlanProblem, Sheet, THEMES,
    TimeKind,
};
use crate::events::model::{Format, Kind, SpokenLanguage, Way};
use crate::organise::model::{MOST_SEATS, seats_field};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The longest that an event lasts, in days; the database refuses more.
const LONGEST_DAYS: i64 = 31;

/// What is wrong, by field, in the order of the form.
pub type PlanProblems = Vec<(String, PlanProblem)>;

struct Reader<'a> {
    sheet: &'a Sheet,
    problems: PlanProblems,
}

impl Reader<'_> {
    fn wrong(&mut self, field: &str, problem: PlanProblem) {
        self.problems.push((field.to_owned(), problem));
    }

    /// Notes the problem; what comes back in its place is not used.
    fn or<T>(&mut self, field: &str, read: Result<T, PlanProblem>) -> Option<T> {
        read.map_err(|problem| self.wrong(field, problem)).ok()
    }

    fn lengths(&mut self) {
        const LINES: &[&str] = &[
            "subtitle_sv",
            "subtitle_en",
            "platform",
            "venue",
            "address",
            "price_sv",
            "price_en",
            "contact",
        ];
        const TEXTS: &[&str] = &["summary_sv", "summary_en", "directions_sv", "directions_en"];
        if self.sheet.get("title_sv").is_empty() {
            self.wrong("title_sv", PlanProblem::Missing);
        }
        let limits = [("title_sv", LONGEST_TITLE), ("title_en", LONGEST_TITLE)]
            .into_iter()
            .chain(LINES.iter().map(|&field| (field, LONGEST_LINE)))
            .chain(TEXTS.iter().map(|&field| (field, LONGEST_TEXT)));
        for (field, longest) in limits {
            if self.sheet.get(field).chars().count() > longest {
                self.wrong(field, PlanProblem::TooLong);
            }
        }
    }

    /// When it begins and ends.
    fn when(&mut self, zone: &TimeZone) -> Option<(i64, i64, TimeKind)> {
        let kind = TimeKind::parse(self.sheet.get("time_kind")).unwrap_or(TimeKind::Clock);
        let first = self.date("date")?;
        let last = match self.sheet.get("end_date") {
            "" => first,
            _ => self.date("end_date")?,
        };
        if last < first {
            self.wrong("end_date", PlanProblem::EndsBefore);
            return None;
        }
        let (starts, ends) = if kind == TimeKind::Clock {
            let (from, to) = (self.time("starts"), self.time("ends"));
            (first.to_datetime(from?), last.to_datetime(to?))
        } else {
            let after = last.tomorrow().ok()?;
            (first.to_datetime(Time::midnight()), after.to_datetime(Time::midnight()))
        };
        if ends <= starts {
            self.wrong("ends", PlanProblem::EndsBefore);
            return None;
        }
        let starts = instant_of(starts, zone);
        let starts = self.or("starts", starts);
        let ends = instant_of(ends, zone);
        let ends = self.or("ends", ends);
        let (starts, ends) = (starts?, ends?);
        if ends - starts > LONGEST_DAYS * 86_400 {
            self.wrong("end_date", PlanProblem::LastsTooLong);
        }
        Some((starts, ends, kind))
    }

    fn date(&mut self, field: &str) -> Option<Date> {
        let text = self.sheet.get(field);
        let problem = if text.is_empty() { PlanProblem::Missing } else { PlanProblem::NotADate };
        let read = text.parse().ok().filter(|date: &Date| (1970..=2199).contains(&date.year()));
        self.or(field, read.ok_or(problem))
    }

    fn time(&mut self, field: &str) -> Option<Time> {
        let text = self.sheet.get(field).replace('.', ":");
        let problem = if text.is_empty() { PlanProblem::Missing } else { PlanProblem::NotATime };
        let read = Time::strptime("%H:%M", &text).or_else(|_| Time::strptime("%H:%M:%S", &text));
        self.or(field, read.map_err(|_| problem))
    }

    /// A moment as a clock at the event shows it; nothing is nothing.
    fn moment(&mut self, field: &str, zone: &TimeZone) -> Option<i64> {
        let text = self.sheet.get(field).replace(' ', "T");
        if text.is_empty() {
            return None;
        }
        let read = text
            .parse::<DateTime>()
            .ok()
            .filter(|at| (1970..=2199).contains(&at.year()))
            .ok_or(PlanProblem::NotATime)
            .and_then(|at| instant_of(at, zone));
        self.or(field, read)
    }

    fn seats(&mut self, format: Option<Format>) -> Vec<(Way, Option<u32>)> {
        let ways: &[Way] = match format {
            None => &[],
            Some(Format::Digital) => &[Way::Digital],
            Some(Format::OnSite) => &[Way::OnSite],
            Some(Format::Hybrid) => &[Way::OnSite, Way::Digital],
        };
        let mut seats = Vec::new();
        for &way in ways {
            let field = seats_field(way);
            let text = self.sheet.get(field);
            let read = match text {
                "" => Ok(None),
                text => text
                    .parse::<u32>()
                    .ok()
                    .filter(|number| *number <= MOST_SEATS)
                    .map(Some)
                    .ok_or(PlanProblem::NotSeats),
            };
            if let Some(number) = self.or(field, read) {
                seats.push((way, number));
            }
        }
        seats
    }

    fn slots(&mut self) -> Vec<Slot> {
        let mut slots = Vec::new();
        for row in self.rows(List::Slots) {
            let [minutes, title_sv, title_en] = row.as_slice() else { continue };
            let minutes = minutes.parse().ok().filter(|minutes| (1..=1_440).contains(minutes));
            match minutes {
                None => self.wrong("slots", PlanProblem::NotMinutes),
                Some(_) if title_sv.is_empty() => self.wrong("slots", PlanProblem::Missing),
                Some(minutes) => slots.push(Slot {
                    minutes,
                    title_sv: title_sv.clone(),
                    title_en: some(title_en),
                }),
            }
        }
        slots
    }

    fn speakers(&mut self) -> Vec<Speaker> {
        let mut speakers: Vec<Speaker> = Vec::new();
        for row in self.rows(List::Speakers) {
            let [name, role, organisation] = row.as_slice() else { continue };
            if name.is_empty() {
                self.wrong("speakers", PlanProblem::Missing);
            } else if speakers.iter().any(|other| other.name == *name) {
                self.wrong("speakers", PlanProblem::Twice);
            }
            let (role, organisation) = (some(role), some(organisation));
            speakers.push(Speaker { name: name.clone(), role, organisation });
        }
        speakers
    }

    fn materials(&mut self) -> Vec<Thing> {
        let mut things = Vec::new();
        for row in self.rows(List::Materials) {
            match thing(&row) {
                Ok(thing) => things.push(thing),
                Err(problem) => self.wrong("materials", problem),
            }
        }
        things
    }

    /// The rows of a list, none of them too long and not too many.
    fn rows(&mut self, list: List) -> Vec<Vec<String>> {
        let rows = self.sheet.rows(list);
        if rows.len() > MOST_ROWS {
            self.wrong(list.as_str(), PlanProblem::TooMany);
        }
        if rows.iter().flatten().any(|cell| cell.chars().count() > LONGEST_LINE) {
            self.wrong(list.as_str(), PlanProblem::TooLong);
        }
        rows
    }
}

/// A material, as its row says.
///
/// # Errors
/// What is wrong with it.
pub fn thing(row: &[String]) -> Result<Thing, PlanProblem> {
    let [id, kind, title, url, about_sv, about_en, announced] = row else {
        return Err(PlanProblem::Missing);
    };
    if title.is_empty() {
        return Err(PlanProblem::Missing);
    }
    let is_url = ["https://", "http://"]
        .iter()
        .any(|start| url.strip_prefix(start).is_some_and(|rest| !rest.is_empty()));
    if !url.is_empty() && (!is_url || url.contains(' ')) {
        return Err(PlanProblem::NotAUrl);
    }
    if !super::model::MATERIAL_KINDS.contains(&kind.as_str()) {
        return Err(PlanProblem::NotAChoice);
    }
    Ok(Thing {
        id: id.parse().ok(),
        kind: kind.clone(),
        title: title.clone(),
        url: some(url),
        about_sv: some(about_sv),
        about_en: some(about_en),
        is_announced: announced == "yes",
    })
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The instant at which a clock of this zone shows this time. In the hour that is left out in spring there is none;
/// of the hour that comes twice in autumn it is the first.
///
/// # Errors
/// [`PlanProblem::NoSuchTime`].
pub fn instant_of(at: DateTime, zone: &TimeZone) -> Result<i64, PlanProblem> {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(PlanProblem::NoSuchTime);
    }
    ambiguous.earlier().map(|at| at.as_second()).map_err(|_| PlanProblem::NotADate)
}

/// The zone of this name.
#[must_use]
pub fn zone_of(name: &str) -> Option<TimeZone> {
    // Names only: "UTC+1" and the like mean different things to different people.
    TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some())
}

/// Where it belongs: `12` is a programme, `12/34` a series of it.
#[must_use]
pub fn home_of(text: &str) -> Option<(i64, Option<i64>)> {
    match text.split_once('/') {
        None => Some((text.parse().ok()?, None)),
        Some((programme, series)) => Some((programme.parse().ok()?, Some(series.parse().ok()?))),
    }
}

/// Reads a sheet.
///
/// # Errors
/// Everything that is wrong.
pub fn read(sheet: &Sheet) -> Result<EventEdit, PlanProblems> {
    let mut it = Reader { sheet, problems: Vec::new() };
    let home = home_of(sheet.get("home")).ok_or(PlanProblem::Missing);
    let home = it.or("home", home);
    let kind = it.or("kind", Kind::parse(sheet.get("kind")).ok_or(PlanProblem::NotAChoice));
    it.lengths();
    let zone = zone_of(sheet.get("time_zone")).ok_or(PlanProblem::NoSuchZone);
    let zone = it.or("time_zone", zone);
    let home_zone = TimeZone::UTC;
    let when = it.when(zone.as_ref().unwrap_or(&home_zone));
    let format = match sheet.get("format") {
        "" => None,
        text => it.or("format", Format::parse(text).ok_or(PlanProblem::NotAChoice)),
    };
    let seats = it.seats(format);
    let meeting = sheet.get("meeting_url");
    let is_url = meeting.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
    if !meeting.is_empty() && (!is_url || meeting.contains(' ') || meeting.chars().count() > 1_000)
    {
        it.wrong("meeting_url", PlanProblem::NotMeetingUrl);
    }
    let language = SpokenLanguage::parse(sheet.get("language")).unwrap_or(SpokenLanguage::Swedish);
    let dialogue = SpokenLanguage::parse(sheet.get("dialogue_language"));
    let zone = zone.unwrap_or(home_zone);
    let (opens_at, closes_at) = (it.moment("opens_at", &zone), it.moment("closes_at", &zone));
    if opens_at.zip(closes_at).is_some_and(|(opens, closes)| closes <= opens) {
        it.wrong("closes_at", PlanProblem::ClosesBefore);
    }
    let (slots, speakers, materials) = (it.slots(), it.speakers(), it.materials());
    let names = |text: &str, separator: char| -> Vec<String> {
        text.split(separator).filter_map(|name| some(name.trim())).collect()
    };
    let contact = some(sheet.get("contact"));
    match (home, kind, when) {
        (Some((programme, series)), Some(kind), Some((starts_at, ends_at, time_kind)))
            if it.problems.is_empty() =>
        {
            Ok(EventEdit {
                programme,
                series,
                kind,
                starts_at,
                ends_at,
                time_kind,
                format,
                seats,
                language,
                dialogue: dialogue.filter(|dialogue| *dialogue != language),
                opens_at,
                closes_at,
                contact: contact.map(|name| Speaker { name, role: None, organisation: None }),
                themes: names(sheet.get(THEMES), ','),
                municipalities: names(sheet.get("municipalities"), ','),
                slots,
                speakers,
                materials,
                texts: sheet.clone(),
            })
        }
        _ => Err(it.problems),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
