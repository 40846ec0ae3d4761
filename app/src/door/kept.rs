//! What a door keeps when it has no network: each thing that was done there, until the server has it. Pure.

use serde::{Deserialize, Serialize};

/// Somebody was checked in, or it was undone, and the server has not said that it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Made at the door: sent twice, it is done once.
    pub key: String,
    /// The number of the sign-up.
    pub sign_up: i64,
    /// They came; otherwise that is taken back.
    pub is_in: bool,
    /// When, by the telephone's clock.
    pub at: i64,
    /// Whoever stands at the door has been told that it is kept.
    pub is_told: bool,
}

impl Kept {
    /// As it is posted `now`, by the telephone's clock.
    #[must_use]
    pub fn form(&self, now: i64) -> String {
        let ago = now.saturating_sub(self.at).max(0);
        format!("sign_up={}&key={}&ago={ago}", self.sign_up, self.key)
    }

    /// What its address ends with.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        if self.is_in { "check-in" } else { "undo" }
    }
}

/// The list as it was last seen, on the telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it was known to be right, by the telephone's clock.
    pub at: i64,
    /// How new it was.
    pub version: i64,
    /// Who.
    pub guests: Vec<super::model::Guest>,
}

/// A list is kept for so long, in seconds.
pub const LIST_KEPT: i64 = 36 * 3_600;

/// Whether somebody is here by what is kept, if anything is: the last word counts.
#[must_use]
pub fn is_here(kept: &[Kept], sign_up: i64) -> Option<bool> {
    kept.iter().rev().find(|one| one.sign_up == sign_up).map(|one| one.is_in)
}

/// What was done here and will never be sent, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Whom it was about, where the list is still here.
    pub name: Option<String>,
    /// They came; otherwise that was taken back.
    pub is_in: bool,
}

/// What is kept comes down to: one for each person, in the order in which they were first seen.
#[must_use]
pub fn unsent(kept: &[Kept], name: impl Fn(i64) -> Option<String>) -> Vec<Unsent> {
    let mut people: Vec<i64> = Vec::new();
    for one in kept {
        if !people.contains(&one.sign_up) {
            people.push(one.sign_up);
        }
    }
    let last = |id: i64| Unsent { name: name(id), is_in: is_here(kept, id) == Some(true) };
    people.into_iter().map(last).collect()
}

#[cfg(test)]
mod kept_tests {
    use super::*;

    fn kept(sign_up: i64, is_in: bool, at: i64) -> Kept {
        Kept { key: format!("key-{at}"), sign_up, is_in, at, is_told: true }
    }

    #[test]
    fn the_last_word_counts() {
        let all = [kept(1, true, 10), kept(2, true, 11), kept(1, false, 12)];
        assert_eq!(is_here(&all, 1), Some(false));
        assert_eq!(is_here(&all, 2), Some(true));
        assert_eq!(is_here(&all, 3), None);
    }

    #[test]
    fn what_was_not_sent_is_said_once_for_each_person() {
        let all = [kept(1, true, 10), kept(2, true, 11), kept(1, false, 12)];
        let names = |id: i64| (id == 1).then(|| "Åsa".to_owned());
        let expected =
            [Unsent { name: Some("Åsa".into()), is_in: false }, Unsent { name: None, is_in: true }];
        assert_eq!(unsent(&all, names), expected);
        let said = crate::text::Lang::Sv.never_sent(&expected);
        assert!(said.starts_with("2 incheckningar hann inte skickas"), "{said}");
        assert!(said.contains(": Åsa (ångrad). Säg det"), "{said}");
    }

    #[test]
    fn it_is_told_how_long_ago_it_was_and_never_that_it_is_to_come() {
        assert_eq!(kept(7, true, 100).form(160), "sign_up=7&key=key-100&ago=60");
        assert_eq!(kept(7, true, 100).form(40), "sign_up=7&key=key-100&ago=0");
        assert_eq!((kept(7, true, 1).path(), kept(7, false, 1).path()), ("check-in", "undo"));
    }
}
