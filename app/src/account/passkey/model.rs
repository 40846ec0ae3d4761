//! What a person sees of their passkeys, and the rules. Pure.

use crate::events::model::words;
use crate::signup::model::line;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// How long a ceremony may take, in seconds.
pub const CEREMONY_LASTS: i64 = 5 * 60;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// The most that one person may have.
pub const MOST: usize = 20;

/// The number of a passkey in the database. No secret: with it alone nothing can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasskeyId(pub i64);

/// One of a person's passkeys, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    /// For changing it.
    pub id: PasskeyId,
    /// What the person calls it.
    pub name: String,
    /// What a clock in Sweden showed when it was added.
    #[serde(with = "crate::wire::date_time")]
    pub added: DateTime,
    /// The same of its last use; `None` if it has never been used.
    #[serde(with = "crate::wire::date_time::option")]
    pub last_used: Option<DateTime>,
}

words! {
    /// What has just happened to one's passkeys; its word is in the address that one is sent on to.
    News { Added = "added", Renamed = "renamed", Removed = "removed", Nameless = "nameless" }
}

words! {
    /// Why the server did not finish a ceremony; its word is in the answer.
    NotDone {
        /// It has been answered before, took too long, or was begun by another browser.
        Over = "over",
        /// There is no such passkey here, or none any more.
        Unknown = "unknown",
        /// What the authenticator said does not hold.
        NotProven = "not proven",
        /// It has been added before.
        Known = "known",
        /// The person has as many as one may have.
        Full = "full",
    }
}

impl NotDone {
    /// The HTTP status that tells it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Over => 410,
            Self::Unknown => 404,
            Self::NotProven => 403,
            Self::Known | Self::Full => 409,
        }
    }
}

/// Why a ceremony came to nothing, as the browser knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The person has changed their mind, or has no passkey here, which browsers do not tell apart. No error.
    Cancelled,
    /// The authenticator has a passkey to this account already.
    HereAlready,
    /// The authenticator or the browser cannot do it.
    Cannot,
    /// The server did not finish it.
    NotDone(NotDone),
    /// The session has ended in the meantime.
    SignedOut,
    /// The server was asked too often.
    TooOften,
    /// Anything else: the network, or a fault of ours.
    Failed,
}

/// A name as it may be kept; `None` for one that cannot.
#[must_use]
pub fn read_name(text: &str) -> Option<String> {
    line(text).ok().filter(|name| name.chars().count() <= LONGEST_NAME)
}

/// What a passkey is called until its owner says: by the device, counted on where there is one already.
#[must_use]
pub fn name_for(device: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let device: String = device.chars().take(LONGEST_NAME - 4).collect();
    let device = if device.is_empty() { "Passkey".to_owned() } else { device };
    std::iter::once(device.clone())
        .chain((2..=taken.len() + 2).map(|count| format!("{device} {count}")))
        .find(is_free)
        .unwrap_or(device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_one_device_are_told_apart() {
        let named = |device, taken: &[&str]| {
            name_for(device, &taken.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(named("Chrome, Android", &[]), "Chrome, Android");
        assert_eq!(named("Chrome, Android", &["Chrome, Android"]), "Chrome, Android 2");
        assert_eq!(named("a", &["a", "a 2", "a 3"]), "a 4");
        assert_eq!(named("a", &["a", "a 3"]), "a 2");
        assert_eq!(named("", &[]), "Passkey");
        let long = "å".repeat(200);
        assert!(named(&long, &[]).chars().count() <= LONGEST_NAME);
    }

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(read_name("  Jobb\tdator ").as_deref(), Some("Jobb dator"));
        assert_eq!(read_name(&"å".repeat(LONGEST_NAME)).map(|name| name.len()), Some(120));
        for bad in ["", "  ", "\n", "a\u{0}b", &"a".repeat(LONGEST_NAME + 1)] {
            assert_eq!(read_name(bad), None, "{bad:?}");
        }
    }
}
