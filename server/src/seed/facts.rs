//! The facts as the files in `server/demo` hold them: `programmes.json` the programmes as they were,
//! `season.json` the demonstration season, both in the same form.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;

use super::SeedError;

const PROGRAMMES: &str = include_str!("../../demo/programmes.json");
const SEASON: &str = include_str!("../../demo/season.json");

#[derive(Deserialize)]
pub(super) struct Facts {
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub programmes: Vec<Programme>,
    #[serde(default)]
    pub participants: Vec<Participant>,
}

impl Facts {
    /// Both files as one, the season first.
    pub fn read() -> Result<Self, SeedError> {
        let read = |file, text| {
            serde_json::from_str::<Self>(text).map_err(|cause| SeedError::File { file, cause })
        };
        let mut all = read("season.json", SEASON)?;
        let archive = read("programmes.json", PROGRAMMES)?;
        all.organisations.extend(archive.organisations);
        all.people.extend(archive.people);
        all.programmes.extend(archive.programmes);
        all.participants.extend(archive.participants);
        Ok(all)
    }
}

#[derive(Deserialize)]
pub(super) struct Organisation {
    pub slug: String,
    pub name: String,
    pub short: Option<String>,
    pub kind: String,
    pub municipality_code: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub slug: String,
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Participant {
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub language: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Programme {
    pub slug: String,
    pub title: String,
    #[serde(default)]
    pub is_demonstration: bool,
    pub owner: Option<String>,
    pub funder: Option<String>,
    pub reference: Option<String>,
    pub grant_sek: Option<i64>,
    /// `2021`, `2023-09` or `2023-09-06`.
    pub starts: Option<String>,
    pub ends: Option<String>,
    #[serde(default)]
    pub partners: Vec<String>,
    #[serde(default)]
    pub contacts: Vec<String>,
    #[serde(default)]
    pub facts: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub series: Vec<Series>,
    /// Events that belong to no series.
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default)]
    pub materials: Vec<Material>,
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
    #[serde(default)]
    pub platforms: Vec<Platform>,
}

impl Programme {
    /// All events, each with its series where it has one.
    pub fn all_events(&self) -> impl Iterator<Item = (Option<&Series>, &Event)> {
        let in_series = self
            .series
            .iter()
            .flat_map(|series| series.events.iter().map(move |event| (Some(series), event)));
        in_series.chain(self.events.iter().map(|event| (None, event)))
    }
}

#[derive(Deserialize)]
pub(super) struct Series {
    pub slug: String,
    pub title: String,
    pub kind: String,
    pub participants: Option<i32>,
    #[serde(default)]
    pub pattern: Pattern,
    /// What holds for its events where they do not say otherwise.
    #[serde(default)]
    pub defaults: Settings,
    #[serde(default)]
    pub events: Vec<Event>,
}

#[derive(Deserialize, Default)]
pub(super) struct Pattern {
    #[serde(default)]
    pub slots: Vec<Slot>,
}

#[derive(Deserialize)]
pub(super) struct Slot {
    pub title: String,
    pub minutes: i32,
}

/// An event says when it is in one of three ways: from `starts_at` to `ends_at`; a `date` whose hour
/// nobody wrote down; or `from` one hour `to` another on a `day` of the demonstration season.
#[derive(Deserialize)]
pub(super) struct Event {
    pub slug: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub kind: Option<String>,
    pub starts_at: Option<DateTime>,
    pub ends_at: Option<DateTime>,
    #[serde(default)]
    pub all_day: bool,
    pub date: Option<Date>,
    pub day: Option<i32>,
    pub from: Option<Time>,
    pub to: Option<Time>,
    #[serde(flatten)]
    pub settings: Settings,
    pub language: Option<Language>,
    pub venue: Option<String>,
    pub address: Option<String>,
    #[serde(default)]
    pub municipalities: Vec<String>,
    #[serde(default)]
    pub speakers: Vec<String>,
    #[serde(default)]
    pub slots: Vec<Slot>,
    pub recording: Option<Recording>,
    /// Places that made-up participants have taken, and how many wait for one.
    #[serde(default)]
    pub taken: usize,
    #[serde(default)]
    pub waiting: usize,
}

#[derive(Deserialize, Default)]
pub(super) struct Settings {
    pub format: Option<Format>,
    pub platform: Option<String>,
    pub status: Option<Status>,
    /// `free`, or `fee` where the words are in the texts.
    pub price: Option<String>,
    pub contact: Option<String>,
    pub opens: Option<Opens>,
    pub closes: Option<Closes>,
    /// Seats by way of taking part; a way that is not named has no limit.
    pub seats: Option<BTreeMap<String, i32>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    Digital,
    OnSite,
    Hybrid,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Self::Digital => "digital",
            Self::OnSite => "on_site",
            Self::Hybrid => "hybrid",
        }
    }

    /// The ways of taking part.
    pub fn ways(self) -> &'static [&'static str] {
        match self {
            Self::Digital => &["digital"],
            Self::OnSite => &["on_site"],
            Self::Hybrid => &["on_site", "digital"],
        }
    }
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Preliminary,
    Published,
}

/// Sign-up opens on this day of the season.
#[derive(Deserialize, Clone, Copy)]
pub(super) struct Opens {
    pub day: i32,
    pub at: Time,
}

/// Sign-up closes so many days before the event, else when it starts.
#[derive(Deserialize, Clone, Copy)]
pub(super) struct Closes {
    pub days_before: i32,
    pub at: Time,
}

#[derive(Deserialize)]
pub(super) struct Language {
    pub presentation: String,
    pub dialogue: String,
}

#[derive(Deserialize)]
pub(super) struct Recording {
    pub title: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Material {
    pub group: Option<String>,
    pub municipality: Option<String>,
    pub kind: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// Says that it is announced only; such a material has no title of its own.
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Outcome {
    pub measure: String,
    pub of_ten: Option<i64>,
    pub percent: Option<i64>,
    pub count: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Platform {
    pub name: String,
    pub municipality: Option<String>,
}
