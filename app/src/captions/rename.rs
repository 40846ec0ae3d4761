//! Find and replace in what is said: a name that was heard wrong is put right in all cues, the speakers' names too.

use super::markup;
use super::model::{Cue, Voice};

/// What is sought and what comes in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacing<'a> {
    /// What is sought; not empty.
    pub find: &'a str,
    /// What comes in its place; may be empty.
    pub put: &'a str,
    /// Only where it is a word, not a part of one.
    pub whole_words: bool,
    /// Only with the same capital letters.
    pub same_case: bool,
}

/// Cues in which something was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// All of them, changed or not.
    pub cues: Vec<Cue>,
    /// How often it was replaced.
    pub count: usize,
    /// The places of those that hold it and stay as they are: it would leave no words or too many, or a mark begins or
    /// ends in the middle of it.
    pub left: Vec<usize>,
}

/// Replaces in all cues.
#[must_use]
pub fn replace(cues: &[Cue], how: Replacing<'_>) -> Replaced {
    let mut replaced = Replaced::default();
    for (place, cue) in cues.iter().enumerate() {
        let mut count = 0;
        let text = markup::parse(&cue.text());
        let text = text.map_text(|text| {
            let (text, times) = in_text(text, how);
            count += times;
            text
        });
        if count == 0 {
            if cue.voices().iter().any(|it| is_in(it, how)) {
                replaced.left.push(place);
            }
            replaced.cues.push(cue.clone());
            continue;
        }
        match cue.clone().with_text(&markup::parse(&text.to_string())) {
            Ok(changed) => {
                replaced.count += count;
                replaced.cues.push(changed);
            }
            Err(_) => {
                replaced.left.push(place);
                replaced.cues.push(cue.clone());
            }
        }
    }
    replaced
}

fn is_in(voice: &Voice, how: Replacing<'_>) -> bool {
    in_text(&voice.words, how).1 > 0
}

/// The text with everything replaced, and how often.
fn in_text(text: &str, how: Replacing<'_>) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut before, mut count) = (text, None, 0);
    while let Some(first) = rest.chars().next() {
        let found = length_at(rest, how).filter(|length| {
            !how.whole_words || (is_edge(before, Some(first)) && is_edge_behind(rest, *length))
        });
        match found {
            Some(length) => {
                out.push_str(how.put);
                before = rest[..length].chars().next_back();
                rest = &rest[length..];
                count += 1;
            }
            None => {
                out.push(first);
                before = Some(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    (out, count)
}

/// How much of the text's beginning is what is sought. A line's end is as good as a space.
fn length_at(text: &str, how: Replacing<'_>) -> Option<usize> {
    let mut left = text.chars();
    if how.find.is_empty() {
        return None;
    }
    for sought in how.find.chars() {
        let there = left.next()?;
        let is_same = there == sought
            || (sought == ' ' && there == '\n')
            || (!how.same_case && there.to_lowercase().eq(sought.to_lowercase()));
        if !is_same {
            return None;
        }
    }
    Some(text.len() - left.as_str().len())
}

fn is_edge_behind(text: &str, length: usize) -> bool {
    let (found, after) = text.split_at(length);
    is_edge(found.chars().next_back(), after.chars().next())
}

/// A word begins or ends between these two.
fn is_edge(one: Option<char>, other: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(is_letter(one) && is_letter(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(texts: &[&str], find: &str, put: &str, whole_words: bool, same_case: bool) -> Replaced {
        let cues: Vec<_> = texts
            .iter()
            .map(|text| {
                Cue { end_ms: 1, ..Cue::default() }.with_text(&markup::parse(text)).unwrap()
            })
            .collect();
        replace(&cues, Replacing { find, put, whole_words, same_case })
    }

    fn words(replaced: &Replaced) -> Vec<&str> {
        replaced.cues.iter().map(|cue| cue.words.as_str()).collect()
    }

    #[test]
    fn whole_words_are_not_parts_of_words() {
        let texts = ["Heidi kom.", "Heidis idé", "heidi", "XHeidi", "Heidi-Heidi", "(Heidi)"];
        let replaced = run(&texts, "Heidi", "Heiti", true, true);
        assert_eq!(
            words(&replaced),
            ["Heiti kom.", "Heidis idé", "heidi", "XHeidi", "Heiti-Heiti", "(Heiti)"]
        );
        assert_eq!(replaced.count, 4);
        let replaced = run(&texts, "heidi", "Heiti", false, false);
        assert_eq!(
            words(&replaced),
            ["Heiti kom.", "Heitis idé", "Heiti", "XHeiti", "Heiti-Heiti", "(Heiti)"]
        );
        assert_eq!((replaced.count, replaced.left), (7, vec![]));
    }

    #[test]
    fn speakers_and_marked_text_are_reached() {
        let texts = ["<v Ana Ek>Jag heter <i>Ana</i> & co", "Ana\nEk", "<i>An</i>a Ek"];
        let replaced = run(&texts, "Ana", "Anna", true, true);
        assert_eq!(
            replaced.cues[0].marked.as_deref(),
            Some("<v Anna Ek>Jag heter <i>Anna</i> &amp; co</v>")
        );
        assert_eq!(replaced.cues[0].speaker.as_deref(), Some("Anna Ek"));
        // A mark ends in the middle of the third one.
        assert_eq!((replaced.count, replaced.left.as_slice()), (3, &[2][..]));
        let replaced = run(&texts[1..2], "ana ek", "Anna", true, false);
        assert_eq!(words(&replaced), ["Anna"]);
    }

    #[test]
    fn what_is_put_is_words_never_marks() {
        let replaced = run(&["a b"], "a", "<i>&lt;", true, true);
        assert_eq!(words(&replaced), ["<i>&lt; b"]);
        assert_eq!(replaced.cues[0].marked, None);
    }

    #[test]
    fn a_cue_is_not_emptied_and_nothing_finds_nothing() {
        let replaced = run(&["Eh", "Eh bra"], "eh", "", true, false);
        assert_eq!(words(&replaced), ["Eh", "bra"]);
        assert_eq!((replaced.count, replaced.left), (1, vec![0]));
        assert_eq!(run(&["Hej"], "", "x", false, false).count, 0);
        assert_eq!(words(&run(&["İstanbul"], "istanbul", "Umeå", false, false)), ["İstanbul"]);
    }
}
