//! Events as a table of people's own: one row for each, with headings in Swedish or English.

use super::table::{LONGEST_CELL, Records, Table, table};
use app::organise::imports::events_plan::COLUMNS;
use app::organise::imports::model::{FileProblem, MOST_EVENTS};
use app::organise::imports::people_plan::FileRow;

/// The headings that say what a column is.
const HEADINGS: &[(&str, &[&str])] = &[
    ("uid", &["id", "uid", "nummer", "number"]),
    (
        "title_sv",
        &["titel", "rubrik", "namn", "aktivitet", "title", "name", "event", "ämne", "subject"],
    ),
    ("summary_sv", &["beskrivning", "sammanfattning", "text", "description", "summary", "about"]),
    ("date", &["datum", "startdatum", "dag", "date", "start date", "day"]),
    (
        "starts",
        &[
            "start",
            "starttid",
            "börjar",
            "från",
            "klockan",
            "tid",
            "starts",
            "start time",
            "from",
            "time",
        ],
    ),
    ("end_date", &["slutdatum", "till och med", "end date", "last day"]),
    ("ends", &["slut", "sluttid", "slutar", "till", "end", "ends", "end time", "to"]),
    ("format", &["format", "form", "deltagande"]),
    ("venue", &["plats", "lokal", "rum", "sal", "place", "venue", "location", "room"]),
    ("platform", &["plattform", "verktyg", "platform", "tool"]),
    ("meeting_url", &["möteslänk", "länk", "meeting link", "link", "url"]),
    ("time_zone", &["tidszon", "time zone", "timezone"]),
    ("kind", &["typ", "sort", "slag", "type", "kind"]),
    ("language", &["språk", "language"]),
];

/// The events in a table.
///
/// # Errors
/// If it has no titles or no days, or too many rows.
pub fn read(records: Records) -> Result<Table, FileProblem> {
    let Records { read_as, lines } = records;
    let mut lines = lines.into_iter();
    let headings = lines.next().ok_or(FileProblem::Empty)?.cells;
    let columns: Vec<Option<&str>> = headings.iter().map(|title| meaning(title)).collect();
    let has = |word: &str| columns.contains(&Some(word));
    match (has("title_sv"), has("date") || has("starts")) {
        (true, true) => {}
        (true, false) => return Err(FileProblem::NoDays),
        (false, true) => return Err(FileProblem::NoTitles),
        (false, false) => return Err(FileProblem::NotKnown),
    }
    if lines.len() > MOST_EVENTS {
        return Err(FileProblem::ManyEvents);
    }
    let rows = lines.map(|line| FileRow { number: line.number, cells: row(&columns, &line.cells) });
    let titles = COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    table(read_as, titles, rows.collect())
}

fn meaning(title: &str) -> Option<&'static str> {
    let title = title.trim().trim_end_matches([':', '*']).to_lowercase();
    HEADINGS.iter().find(|(_, words)| words.contains(&title.as_str())).map(|(word, _)| *word)
}

fn row(columns: &[Option<&str>], cells: &[String]) -> Vec<String> {
    let cell = |word: &str| {
        let at = columns.iter().position(|column| *column == Some(word));
        at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim())
    };
    let (date, starts) = moment(cell("date"), cell("starts"));
    let (end_date, ends) = moment(cell("end_date"), cell("ends"));
    // One tells the row from others by what it is called and when it is.
    let uid = match cell("uid") {
        "" => format!("{} {date} {starts}", cell("title_sv")),
        uid => uid.to_owned(),
    };
    COLUMNS
        .iter()
        .map(|column| match *column {
            "uid" => uid.chars().take(500).collect(),
            "date" => date.clone(),
            "starts" => starts.clone(),
            "end_date" => end_date.clone(),
            "ends" => ends.clone(),
            "time_kind" if starts.is_empty() && ends.is_empty() => "all_day".to_owned(),
            "time_kind" => "clock".to_owned(),
            // A cell of that length has been cut.
            "fault" if cell("summary_sv").chars().count() >= LONGEST_CELL => "cut ".to_owned(),
            "format" => {
                format(cell("format"), !cell("venue").is_empty(), !cell("meeting_url").is_empty())
            }
            "kind" => kind(cell("kind")).to_owned(),
            "language" => {
                if cell("language").to_lowercase().starts_with("en") { "en" } else { "sv" }
                    .to_owned()
            }
            column => cell(column).to_owned(),
        })
        .collect()
}

/// A day and a time of day, of which either may hold both.
fn moment(date: &str, time: &str) -> (String, String) {
    let whole = |text: &str| {
        let (date, time) = text.split_once(['T', ' '])?;
        Some((day(date), clock(time.trim())))
    };
    if date.is_empty()
        && let Some(both) = whole(time)
    {
        return both;
    }
    if time.is_empty()
        && let Some(both) = whole(date)
    {
        return both;
    }
    (day(date), clock(time))
}

/// `14.3.2027` and `14/3/2027` as `2027-03-14`; what is something else is left, and refused where it is read.
fn day(text: &str) -> String {
    let parts: Vec<u16> =
        text.split(['.', '/']).filter_map(|part| part.trim().parse().ok()).collect();
    match parts.as_slice() {
        [day, month, year] if *year > 1_900 => format!("{year:04}-{month:02}-{day:02}"),
        [year, month, day] if *year > 1_900 => format!("{year:04}-{month:02}-{day:02}"),
        _ => text.to_owned(),
    }
}

/// `8`, `8.00`, `08:00:00` as `08:00`.
fn clock(text: &str) -> String {
    let mut parts = text.split([':', '.']).map(str::parse::<u8>);
    match (parts.next(), parts.next()) {
        (Some(Ok(hour)), None) if hour < 24 => format!("{hour:02}:00"),
        (Some(Ok(hour)), Some(Ok(minute))) => format!("{hour:02}:{minute:02}"),
        _ => text.to_owned(),
    }
}

fn format(text: &str, has_place: bool, has_link: bool) -> String {
    let text = text.to_lowercase();
    let of = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if of(&["hybrid"]) || (text.is_empty() && has_place && has_link) {
        "hybrid"
    } else if of(&["digital", "online", "webb", "distans"]) || (text.is_empty() && has_link) {
        "digital"
    } else if of(&["på plats", "on site", "on_site", "on-site", "fysisk", "in person"])
        || (text.is_empty() && has_place)
    {
        "on_site"
    } else {
        return text;
    }
    .to_owned()
}

fn kind(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let of = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if of(&["webb", "webinar"]) {
        "webinar"
    } else if of(&["workshop", "verkstad"]) {
        "workshop"
    } else if of(&["konferens", "conference"]) {
        "conference"
    } else if of(&["kurs", "utbildning", "course", "training"]) {
        "course"
    } else {
        "seminar"
    }
}
