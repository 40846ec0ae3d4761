//! The form of a picture. Pure.

use crate::events::model::words;
use crate::images::model::Picture;
use serde::{Deserialize, Serialize};

/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: usize = 10 << 20;
/// The longest description, in characters.
pub const LONGEST_ALT: usize = 400;

words! {
    /// What a form of a picture is about; spelled as in its address.
    About { Event = "events", Series = "series", Programme = "programmes", Speaker = "speakers" }
}

words! {
    /// What is wrong with a picture or its description.
    ImageProblem {
        NoFile = "no_file", TooLarge = "too_large", TooManyPixels = "too_many_pixels",
        NotAnImage = "not_an_image", Broken = "broken", NoAlt = "no_alt", AltTooLong = "alt_too_long",
    }
}

/// What a picture shows, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
    /// It shows nothing that matters.
    pub is_decorative: bool,
}

impl Description {
    /// What is wrong with it, by field.
    #[must_use]
    pub fn problems(&self) -> Vec<(String, ImageProblem)> {
        if self.is_decorative {
            return Vec::new();
        }
        [("alt_sv", &self.sv), ("alt_en", &self.en)]
            .into_iter()
            .filter_map(|(field, text)| {
                let problem = match text.chars().count() {
                    0 => ImageProblem::NoAlt,
                    count if count > LONGEST_ALT => ImageProblem::AltTooLong,
                    _ => return None,
                };
                Some((field.to_owned(), problem))
            })
            .collect()
    }
}

/// The form of a picture as it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagePlan {
    /// What it is of, by name.
    pub title: String,
    /// The picture, if there is one.
    pub picture: Option<Picture>,
    /// What it shows.
    pub description: Description,
    /// Of an event: those who speak, with number and name, and whether they have a portrait.
    pub speakers: Vec<(i64, String, bool)>,
}

/// The form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedImage {
    /// It was sent, and this is the answer.
    pub is_there: bool,
    /// As it was filled; `None` where it was not read so far, and what is saved still stands.
    pub description: Option<Description>,
    /// What is wrong, by field.
    pub problems: Vec<(String, ImageProblem)>,
}

impl PostedImage {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<ImageProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| *problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_described_in_both_languages_or_is_decoration() {
        let mut description = Description { sv: "En sal".into(), ..Description::default() };
        assert_eq!(description.problems(), [("alt_en".to_owned(), ImageProblem::NoAlt)]);
        description.en = "x".repeat(LONGEST_ALT + 1);
        assert_eq!(description.problems(), [("alt_en".to_owned(), ImageProblem::AltTooLong)]);
        description.is_decorative = true;
        assert!(description.problems().is_empty());
    }
}
