//! What the page of all materials can be asked, and what it answers. Pure.

use super::file::{MaterialFile, Snippet};
use crate::calendar::model::encode;
use crate::events::model::{Slug, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one looks for is cut here.
const LONGEST_SEARCH: usize = 100;

words! {
    /// What sort of material it is, in the order in which they are shown.
    MaterialKind {
        Report = "report", Anthology = "anthology", Review = "review", Thesis = "thesis", Study = "study",
        Handbook = "handbook", Method = "method", Book = "book", Video = "video", Slides = "slides", Link = "link",
    }
}

words! {
    /// A thing one can filter by; its word is the key in the address.
    Dimension {
        Theme = "theme", Kind = "kind", Municipality = "municipality", Programme = "programme",
    }
}

/// What is asked for, as its address has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct MaterialsQuery {
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Slug of a theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// What sort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<MaterialKind>,
    /// Four-digit code of a municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Slug of a programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
}

impl MaterialsQuery {
    /// Reads the parameters of an address. Whatever cannot be read counts as not being there.
    #[must_use]
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let slug = |key| get(key).filter(|text| Slug::parse(text).is_some());
        Self {
            q: get("q").and_then(|text| tidy_search(&text)),
            theme: slug("theme"),
            kind: get("kind").and_then(|text| MaterialKind::parse(&text)),
            municipality: slug("municipality"),
            programme: slug("programme"),
        }
    }

    /// The query as [`MaterialsQuery::parse`] would have read it, whoever made it.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let pairs = self.pairs();
        Self::parse(|key| {
            pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
        })
    }

    /// What is chosen in one dimension.
    #[must_use]
    pub fn chosen(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Theme => self.theme.as_deref(),
            Dimension::Kind => self.kind.map(MaterialKind::as_str),
            Dimension::Municipality => self.municipality.as_deref(),
            Dimension::Programme => self.programme.as_deref(),
        }
    }

    /// The same with another choice in one dimension; `None` takes the choice away.
    #[must_use]
    pub fn with(&self, dimension: Dimension, choice: Option<&str>) -> Self {
        let mut query = self.clone();
        let text = choice.map(str::to_owned);
        match dimension {
            Dimension::Theme => query.theme = text,
            Dimension::Kind => query.kind = choice.and_then(MaterialKind::parse),
            Dimension::Municipality => query.municipality = text,
            Dimension::Programme => query.programme = text,
        }
        query
    }

    /// Nothing is asked for: all of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parameters of the address, in a fixed order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.q.clone().map(|text| ("q", text)));
        pairs.extend(Dimension::ALL.iter().filter_map(|&dimension| {
            self.chosen(dimension).map(|choice| (dimension.as_str(), choice.to_owned()))
        }));
        pairs
    }

    /// The address of this query, without the language: `/materials?kind=thesis`.
    #[must_use]
    pub fn path(&self) -> String {
        let query = encode(&self.pairs());
        if query.is_empty() { "/materials".to_owned() } else { format!("/materials?{query}") }
    }
}

/// Free text without surrounding space and control characters, of a bearable length.
fn tidy_search(text: &str) -> Option<String> {
    let tidy: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_SEARCH).collect();
    let tidy = tidy.trim();
    (!tidy.is_empty()).then(|| tidy.to_owned())
}

/// A key in an address, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// What the reader sees.
    pub name: String,
    /// The key in the address.
    pub key: String,
}

/// A document or a link, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// What sort it is.
    pub kind: MaterialKind,
    /// Its title.
    pub title: String,
    /// Where it lies; nothing where that is not known.
    pub url: Option<String>,
    /// What it is about.
    pub about: Option<String>,
    /// It is announced for later.
    pub is_announced: bool,
    /// Its file, where it lies here.
    pub file: Option<MaterialFile>,
    /// Where its file says what was looked for.
    pub said: Option<Snippet>,
    /// The programme that it belongs to.
    pub programme: Named,
    /// The event that it is from.
    pub event: Option<Named>,
    /// The municipalities that it is about.
    pub municipalities: Vec<Named>,
    /// The themes that it is about.
    pub themes: Vec<Named>,
}

impl Material {
    /// It passes what is chosen in one dimension.
    fn passes_in(&self, query: &MaterialsQuery, dimension: Dimension) -> bool {
        let Some(chosen) = query.chosen(dimension) else { return true };
        self.in_dimension(dimension).iter().any(|(key, _)| *key == chosen)
    }

    /// It passes all that is chosen.
    #[must_use]
    pub fn passes(&self, query: &MaterialsQuery) -> bool {
        Dimension::ALL.iter().all(|&dimension| self.passes_in(query, dimension))
    }

    /// The keys that it has in a dimension, and what they are called where they have no word of their own.
    fn in_dimension(&self, dimension: Dimension) -> Vec<(&str, &str)> {
        match dimension {
            Dimension::Theme => pairs_of(&self.themes),
            Dimension::Kind => vec![(self.kind.as_str(), "")],
            Dimension::Municipality => pairs_of(&self.municipalities),
            Dimension::Programme => pairs_of(std::slice::from_ref(&self.programme)),
        }
    }
}

fn pairs_of(all: &[Named]) -> Vec<(&str, &str)> {
    all.iter().map(|it| (it.key.as_str(), it.name.as_str())).collect()
}

/// One choice in a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The key in the address.
    pub key: String,
    /// What the reader sees; empty for what has a word of its own.
    pub name: String,
    /// How many materials it leaves, with all other choices as they are.
    pub count: usize,
}

/// The choices in one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Which.
    pub dimension: Dimension,
    /// In the order of their names; kinds as they are shown.
    pub choices: Vec<Choice>,
}

/// The choices that there are, each with what it would leave. A dimension with nothing to choose is left out.
#[must_use]
pub fn facets(found: &[Material], query: &MaterialsQuery) -> Vec<Facet> {
    let facet = |&dimension: &Dimension| {
        let others = query.with(dimension, None);
        let mut choices: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
        for material in found.iter().filter(|material| material.passes(&others)) {
            for (key, name) in material.in_dimension(dimension) {
                let place = MaterialKind::parse(key).map_or(0, |kind| kind as usize);
                *choices.entry((place, name, key)).or_default() += 1;
            }
        }
        let is_chosen = query.chosen(dimension).is_some();
        let choices: Vec<_> = choices
            .into_iter()
            .map(|((_, name, key), count)| Choice { key: key.into(), name: name.into(), count })
            .collect();
        (choices.len() > 1 || is_chosen).then_some(Facet { dimension, choices })
    };
    Dimension::ALL.iter().filter_map(facet).collect()
}

/// The materials of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Which.
    pub kind: MaterialKind,
    /// In their order.
    pub materials: Vec<Material>,
}

/// Kind by kind, in the order of the kinds; within each as they come, what is only announced last.
#[must_use]
pub fn grouped(materials: Vec<Material>) -> Vec<Group> {
    let mut groups: BTreeMap<MaterialKind, Vec<Material>> = BTreeMap::new();
    for material in materials {
        groups.entry(material.kind).or_default().push(material);
    }
    groups
        .into_iter()
        .map(|(kind, mut materials)| {
            materials.sort_by_key(|material| material.is_announced);
            Group { kind, materials }
        })
        .collect()
}

/// The page of all materials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialsPage {
    /// What is asked for.
    pub groups: Vec<Group>,
    /// How many that are.
    pub total: usize,
    /// What one can choose.
    pub facets: Vec<Facet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> MaterialsQuery {
        MaterialsQuery::parse(|key| {
            pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| (*value).to_owned())
        })
    }

    fn named(name: &str) -> Named {
        Named { name: name.to_uppercase(), key: name.to_owned() }
    }

    fn material(kind: MaterialKind, themes: &[&str], municipality: &str) -> Material {
        Material {
            kind,
            title: "T".into(),
            url: None,
            about: None,
            is_announced: false,
            file: None,
            said: None,
            programme: named("p"),
            event: None,
            municipalities: vec![named(municipality)],
            themes: themes.iter().copied().map(named).collect(),
        }
    }

    #[test]
    fn an_address_is_read_leniently_and_written_in_one_way() {
        let query = parse(&[("kind", "thesis"), ("q", " å\0 "), ("theme", "mod")]);
        assert_eq!(query.path(), "/materials?q=%C3%A5&theme=mod&kind=thesis");
        assert_eq!(query.tidy(), query);
        let nonsense =
            parse(&[("kind", "x"), ("q", "\u{7} "), ("theme", "../"), ("programme", "A")]);
        assert!(nonsense.is_empty());
        assert_eq!(nonsense.path(), "/materials");
    }

    #[test]
    fn counts_are_what_the_choice_would_leave() {
        use MaterialKind::{Link, Report};
        let found = [
            material(Report, &["a", "b"], "x"),
            material(Report, &["a"], "y"),
            material(Link, &["b"], "x"),
        ];
        let query = parse(&[("kind", "report")]);
        let counts: Vec<_> = facets(&found, &query)
            .into_iter()
            .map(|facet| {
                let choices = facet.choices.into_iter().map(|it| (it.key, it.count));
                (facet.dimension, choices.collect::<Vec<_>>())
            })
            .collect();
        let is = |pairs: &[(&str, usize)]| -> Vec<(String, usize)> {
            pairs.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect()
        };
        assert_eq!(
            counts,
            [
                (Dimension::Theme, is(&[("a", 2), ("b", 1)])),
                (Dimension::Kind, is(&[("report", 2), ("link", 1)])),
                (Dimension::Municipality, is(&[("x", 1), ("y", 1)])),
            ],
            "one programme is no choice"
        );
        let chosen = query.with(Dimension::Theme, Some("b"));
        assert_eq!(found.iter().filter(|it| it.passes(&chosen)).count(), 1);
    }

    #[test]
    fn what_is_announced_comes_last_of_its_kind() {
        let mut later = material(MaterialKind::Report, &[], "x");
        later.is_announced = true;
        let now = material(MaterialKind::Report, &[], "x");
        let link = material(MaterialKind::Link, &[], "x");
        let groups = grouped(vec![link, later, now]);
        assert_eq!(
            groups.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>(),
            ["report", "link"]
        );
        assert!(groups[0].materials[1].is_announced);
    }
}
