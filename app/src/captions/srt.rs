//! SubRip (`.srt`). There is no standard, so files are read as they are: with or without numbers, with a comma or a
//! point, any line ends, tags of HTML, and empty lines in the middle of a cue.

use super::fault::{Gathered, Lines, NotCaptions, Parsed, Why};
use super::markup;
use super::model::Cue;
use super::timing::{Scan, span, srt_time};

/// Reads a file.
///
/// # Errors
/// If it holds no cue, or more than a track can have.
pub fn parse(text: &str) -> Result<Parsed, NotCaptions> {
    let mut reader = Reader::default();
    for (number, line) in Lines::of(text) {
        match times(line) {
            Line::Times(start, end, has_more) => {
                reader.finish_cue(true)?;
                if has_more {
                    reader.out.fault(number, Why::Position);
                }
                reader.cue = Some((number, Ok((start, end))));
            }
            Line::BadTimes => {
                reader.finish_cue(true)?;
                reader.cue = Some((number, Err(Why::BadTimes)));
            }
            Line::Text => reader.text.push((number, line.trim())),
        }
    }
    reader.finish_cue(false)?;
    reader.out.finish()
}

/// When a cue begins and ends; or why that is not known.
type Times = Result<(i64, i64), Why>;

#[derive(Default)]
struct Reader<'a> {
    out: Gathered,
    /// The cue whose words are being read: its line, and its times.
    cue: Option<(u32, Times)>,
    text: Vec<(u32, &'a str)>,
    /// How many cues there were.
    count: u32,
}

enum Line {
    /// Two times, and whether anything stands behind them.
    Times(i64, i64, bool),
    /// Times that cannot be read.
    BadTimes,
    Text,
}

/// An arrow makes a line one of times; a short one only if there are times on both sides.
fn times(line: &str) -> Line {
    let Some((at, length)) = ["-->", "->", "–>", "—>"]
        .iter()
        .filter_map(|arrow| line.find(arrow).map(|at| (at, arrow.len())))
        .min()
    else {
        return Line::Text;
    };
    let mut scan = Scan::of(&line[..at]);
    let start = srt_time(&mut scan).filter(|_| scan.rest().trim().is_empty());
    let mut scan = Scan::of(&line[at + length..]);
    match (start, srt_time(&mut scan)) {
        (Some(start), Some(end)) => Line::Times(start, end, !scan.rest().trim().is_empty()),
        // Words may have an arrow in them; times that went wrong begin with a figure.
        _ if line.contains("-->")
            && line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '-') =>
        {
            Line::BadTimes
        }
        _ => Line::Text,
    }
}

impl Reader<'_> {
    /// The words that were read belong to the cue above them. What is next decides whether the last line is the number
    /// of the cue to come.
    fn finish_cue(&mut self, is_before_cue: bool) -> Result<(), NotCaptions> {
        let mut text = std::mem::take(&mut self.text);
        if is_before_cue {
            self.drop_number(&mut text);
            self.count += 1;
        }
        let words = text.iter().map(|it| it.1).filter(|it| !it.is_empty());
        let words = words.collect::<Vec<_>>().join("\n");
        let Some((line, times)) = self.cue.take() else {
            if let Some(first) = text.iter().find(|it| !it.1.is_empty()) {
                self.out.fault(first.0, Why::NoTimes);
            }
            return Ok(());
        };
        let marked = markup::parse(&as_vtt(&words, || self.out.fault(line, Why::Position)));
        if marked.had_bad_tags {
            self.out.fault(line, Why::BadTag);
        }
        let cue = times.and_then(|(start, end)| span(start, end)).and_then(|(start_ms, end_ms)| {
            Cue { start_ms, end_ms, ..Cue::default() }.with_text(&marked)
        });
        self.out.cue(line, cue)
    }

    /// A figure alone above the times is the cue's number: after an empty line, or if it is the one to expect.
    fn drop_number(&self, text: &mut Vec<(u32, &str)>) {
        let Some((_, last)) = text.last() else { return };
        let is_number = !last.is_empty() && last.bytes().all(|it| it.is_ascii_digit());
        let before = text.len().checked_sub(2).and_then(|it| text.get(it));
        let stands_alone =
            before.is_none_or(|it| it.1.is_empty()) && (before.is_some() || self.cue.is_none());
        let is_expected =
            last.parse::<u32>().is_ok_and(|it| it == self.count || it == self.count + 1);
        if is_number && (stands_alone || is_expected) {
            text.pop();
        }
    }
}

/// The tags that SRT has, and WebVTT too, are kept; those of fonts and the braces of other formats are left out, and
/// what else looks like a tag is words.
fn as_vtt(words: &str, mut left_out: impl FnMut()) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(['<', '{', '&', '>']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes().first() {
            Some(b'<') => tag(rest, &mut out),
            Some(b'{') => braces(rest).inspect(|_| left_out()),
            Some(b'&') => reference(rest).inspect(|length| out.push_str(&rest[..*length])),
            _ => None,
        };
        let Some(length) = length else {
            out.push_str(match rest.as_bytes().first() {
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                Some(b'&') => "&amp;",
                _ => "{",
            });
            rest = &rest[1..];
            continue;
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// How long the tag is that this begins with, which is written to `out` if WebVTT has it.
fn tag(text: &str, out: &mut String) -> Option<usize> {
    let end = near(text, b'>')?;
    let content = text[1..end].to_ascii_lowercase();
    let (slash, name) = content.strip_prefix('/').map_or(("", content.as_str()), |it| ("/", it));
    match name.trim() {
        name @ ("i" | "b" | "u") => {
            out.push('<');
            out.push_str(slash);
            out.push_str(name);
            out.push('>');
        }
        "em" => out.push_str(if slash.is_empty() { "<i>" } else { "</i>" }),
        "strong" => out.push_str(if slash.is_empty() { "<b>" } else { "</b>" }),
        "s" => {}
        "br" | "br/" | "br /" => out.push('\n'),
        name if name == "font" || name.starts_with("font ") => {}
        _ => return None,
    }
    Some(end + 1)
}

/// `{\an8}` and the like.
fn braces(text: &str) -> Option<usize> {
    text.starts_with("{\\").then(|| near(text, b'}')).flatten().map(|at| at + 1)
}

/// Where this sign is, if it is no further away than in a tag that somebody meant, and no other tag begins before it:
/// so each byte of a text is looked at once, however many tags begin in it.
fn near(text: &str, sign: u8) -> Option<usize> {
    let begin = *text.as_bytes().first()?;
    for (at, byte) in text.bytes().enumerate().take(300).skip(1) {
        #[cfg(test)]
        LOOKED_AT.set(LOOKED_AT.get() + 1);
        if byte == sign {
            return Some(at);
        }
        if byte == begin {
            return None;
        }
    }
    None
}

#[cfg(test)]
thread_local! {
    /// How many bytes `near` has looked at.
    static LOOKED_AT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The references that some programs write.
fn reference(text: &str) -> Option<usize> {
    REFERENCES.iter().find(|it| text.starts_with(**it)).map(|it| it.len())
}

/// Whoever writes SRT has to know which these are.
pub(super) const REFERENCES: [&str; 4] = ["&amp;", "&lt;", "&gt;", "&nbsp;"];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        parse(text).unwrap().cues.iter().map(|cue| cue.words.clone()).collect()
    }

    fn whys(text: &str) -> Vec<(u32, Why)> {
        parse(text).unwrap().faults.iter().map(|it| (it.line, it.why)).collect()
    }

    #[test]
    fn a_usual_file() {
        let text = "1\r\n00:00:01,000 --> 00:00:02,500\r\nHej\r\npå dig\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n<i>Då</i>\r\n";
        let parsed = parse(text).unwrap();
        assert_eq!(words(text), ["Hej\npå dig", "Då"]);
        assert_eq!((parsed.cues[0].start_ms, parsed.cues[0].end_ms), (1_000, 2_500));
        assert_eq!(parsed.cues[1].marked.as_deref(), Some("<i>Då</i>"));
        assert_eq!(parsed.faults, []);
    }

    #[test]
    fn numbers_may_lack_and_words_may_be_numbers() {
        let bare = "00:01 --> 00:02\nEtt\n00:03 --> 00:04\nTvå";
        assert_eq!(words(bare), ["Ett", "Två"]);
        let years = "1\n00:00:01,0 --> 00:00:02,0\n2023\n\n2\n00:00:03,0 --> 00:00:04,0\n1066\n3\n00:00:05,0 --> 00:00:06,0\n7";
        assert_eq!(words(years), ["2023", "1066", "7"]);
        let alone = "00:01 --> 00:02\n2023\n00:03 --> 00:04\nEtt";
        assert_eq!(words(alone), ["2023", "Ett"]);
    }

    #[test]
    fn an_empty_line_within_does_not_end_a_cue() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\nEtt\n\ntvå\n\n\n2\n00:00:03,000 --> 00:00:04,000\ntre";
        assert_eq!(words(text), ["Ett\ntvå", "tre"]);
        assert_eq!(whys(text), []);
    }

    #[test]
    fn times_in_all_their_forms() {
        for line in [
            "0:0:1,5 --> 0:0:2",
            "00:00:01.500-->00:00:02.000",
            "00: 00: 01, 500 -> 00: 00: 02, 000",
            "  00:01,500 --> 00:02,000  ",
        ] {
            let parsed = parse(&format!("{line}\nHej")).unwrap();
            assert_eq!((parsed.cues[0].start_ms, parsed.cues[0].end_ms), (1_500, 2_000), "{line}");
            assert_eq!(parsed.faults, [], "{line}");
        }
    }

    #[test]
    fn what_is_not_kept_is_told_by_line() {
        let text = "Undertext av N.N.\n\n1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20\n{\\an8}<font color=\"red\">Hej</font> <3\n\n2\n00:00:09,000 --> 00:00:08,000\nFel\n\n3\n00:0x:01 --> 00:00:02\nOckså fel\n\n4\n00:00:03,000 --> 00:00:04,000\n\n5\n00:00:00,500 --> 00:00:01,000\nFörst";
        assert_eq!(words(text), ["Först", "Hej <3"]);
        assert_eq!(
            whys(text),
            [
                (1, Why::NoTimes),
                (4, Why::Position),
                (4, Why::Position),
                (8, Why::EndsFirst),
                (12, Why::BadTimes),
                (16, Why::NoWords),
                (19, Why::OutOfOrder),
            ]
        );
    }

    #[test]
    fn each_byte_is_looked_at_once_however_many_tags_begin() {
        for (sign, most) in
            [("<", 100_000), ("{\\", 200_000), ("< ", 200_000), ("<i>", 300_000), ("<i", 200_000)]
        {
            let before = LOOKED_AT.get();
            // Whether that many signs are a cue is another matter.
            let _ = parse(&format!("00:01 --> 00:02\nHej {}", sign.repeat(100_000)));
            let looked = LOOKED_AT.get() - before;
            assert!(looked > 90_000 && looked <= most, "{sign}: {looked}");
        }
        assert_eq!(words("00:01 --> 00:02\n5 < 6 <b>och</b> <<i>så"), ["5 < 6 och <så"]);
    }

    #[test]
    fn words_may_have_arrows_and_signs_in_them() {
        let text = "00:01 --> 00:02\nA --> B & C < D > E &amp; <b>F</B>";
        assert_eq!(words(text), ["A --> B & C < D > E & F"]);
        assert_eq!(parse("Hej"), Err(NotCaptions::NoCues));
        assert_eq!(parse(""), Err(NotCaptions::NoCues));
    }
}
