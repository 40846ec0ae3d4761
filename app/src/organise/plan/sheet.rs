//! An event as a form: every field as the text that stands in it. Pure.
//!
//! The form, what the database holds and what two organisers wrote are all sheets; so they can be laid side by
//! side field by field (`merge`), and only what came of that is read (`read`).

use crate::events::model::words;
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
/// The most rows of a list.
pub const MOST_ROWS: usize = 40;

words! {
    /// A part of an event or of a programme of which there are several, in an order.
    List {
        Slots = "slots", Speakers = "speakers", Materials = "materials", Partners = "partners",
        Contacts = "contacts", Outcomes = "outcomes", Platforms = "platforms", Documents = "documents",
    }
}

impl List {
    /// The names of what stands in a row.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Slots => &["minutes", "title_sv", "title_en"],
            Self::Speakers | Self::Contacts => &["name", "role", "organisation"],
            Self::Partners => &["organisation"],
            Self::Outcomes => {
                &["value", "unit", "measure_sv", "measure_en", "scope_sv", "scope_en"]
            }
            Self::Platforms => &["name", "municipality"],
            Self::Materials => {
                &["id", "kind", "title", "url", "about_sv", "about_en", "is_announced"]
            }
            Self::Documents => &[
                "id",
                "kind",
                "title",
                "url",
                "about_sv",
                "about_en",
                "is_announced",
                "group_sv",
                "group_en",
            ],
        }
    }

    /// The column without which a row is no row.
    #[must_use]
    pub const fn main(self) -> usize {
        match self {
            Self::Slots => 1,
            Self::Speakers | Self::Contacts | Self::Partners | Self::Platforms => 0,
            Self::Materials | Self::Outcomes | Self::Documents => 2,
        }
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
        let fields = FIELDS.iter().chain(super::pattern::FIELDS).copied();
        let mut sheet = Self::of_fields(pairs, fields, LISTS);
        let mut themes: Vec<&str> = pairs
            .iter()
            .filter(|(name, _)| name == THEMES)
            .map(|(_, theme)| theme.trim())
            .collect();
        themes.sort_unstable();
        themes.dedup();
        sheet.set(THEMES, themes.join(","));
        sheet
    }

    /// The sheet of a posted form that has these fields and lists.
    #[must_use]
    pub fn of_fields(
        pairs: &[(String, String)],
        fields: impl Iterator<Item = &'static str>,
        lists: &[List],
    ) -> Self {
        let mut sheet = Self::default();
        for field in fields {
            if let Some((_, value)) = pairs.iter().find(|(name, _)| name == field) {
                sheet.set(field, tidy(value, is_text(field)));
            }
        }
        for &list in lists {
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
        let lists = List::ALL.iter().copied();
        let there: Vec<List> = lists.filter(|list| self.0.contains_key(list.as_str())).collect();
        for list in there {
            let mut rows = self.rows(list);
            rows.retain(|row| !is_empty_row(list, row));
            self.set_rows(list, &rows);
        }
        self
    }
}

/// A row in which only what was chosen for it stands.
fn is_empty_row(list: List, row: &[String]) -> bool {
    let chosen = |column: &str| matches!(column, "kind" | "is_announced" | "id" | "unit");
    list.columns().iter().zip(row).all(|(column, cell)| chosen(column) || cell.is_empty())
}

/// The field holds several lines.
fn is_text(field: &str) -> bool {
    matches!(
        field,
        "summary_sv"
            | "summary_en"
            | "directions_sv"
            | "directions_en"
            | "series_summary_sv"
            | "series_summary_en"
    )
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
}
