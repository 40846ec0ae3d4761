//! What is said, as a text to read: paragraphs with their time and who speaks, each sentence a link to its moment. It
//! is written as HTML, as three hours of speech are thousands of sentences. Pure.

use crate::ui::html::push_escaped;
use std::fmt::Write;

/// One cue as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When it begins, in milliseconds.
    pub from: i32,
    /// When it ends.
    pub to: i32,
    /// Who speaks, where that is told.
    pub speaker: Option<String>,
    /// The words, without marks.
    pub words: String,
}

/// A silence as long as this, in milliseconds, begins a new paragraph.
const PAUSE_MS: i32 = 2_500;
/// After so many letters the next sentence begins a new paragraph.
const LONG: usize = 420;

/// The lines, in paragraphs: by who speaks, by pauses, and where one would grow too long.
#[must_use]
pub fn paragraphs(lines: &[Line]) -> Vec<&[Line]> {
    let mut found = Vec::new();
    let (mut begin, mut letters) = (0, 0);
    for (at, pair) in lines.windows(2).enumerate() {
        let [before, next] = pair else { continue };
        letters += before.words.len();
        let is_new_voice = next.speaker.is_some() && next.speaker != lines[begin].speaker;
        let ends_sentence = before.words.trim_end().ends_with(['.', '!', '?', '…', '”', '"']);
        let is_pause = next.from - before.to >= PAUSE_MS;
        if is_new_voice || is_pause || (letters >= LONG && ends_sentence) {
            found.push(&lines[begin..=at]);
            (begin, letters) = (at + 1, 0);
        }
    }
    if begin < lines.len() {
        found.push(&lines[begin..]);
    }
    found
}

/// The HTML. `address` is the page's own, with what of its query has to stay, so that `t` can be added to it.
#[must_use]
pub fn html(lines: &[Line], address: &str) -> String {
    let join = if address.contains('?') { '&' } else { '?' };
    let mut there = String::from("href=\"");
    push_escaped(&mut there, &format!("{address}{join}t="));
    let mut html = String::with_capacity(lines.len() * 160);
    let mut speaker: Option<&str> = None;
    for part in paragraphs(lines) {
        let Some(first) = part.first() else { continue };
        html.push_str("<div class=\"para\"><p class=\"who\"><a ");
        html.push_str(&there);
        // Numbers: nothing in them has to be escaped.
        let _ = write!(html, "{}\" data-from=\"{}\">", first.from / 1_000, first.from);
        html.push_str(&clock(first.from));
        html.push_str("</a>");
        if let Some(name) = first.speaker.as_deref().filter(|name| speaker != Some(*name)) {
            html.push_str(" <b>");
            push_escaped(&mut html, name);
            html.push_str("</b>");
            speaker = Some(name);
        }
        html.push_str("</p><p>");
        for line in part {
            html.push_str("<a tabindex=\"-1\" ");
            html.push_str(&there);
            let seconds = line.from / 1_000;
            let _ = write!(html, "{seconds}\" data-at=\"{}\" data-to=\"{}\">", line.from, line.to);
            push_escaped(&mut html, line.words.trim());
            html.push_str("</a> ");
        }
        html.push_str("</p></div>");
    }
    html
}

/// The words alone, for search engines: a paragraph on each line.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for part in paragraphs(lines) {
        if !text.is_empty() {
            text.push('\n');
        }
        for (index, line) in part.iter().enumerate() {
            if index > 0 {
                text.push(' ');
            }
            let mut rows = line.words.trim().split('\n');
            text.push_str(rows.next().unwrap_or_default());
            for row in rows {
                text.push(' ');
                text.push_str(row);
            }
        }
    }
    text
}

/// `1:02:34`, `12:34`, `0:07`
#[must_use]
pub fn clock(ms: i32) -> String {
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(from: i32, to: i32, speaker: &str, words: &str) -> Line {
        let speaker = (!speaker.is_empty()).then(|| speaker.to_owned());
        Line { from, to, speaker, words: words.to_owned() }
    }

    #[test]
    fn a_new_voice_and_a_pause_begin_a_paragraph() {
        let lines = [
            line(0, 2_000, "Tala", "Hej."),
            line(2_000, 4_000, "Tala", "Välkomna."),
            line(4_000, 5_000, "Ebba", "Tack!"),
            line(5_000, 6_000, "", "Vi börjar."),
            line(9_000, 10_000, "Ebba", "Nu."),
        ];
        let sizes: Vec<_> = paragraphs(&lines).iter().map(|part| part.len()).collect();
        assert_eq!(sizes, [2, 2, 1]);
        assert!(paragraphs(&[]).is_empty());
        let html = html(&lines, "/recordings/r");
        assert_eq!(html.matches("<b>Ebba</b>").count(), 1, "a name stands where it changes");
        assert!(
            html.contains("href=\"/recordings/r?t=4\" data-at=\"4000\" data-to=\"5000\">Tack!</a>"),
            "{html}"
        );
        assert_eq!(text(&lines), "Hej. Välkomna.\nTack! Vi börjar.\nNu.");
    }

    #[test]
    fn long_speech_is_broken_at_a_sentence() {
        let lines: Vec<_> = (0..40)
            .map(|at| {
                line(
                    at * 1_000,
                    at * 1_000 + 1_000,
                    "Tala",
                    if at % 2 == 0 {
                        "Här är en rätt lång del av"
                    } else {
                        "en mening som tar slut."
                    },
                )
            })
            .collect();
        let parts = paragraphs(&lines);
        assert!(parts.len() > 1);
        assert!(parts.iter().all(|part| part.last().unwrap().words.ends_with('.')));
        assert_eq!(parts.concat(), lines, "nothing is lost");
    }

    #[test]
    fn what_is_said_is_text() {
        let html = html(&[line(0, 1, "<b>", "<script>alert(1)</script> & \"så\"")], "/r?text=sv");
        assert!(!html.contains("<script") && !html.contains("<b><b>"), "{html}");
        assert!(html.contains("href=\"/r?text=sv&amp;t=0\""), "{html}");
    }

    #[test]
    fn clocks() {
        for (ms, shown) in
            [(0, "0:00"), (7_999, "0:07"), (754_000, "12:34"), (3_754_000, "1:02:34"), (-5, "0:00")]
        {
            assert_eq!(clock(ms), shown);
        }
    }
}
