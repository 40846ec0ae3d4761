//! Cues put together to paragraphs, for reading: a cue ends where a line was full, not where a thought was.

use super::model::Cue;
use std::ops::Range;

/// Nobody said anything for this long, so something new begins.
const PAUSE_MS: i32 = 2_000;
/// From this many characters on a paragraph ends with the next sentence.
const ENOUGH: usize = 500;
/// And at this many it ends whatever is said.
const TOO_MUCH: usize = 1_200;

/// Some cues that are read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// When the first one begins.
    pub start_ms: i32,
    /// Who speaks, if all of it is one's.
    pub speaker: Option<String>,
    /// Which cues, by their places.
    pub cues: Range<usize>,
}

/// The paragraphs of a track: every cue is in one, in order. A new one begins with another speaker, after a pause, and
/// at the end of a sentence when there is enough to read.
#[must_use]
pub fn paragraphs(cues: &[Cue]) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut length = 0;
    let mut said_until = 0;
    let mut sentence_ended = false;
    for (place, cue) in cues.iter().enumerate() {
        let goes_on = paragraphs.last().is_some_and(|last| {
            last.speaker == cue.speaker
                && cue.start_ms.saturating_sub(said_until) < PAUSE_MS
                && length < TOO_MUCH
                && (length < ENOUGH || !sentence_ended)
        });
        match paragraphs.last_mut() {
            Some(last) if goes_on => last.cues.end = place + 1,
            _ => {
                length = 0;
                paragraphs.push(Paragraph {
                    start_ms: cue.start_ms,
                    speaker: cue.speaker.clone(),
                    cues: place..place + 1,
                });
            }
        }
        length += cue.words.chars().count();
        said_until = said_until.max(cue.end_ms);
        sentence_ended = ends_sentence(&cue.words);
    }
    paragraphs
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '»', ')', '\'']).ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(start: i32, end: i32, speaker: &str, words: &str) -> Cue {
        Cue::plain(start, end, Some(speaker), words)
    }

    fn ranges(cues: &[Cue]) -> Vec<Range<usize>> {
        paragraphs(cues).into_iter().map(|it| it.cues).collect()
    }

    #[test]
    fn a_voice_and_a_pause_begin_a_paragraph() {
        let cues = [
            cue(0, 1_000, "Anna", "Det här är"),
            cue(1_000, 2_000, "Anna", "en mening."),
            cue(2_000, 3_000, "Bo", "Och en till."),
            cue(4_999, 6_000, "Bo", "Genast därpå."),
            cue(8_000, 9_000, "Bo", "Efter en paus."),
        ];
        assert_eq!(ranges(&cues), [0..2, 2..4, 4..5]);
        assert!(paragraphs(&[]).is_empty());
    }

    #[test]
    fn a_long_one_ends_with_its_sentence_or_in_the_end_without() {
        let said = |words: &str, count: i32| {
            (0..count)
                .map(|it| cue(it * 1_000, it * 1_000 + 1_000, "Anna", words))
                .collect::<Vec<_>>()
        };
        let fifty = "a".repeat(49);
        assert_eq!(ranges(&said(&format!("{fifty}."), 25)), [0..10, 10..20, 20..25]);
        assert_eq!(ranges(&said(&format!("{fifty},"), 25)), [0..24, 24..25]);
    }

    #[test]
    fn who_overlaps_pauses_nobody() {
        let cues = [
            cue(0, 60_000, "Anna", "Länge."),
            cue(1_000, 2_000, "Anna", "Kort."),
            cue(30_000, 31_000, "Anna", "Ja."),
        ];
        assert_eq!(ranges(&cues), std::iter::once(0..3).collect::<Vec<_>>());
    }
}
