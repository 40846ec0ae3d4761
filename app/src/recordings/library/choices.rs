//! What one can filter the library by, counted. Pure.

use crate::recordings::query::Dimension;
#[cfg(feature = "ssr")]
use crate::recordings::query::{Length, RecordingQuery};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use std::collections::HashMap;

/// One choice, with how many recordings it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The key in the address.
    pub key: String,
    /// What the reader sees; empty where the key has a word of its own in `text`.
    pub name: String,
    /// Recordings with all other choices as they are.
    pub count: u32,
}

/// The choices in one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Which.
    pub dimension: Dimension,
    /// In the order to show them.
    pub choices: Vec<Choice>,
}

/// What of a recording the filters look at: keys and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Its number.
    pub id: i64,
    /// Of its event.
    pub programme: (String, String),
    /// Of its event.
    pub series: Option<(String, String)>,
    /// Of its event.
    pub themes: Vec<(String, String)>,
    /// Of its event.
    pub municipalities: Vec<(String, String)>,
    /// Of its event.
    pub speakers: Vec<(String, String)>,
    /// Of its event.
    pub year: i32,
    /// What is spoken.
    pub language: String,
    /// Where it is known.
    pub duration_ms: Option<i32>,
}

impl Traits {
    /// Calls `each` with the choices that it falls under in one dimension: key and name.
    #[cfg(feature = "ssr")]
    fn each_choice<'a>(&'a self, dimension: Dimension, mut each: impl FnMut(&'a str, &'a str)) {
        let pair = |(key, name): &'a (String, String)| (key.as_str(), name.as_str());
        match dimension {
            Dimension::Programme => each(&self.programme.0, &self.programme.1),
            Dimension::Series => {
                if let Some((key, name)) = self.series.as_ref().map(pair) {
                    each(key, name);
                }
            }
            Dimension::Theme => {
                self.themes.iter().map(pair).for_each(|(key, name)| each(key, name))
            }
            Dimension::Municipality => {
                self.municipalities.iter().map(pair).for_each(|(key, name)| each(key, name));
            }
            Dimension::Speaker => {
                self.speakers.iter().map(pair).for_each(|(key, name)| each(key, name));
            }
            Dimension::Year => each(year_key(self.year), ""),
            Dimension::Language => each(&self.language, ""),
            Dimension::Length => {
                if let Some(duration) = self.duration_ms {
                    each(Length::of(duration).as_str(), "");
                }
            }
        }
    }

    #[cfg(feature = "ssr")]
    fn falls_under(&self, dimension: Dimension, chosen: &str) -> bool {
        let mut found = false;
        self.each_choice(dimension, |key, _| found |= key == chosen);
        found
    }
}

/// The years of recordings that there can be, as text: the year of a recording is asked for thousands of times.
#[cfg(feature = "ssr")]
fn year_key(year: i32) -> &'static str {
    use std::sync::LazyLock;
    const FIRST: i32 = 1990;
    static YEARS: LazyLock<Vec<String>> =
        LazyLock::new(|| (FIRST..2200).map(|year| year.to_string()).collect());
    usize::try_from(year - FIRST).ok().and_then(|at| YEARS.get(at)).map_or("", String::as_str)
}

/// Which recordings pass all that is chosen, in their order, and what can be chosen. Each choice is counted among the
/// recordings that pass all the *other* choices: so each figure is what one gets by clicking it. A chosen one is always
/// there, so that it can be unchosen.
#[cfg(feature = "ssr")]
#[must_use]
pub fn choose(all: &[Traits], query: &RecordingQuery) -> (Vec<i64>, Vec<Facet>) {
    let chosen: Vec<(usize, Dimension, &str)> = Dimension::ALL
        .iter()
        .enumerate()
        .filter_map(|(at, &dimension)| Some((at, dimension, query.chosen(dimension)?)))
        .collect();
    let mut passing = Vec::new();
    let mut counts: Vec<HashMap<&str, (&str, u32)>> = vec![HashMap::new(); Dimension::ALL.len()];
    for one in all {
        let mut misses =
            chosen.iter().filter(|(_, dimension, key)| !one.falls_under(*dimension, key));
        let (first, second) = (misses.next(), misses.next());
        if first.is_none() {
            passing.push(one.id);
        }
        if second.is_some() {
            continue;
        }
        // What misses one choice alone counts for the choices beside that one.
        let only = first.map(|(at, ..)| *at);
        for (at, &dimension) in Dimension::ALL.iter().enumerate() {
            if only.is_none_or(|only| only == at) {
                one.each_choice(dimension, |key, name| {
                    counts[at].entry(key).or_insert((name, 0)).1 += 1;
                });
            }
        }
    }
    let counted = counts.into_iter().zip(Dimension::ALL).map(|(counts, &dimension)| {
        let counts = counts.into_iter().filter(|(key, _)| !key.is_empty());
        let choice = |(key, (name, count)): (&str, (&str, u32))| Choice {
            key: key.into(),
            name: name.into(),
            count,
        };
        Facet { dimension, choices: counts.map(choice).collect() }
    });
    let facets = to_show(counted, query);
    (passing, facets)
}

/// What of all that was counted is shown, in its order: a choice that was made is always there, and where there is one
/// choice that nobody has made there is nothing to choose.
#[cfg(feature = "ssr")]
#[must_use]
pub fn to_show(counted: impl IntoIterator<Item = Facet>, query: &RecordingQuery) -> Vec<Facet> {
    counted
        .into_iter()
        .map(|Facet { dimension, mut choices }| {
            if let Some(chosen) = query.chosen(dimension)
                && choices.iter().all(|choice| choice.key != chosen)
            {
                choices.push(Choice { key: chosen.to_owned(), name: String::new(), count: 0 });
            }
            sort(dimension, &mut choices);
            Facet { dimension, choices }
        })
        .filter(|facet| facet.choices.len() > 1 || query.chosen(facet.dimension).is_some())
        .collect()
}

/// Years the newest first, lengths the shortest first, all else the commonest first.
#[cfg(feature = "ssr")]
fn sort(dimension: Dimension, choices: &mut [Choice]) {
    match dimension {
        Dimension::Year => choices.sort_by(|a, b| b.key.cmp(&a.key)),
        Dimension::Length => choices.sort_by_key(|choice| Length::parse(&choice.key)),
        _ => choices.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.key.cmp(&b.key))
        }),
    }
}
