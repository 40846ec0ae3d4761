//! WebVTT, read by the algorithm of the standard (W3C, WebVTT §6.1), which is what browsers do. What that algorithm
//! leaves out without a word is told here.

use super::fault::{Gathered, Lines, NotCaptions, Parsed, Why};
use super::markup;
use super::model::{Cue, MAX_NOTE, name as one_line};
use super::settings::Settings;
use super::timing::{Scan, span, vtt_time};

const ARROW: &str = "-->";

/// Reads a file.
///
/// # Errors
/// If it is not WebVTT, holds no cue, or more than a track can have.
pub fn parse(text: &str) -> Result<Parsed, NotCaptions> {
    let mut reader = Reader { lines: Lines::of(text), out: Gathered::default(), seen_cue: false };
    reader.signature()?;
    reader.header();
    while reader.lines.peek().is_some() {
        reader.block()?;
    }
    reader.out.finish()
}

struct Reader<'a> {
    lines: Lines<'a>,
    out: Gathered,
    seen_cue: bool,
}

/// What stands between two empty lines.
#[derive(Default)]
struct Block<'a> {
    /// Lines of it that were read.
    count: usize,
    /// The line with the times, and what it says; nothing if it cannot be read.
    times: Option<(u32, Option<Times>)>,
    /// The line above the times.
    identifier: Option<(u32, &'a str)>,
    /// The lines of the cue, or of whatever else it is.
    text: Vec<&'a str>,
    /// Of the first of those.
    first: u32,
}

struct Times {
    start: i64,
    end: i64,
    settings: Settings,
}

impl<'a> Reader<'a> {
    fn signature(&mut self) -> Result<(), NotCaptions> {
        let first = self.lines.next().map_or("", |it| it.1);
        let rest = first.strip_prefix("WEBVTT").ok_or(NotCaptions::NoSignature)?;
        if rest.is_empty() || rest.starts_with([' ', '\t']) {
            Ok(())
        } else {
            Err(NotCaptions::NoSignature)
        }
    }

    /// The lines right below the signature, up to an empty one or the first times.
    fn header(&mut self) {
        while let Some((number, line)) = self.lines.peek() {
            if line.contains(ARROW) {
                return;
            }
            self.lines.next();
            if line.is_empty() {
                return;
            }
            self.out.fault(number, Why::Header);
        }
    }

    fn block(&mut self) -> Result<(), NotCaptions> {
        let mut block = Block::default();
        while let Some((number, line)) = self.lines.peek() {
            if line.contains(ARROW) {
                let is_first = block.count == 0 || (block.count == 1 && block.times.is_none());
                if !is_first {
                    // The next cue, with no empty line before it.
                    break;
                }
                block.take_times(number, line);
            } else if line.is_empty() {
                self.lines.next();
                break;
            } else {
                if block.text.is_empty() {
                    block.first = number;
                }
                block.text.push(line);
            }
            block.count += 1;
            self.lines.next();
        }
        self.finish(block)
    }

    fn finish(&mut self, block: Block<'a>) -> Result<(), NotCaptions> {
        match block.times {
            Some((line, Some(times))) => {
                self.seen_cue = true;
                self.cue(line, &times, block.identifier, &block.text.join("\n"))
            }
            Some((line, None)) => {
                self.out.fault(line, Why::BadTimes);
                Ok(())
            }
            None => {
                if let Some(first) = block.text.first() {
                    self.out.fault(block.first, self.other(first));
                }
                Ok(())
            }
        }
    }

    /// What a block without times is.
    fn other(&self, first: &str) -> Why {
        let is = |word| first.strip_prefix(word).is_some_and(|it| it.trim_ascii().is_empty());
        if first == "NOTE" || first.starts_with("NOTE ") || first.starts_with("NOTE\t") {
            Why::Comment
        } else if is("STYLE") && !self.seen_cue {
            Why::Style
        } else if is("REGION") && !self.seen_cue {
            Why::Region
        } else {
            Why::NoTimes
        }
    }

    fn cue(
        &mut self,
        line: u32,
        times: &Times,
        identifier: Option<(u32, &str)>,
        text: &str,
    ) -> Result<(), NotCaptions> {
        if times.settings.had_bad {
            self.out.fault(line, Why::BadSetting);
        }
        if times.settings.had_region {
            self.out.fault(line, Why::Region);
        }
        let marked = markup::parse(text);
        if marked.had_bad_tags {
            self.out.fault(line, Why::BadTag);
        }
        let identifier = identifier.and_then(|(number, name)| {
            let name = one_line(&name.replace('\0', "\u{fffd}"))?;
            let is_kept = name.chars().count() <= MAX_NOTE;
            if !is_kept {
                self.out.fault(number, Why::LongName);
            }
            is_kept.then_some(name)
        });
        let settings = times.settings.written();
        let cue = span(times.start, times.end).and_then(|(start_ms, end_ms)| {
            Cue { start_ms, end_ms, identifier, settings, ..Cue::default() }.with_text(&marked)
        });
        self.out.cue(line, cue)
    }
}

impl<'a> Block<'a> {
    fn take_times(&mut self, number: u32, line: &str) {
        let times = times(line);
        if times.is_some() {
            self.identifier = self.text.pop().map(|text| (self.first, text));
        }
        self.text.clear();
        self.times = Some((number, times));
    }
}

/// "Collect WebVTT cue timings and settings".
fn times(line: &str) -> Option<Times> {
    let mut scan = Scan::of(line);
    scan.spaces();
    let start = vtt_time(&mut scan)?;
    scan.spaces();
    scan.take(ARROW)?;
    scan.spaces();
    let end = vtt_time(&mut scan)?;
    Some(Times { start, end, settings: Settings::parse(scan.rest()) })
}
