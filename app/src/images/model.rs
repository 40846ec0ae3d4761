//! A picture as pages show it. Pure.

use serde::{Deserialize, Serialize};

/// What a picture is of: the number of that in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// An event.
    Event(i64),
    /// A series.
    Series(i64),
    /// A programme.
    Programme(i64),
    /// Somebody who is presented.
    Person(i64),
}

impl Of {
    /// The numbers of event, series, programme and person, one of which there is.
    #[must_use]
    pub const fn columns(self) -> [Option<i64>; 4] {
        match self {
            Self::Event(id) => [Some(id), None, None, None],
            Self::Series(id) => [None, Some(id), None, None],
            Self::Programme(id) => [None, None, Some(id), None],
            Self::Person(id) => [None, None, None, Some(id)],
        }
    }
}

/// A picture, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// What its files are known by.
    pub hash: String,
    /// Of the largest.
    pub width: i32,
    /// Of the largest.
    pub height: i32,
    /// The widths that there are, the smallest first.
    pub widths: Vec<i32>,
    /// What it shows; empty where it is decoration.
    pub alt: String,
}

impl Picture {
    /// The address of one of its files.
    #[must_use]
    pub fn address(&self, width: i32) -> String {
        format!("/images/{}-{width}", self.hash)
    }

    /// The largest.
    #[must_use]
    pub fn largest(&self) -> String {
        self.address(self.width)
    }

    /// All of them, for the browser to choose from.
    #[must_use]
    pub fn srcset(&self) -> String {
        let files: Vec<_> =
            self.widths.iter().map(|width| format!("{} {width}w", self.address(*width))).collect();
        files.join(", ")
    }
}

/// Hash and width of a file, as the last part of its address has them.
#[must_use]
pub fn file_of(name: &str) -> Option<(&str, i32)> {
    let (hash, width) = name.split_once('-')?;
    let is_hash = hash.len() == 32 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let width = width.parse().ok().filter(|number: &i32| number.to_string() == width)?;
    is_hash.then_some((hash, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_the_file_and_nothing_else_does() {
        let hash = "0123456789abcdef0123456789abcdef";
        let picture = Picture {
            hash: hash.into(),
            width: 960,
            height: 540,
            widths: vec![480, 960],
            alt: String::new(),
        };
        assert_eq!(picture.srcset(), format!("/images/{hash}-480 480w, /images/{hash}-960 960w"));
        let address = picture.largest();
        assert_eq!(file_of(address.trim_start_matches("/images/")), Some((hash, 960)));
        for bad in ["", "-1", hash, &format!("{hash}-0960"), &format!("{hash}-x"), "0123-960"] {
            assert_eq!(file_of(bad), None, "{bad}");
        }
    }
}
