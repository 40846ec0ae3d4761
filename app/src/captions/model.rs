//! What a caption track is made of. Pure. Times are milliseconds from the beginning of the recording.

use super::fault::Why;
use super::markup::{self, Marked};
use crate::events::model::words;
use crate::recordings::model::RecordingId;
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// How many cues a track may have: more than sixteen hours of talk.
pub const MAX_CUES: usize = 50_000;
/// How many characters the words of one cue may have.
pub const MAX_WORDS: usize = 5_000;
/// How many characters the marked text of one cue may have.
pub const MAX_MARKED: usize = 10_000;
/// How many characters a speaker's name may have.
pub const MAX_SPEAKER: usize = 200;
/// How many characters a cue's name, and how many its settings may have.
pub const MAX_NOTE: usize = 500;

words! {
    /// What a track is for.
    TrackKind {
        /// All that is heard, in the language that is spoken.
        Captions = "captions",
        /// What is said, in another language.
        Subtitles = "subtitles",
    }
}

/// A track without its cues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackHead {
    /// Its number in the database.
    pub id: i64,
    /// Of which recording.
    pub recording: RecordingId,
    /// In which language.
    pub language: Lang,
    /// What it is for.
    pub kind: TrackKind,
    /// Somebody has read it against the sound.
    pub is_reviewed: bool,
    /// Raised by every change; a part of its address (`recordings::model::captions_address`).
    pub version: i64,
}

/// A track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// What it is.
    pub head: TrackHead,
    /// What is said, in the order of time.
    pub cues: Vec<Cue>,
}

/// What is said from one moment to another, which comes later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// When it is shown.
    pub start_ms: i32,
    /// When it is taken away.
    pub end_ms: i32,
    /// Who says all of it, where that is told.
    pub speaker: Option<String>,
    /// The words without marks, a line on each line.
    pub words: String,
    /// The cue text of WebVTT (W3C, WebVTT §6.4), where it is more than speaker and words.
    pub marked: Option<String>,
    /// The settings of WebVTT (§6.3), as `align:start line:0`.
    pub settings: Option<String>,
    /// The name that it had in its file.
    pub identifier: Option<String>,
}

/// One voice in a cue, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Whose, where that is told.
    pub speaker: Option<String>,
    /// What it says.
    pub words: String,
}

impl Cue {
    /// A cue of words alone.
    #[must_use]
    pub fn plain(start_ms: i32, end_ms: i32, speaker: Option<&str>, words: &str) -> Self {
        Self {
            start_ms,
            end_ms,
            speaker: speaker.and_then(name),
            words: lines(words),
            ..Self::default()
        }
    }

    /// Takes on a cue text: its words, who speaks, and the text itself where that is more.
    ///
    /// # Errors
    /// If there are no words in it, or more than are kept.
    pub fn with_text(mut self, text: &Marked) -> Result<Self, Why> {
        self.words = text.words();
        self.speaker = text.only_voice();
        self.marked = (!text.is_plain()).then(|| text.to_string());
        let long = |text: &str, most| text.chars().count() > most;
        if self.words.is_empty() {
            return Err(Why::NoWords);
        }
        if long(&self.words, MAX_WORDS)
            || self.marked.as_deref().is_some_and(|it| long(it, MAX_MARKED))
        {
            return Err(Why::TooLong);
        }
        if self.speaker.as_deref().is_some_and(|it| long(it, MAX_SPEAKER)) {
            return Err(Why::LongSpeaker);
        }
        Ok(self)
    }

    /// The cue text of WebVTT.
    #[must_use]
    pub fn text(&self) -> String {
        self.marked
            .clone()
            .unwrap_or_else(|| Marked::plain(self.speaker.as_deref(), &self.words).to_string())
    }

    /// Whose voices are heard, one after the other.
    #[must_use]
    pub fn voices(&self) -> Vec<Voice> {
        match &self.marked {
            Some(text) => markup::parse(text).voices(),
            None => vec![Voice { speaker: self.speaker.clone(), words: self.words.clone() }],
        }
    }
}

/// Lines without what surrounds them, and none that are empty.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// A name on one line, if there is one.
pub(super) fn name(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// What begins at some moment of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// When.
    pub start_ms: i32,
    /// Its title in Swedish, or in the language of what was held where nobody has translated it.
    pub title_sv: String,
    /// Its title in English.
    pub title_en: Option<String>,
}

impl Chapter {
    /// Its title in a language, or as it is.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        match (lang, &self.title_en) {
            (Lang::En, Some(title)) => title,
            _ => &self.title_sv,
        }
    }
}
