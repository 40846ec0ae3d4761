use super::choices::{Traits, choose};
use crate::recordings::query::{Dimension, RecordingQuery};

fn pair(key: &str) -> (String, String) {
    (key.to_owned(), key.to_uppercase())
}

fn recording(id: i64, programme: &str, themes: &[&str], year: i32, minutes: i32) -> Traits {
    Traits {
        id,
        programme: pair(programme),
        themes: themes.iter().map(|theme| pair(theme)).collect(),
        year,
        language: if id % 2 == 0 { "en" } else { "sv" }.to_owned(),
        duration_ms: Some(minutes * 60_000),
        ..Traits::default()
    }
}

fn all() -> Vec<Traits> {
    vec![
        recording(1, "a", &["mod", "data"], 2023, 10),
        recording(2, "a", &["mod"], 2024, 40),
        recording(3, "b", &["data"], 2024, 90),
        Traits { duration_ms: None, ..recording(4, "b", &[], 1066, 1) },
    ]
}

fn counts(query: &RecordingQuery, dimension: Dimension) -> Vec<(String, u32)> {
    let (_, facets) = choose(&all(), query);
    let facet = facets.into_iter().find(|facet| facet.dimension == dimension);
    facet.map_or_else(Vec::new, |facet| {
        facet.choices.into_iter().map(|choice| (choice.key, choice.count)).collect()
    })
}

fn expected(pairs: &[(&str, u32)]) -> Vec<(String, u32)> {
    pairs.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect()
}

#[test]
fn each_figure_is_what_one_gets_by_clicking_it() {
    let none = RecordingQuery::default();
    assert_eq!(choose(&all(), &none).0, [1, 2, 3, 4]);
    assert_eq!(counts(&none, Dimension::Theme), expected(&[("data", 2), ("mod", 2)]));
    assert_eq!(counts(&none, Dimension::Year), expected(&[("2024", 2), ("2023", 1)]));
    assert_eq!(
        counts(&none, Dimension::Length),
        expected(&[("short", 1), ("medium", 1), ("long", 1)])
    );
    for &dimension in Dimension::ALL {
        for (key, count) in counts(&none, dimension) {
            let clicked = choose(&all(), &none.with(dimension, Some(&key))).0;
            assert_eq!(clicked.len(), usize::try_from(count).unwrap(), "{dimension:?} {key}");
        }
    }
}

#[test]
fn what_is_chosen_does_not_take_its_neighbours_away() {
    let query = RecordingQuery::default().with(Dimension::Theme, Some("mod"));
    assert_eq!(choose(&all(), &query).0, [1, 2]);
    assert_eq!(counts(&query, Dimension::Theme), expected(&[("data", 2), ("mod", 2)]));
    assert_eq!(counts(&query, Dimension::Year), expected(&[("2024", 1), ("2023", 1)]));
    assert!(counts(&query, Dimension::Programme).is_empty(), "one programme is no choice");
    let both = query.with(Dimension::Year, Some("2024"));
    assert_eq!(choose(&all(), &both).0, [2]);
    assert_eq!(counts(&both, Dimension::Theme), expected(&[("data", 1), ("mod", 1)]));
}

#[test]
fn a_choice_that_nothing_is_under_can_be_taken_back() {
    let query = RecordingQuery::default().with(Dimension::Speaker, Some("nobody"));
    assert!(choose(&all(), &query).0.is_empty());
    assert_eq!(counts(&query, Dimension::Speaker), expected(&[("nobody", 0)]));
}
