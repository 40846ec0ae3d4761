//! An event as a form: every field as the text that stands in it. Pure.
//!
//! The form, what the database holds and what two organisers wrote are all sheets; so they can be laid side by
//! side field by field (`merge`), and only what came of that is read (`read`).

use crate::events::model::{State, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields with one value, in the order of the form.
pub const FIELDS: &[&str] = &[
    "home",
    "kind",
    "title_sv",
    "title_en",
    "subtitle_sv",
    "subtitle_en",
    "summary_sv",
    "summary_en",
    "time_kind",
    "date",
    "starts",
    "ends",
    "end_date",
    "time_zone",
    "format",
    "seats-digital",
    "seats-on_site",
    "platform",
    "meeting_url",
    "venue",
    "address",
    "directions_sv",
    "directions_en",
    "language",
    "dialogue_language",
    "price_sv",
    "price_en",
    "opens_at",
    "closes_at",
    "contact",
    "municipalities",
];
/// The fields whose lines are the rows of a list.
pub const LISTS: &[List] = &[List::Slots, List::Speakers, List::Materials];
/// The field with the chosen themes, whose box is there once for each.
pub const THEMES: &str = "themes";
/// What a material can be, as the database spells it.
pub const MATERIAL_KINDS: &[&str] = &[
    "link",
    "slides",
    "report",
    "handbook",
    "method",
    "study",
    "review",
    "thesis",
    "anthology",
    "book",
    "video",
];
/// The most rows of a list.
pub const MOST_ROWS: usize = 40;
/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 300;
/// The longest text in several lines.
pub const LONGEST_TEXT: usize = 8_000;
/// The longest of all other lines.
pub const LONGEST_LINE: usize = 400;
/// The longest word to those signed up.
pub const LONGEST_WORD: usize = 1_000;

words! {
    /// A part of an event of which there are several, in an order.
    List { Slots = "slots", Speakers = "speakers", Materials = "materials" }
}

impl List {
    /// The names of what stands in a row.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Slots => &["minutes", "title_sv", "title_en"],
            Self::Speakers => &["name", "role", "organisation"],
            Self::Materials => {
                &["id", "kind", "title", "url", "about_sv", "about_en", "is_announced"]
            }
        }
    }

    /// The column without which a row is no row.
    #[must_use]
    pub const fn main(self) -> usize {
        match self {
            Self::Slots => 1,
            Self::Speakers => 0,
            Self::Materials => 2,
        }
    }
}

words! {
    /// How the time of an event is given.
    TimeKind { Clock = "clock", AllDay = "all_day", Unknown = "unknown" }
}

words! {
    /// What is wrong with a field.
    PlanProblem {
        Missing = "missing", TooLong = "too_long", NotADate = "not_a_date", NotATime = "not_a_time",
        EndsBefore = "ends_before", LastsTooLong = "lasts_too_long", NoSuchTime = "no_such_time",
        NoSuchZone = "no_such_zone", NotSeats = "not_seats", NotAUrl = "not_a_url",
        NotMeetingUrl = "not_meeting_url", ClosesBefore = "closes_before", NotMinutes = "not_minutes",
        NoSuchMunicipality = "no_such_municipality", NoSuchOrganisation = "no_such_organisation",
        WayTaken = "way_taken", NeedsFormat = "needs_format", Twice = "twice", TooMany = "too_many",
        NotAChoice = "not_a_choice",
    }
}

/// All fields of an event as text. A field that is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet(pub BTreeMap<String, String>);

impl Sheet {
    /// What stands in a field.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Writes a field.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// Writes what the database holds, tidied as what is typed is.
    pub fn put(&mut self, field: &str, value: Option<&str>) {
        self.set(field, tidy(value.unwrap_or_default(), is_text(field)));
    }

    /// Adds a row of a list, tidied.
    pub fn put_row(&mut self, list: List, cells: &[Option<&str>]) {
        let mut rows = self.rows(list);
        rows.push(cells.iter().map(|cell| tidy(cell.unwrap_or_default(), false)).collect());
        self.set_rows(list, &rows);
    }

    /// The rows of a list, each with all its columns.
    #[must_use]
    pub fn rows(&self, list: List) -> Vec<Vec<String>> {
        let columns = list.columns().len();
        self.get(list.as_str())
            .lines()
            .map(|line| {
                let mut row: Vec<String> = line.split('\t').map(str::to_owned).collect();
                row.resize(columns, String::new());
                row
            })
            .collect()
    }

    /// Writes the rows of a list.
    pub fn set_rows(&mut self, list: List, rows: &[Vec<String>]) {
        let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
        // Every line ends, so that a single empty row is one.
        self.set(list.as_str(), lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }

    /// The sheet of a posted form: spaces around lines are nothing, and what is no character of a line is a space.
    #[must_use]
    pub fn of_form(pairs: &[(String, String)]) -> Self {
        let mut sheet = Self::default();
        for &field in FIELDS {
            if let Some((_, value)) = pairs.iter().find(|(name, _)| name == field) {
                sheet.set(field, tidy(value, is_text(field)));
            }
        }
        let mut themes: Vec<&str> = pairs
            .iter()
            .filter(|(name, _)| name == THEMES)
            .map(|(_, theme)| theme.trim())
            .collect();
        themes.sort_unstable();
        themes.dedup();
        sheet.set(THEMES, themes.join(","));
        for &list in LISTS {
            let mut rows: Vec<Vec<String>> = Vec::new();
            for (column, name) in list.columns().iter().enumerate() {
                let name = format!("{}-{name}", list.as_str());
                let values = pairs.iter().filter(|(key, _)| *key == name).take(MOST_ROWS + 1);
                for (at, (_, value)) in values.enumerate() {
                    if rows.len() <= at {
                        rows.push(vec![String::new(); list.columns().len()]);
                    }
                    if let Some(cell) = rows.get_mut(at).and_then(|row| row.get_mut(column)) {
                        *cell = tidy(value, false);
                    }
                }
            }
            sheet.set_rows(list, &rows);
        }
        sheet
    }

    /// Without rows in which nothing has been written.
    #[must_use]
    pub fn without_empty_rows(mut self) -> Self {
        for &list in LISTS {
            let mut rows = self.rows(list);
            rows.retain(|row| !is_empty_row(list, row));
            self.set_rows(list, &rows);
        }
        self
    }
}

/// A row in which only what was chosen for it stands.
fn is_empty_row(list: List, row: &[String]) -> bool {
    let chosen = |column: &str| matches!(column, "kind" | "is_announced" | "id");
    list.columns().iter().zip(row).all(|(column, cell)| chosen(column) || cell.is_empty())
}

/// The field holds several lines.
fn is_text(field: &str) -> bool {
    matches!(field, "summary_sv" | "summary_en" | "directions_sv" | "directions_en")
}

fn tidy(value: &str, lines: bool) -> String {
    let text = value.replace("\r\n", "\n");
    let kept: String = text
        .chars()
        .map(|c| if c == '\r' || (c.is_control() && !(lines && c == '\n')) { ' ' } else { c })
        .collect();
    kept.trim().to_owned()
}

/// What a button in the form does beside saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Adds an empty row.
    Add(List),
    /// Moves a row up.
    Up(List, usize),
    /// Moves a row down.
    Down(List, usize),
    /// Takes a row away.
    Remove(List, usize),
    /// Shows the descriptions as participants will see them.
    Look,
}

impl Step {
    /// What a button's value says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "look" {
            return Some(Self::Look);
        }
        let mut words = text.split('-');
        let list = List::parse(words.next()?)?;
        let what = words.next()?;
        let at = words.next().and_then(|at| at.parse().ok());
        Some(match (what, at) {
            ("add", None) => Self::Add(list),
            ("up", Some(at)) => Self::Up(list, at),
            ("down", Some(at)) => Self::Down(list, at),
            ("remove", Some(at)) => Self::Remove(list, at),
            _ => return None,
        })
    }

    /// Does it.
    pub fn take(self, sheet: &mut Sheet) {
        let (Self::Add(list) | Self::Up(list, _) | Self::Down(list, _) | Self::Remove(list, _)) =
            self
        else {
            return;
        };
        let mut rows = sheet.rows(list);
        match self {
            Self::Add(_) if rows.len() < MOST_ROWS => {
                rows.push(vec![String::new(); list.columns().len()]);
            }
            Self::Up(_, at) if at > 0 && at < rows.len() => rows.swap(at, at - 1),
            Self::Down(_, at) if at + 1 < rows.len() => rows.swap(at, at + 1),
            Self::Remove(_, at) if at < rows.len() => {
                rows.remove(at);
            }
            _ => {}
        }
        sheet.set_rows(list, &rows);
    }
}

/// A field that somebody else has changed as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Its name.
    pub field: String,
    /// What they wrote.
    pub theirs: String,
}

/// A form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPlan {
    /// It was sent, and this is the answer.
    pub is_there: bool,
    /// As it was filled, with what others have saved meanwhile.
    pub sheet: Sheet,
    /// The fingerprints of what it is to be laid beside next time.
    pub base: String,
    /// What is wrong, in the order of the form.
    pub problems: Vec<(String, PlanProblem)>,
    /// What both have changed.
    pub conflicts: Vec<Conflict>,
    /// The descriptions as participants will see them, Swedish and English, as safe HTML.
    pub look: Option<(String, String)>,
}

impl PostedPlan {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<PlanProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| *problem)
    }
}

/// A value and what it is called.
pub type Choice = (String, String);

/// What can be chosen in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Programmes and their series.
    pub homes: Vec<Choice>,
    /// Themes.
    pub themes: Vec<Choice>,
    /// The names of those who are presented already.
    pub presenters: Vec<String>,
    /// The names of all organisations that are known.
    pub organisations: Vec<String>,
}

/// The page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPage {
    /// The event's slug and state; `None` for one that does not exist yet.
    pub event: Option<Planned>,
    /// The fields as they are saved.
    pub sheet: Sheet,
    /// Their fingerprints.
    pub base: String,
    /// What can be chosen.
    pub choices: Choices,
}

/// An event that is being planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// What has been decided about it.
    pub state: State,
    /// It is over.
    pub is_past: bool,
    /// It has been put away.
    pub is_archived: bool,
    /// How many have signed up and have not left.
    pub signed_up: i64,
    /// What was said to those signed up when it was cancelled.
    pub cancel_word: Option<String>,
}

/// A line in the list of what is being planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedLine {
    /// The event.
    pub event: Planned,
    /// The day it begins.
    #[serde(with = "crate::wire::date")]
    pub date: jiff::civil::Date,
    /// Its series or programme.
    pub home: String,
}

/// The readable part of an address, made of a title. Letters that have no place there become those nearest to them.
#[must_use]
pub fn slug_of(title: &str) -> String {
    /// Longer ones are cut between words.
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        let plain = match c {
            'å' | 'ä' | 'à' | 'á' | 'â' | 'æ' => 'a',
            'ö' | 'ø' | 'ó' | 'ô' => 'o',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'ü' | 'ú' => 'u',
            'í' => 'i',
            'ñ' => 'n',
            'ç' => 'c',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if plain != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(plain);
        }
    }
    if slug.len() > LONGEST {
        let cut = slug.get(..LONGEST).and_then(|start| start.rfind('-')).unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    let slug = slug.trim_matches('-');
    // "new" is an address of its own.
    if slug.is_empty() || slug == "new" { "aktivitet".to_owned() } else { slug.to_owned() }
}

/// What an organiser can decide about an event next.
#[must_use]
pub fn next_states(state: State, has_sign_ups: bool, is_past: bool) -> Vec<State> {
    if is_past {
        return Vec::new();
    }
    let mut next = match state {
        State::Draft => vec![State::Published, State::Preliminary],
        State::Preliminary => vec![State::Published, State::Draft, State::Cancelled],
        State::Published => vec![State::Cancelled, State::Draft],
        State::Cancelled => vec![State::Published],
        State::Held => Vec::new(),
    };
    // Nobody's place disappears from sight.
    next.retain(|next| *next != State::Draft || !has_sign_ups);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn rows_go_to_and_fro_and_can_be_moved() {
        let mut sheet = Sheet::of_form(&pairs(&[
            ("slots-minutes", "25"),
            ("slots-minutes", ""),
            ("slots-minutes", "15"),
            ("slots-title_sv", " Före\tdrag "),
            ("slots-title_sv", ""),
            ("slots-title_sv", "Frågor"),
            ("slots-title_en", "Talk"),
        ]));
        assert_eq!(sheet.rows(List::Slots).len(), 3);
        sheet = sheet.without_empty_rows();
        assert_eq!(sheet.get("slots"), "25\tFöre drag\tTalk\n15\tFrågor\t\n");
        Step::parse("slots-down-0").unwrap().take(&mut sheet);
        assert_eq!(sheet.rows(List::Slots)[0], ["15", "Frågor", ""]);
        Step::parse("slots-add").unwrap().take(&mut sheet);
        assert_eq!(sheet.rows(List::Slots).len(), 3);
        Step::parse("slots-remove-0").unwrap().take(&mut sheet);
        Step::parse("slots-up-0").unwrap().take(&mut sheet);
        Step::parse("slots-remove-99").unwrap().take(&mut sheet);
        assert_eq!(sheet.rows(List::Slots)[0][1], "Före drag");
        for nonsense in ["", "slots", "slots-up", "slots-up-x", "other-add", "slots-add-1"] {
            assert_eq!(Step::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn lines_are_tidied_and_texts_keep_theirs() {
        let sheet = Sheet::of_form(&pairs(&[
            ("title_sv", " En\r\nrad\u{7} "),
            ("summary_sv", "Ett\r\n\r\nTvå\u{0}"),
            ("themes", "b"),
            ("themes", "a"),
            ("themes", "b"),
        ]));
        assert_eq!(sheet.get("title_sv"), "En rad");
        assert_eq!(sheet.get("summary_sv"), "Ett\n\nTvå");
        assert_eq!(sheet.get(THEMES), "a,b");
    }

    #[test]
    fn an_address_is_made_of_the_title() {
        for (title, slug) in [
            ("Fika på Öland: del 2!", "fika-pa-oland-del-2"),
            ("  ", "aktivitet"),
            ("New", "aktivitet"),
            ("日本", "aktivitet"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        let long = slug_of(&"innovation ".repeat(20));
        assert!(long.len() <= 60 && long.ends_with("innovation"), "{long}");
        assert!(slug_of(&"x".repeat(300)).len() == 60);
    }

    #[test]
    fn an_event_with_people_never_goes_out_of_sight() {
        assert!(next_states(State::Published, false, false).contains(&State::Draft));
        assert!(!next_states(State::Published, true, false).contains(&State::Draft));
        assert!(next_states(State::Published, true, true).is_empty());
    }
}
