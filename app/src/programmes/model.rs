//! A programme, as its page and the start page show it.

use crate::events::model::{EventLine, words};
use crate::events::page_model::{MaterialItem, Person};
use crate::images::model::Picture;
use crate::series::model::SeriesLine;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// How an outcome is counted.
    Unit { OfTen = "of_ten", Percent = "percent", Count = "count" }
}

/// One figure about what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What is counted.
    pub measure: String,
    /// In what.
    pub unit: Unit,
    /// How many.
    pub value: i64,
    /// Among whom.
    pub scope: Option<String>,
}

/// One of the places where the work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// Its name.
    pub name: String,
    /// Its municipality.
    pub municipality: Option<String>,
}

/// When it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    #[serde(with = "crate::wire::date::option")]
    pub starts: Option<Date>,
    /// The last day.
    #[serde(with = "crate::wire::date::option")]
    pub ends: Option<Date>,
    /// `year`, `month` or `day`: how precisely the two are known.
    pub precision: String,
}

/// The page of a programme, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammePage {
    /// What it is called.
    pub title: String,
    /// Its organisers have put it away.
    pub is_over: bool,
    /// Its picture.
    pub picture: Option<Picture>,
    /// A few sentences.
    pub summary: String,
    /// The same as it is shown: HTML that is safe.
    pub summary_html: String,
    /// For whom.
    pub audience: Option<String>,
    /// When.
    pub period: Period,
    /// Whose it is.
    pub owner: Option<String>,
    /// Who pays.
    pub funder: Option<String>,
    /// The funder's number for it.
    pub funder_reference: Option<String>,
    /// How much, in Swedish kronor.
    pub grant_sek: Option<i64>,
    /// Who takes part in running it.
    pub partners: Vec<String>,
    /// Whom to ask.
    pub contacts: Vec<Person>,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
    /// Where the work is done.
    pub platforms: Vec<Platform>,
    /// Its series.
    pub series: Vec<SeriesLine>,
    /// Its events that belong to no series.
    pub events: Vec<EventLine>,
    /// To read and to see.
    pub materials: Vec<MaterialItem>,
}

/// A programme in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeLine {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub owner: Option<String>,
    /// When.
    pub period: Period,
}
