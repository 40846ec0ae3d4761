//! Those who are chosen, as a form sends them: thousands of numbers in one short field. Pure.

use std::collections::BTreeSet;

/// The field of those who are chosen beside the ticked boxes.
pub const CHOSEN: &str = "sign_ups";
/// The field of those who are left out of all.
pub const EXCEPT: &str = "except";
/// Nobody chooses more at once.
pub const MOST_CHOSEN: usize = 100_000;

/// Numbers that follow each other become one piece: `12-15.18.20-21`. No character of it is written otherwise in a
/// form.
#[must_use]
pub fn write(ids: impl IntoIterator<Item = i64>) -> String {
    let ids: BTreeSet<i64> = ids.into_iter().filter(|id| *id >= 0).collect();
    let mut pieces: Vec<(i64, i64)> = Vec::new();
    for id in ids {
        match pieces.last_mut() {
            Some((_, last)) if *last + 1 == id => *last = id,
            _ => pieces.push((id, id)),
        }
    }
    let pieces: Vec<_> = pieces
        .into_iter()
        .map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        )
        .collect();
    pieces.join(".")
}

/// The same numbers again. Pieces that cannot be read are none, and beyond [`MOST_CHOSEN`] nothing is read.
#[must_use]
pub fn read(text: &str) -> Vec<i64> {
    text.split('.')
        .filter_map(|piece| {
            let (first, last) = piece.split_once('-').unwrap_or((piece, piece));
            Some(first.parse::<i64>().ok()?..=last.parse::<i64>().ok()?)
        })
        .flatten()
        .take(MOST_CHOSEN)
        .collect()
}

/// All who are named in a form: by ticked boxes, and by the field beside them. Each once.
#[must_use]
pub fn named(pairs: &[(String, String)]) -> Vec<i64> {
    let mut ids = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "sign_up" => ids.extend(value.parse::<i64>()),
            CHOSEN => ids.extend(read(value)),
            _ => {}
        }
    }
    let mut known = BTreeSet::new();
    ids.retain(|id| known.insert(*id));
    ids
}

/// Those who are left out of all.
#[must_use]
pub fn left_out(pairs: &[(String, String)]) -> BTreeSet<i64> {
    let fields = pairs.iter().filter(|(name, _)| name == EXCEPT);
    fields.flat_map(|(_, value)| read(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_to_and_fro() {
        for (ids, text) in
            [(vec![], ""), (vec![7], "7"), (vec![21, 12, 13, 14, 15, 18, 20, 20], "12-15.18.20-21")]
        {
            assert_eq!(write(ids.clone()), text);
            let all: BTreeSet<_> = ids.into_iter().collect();
            assert_eq!(read(text).into_iter().collect::<BTreeSet<_>>(), all);
        }
        assert_eq!(read("x.3-x.-5.9-7.4"), [4]);
        assert_eq!(read("1-9223372036854775807").len(), MOST_CHOSEN, "no more is made of it");
    }

    #[test]
    fn five_thousand_with_gaps_are_a_small_field() {
        let ids: Vec<i64> = (0..5_000).map(|n| 10_000_000 + 3 * n).collect();
        let text = write(ids.clone());
        assert!(text.len() <= 45_000, "{}", text.len());
        let field = crate::calendar::model::encode(&[("a", text.clone())]);
        assert_eq!(field, format!("a={text}"), "no byte becomes three");
        assert_eq!(read(&text), ids);
    }

    #[test]
    fn ticked_and_named_are_chosen_once() {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|&(name, value)| (name.into(), value.into())).collect()
        };
        let form = pairs(&[("sign_up", "4"), ("x", "9"), ("sign_ups", "2-4.7"), ("sign_up", "y")]);
        assert_eq!(named(&form), [4, 2, 3, 7]);
        assert_eq!(left_out(&pairs(&[("except", "1.3")])), BTreeSet::from([1, 3]));
    }
}
