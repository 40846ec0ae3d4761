//! The chapters of a recording: from a WebVTT file, from what was planned for the event, and as WebVTT again.

use super::fault::{Fault, NotCaptions, Why};
use super::model::{Chapter, Cue, name};
use super::vtt;
use super::write;
use crate::text::Lang;

/// How many characters a chapter's title may have.
pub const MAX_TITLE: usize = 300;

/// Chapters of a file, and what of it was not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedChapters {
    /// In the order of time; the title is the file's, whatever its language.
    pub chapters: Vec<Chapter>,
    /// In the order of the file.
    pub faults: Vec<Fault>,
}

/// Reads a WebVTT file of chapters (W3C, WebVTT §1.4): each cue is a chapter, its words the title.
///
/// # Errors
/// As [`vtt::parse`].
pub fn parse(text: &str) -> Result<ParsedChapters, NotCaptions> {
    let parsed = vtt::parse(text)?;
    let mut read = ParsedChapters { chapters: Vec::new(), faults: parsed.faults };
    for (cue, line) in parsed.cues.into_iter().zip(parsed.lines) {
        let title = name(&cue.words).unwrap_or_default();
        let is_long = title.chars().count() > MAX_TITLE;
        let is_second = read.chapters.last().is_some_and(|it| it.start_ms == cue.start_ms);
        if is_long || is_second {
            let why = if is_long { Why::TooLong } else { Why::SameStart };
            read.faults.push(Fault { line, why });
            continue;
        }
        read.chapters.push(Chapter { start_ms: cue.start_ms, title_sv: title, title_en: None });
    }
    read.faults.sort_by_key(|fault| fault.line);
    Ok(read)
}

/// Chapters as WebVTT: each lasts until the next one begins, the last one as long as the recording.
#[must_use]
pub fn as_vtt(chapters: &[Chapter], lang: Lang, duration_ms: i32) -> String {
    let ends = chapters.iter().skip(1).map(|it| it.start_ms).chain([duration_ms]);
    let cues = chapters.iter().zip(ends).map(|(chapter, end)| {
        // Of a chapter that begins where the recording ends there is still a moment.
        let end = end.max(chapter.start_ms.saturating_add(1));
        Cue::plain(chapter.start_ms, end, None, chapter.title(lang))
    });
    write::vtt(&cues.collect::<Vec<_>>())
}

/// A point of an event's programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPart {
    /// In Swedish.
    pub title_sv: String,
    /// In English.
    pub title_en: Option<String>,
    /// How long it was to be.
    pub minutes: i32,
}

/// The chapters of a recording of which the first point begins at `from_ms`, if all went as it was planned. Points that
/// were to begin after the recording's end are no chapters, and neither are those of no length.
#[must_use]
pub fn from_programme(
    parts: &[PlannedPart],
    from_ms: i32,
    duration_ms: Option<i32>,
) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    let mut start = i64::from(from_ms);
    for part in parts {
        let length = i64::from(part.minutes.max(0)) * 60_000;
        let starts = i32::try_from(start).ok().filter(|at| duration_ms.is_none_or(|end| *at < end));
        start += length;
        let Some(start_ms) = starts.filter(|_| length > 0) else { continue };
        // What began before the recording is its first chapter, if it went on into it.
        if start <= 0 {
            continue;
        }
        chapters.push(Chapter {
            start_ms: start_ms.max(0),
            title_sv: part.title_sv.clone(),
            title_en: part.title_en.clone(),
        });
    }
    chapters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(start_ms: i32, title: &str) -> Chapter {
        Chapter { start_ms, title_sv: title.into(), title_en: None }
    }

    #[test]
    fn a_file_of_chapters_reads_as_it_is_written() {
        let chapters = [chapter(0, "Välkomna & hej"), chapter(61_500, "Frågor <alla>")];
        let file = as_vtt(&chapters, Lang::Sv, 90_000);
        assert!(file.contains("00:01:01.500 --> 00:01:30.000\nFrågor &lt;alla&gt;\n"), "{file}");
        assert_eq!(
            parse(&file).unwrap(),
            ParsedChapters { chapters: chapters.into(), faults: vec![] }
        );
    }

    #[test]
    fn of_two_that_begin_together_one_is_a_chapter() {
        let long = "a".repeat(MAX_TITLE + 1);
        let file = format!(
            "WEBVTT\n\n00:00.000 --> 00:09.000\n<i>Ett</i>\noch ett\n\n00:00.000 --> 00:05.000\nTvå\n\n\
             00:05.000 --> 00:06.000\n{long}"
        );
        let read = parse(&file).unwrap();
        assert_eq!(read.chapters, [chapter(0, "Ett och ett")]);
        let faults: Vec<_> = read.faults.iter().map(|it| (it.line, it.why)).collect();
        assert_eq!(faults, [(7, Why::SameStart), (10, Why::TooLong)]);
    }

    #[test]
    fn the_programme_tells_where_its_points_are() {
        let part =
            |title: &str, minutes| PlannedPart { title_sv: title.into(), title_en: None, minutes };
        let parts =
            [part("Välkomna", 5), part("Paus", 0), part("Föredrag", 25), part("Frågor", 15)];
        let starts = |from, duration| {
            let chapters = from_programme(&parts, from, duration).into_iter();
            chapters.map(|it| (it.start_ms / 60_000, it.title_sv)).collect::<Vec<_>>()
        };
        let expect =
            |all: &[(i32, &str)]| all.iter().map(|it| (it.0, it.1.to_string())).collect::<Vec<_>>();
        assert_eq!(starts(0, None), expect(&[(0, "Välkomna"), (5, "Föredrag"), (30, "Frågor")]));
        assert_eq!(starts(60_000, Some(1_800_000)), expect(&[(1, "Välkomna"), (6, "Föredrag")]));
        // Whoever began to record ten minutes late.
        assert_eq!(starts(-600_000, None), expect(&[(0, "Föredrag"), (20, "Frågor")]));
    }

    #[test]
    fn a_title_is_in_the_language_asked_for_or_as_it_is() {
        let both = Chapter { title_en: Some("Questions".into()), ..chapter(0, "Frågor") };
        assert_eq!((both.title(Lang::En), both.title(Lang::Sv)), ("Questions", "Frågor"));
        assert_eq!(chapter(0, "Frågor").title(Lang::En), "Frågor");
    }
}
