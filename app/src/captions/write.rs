//! Captions as files: WebVTT, SRT and text.

use super::markup::{self, Marked, Piece, Tag};
use super::model::{Cue, Voice};
use super::paragraphs::paragraphs;
use super::srt::REFERENCES;
use super::timing::written;
use std::fmt::Write;

/// A WebVTT file (W3C, WebVTT §4.1). What was read from one and is written by this reads the same.
#[must_use]
pub fn vtt(cues: &[Cue]) -> String {
    let mut out = String::from("WEBVTT\n");
    for cue in cues {
        out.push('\n');
        if let Some(identifier) = cue.identifier.as_deref().and_then(super::model::name) {
            out.push_str(&identifier.replace("-->", "→"));
            out.push('\n');
        }
        out.push_str(&written(cue.start_ms, '.'));
        out.push_str(" --> ");
        out.push_str(&written(cue.end_ms, '.'));
        if let Some(settings) = &cue.settings {
            out.push(' ');
            out.push_str(settings);
        }
        out.push('\n');
        out.push_str(&cue.text());
        out.push('\n');
    }
    out
}

/// An SRT file: with the numbers and commas that players expect, and the speaker's name where the voice changes.
#[must_use]
pub fn srt(cues: &[Cue]) -> String {
    let mut out = String::new();
    let mut speaking = None;
    for (place, cue) in cues.iter().enumerate() {
        let number = place + 1;
        let (start, end) = (written(cue.start_ms, ','), written(cue.end_ms, ','));
        // A String takes all that is written to it.
        let _ = writeln!(out, "{number}\n{start} --> {end}");
        out.push_str(&srt_text(cue, &mut speaking));
        out.push_str("\n\n");
    }
    out
}

fn srt_text(cue: &Cue, speaking: &mut Option<String>) -> String {
    let marked = match &cue.marked {
        Some(text) => markup::parse(text),
        None => Marked::plain(cue.speaker.as_deref(), &cue.words),
    };
    let mut out = String::new();
    let mut voices = Vec::new();
    for piece in marked.pieces() {
        match piece {
            Piece::Open { tag: Tag::Voice, annotation, .. } => voices.push(annotation.clone()),
            Piece::Close(Tag::Voice) => drop(voices.pop()),
            Piece::Open { tag, .. } => push_tag(&mut out, *tag, "<"),
            Piece::Close(tag) => push_tag(&mut out, *tag, "</"),
            Piece::Text(text) => {
                let speaker = voices.last();
                if speaker != speaking.as_ref() && !text.trim().is_empty() {
                    if let Some(speaker) = speaker {
                        let _ = write!(out, "{}: ", srt_words(speaker));
                    }
                    *speaking = speaker.cloned();
                }
                out.push_str(&srt_words(text));
            }
            Piece::Stamp(_) => {}
        }
    }
    super::model::lines(&out)
}

fn push_tag(out: &mut String, tag: Tag, bracket: &str) {
    let name = match tag {
        Tag::Italic => "i>",
        Tag::Bold => "b>",
        Tag::Underline => "u>",
        _ => return,
    };
    out.push_str(bracket);
    out.push_str(name);
}

/// Words in which nothing looks like what SRT has signs for.
fn srt_words(words: &str) -> String {
    let mut out = words.replace("-->", "→");
    if out.contains('&') {
        for reference in REFERENCES {
            out = out.replace(reference, &format!("&amp;{}", &reference[1..]));
        }
    }
    // Only what would be read as a tag; elsewhere a sign is a sign.
    if out.contains('<') && out.contains('>') {
        out = out.replace('<', "&lt;");
    }
    out.replace("{\\", "{ \\")
}

/// Everything that is said as text to read, in paragraphs, each begun by its time and by who speaks where that changes.
#[must_use]
pub fn text(cues: &[Cue]) -> String {
    let mut out = String::new();
    let mut speaking = None;
    for paragraph in paragraphs(cues) {
        let time = written(paragraph.start_ms, '.');
        let time = time.split('.').next().unwrap_or_default();
        let _ = write!(out, "[{time}] ");
        if paragraph.speaker != speaking
            && let Some(speaker) = &paragraph.speaker
        {
            let _ = write!(out, "{speaker}: ");
        }
        speaking = paragraph.speaker.clone();
        let said = cues.get(paragraph.cues.clone()).unwrap_or_default();
        let said: Vec<_> = said.iter().map(in_one_line).collect();
        out.push_str(&said.join(" "));
        out.push_str("\n\n");
    }
    out
}

/// Words of a cue on one line, each voice named where there are more.
fn in_one_line(cue: &Cue) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let voices = cue.voices();
    if voices.len() < 2 {
        return one_line(&cue.words);
    }
    let named = |it: &Voice| match &it.speaker {
        Some(speaker) => format!("{speaker}: {}", one_line(&it.words)),
        None => one_line(&it.words),
    };
    voices.iter().map(named).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::{srt as from_srt, vtt as from_vtt};

    fn track() -> Vec<Cue> {
        let text = "WEBVTT\n\nettan\n00:01.000 --> 00:02.000 line:0 align:start\n<v Anna>Hej <i>på</i> dig\noch alla\n\n\
            00:03.000 --> 00:04.000\n<v Anna>A &lt;b&gt; &amp;amp; C --&gt; D\n\n00:09.000 --> 00:10.000\n<v Bo>Hej då";
        from_vtt::parse(text).unwrap().cues
    }

    #[test]
    fn webvtt_reads_as_it_was() {
        let cues = track();
        assert_eq!(from_vtt::parse(&vtt(&cues)).unwrap().cues, cues);
        assert_eq!(vtt(&cues[2..]), "WEBVTT\n\n00:00:09.000 --> 00:00:10.000\n<v Bo>Hej då</v>\n");
    }

    #[test]
    fn srt_has_the_words_and_names_each_voice_once() {
        assert_eq!(
            srt(&track()),
            "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hej <i>på</i> dig\noch alla\n\n\
             2\n00:00:03,000 --> 00:00:04,000\nA &lt;b> &amp;amp; C → D\n\n\
             3\n00:00:09,000 --> 00:00:10,000\nBo: Hej då\n\n"
        );
        let again = from_srt::parse(&srt(&track())).unwrap();
        assert_eq!(again.faults, []);
        assert_eq!(again.cues[1].words, "A <b> &amp; C → D");
    }

    #[test]
    fn text_is_for_reading() {
        assert_eq!(
            text(&track()),
            "[00:00:01] Anna: Hej på dig och alla A <b> &amp; C --> D\n\n[00:00:09] Bo: Hej då\n\n"
        );
        assert_eq!(text(&[]), "");
    }
}
