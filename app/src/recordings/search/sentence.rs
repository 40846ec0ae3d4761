//! The sentence that is shown of a passage: the cue in which most of the words were said, and what it takes to read
//! it. Pure.

use super::model::{Said, cut};
use super::words::Matches;
use std::collections::HashSet;

/// What a sentence is at most, in characters, before no more cues are added.
const LONG_ENOUGH: usize = 160;

/// A cue of a passage.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its place in the track.
    pub position: i32,
    /// When it begins, in milliseconds.
    pub start_ms: i32,
    /// Who says it.
    pub speaker: Option<String>,
    /// The words.
    pub words: String,
}

/// The sentence of these cues, in which the words were said, and the cues that it is made of; nothing where none of
/// the words is there.
pub fn sentence(cues: &[Cue], matches: &Matches<'_>) -> Option<(Said, Vec<i32>)> {
    let counts: Vec<(usize, usize)> = cues
        .iter()
        .map(|cue| {
            let found = matches.find(&cue.words);
            let which: HashSet<usize> = found.iter().map(|(_, _, which)| *which).collect();
            (which.len(), found.len())
        })
        .collect();
    let best = counts.iter().copied().max().filter(|(which, _)| *which > 0)?;
    let mut first = counts.iter().position(|count| *count == best)?;
    let mut last = first;
    let length = |from: usize, to: usize| -> usize {
        cues.get(from..=to).unwrap_or_default().iter().map(|cue| cue.words.chars().count()).sum()
    };
    let speaks_on = |from: usize, to: usize| match (cues.get(from), cues.get(to)) {
        (Some(one), Some(other)) => one.speaker == other.speaker,
        _ => false,
    };
    while first > 0
        && !ends_a_sentence(&cues.get(first - 1)?.words)
        && speaks_on(first - 1, first)
        && length(first - 1, last) <= LONG_ENOUGH
    {
        first -= 1;
    }
    while last + 1 < cues.len()
        && !ends_a_sentence(&cues.get(last)?.words)
        && speaks_on(last, last + 1)
        && length(first, last + 1) <= LONG_ENOUGH
    {
        last += 1;
    }
    let shown = cues.get(first..=last)?;
    let text = shown.iter().map(|cue| cue.words.trim()).collect::<Vec<_>>().join(" ");
    let text = around(&text, matches);
    let found: Vec<_> = matches.find(&text).into_iter().map(|(from, to, _)| (from, to)).collect();
    let said = Said {
        start_ms: shown.first()?.start_ms,
        speaker: shown.first()?.speaker.clone(),
        pieces: cut(&text, &found),
    };
    Some((said, shown.iter().map(|cue| cue.position).collect()))
}

fn ends_a_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', ')', ' ']).ends_with(['.', '!', '?', '…'])
}

/// A cue can be as long as a page: of a long text, what stands around the first of the words.
pub fn around(text: &str, matches: &Matches<'_>) -> String {
    const MOST: usize = 320;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let found = matches.find(text).first().map_or(0, |(from, ..)| *from);
    let before = text.get(..found).unwrap_or_default().chars().count();
    let skipped = before.saturating_sub(MOST / 3);
    let mut piece: String = text.chars().skip(skipped).take(MOST).collect();
    if skipped + MOST < text.chars().count() {
        piece.truncate(piece.rfind(' ').unwrap_or(piece.len()));
        piece.push('…');
    }
    if skipped > 0 {
        let begin = piece.find(' ').map_or(0, |space| space + 1);
        piece = format!("…{}", piece.get(begin..).unwrap_or_default());
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::super::parse::Asked;
    use super::super::words::{Known, Vocabulary};
    use super::*;
    use std::collections::HashMap;

    fn cues(said: &[(&str, &str)]) -> Vec<Cue> {
        let cue = |(at, (speaker, words)): (usize, &(&str, &str))| {
            let at = i32::try_from(at).unwrap();
            let speaker = (!speaker.is_empty()).then(|| (*speaker).to_owned());
            Cue { position: at, start_ms: at * 1000, speaker, words: (*words).to_owned() }
        };
        said.iter().enumerate().map(cue).collect()
    }

    fn shown(said: &[(&str, &str)], asked: &str) -> Option<(i32, String, Vec<i32>)> {
        let asked = Asked::parse(asked);
        let known = |word: &String| (word.clone(), Known::default());
        let words: HashMap<_, _> = asked.wanted().flat_map(|term| &term.words).map(known).collect();
        let vocabulary = Vocabulary(words);
        let (said, cues) = sentence(&cues(said), &vocabulary.matches(&asked))?;
        let text = said.pieces.iter().map(|it| it.text.as_str()).collect();
        Some((said.start_ms, text, cues))
    }

    #[test]
    fn a_sentence_is_read_from_its_beginning_to_its_end() {
        let said =
            [("", "Hej."), ("", "Att leda"), ("", "i kommunen"), ("", "är svårt."), ("", "Ja.")];
        let expected = (1000, "Att leda i kommunen är svårt.".to_owned(), vec![1, 2, 3]);
        assert_eq!(shown(&said, "kommunen"), Some(expected));
        assert_eq!(shown(&said, "region"), None);
        assert_eq!(shown(&[], "region"), None);
    }

    #[test]
    fn where_most_of_the_words_stand_is_shown() {
        let said = [("", "Om vatten."), ("", "Om vatten och luft."), ("", "Luft.")];
        assert_eq!(shown(&said, "luft vatten").unwrap().2, [1]);
    }

    #[test]
    fn somebody_elses_words_are_another_sentence() {
        let said = [("A", "jag tror"), ("B", "att vatten är"), ("A", "viktigt")];
        assert_eq!(shown(&said, "vatten").unwrap().1, "att vatten är");
    }

    #[test]
    fn it_does_not_go_on_for_ever() {
        let long = "ord utan slut ".repeat(9);
        let said: Vec<_> =
            (0..9).map(|at| ("", if at == 4 { "vatten" } else { long.as_str() })).collect();
        assert!(shown(&said, "vatten").unwrap().2.len() <= 3);
        let page = format!("{}vatten {}", "ord ".repeat(900), "ord ".repeat(900));
        let text = shown(&[("", &page)], "vatten").unwrap().1;
        assert!(
            text.starts_with("…ord") && text.ends_with("ord…") && text.contains("vatten"),
            "{text}"
        );
        assert!(text.chars().count() <= 322);
    }
}
