//! In what two versions of the same captions differ. Pure.

use crate::captions::model::Cue;

/// In which of two versions a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In one's own alone.
    Mine,
    /// In the other's alone.
    Theirs,
}

/// The cues that are in one of two versions alone, in the order of time, the other's before one's own.
#[must_use]
pub fn difference<'a>(mine: &'a [Cue], theirs: &'a [Cue]) -> Vec<(Side, &'a Cue)> {
    let ordered = |cues: &'a [Cue]| {
        let mut cues: Vec<_> = cues.iter().map(|cue| (key(cue), cue)).collect();
        cues.sort_by(|one, other| one.0.cmp(&other.0));
        cues
    };
    let (mine, theirs) = (ordered(mine), ordered(theirs));
    let (mut own, mut other) = (mine.iter().peekable(), theirs.iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (own.peek(), other.peek()) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(two)) => one.0.cmp(&two.0),
        };
        if order.is_le() {
            let cue = own.next();
            found.extend(cue.filter(|_| order.is_lt()).map(|it| (Side::Mine, it.1)));
        }
        if order.is_ge() {
            let cue = other.next();
            found.extend(cue.filter(|_| order.is_gt()).map(|it| (Side::Theirs, it.1)));
        }
    }
    found.sort_by_key(|(side, cue)| (cue.start_ms, *side == Side::Mine));
    found
}

/// All that a cue says, in an order that there can be of it.
fn key(cue: &Cue) -> (i32, i32, String, &str, &str) {
    (
        cue.start_ms,
        cue.end_ms,
        cue.text(),
        cue.settings.as_deref().unwrap_or_default(),
        cue.identifier.as_deref().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_in_the_order_of_time() {
        let cue = |start, words: &str| Cue::plain(start, start + 500, None, words);
        let mine = [cue(0, "a"), cue(1_000, "min"), cue(2_000, "c"), cue(3_000, "ny")];
        let theirs = [cue(0, "a"), cue(1_000, "din"), cue(2_000, "c"), cue(2_500, "också")];
        let found = difference(&mine, &theirs);
        let told: Vec<_> = found.iter().map(|it| (it.0, it.1.words.as_str())).collect();
        assert_eq!(
            told,
            [
                (Side::Theirs, "din"),
                (Side::Mine, "min"),
                (Side::Theirs, "också"),
                (Side::Mine, "ny")
            ]
        );
        assert!(difference(&mine, &mine).is_empty());
        assert_eq!(difference(&mine, &[]).len(), 4);
        // One that is there twice and once.
        let twice = [cue(0, "a"), cue(0, "a")];
        assert_eq!(difference(&twice, &twice[..1]).len(), 1);
        // A setting counts, too.
        let other = [Cue { settings: Some("line:0".into()), ..cue(0, "a") }];
        assert_eq!(difference(&twice[..1], &other).len(), 2);
    }
}
