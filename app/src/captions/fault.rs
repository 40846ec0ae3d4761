//! What a file of captions holds that is not kept as it is, by line: nothing is lost in silence.

use super::model::Cue;
use crate::events::model::words;
use serde::{Deserialize, Serialize};

words! {
    /// Why something in a file is not kept, or not as it was.
    Why {
        /// The line that should hold two times does not.
        BadTimes = "bad_times",
        /// It ends before it begins, or at that very moment: nobody would ever see it.
        EndsFirst = "ends_first",
        /// A time further from the beginning than 596 hours.
        TooLate = "too_late",
        /// There are no words in it.
        NoWords = "no_words",
        /// It has more words than a cue can have (`model::MAX_WORDS`).
        TooLong = "too_long",
        /// The name of who speaks is longer than a name (`model::MAX_SPEAKER`).
        LongSpeaker = "long_speaker",
        /// Words that stand under no times.
        NoTimes = "no_times",
        /// It begins before the cue above it, and is put where it belongs.
        OutOfOrder = "out_of_order",
        /// A setting that WebVTT does not know, or with a value that it cannot have.
        BadSetting = "bad_setting",
        /// A tag that WebVTT does not know, or that does not end; what is within it is kept, the tag is not.
        BadTag = "bad_tag",
        /// The cue's name is too long to be kept.
        LongName = "long_name",
        /// Lines between the first one and the first cue.
        Header = "header",
        /// A comment.
        Comment = "comment",
        /// A style sheet: size and colour of captions are for the reader to choose.
        Style = "style",
        /// A region, which only a setting of a style sheet's like could use.
        Region = "region",
        /// Where on the picture it is to stand, said in a way that only some players know.
        Position = "position",
        /// Two chapters begin at the same moment; the first is kept.
        SameStart = "same_start",
    }
}

impl Why {
    /// What was said there is not in the track.
    #[must_use]
    pub const fn loses_words(self) -> bool {
        matches!(
            self,
            Self::BadTimes
                | Self::EndsFirst
                | Self::TooLate
                | Self::TooLong
                | Self::LongSpeaker
                | Self::NoTimes
                | Self::SameStart
        )
    }
}

/// What is not kept as it was, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: u32,
    /// Why.
    pub why: Why,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// In the order of time.
    pub cues: Vec<Cue>,
    /// The line of each cue's times, from 1.
    pub lines: Vec<u32>,
    /// What was not kept as it was, in the order of the file.
    pub faults: Vec<Fault>,
}

/// Why nothing of a file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCaptions {
    /// It does not begin as WebVTT does (W3C, WebVTT §4.1).
    #[error("it does not begin with WEBVTT")]
    NoSignature,
    /// There is not one cue in it.
    #[error("there is no cue in it")]
    NoCues,
    /// There are more than `model::MAX_CUES`, this line being the first of those.
    #[error("more cues than a track can have, from line {line} on")]
    TooManyCues {
        /// From 1.
        line: u32,
    },
}

/// Gathers cues and faults.
#[derive(Default)]
pub(super) struct Gathered {
    /// Each with its line.
    cues: Vec<(u32, Cue)>,
    faults: Vec<Fault>,
}

impl Gathered {
    pub fn fault(&mut self, line: u32, why: Why) {
        self.faults.push(Fault { line, why });
    }

    /// Takes a cue in, or what is wrong with it.
    pub fn cue(&mut self, line: u32, cue: Result<Cue, Why>) -> Result<(), NotCaptions> {
        match cue {
            Ok(_) if self.cues.len() >= super::model::MAX_CUES => {
                return Err(NotCaptions::TooManyCues { line });
            }
            Ok(cue) => self.cues.push((line, cue)),
            Err(why) => self.fault(line, why),
        }
        Ok(())
    }

    /// Everything, in order. Of cues that begin together the one that ends last is first (HTML, text track cue order).
    pub fn finish(mut self) -> Result<Parsed, NotCaptions> {
        if self.cues.is_empty() {
            return Err(NotCaptions::NoCues);
        }
        let mut latest = i32::MIN;
        for (line, cue) in &self.cues {
            if cue.start_ms < latest {
                self.faults.push(Fault { line: *line, why: Why::OutOfOrder });
            }
            latest = latest.max(cue.start_ms);
        }
        self.cues.sort_by_key(|(_, cue)| (cue.start_ms, std::cmp::Reverse(cue.end_ms)));
        self.faults.sort_by_key(|fault| fault.line);
        let (lines, cues) = self.cues.into_iter().unzip();
        Ok(Parsed { cues, lines, faults: self.faults })
    }
}

/// The lines of a text with their numbers, whatever ends them: LF, CR, or both.
pub(super) struct Lines<'a> {
    rest: Option<&'a str>,
    number: u32,
    next: Option<(u32, &'a str)>,
}

impl<'a> Lines<'a> {
    /// The lines, without a byte order mark before them.
    pub fn of(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { rest: (!text.is_empty()).then_some(text), number: 0, next: None }
    }

    /// The next line, which stays the next.
    pub fn peek(&mut self) -> Option<(u32, &'a str)> {
        if self.next.is_none() {
            self.next = self.read();
        }
        self.next
    }

    fn read(&mut self) -> Option<(u32, &'a str)> {
        let text = self.rest?;
        self.number = self.number.saturating_add(1);
        let Some(end) = text.find(['\n', '\r']) else {
            self.rest = None;
            return Some((self.number, text));
        };
        let (line, after) = text.split_at(end);
        let after = after.strip_prefix("\r\n").unwrap_or_else(|| &after[1..]);
        self.rest = (!after.is_empty()).then_some(after);
        Some((self.number, line))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.next.take().or_else(|| self.read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, &str)> {
        Lines::of(text).collect()
    }

    #[test]
    fn lines_end_in_every_way_that_there_is() {
        assert_eq!(lines("a\r\nb\rc\nd"), [(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
        assert_eq!(lines("\u{feff}a\n\r\n\rb\r"), [(1, "a"), (2, ""), (3, ""), (4, "b")]);
        assert_eq!(lines(""), []);
        assert_eq!(lines("\n"), [(1, "")]);
    }

    #[test]
    fn a_line_that_was_looked_at_is_still_the_next() {
        let mut lines = Lines::of("a\nb");
        assert_eq!(lines.peek(), Some((1, "a")));
        assert_eq!(lines.peek(), Some((1, "a")));
        assert_eq!(lines.next(), Some((1, "a")));
        assert_eq!(lines.next(), Some((2, "b")));
        assert_eq!(lines.peek(), None);
    }
}
