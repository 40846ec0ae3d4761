//! What is wrong with a picture, and what has been done with it.

use super::{ImageWords, Lang};
use crate::organise::images::model::ImageProblem;

impl Lang {
    /// The fixed texts of the form of a picture.
    #[must_use]
    pub const fn image_words(self) -> &'static ImageWords {
        match self {
            Self::Sv => &ImageWords::SV,
            Self::En => &ImageWords::EN,
        }
    }

    /// What is wrong, and what to do.
    #[must_use]
    pub const fn image_problem(self, problem: ImageProblem) -> &'static str {
        match problem {
            ImageProblem::NoFile => self.pick("Välj en bild.", "Choose a picture."),
            ImageProblem::TooLarge => self.pick(
                "Filen är större än 10 MB. Spara bilden mindre och försök igen.",
                "The file is larger than 10 MB. Save the picture smaller and try again.",
            ),
            ImageProblem::TooManyPixels => self.pick(
                "Bilden har fler än 40 miljoner bildpunkter. Spara den mindre och försök igen.",
                "The picture has more than 40 million pixels. Save it smaller and try again.",
            ),
            ImageProblem::NotAnImage => self.pick(
                "Filen är ingen JPEG, PNG eller WebP, vad den än heter. Spara bilden som en av dem.",
                "The file is no JPEG, PNG or WebP, whatever its name is. Save the picture as one of them.",
            ),
            ImageProblem::Broken => self.pick(
                "Bilden går inte att läsa: filen är skadad eller inte hel. Spara den på nytt och försök igen.",
                "The picture cannot be read: the file is damaged or not whole. Save it anew and try again.",
            ),
            ImageProblem::NoAlt => self.pick(
                "Skriv vad bilden visar, eller kryssa för att den bara är utsmyckning.",
                "Write what the picture shows, or tick that it is decoration only.",
            ),
            ImageProblem::AltTooLong => self.pick(
                "Beskrivningen är längre än 400 tecken. Korta den.",
                "The description is longer than 400 characters. Make it shorter.",
            ),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn image_done(self, what: &str) -> Option<&'static str> {
        match what {
            "image" => Some(self.pick("Bilden är sparad.", "The picture is saved.")),
            "no_image" => Some(self.pick("Bilden är borttagen.", "The picture is removed.")),
            _ => None,
        }
    }
}
