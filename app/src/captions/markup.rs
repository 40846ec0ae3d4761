//! The text of a cue: tags, voices, character references (W3C, WebVTT §6.4). What is read is written so that every
//! tag ends and nothing stands in it that WebVTT does not know.

use super::entities::reference;
use super::model::{Voice, lines, name};
use super::timing::{Scan, vtt_time, written};
use std::fmt;

/// What a tag does to the words within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `<c>`: nothing but its classes.
    Class,
    /// `<i>`.
    Italic,
    /// `<b>`.
    Bold,
    /// `<u>`.
    Underline,
    /// `<ruby>`.
    Ruby,
    /// `<rt>`, within `<ruby>`.
    RubyText,
    /// `<v>`: who speaks.
    Voice,
    /// `<lang>`: the language.
    Language,
}

impl Tag {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Class, "c"),
        (Self::Italic, "i"),
        (Self::Bold, "b"),
        (Self::Underline, "u"),
        (Self::Ruby, "ruby"),
        (Self::RubyText, "rt"),
        (Self::Voice, "v"),
        (Self::Language, "lang"),
    ];

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == name).map(|it| it.0)
    }

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("c", |it| it.1)
    }
}

/// A part of a cue's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words, as they are read.
    Text(String),
    /// A tag begins.
    Open {
        /// Which.
        tag: Tag,
        /// Its classes.
        classes: Vec<String>,
        /// Who speaks, or in which language.
        annotation: String,
    },
    /// The tag that began last ends.
    Close(Tag),
    /// What follows is said from this millisecond on.
    Stamp(i32),
}

/// The text of a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    pieces: Vec<Piece>,
    /// There was a tag in it that WebVTT does not know, or that did not end.
    pub had_bad_tags: bool,
}

/// Reads the text of a cue. Whatever it is: there is no text that cannot be read.
#[must_use]
pub fn parse(text: &str) -> Marked {
    // An empty line would end the cue when it is written.
    let kept: Vec<_> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
    let text = kept.join("\n");
    let mut reading = Reading::default();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '&']) {
        reading.text(&rest[..at]);
        let after = &rest[at + 1..];
        if rest[at..].starts_with('<') {
            let (tag, left) = after.split_once('>').unwrap_or_else(|| {
                reading.marked.had_bad_tags = true;
                (after, "")
            });
            reading.tag(tag);
            rest = left;
        } else if let Some((character, length)) = reference(after) {
            // A line that ends within a reference would end the cue when it is written.
            let character = if matches!(character, '\n' | '\r') { ' ' } else { character };
            reading.text(character.encode_utf8(&mut [0; 4]));
            rest = &after[length..];
        } else {
            reading.text("&");
            rest = after;
        }
    }
    reading.text(rest);
    reading.finish()
}

#[derive(Default)]
struct Reading {
    marked: Marked,
    open: Vec<Tag>,
}

impl Reading {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = readable(text);
        if let Some(Piece::Text(before)) = self.marked.pieces.last_mut() {
            before.push_str(&text);
        } else {
            self.marked.pieces.push(Piece::Text(text));
        }
    }

    fn tag(&mut self, content: &str) {
        let is_known = match content.as_bytes().first() {
            Some(b'/') => self.close(&content[1..]),
            Some(b'0'..=b'9') => self.stamp(content),
            _ => self.open(content),
        };
        self.marked.had_bad_tags |= !is_known;
    }

    fn open(&mut self, content: &str) -> bool {
        let end = content.find(is_space).unwrap_or(content.len());
        let (names, annotation) = content.split_at(end);
        let mut names = names.split('.');
        let Some(tag) = names.next().and_then(Tag::parse) else { return false };
        if tag == Tag::RubyText && self.open.last() != Some(&Tag::Ruby) {
            return false;
        }
        let classes = names.filter(|it| !it.is_empty()).map(readable).collect::<Vec<_>>();
        let annotation = match tag {
            Tag::Voice | Tag::Language => name(&decoded(annotation)).unwrap_or_default(),
            _ => String::new(),
        };
        // Nobody's voice says nothing about the words.
        if tag == Tag::Voice && annotation.is_empty() && classes.is_empty() {
            return true;
        }
        self.open.push(tag);
        self.marked.pieces.push(Piece::Open { tag, classes, annotation });
        true
    }

    fn close(&mut self, name: &str) -> bool {
        let Some(tag) = Tag::parse(name) else { return false };
        let last = self.open.last().copied();
        if tag == Tag::Ruby && last == Some(Tag::RubyText) {
            self.close_last();
            self.close_last();
        } else if last == Some(tag) {
            self.close_last();
        }
        // One that ends what is not open does nothing.
        true
    }

    fn close_last(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.marked.pieces.push(Piece::Close(tag));
        }
    }

    fn stamp(&mut self, content: &str) -> bool {
        let mut scan = Scan::of(content);
        let time = vtt_time(&mut scan).and_then(|it| i32::try_from(it).ok());
        match time.filter(|_| scan.rest().is_empty()) {
            Some(time) => self.marked.pieces.push(Piece::Stamp(time)),
            None => return false,
        }
        true
    }

    /// What is open ends with the cue.
    fn finish(mut self) -> Marked {
        while !self.open.is_empty() {
            self.close_last();
        }
        drop_empty_lines(&mut self.marked.pieces);
        self.marked
    }
}

/// A tag that was left out may have been alone on its line.
fn drop_empty_lines(pieces: &mut Vec<Piece>) {
    let mut line_is_empty = true;
    for piece in pieces.iter_mut() {
        let Piece::Text(text) = piece else {
            line_is_empty = false;
            continue;
        };
        text.retain(|c| {
            let is_kept = c != '\n' || !line_is_empty;
            line_is_empty = c == '\n';
            is_kept
        });
    }
    if let Some(Piece::Text(last)) = pieces.last_mut() {
        last.truncate(last.trim_end_matches('\n').len());
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// No signs that neither a database nor a feed takes.
fn readable(text: &str) -> String {
    let strange = |c: char| (c < ' ' && !matches!(c, '\n' | '\t')) || c == '\u{7f}';
    text.replace(strange, "\u{fffd}")
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{c}' | '\n')
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (character, length) = reference(after).unwrap_or(('&', 0));
        out.push(character);
        rest = &after[length..];
    }
    out.push_str(rest);
    readable(&out)
}

impl Marked {
    /// Words, and who says them.
    #[must_use]
    pub fn plain(speaker: Option<&str>, words: &str) -> Self {
        let mut pieces = vec![Piece::Text(lines(words))];
        if let Some(speaker) = speaker.and_then(name) {
            let tag = Tag::Voice;
            pieces.insert(0, Piece::Open { tag, classes: Vec::new(), annotation: speaker });
            pieces.push(Piece::Close(tag));
        }
        Self { pieces, had_bad_tags: false }
    }

    /// Its parts.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        });
        lines(&texts.collect::<String>())
    }

    /// There is nothing in it but words, and who says all of them.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        match self.pieces.as_slice() {
            [] | [Piece::Text(_)] => true,
            [Piece::Open { tag: Tag::Voice, classes, .. }, Piece::Text(_), Piece::Close(_)] => {
                classes.is_empty()
            }
            _ => false,
        }
    }

    /// Each voice with its words, in order.
    #[must_use]
    pub fn voices(&self) -> Vec<Voice> {
        let mut voices: Vec<Voice> = Vec::new();
        let mut speaking: Vec<&str> = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Open { tag: Tag::Voice, annotation, .. } => speaking.push(annotation),
                Piece::Close(Tag::Voice) => drop(speaking.pop()),
                Piece::Text(text) => {
                    let speaker = speaking.last().copied().and_then(name);
                    match voices.last_mut() {
                        Some(last) if last.speaker == speaker => last.words.push_str(text),
                        _ => voices.push(Voice { speaker, words: text.clone() }),
                    }
                }
                Piece::Open { .. } | Piece::Close(_) | Piece::Stamp(_) => {}
            }
        }
        for voice in &mut voices {
            voice.words = lines(&voice.words);
        }
        voices.retain(|voice| !voice.words.is_empty());
        voices
    }

    /// Who says all of it, if that is one.
    #[must_use]
    pub fn only_voice(&self) -> Option<String> {
        match self.voices().as_slice() {
            [Voice { speaker, .. }] => speaker.clone(),
            _ => None,
        }
    }

    /// With every text and every speaker's name as `change` makes it.
    #[must_use]
    pub fn map_text(mut self, mut change: impl FnMut(&str) -> String) -> Self {
        for piece in &mut self.pieces {
            match piece {
                Piece::Text(text) => *text = change(text),
                Piece::Open { tag: Tag::Voice, annotation, .. } => *annotation = change(annotation),
                Piece::Open { .. } | Piece::Close(_) | Piece::Stamp(_) => {}
            }
        }
        self
    }

    /// With every speaker's name as `change` makes it.
    #[must_use]
    pub fn map_speakers(mut self, mut change: impl FnMut(&str) -> String) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Open { tag: Tag::Voice, annotation, .. } = piece {
                *annotation = change(annotation);
            }
        }
        self
    }

    /// With every time in it as `change` makes it.
    #[must_use]
    pub fn map_times(mut self, change: impl Fn(i32) -> i32) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Stamp(time) = piece {
                *time = change(*time);
            }
        }
        self
    }
}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => escape(f, text)?,
                Piece::Open { tag, classes, annotation } => {
                    write!(f, "<{}", tag.as_str())?;
                    for class in classes {
                        write!(f, ".{class}")?;
                    }
                    if !annotation.is_empty() {
                        f.write_str(" ")?;
                        escape(f, annotation)?;
                    }
                    f.write_str(">")?;
                }
                Piece::Close(tag) => write!(f, "</{}>", tag.as_str())?,
                Piece::Stamp(time) => write!(f, "<{}>", written(*time, '.'))?,
            }
        }
        Ok(())
    }
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '\u{a0}', '\u{200e}', '\u{200f}']) {
        f.write_str(&rest[..at])?;
        let mut characters = rest[at..].chars();
        f.write_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('\u{a0}') => "&nbsp;",
            Some('\u{200e}') => "&lrm;",
            _ => "&rlm;",
        })?;
        rest = characters.as_str();
    }
    f.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        parse(text).words()
    }

    #[test]
    fn marks_are_no_words() {
        for (text, expected) in [
            ("Hej", "Hej"),
            ("<i>Hej</i> på <b.stor>dig</b>", "Hej på dig"),
            ("<v Anna>Hej", "Hej"),
            ("<v.loud.first Anna Ek>Hej</v>", "Hej"),
            ("<00:00:01.000>Hej <00:00:02.000>du", "Hej du"),
            ("<ruby>漢<rt>kan</rt></ruby>", "漢kan"),
            ("R&amp;D &lt;3 &aring;&#228;&#xf6; &hej; & så", "R&D <3 åäö &hej; & så"),
            ("a<font color=red>b</font>c", "abc"),
            ("a<>b", "ab"),
            ("a<i b", "a"),
            ("a\0b\u{1b}", "a\u{fffd}b\u{fffd}"),
            (" \n a \n\n b ", "a\nb"),
            ("", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_ends_all_that_it_begins_and_reads_the_same() {
        for (text, expected) in [
            ("<i>Hej", "<i>Hej</i>"),
            ("<i>a<b>b</i>c", "<i>a<b>bc</b></i>"),
            ("</i>a", "a"),
            ("<rt>a</rt>", "a"),
            ("<ruby>a<rt>b</ruby>c", "<ruby>a<rt>b</rt></ruby>c"),
            ("<v  Anna\n Ek>a --> b", "<v Anna Ek>a --&gt; b</v>"),
            ("<v A &amp; B>x", "<v A &amp; B>x</v>"),
            ("<v>x</v>", "x"),
            ("<v.red>x</v>", "<v.red>x</v>"),
            ("<lang en-GB>x", "<lang en-GB>x</lang>"),
            ("<1:00.000>x", "x"),
            ("<01:00.000>x", "<00:01:00.000>x"),
            ("a&#10;&#10;b", "a  b"),
            ("</i>\n<x>\na\n</x>\n\n<b>b\n</b>\n", "a\n<b>b\n</b>"),
        ] {
            let marked = parse(text);
            assert_eq!(marked.to_string(), expected, "{text}");
            let again = parse(expected);
            assert_eq!(again.pieces, marked.pieces, "{text}");
            assert!(!again.had_bad_tags, "{expected}");
        }
    }

    #[test]
    fn tags_that_are_none_are_told() {
        for bad in ["<x>a", "a<i", "<>a", "<00:01>a", "<rt>a", "</x>a", "a <3"] {
            assert!(parse(bad).had_bad_tags, "{bad}");
        }
        for good in ["a", "<c.x>a</c>", "<00:01.000>a", "</i>a", "a > b"] {
            assert!(!parse(good).had_bad_tags, "{good}");
        }
    }

    #[test]
    fn each_voice_has_its_words() {
        let voices = |text| {
            let voices = parse(text).voices().into_iter();
            voices.map(|it| (it.speaker.unwrap_or_default(), it.words)).collect::<Vec<_>>()
        };
        let expect = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|it| (it.0.to_string(), it.1.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(
            voices("<v Anna>Hej.\n<v Bo>Hej <i>då</i>."),
            expect(&[("Anna", "Hej."), ("Bo", "Hej då.")])
        );
        assert_eq!(voices("Först.<v Anna>Sedan"), expect(&[("", "Först."), ("Anna", "Sedan")]));
        assert_eq!(parse("<v Anna><i>Hej</i>").only_voice().as_deref(), Some("Anna"));
        assert_eq!(parse("<v Anna>Hej</v> Bo").only_voice(), None);
        assert_eq!(parse("Hej").only_voice(), None);
    }

    #[test]
    fn only_words_and_who_says_them_are_plain() {
        for plain in ["", "Hej", "<v Anna>Hej", "a &lt; b"] {
            assert!(parse(plain).is_plain(), "{plain}");
        }
        for more in ["<i>Hej</i>", "<v.loud Anna>Hej", "<v Anna>Hej<v Bo>Hå", "<00:01.000>Hej"] {
            assert!(!parse(more).is_plain(), "{more}");
        }
    }
}
