//! What the page of a recording shows. Pure. Times are milliseconds from the beginning.

use super::jobs::model::Tiles;
use super::library::model::{Poster, RecordingLine};
use super::model::Role;
use super::watching::model::Progress;
use crate::events::model::{EventLine, SpokenLanguage};
use crate::events::page_model::{Link, MaterialItem, Person, Stop};
use crate::text::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A file that can be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it is.
    pub role: Role,
    /// Where it is.
    pub address: String,
    /// Its MIME type.
    pub content_type: String,
    /// The same once more for browsers that do not play that type: where it is, and of which type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<(String, String)>,
    /// In pixels, where it has a picture that has been measured.
    pub size: Option<(i32, i32)>,
}

/// A caption track, without its cues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackLine {
    /// The language it is in.
    pub language: Lang,
    /// It translates what is said; otherwise it tells all that is heard.
    pub translates: bool,
    /// Somebody has read it against the sound.
    pub is_reviewed: bool,
    /// Where it is, as WebVTT.
    pub address: String,
}

/// A part of a recording with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterLine {
    /// Where it begins.
    pub at_ms: i32,
    /// What it is called.
    pub title: String,
}

/// Small pictures of all of it, in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sprite {
    /// Where it is.
    pub address: String,
    /// Width and height of the whole, in points.
    pub size: (i32, i32),
    /// Which stands where.
    pub tiles: Tiles,
}

/// A page of the slides as a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlidePicture {
    /// Its number, from 1.
    pub page: i32,
    /// Where it is.
    pub address: String,
    /// Width and height in points.
    pub size: (i32, i32),
    /// What stands on it.
    pub words: String,
}

/// Why there are no captions that somebody has read, and when they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncaptioned {
    /// As the organiser wrote it.
    pub reason: String,
    /// The day.
    #[serde(with = "crate::wire::date")]
    pub by: Date,
}

/// What it is a recording of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// The event.
    pub line: EventLine,
    /// Its programme.
    pub programme: Link,
    /// Its series.
    pub series: Option<Link>,
    /// All stops of the series.
    pub stops: Vec<Stop>,
    /// Who speaks.
    pub speakers: Vec<Person>,
    /// To read.
    pub materials: Vec<MaterialItem>,
}

/// What is kept of whoever is signed in and reads the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// How far they come is kept.
    pub is_kept: bool,
    /// How far they had come.
    pub progress: Option<Progress>,
}

/// The page of a recording, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingPage {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// A few sentences, as plain text.
    pub summary: String,
    /// The same as it is shown: HTML that is safe.
    pub summary_html: String,
    /// A remark on it.
    pub note: Option<String>,
    /// What is spoken.
    pub language: SpokenLanguage,
    /// Only those who organise it see it.
    pub is_draft: bool,
    /// Everybody may see it.
    pub is_public: bool,
    /// Other sites may show it.
    pub may_embed: bool,
    /// It is made up, to show what Stafett does.
    pub is_demonstration: bool,
    /// When it was published, in seconds since 1970 UTC.
    pub published: Option<i64>,
    /// How long it is.
    pub duration_ms: Option<i32>,
    /// Where it lies with another provider.
    pub elsewhere: Option<String>,
    /// What can be played here, the usual one first.
    pub sources: Vec<Source>,
    /// The picture before it is played.
    pub poster: Option<Poster>,
    /// The slides, as PDF.
    pub slides: Option<String>,
    /// From when on which page of the slides is shown, in the order of time.
    pub slide_times: Vec<(i32, i32)>,
    /// The pages that are shown, where they have been drawn.
    pub slide_pictures: Vec<SlidePicture>,
    /// Small pictures for the seek bar, where they have been made.
    pub sprite: Option<Sprite>,
    /// Its captions.
    pub tracks: Vec<TrackLine>,
    /// Why there are none yet.
    pub uncaptioned: Option<Uncaptioned>,
    /// Its chapters, in the order of time.
    pub chapters: Vec<ChapterLine>,
    /// What it is a recording of; nothing where that has no page.
    pub occasion: Option<Occasion>,
    /// What goes well with it.
    pub related: Vec<RecordingLine>,
    /// What is kept of whoever asks; nothing without a session.
    pub mine: Option<Mine>,
}

impl RecordingPage {
    /// Which track the transcript is read from: the one asked for, or that in the reader's language, or the one in the
    /// language that is spoken, or any.
    #[must_use]
    pub fn transcript_language(&self, lang: Lang, asked: Option<Lang>) -> Option<Lang> {
        let spoken = Lang::parse(self.language.as_str());
        let there = |wanted: Lang| self.tracks.iter().any(|track| track.language == wanted);
        [asked, Some(lang), spoken]
            .into_iter()
            .flatten()
            .find(|wanted| there(*wanted))
            .or_else(|| self.tracks.first().map(|track| track.language))
    }

    /// It has a picture that moves, and not sound alone.
    #[must_use]
    pub fn has_picture(&self) -> bool {
        self.sources.first().is_some_and(|source| source.content_type.starts_with("video/"))
    }
}

/// The second that `?t=` asks to begin at: `754`, or `12m34s` and `1h2m3s` as others write it.
#[must_use]
pub fn begin_at(text: &str) -> Option<i32> {
    const LONGEST: i32 = 86_400;
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i32>().ok()).flatten().filter(|number| *number <= LONGEST)
    };
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let mut rest = text;
    let mut seconds = 0;
    for (unit, worth) in [('h', 3_600), ('m', 60), ('s', 1)] {
        if let Some((count, after)) = rest.split_once(unit) {
            seconds += i64::from(number(count)?) * worth;
            rest = after;
        }
    }
    let is_whole = rest.is_empty() && !text.is_empty();
    i32::try_from(seconds).ok().filter(|seconds| is_whole && *seconds <= LONGEST)
}

/// The last of what begins at or before `now`, by its place in the list, which is in the order of time.
#[must_use]
pub fn at<T>(list: &[T], now: i32, begins: impl Fn(&T) -> i32) -> Option<usize> {
    list.partition_point(|one| begins(one) <= now).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_to_begin_is_read_as_people_write_it() {
        for (text, seconds) in
            [("0", 0), ("754", 754), ("12m34s", 754), ("1h2m3s", 3_723), ("2m", 120), ("90s", 90)]
        {
            assert_eq!(begin_at(text), Some(seconds), "{text}");
        }
        for bad in [
            "",
            "-5",
            "1.5",
            "abc",
            "m",
            "1h2",
            "5s3m",
            "999999",
            "99999999999",
            "12m34s5",
            "1h ",
            "٣",
        ] {
            assert_eq!(begin_at(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_on_is_the_last_that_has_begun() {
        let list = [0, 10, 20];
        for (now, place) in [(-1, None), (0, Some(0)), (9, Some(0)), (10, Some(1)), (99, Some(2))] {
            assert_eq!(at(&list, now, |begins| *begins), place, "{now}");
        }
        assert_eq!(at(&[], 5, |begins: &i32| *begins), None);
    }
}
