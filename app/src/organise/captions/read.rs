//! Captions as somebody sends them: which format it is, and what is in it. Pure.

use crate::captions::fault::{NotCaptions, Parsed};
use crate::captions::{srt, vtt};

/// Reads captions. What begins as WebVTT does, or is called so, is that; all else is SRT.
///
/// # Errors
/// If nothing of it can be kept.
pub fn read(text: &str, name: &str) -> Result<Parsed, NotCaptions> {
    let begin = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_called = name.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("vtt"));
    if is_called || begin.starts_with("WEBVTT") {
        return vtt::parse(text);
    }
    match srt::parse(text) {
        // Words without any times: what it ought to begin with is the better hint.
        Err(NotCaptions::NoCues) if !begin.contains("-->") => Err(NotCaptions::NoSignature),
        read => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_known_by_how_it_begins_or_what_it_is_called() {
        let cue = "\n\n00:00:01.000 --> 00:00:02.000\nHej\n";
        for (text, name) in [
            (format!("WEBVTT{cue}"), "a.srt"),
            (format!("\u{feff}WEBVTT{cue}"), ""),
            (cue.replace('.', ","), "a.SRT"),
            (cue.to_owned(), ""),
        ] {
            assert_eq!(read(&text, name).unwrap().cues[0].words, "Hej", "{name}");
        }
        assert_eq!(read(cue, "a.VTT"), Err(NotCaptions::NoSignature));
        assert_eq!(read("Hej", "a.srt"), Err(NotCaptions::NoSignature));
        assert_eq!(read("1\n00:00:02,000 --> 00:00:01,000\nHej", ""), Err(NotCaptions::NoCues));
    }
}
