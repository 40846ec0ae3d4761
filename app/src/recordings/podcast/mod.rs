//! The recordings as a podcast: what everybody may see, for whoever listens on the way.

mod rss;
pub mod store;
#[cfg(test)]
mod tests;

pub use rss::{chapters_address, write, write_chapters};

use crate::text::Lang;

/// A file that a player plays, or reads beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Its key in the store.
    pub key: String,
    /// Its media type.
    pub content_type: String,
    /// How many bytes it has.
    pub bytes: i64,
}

/// Captions, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The number of the track.
    pub track: i64,
    /// Its version.
    pub version: i64,
    /// What they are written in.
    pub language: String,
    /// They translate what is said.
    pub is_translation: bool,
}

/// One recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its number.
    pub id: i64,
    /// The identifier of its event, which never changes.
    pub event_uid: String,
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// A few sentences.
    pub summary: String,
    /// When it was published (seconds since 1970 UTC).
    pub published: i64,
    /// How long it is.
    pub duration_ms: Option<i32>,
    /// Who speaks.
    pub speakers: Vec<String>,
    /// What it is about.
    pub themes: Vec<String>,
    /// What is played: the film, or else the sound.
    pub enclosure: Option<Enclosure>,
    /// The sound alone, where there is a film too.
    pub sound: Option<Enclosure>,
    /// The key of its picture.
    pub poster: Option<String>,
    /// Its captions.
    pub transcripts: Vec<Transcript>,
    /// It has chapters.
    pub has_chapters: bool,
}

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct Channel<'a> {
    /// Where people reach the site, without a slash at its end.
    pub origin: &'a str,
    /// The language that it is written in.
    pub lang: Lang,
    /// The address of the page with the same filters, without the language.
    pub page: String,
    /// Its own address.
    pub own: String,
    /// Its identifier: a UUID.
    pub guid: String,
    /// The address of its picture, without the site.
    pub cover: &'a str,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// When it begins, in milliseconds.
    pub start_ms: i32,
    /// What it is called.
    pub title: String,
}

/// The entity tag of a text (RFC 9110 §8.8.3), weak: it may be sent compressed.
#[must_use]
pub fn tag_of(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let hash: String =
        Sha256::digest(text.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hash}\"")
}
