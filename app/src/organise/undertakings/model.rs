//! What the pages of programmes and series show to those who organise them. Pure.

use crate::events::model::State;
use crate::events::page_model::Link;
use crate::organise::plan::model::{Choice, Choices, Sheet};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// All programmes that somebody organises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undertakings {
    /// Whoever looks may make new ones.
    pub may_make: bool,
    /// In the order of the site.
    pub programmes: Vec<ProgrammeRow>,
}

/// A programme in that list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeRow {
    /// How it stands.
    pub standing: Standing,
    /// Whose it is.
    pub owner: Option<String>,
    /// Its series.
    pub series: Vec<SeriesRow>,
}

/// A series in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRow {
    /// How it stands.
    pub standing: Standing,
    /// How many stops it has, drafts too.
    pub stops: i64,
}

/// A programme or a series, and whether it has been put away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// It has been put away.
    pub is_archived: bool,
    /// People can still come to something of it: it cannot be put away.
    pub is_going_on: bool,
}

/// The form of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammePlan {
    /// How it stands; `None` for one that does not exist yet.
    pub programme: Option<Standing>,
    /// Its number, as the forms of events name it.
    pub home: String,
    /// The fields as they are saved.
    pub sheet: Sheet,
    /// Their fingerprints.
    pub base: String,
    /// What can be chosen.
    pub choices: Choices,
    /// Its series.
    pub series: Vec<SeriesRow>,
}

/// The form of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPlan {
    /// How it stands.
    pub series: Standing,
    /// Its programme.
    pub programme: Link,
    /// Programme and series, as the forms of events name them.
    pub home: String,
    /// The fields as they are saved.
    pub sheet: Sheet,
    /// Their fingerprints.
    pub base: String,
    /// Its events in the order of time, drafts too.
    pub stops: Vec<StopRow>,
    /// Events of the programme that are in no series.
    pub others: Vec<Choice>,
}

/// A stop of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopRow {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// What has been decided about it.
    pub state: State,
    /// When it begins, by the clocks at its place.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
    /// A time of day belongs to it.
    pub has_clock: bool,
    /// It is still to come and will take place: it can have another date.
    pub can_move: bool,
    /// How many have signed up, who are told of another date.
    pub signed_up: i64,
}

/// Which stops can change places: each with the next one, where both can have another date.
#[must_use]
pub fn neighbours(stops: &[StopRow]) -> Vec<(Option<&str>, Option<&str>)> {
    let other = |at: usize, other: Option<usize>| {
        let (stop, other) = (stops.get(at)?, stops.get(other?)?);
        (stop.can_move && other.can_move).then_some(other.slug.as_str())
    };
    (0..stops.len()).map(|at| (other(at, at.checked_sub(1)), other(at, Some(at + 1)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_to_come_changes_places() {
        let stop = |slug: &str, can_move| StopRow {
            slug: slug.into(),
            title: slug.into(),
            state: State::Draft,
            starts: jiff::civil::date(2027, 5, 12).at(8, 0, 0, 0),
            has_clock: true,
            can_move,
            signed_up: 0,
        };
        let stops = [stop("a", false), stop("b", true), stop("c", true)];
        assert_eq!(neighbours(&stops), [(None, None), (None, Some("c")), (Some("b"), None)]);
        assert!(neighbours(&[]).is_empty());
    }
}
