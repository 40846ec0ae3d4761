//! The pages of captions as they are shown, and forms on their way back. Pure.

use super::beside::Beside;
use super::chapters_form::{ChapterRow, Wrong as WrongChapter};
use super::slides_form::Wrong as WrongSlide;
use super::tools::{Deed, Told, ToolProblem};
use crate::captions::fault::{Fault, NotCaptions};
use crate::captions::model::TrackKind;
use crate::events::model::words;
use crate::recordings::page_model::SlidePicture;
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// The largest file and the largest form that is taken, in bytes: 50,000 long cues.
pub const LARGEST: usize = 16 << 20;
/// So many faults are listed; how many more there are is said.
pub const MOST_LISTED: usize = 200;

/// How captions in one language stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackLine {
    /// In which language.
    pub language: Lang,
    /// What they are for.
    pub kind: TrackKind,
    /// How many cues there are.
    pub cues: i64,
    /// When somebody read them against the sound, as `2027-01-15 13:05` in the zone of the installation.
    pub reviewed: Option<String>,
    /// When their words were last changed, likewise.
    pub changed: String,
    /// Their version.
    pub version: i64,
}

/// What there is of captions, chapters and times of slides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptionsSummary {
    /// The languages that there are.
    pub tracks: Vec<TrackLine>,
    /// What is spoken.
    pub spoken: Lang,
    /// How many chapters.
    pub chapters: i64,
    /// How many times of slides.
    pub slide_times: i64,
    /// There are slides.
    pub has_slides: bool,
}

/// The page of captions in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptionsPage {
    /// Of which recording.
    pub beside: Beside,
    /// In which language.
    pub text: Lang,
    /// What is spoken.
    pub spoken: Lang,
    /// How they stand; nothing where there are none.
    pub line: Option<TrackLine>,
    /// All of them as WebVTT; empty where there are none.
    pub vtt: String,
    /// Who speaks in them.
    pub speakers: Vec<String>,
}

impl CaptionsPage {
    /// What captions in this language are for, as long as nobody has said otherwise.
    #[must_use]
    pub fn usual_kind(&self) -> TrackKind {
        match &self.line {
            Some(line) => line.kind,
            None if self.text == self.spoken => TrackKind::Captions,
            None => TrackKind::Subtitles,
        }
    }
}

words! {
    /// Why nothing of what was sent can be kept.
    Trouble {
        /// No file was chosen, or nothing stands in the field.
        Nothing = "nothing",
        /// There is more of it than is taken.
        TooLarge = "too_large",
        /// It is no text.
        NotText = "not_text",
        /// It is neither WebVTT nor SRT.
        NoSignature = "no_signature",
        /// There is not one cue in it.
        NoCues = "no_cues",
        /// There are more cues than can be kept.
        TooManyCues = "too_many_cues",
        /// It is no chapters file.
        NoChapters = "no_chapters",
    }
}

impl Trouble {
    /// Why, and in which line where that is known.
    #[must_use]
    pub const fn of(why: NotCaptions) -> (Self, u32) {
        match why {
            NotCaptions::NoSignature => (Self::NoSignature, 1),
            NotCaptions::NoCues => (Self::NoCues, 0),
            NotCaptions::TooManyCues { line } => (Self::TooManyCues, line),
        }
    }
}

/// A cue in a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueLine {
    /// When it begins.
    pub start_ms: i32,
    /// When it ends.
    pub end_ms: i32,
    /// Who speaks.
    pub speaker: Option<String>,
    /// What.
    pub words: String,
}

/// What a form of captions is answered with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Nothing was sent.
    #[default]
    None,
    /// A file was read: what would become of it.
    Read,
    /// A tool was used: what would become of the captions.
    Used(Deed, Told),
    /// A tool cannot do what was asked for; at which field, and why.
    Unusable(Deed, String, ToolProblem),
    /// What was typed is not kept as it was, which is told before it is saved.
    Faulty,
    /// Somebody else has saved meanwhile: in the two versions differ these; true for one's own.
    Changed(Vec<(bool, CueLine)>),
    /// Nothing of it can be kept; in which line.
    Unreadable(Trouble, u32),
}

/// The form of captions on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedCaptions {
    /// What is answered.
    pub answer: Answer,
    /// The captions that wait to be saved, as WebVTT; or what was typed, as it was.
    pub vtt: String,
    /// The version that they would take the place of.
    pub version: Option<i64>,
    /// What they are for.
    pub kind: Option<TrackKind>,
    /// What of a file is not kept as it was, at most [`MOST_LISTED`].
    pub faults: Vec<Fault>,
    /// How many such faults there are in all.
    pub fault_count: usize,
    /// How many of those lose words.
    pub lost: usize,
    /// How many cues would be there.
    pub cues: usize,
    /// The first and the last of them.
    pub ends: Vec<CueLine>,
    /// The fields of a tool as they were filled.
    pub fields: Vec<(String, String)>,
}

impl PostedCaptions {
    /// A field of a tool as it was filled.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|it| it.1.clone()).unwrap_or_default()
    }
}

/// The page of chapters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChaptersPage {
    /// Of which recording.
    pub beside: Beside,
    /// Those that there are.
    pub rows: Vec<ChapterRow>,
    /// How many points the event's programme has.
    pub slots: i64,
}

/// The form of chapters on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedChapters {
    /// It was sent, and this is the answer; nothing is saved.
    pub is_there: bool,
    /// The rows as they were filled, or as they would be.
    pub rows: Vec<ChapterRow>,
    /// What is wrong with them.
    pub wrong: Vec<WrongChapter>,
    /// What of a file is not kept as it was.
    pub faults: Vec<Fault>,
    /// Nothing of a file can be kept; in which line.
    pub trouble: Option<(Trouble, u32)>,
    /// When the event began, as it was typed.
    pub began: String,
    /// That is no time.
    pub is_no_time: bool,
    /// Chapters are proposed: from a file or the programme.
    pub is_proposal: bool,
}

/// The page of the slides' times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlidesPage {
    /// Of which recording.
    pub beside: Beside,
    /// The times, a line each.
    pub lines: String,
    /// The address of the slides, if there are any.
    pub slides: Option<String>,
    /// Their pages as pictures, in order, with the first of their words; none where they have not been made.
    pub pictures: Vec<SlidePicture>,
}

/// The form of the slides' times on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedSlides {
    /// It was sent, and this is the answer; nothing is saved.
    pub is_there: bool,
    /// As it was filled.
    pub lines: String,
    /// What is wrong.
    pub wrong: Vec<WrongSlide>,
}
