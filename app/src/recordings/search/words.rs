//! The words that are looked for, with all the forms that they occur in, as questions to Postgres. Pure.

use super::model::{Piece, cut};
use super::parse::{Asked, Term, words_in};
use std::collections::{HashMap, HashSet};

/// A word that occurs somewhere, and what it is stored as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// As it is written, in lower case.
    pub word: String,
    /// Its stem in Swedish and in English, without accents; nothing for a stop word.
    pub stems: Vec<String>,
}

/// What is known of a word that somebody typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its stems in Swedish and in English, without accents.
    pub stems: Vec<String>,
    /// The same with their accents.
    pub exact: Vec<String>,
    /// It stands in nearly every sentence, in one of the languages.
    pub is_stop: bool,
    /// The words that are its forms.
    pub same: HashSet<String>,
    /// Longer words that it is a part of, those in most recordings first.
    pub parts: Vec<Form>,
}

/// What is known of all of them.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(pub HashMap<String, Known>);

/// What Postgres is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// Which recordings there are.
    pub asked: String,
    /// How good they are.
    pub best: String,
    /// How good those are that hold longer words.
    pub also: String,
    /// Any of the words.
    pub any: String,
    /// Phrases that must be there.
    pub together: Vec<String>,
    /// Phrases that must not.
    pub never_together: Vec<String>,
}

/// A lexeme that no word has. Postgres warns of a question without any.
pub const NO_WORD: &str = "'\u{1}'";

/// How many longer words count in the order.
const RANKED_PARTS: usize = 12;

impl Vocabulary {
    /// The words of a term that are no stop words.
    fn telling<'a>(&'a self, term: &'a Term) -> impl Iterator<Item = &'a Known> {
        term.words.iter().filter_map(|word| self.0.get(word)).filter(|known| !known.is_stop)
    }

    /// There is nothing in it but words that stand everywhere.
    pub fn is_too_common(&self, asked: &Asked) -> bool {
        !asked.all.is_empty() && !asked.wanted().any(|term| self.telling(term).next().is_some())
    }

    /// What to ask; nothing where no word is left to look for.
    pub fn questions(&self, asked: &Asked) -> Option<Questions> {
        let all: Vec<String> = asked
            .all
            .iter()
            .filter_map(|any| join(any.iter().filter_map(|term| self.lexemes(term)), " | "))
            .collect();
        let mut whole = join(all.into_iter(), " & ")?;
        for term in &asked.without {
            // Of a phrase the words may be there, only not together.
            if let Some(lexemes) = self.lexemes(term).filter(|_| !term.is_phrase()) {
                whole = format!("{whole} & !{lexemes}");
            }
        }
        let known: Vec<&Known> = asked.wanted().flat_map(|term| self.telling(term)).collect();
        let stems = known.iter().flat_map(|known| known.stems.iter().chain(&known.exact));
        let parts = || {
            let singles = asked.wanted().filter(|term| !term.is_phrase());
            singles.flat_map(|term| self.telling(term)).flat_map(|known| &known.parts)
        };
        let ranked = parts().take(RANKED_PARTS).flat_map(|form| &form.stems);
        let any = known.iter().flat_map(|known| &known.stems);
        let any = any.chain(parts().flat_map(|form| &form.stems));
        let phrases = |terms: Vec<&Term>| -> Vec<String> {
            terms.into_iter().filter_map(|term| self.phrase(term)).collect()
        };
        // One of several phrases cannot be asked for so: any of their words will do.
        let alone = asked.all.iter().filter(|any| any.len() == 1).flatten();
        Some(Questions {
            asked: whole,
            best: either(stems)?,
            also: either(ranked).unwrap_or_else(|| NO_WORD.to_owned()),
            any: either(any)?,
            together: phrases(alone.collect()),
            never_together: phrases(asked.without.iter().collect()),
        })
    }

    /// What a recording must hold for one term.
    fn lexemes(&self, term: &Term) -> Option<String> {
        let words = self.telling(term).filter_map(|known| {
            let parts = known.parts.iter().filter(|_| !term.is_phrase());
            either(known.stems.iter().chain(parts.flat_map(|form| &form.stems)))
        });
        join(words, " & ")
    }

    /// The words of a phrase, one after the other; over stop words it leaps.
    fn phrase(&self, term: &Term) -> Option<String> {
        let mut phrase = String::new();
        let mut leap = 1;
        for word in &term.words {
            let known = self.0.get(word).filter(|known| !known.is_stop);
            match known.and_then(|known| either(known.stems.iter())) {
                None => leap += usize::from(!phrase.is_empty()),
                Some(lexemes) if phrase.is_empty() => phrase = lexemes,
                Some(lexemes) => {
                    phrase = format!("{phrase} <{leap}> {lexemes}");
                    leap = 1;
                }
            }
        }
        (term.is_phrase() && phrase.contains('<')).then_some(phrase)
    }

    /// Which of the words that were asked for a word of a text is a form of.
    pub fn matches(&self, asked: &Asked) -> Matches<'_> {
        let mut forms = HashMap::new();
        let words: HashSet<&String> = asked.wanted().flat_map(|term| &term.words).collect();
        let phrased: HashSet<&String> =
            asked.wanted().filter(|term| term.is_phrase()).flat_map(|term| &term.words).collect();
        for (number, word) in words.into_iter().enumerate() {
            let Some((typed, known)) = self.0.get_key_value(word) else { continue };
            if known.is_stop && !phrased.contains(word) {
                continue;
            }
            for form in known.parts.iter().map(|form| &form.word).chain(&known.same) {
                forms.insert(form.as_str(), number);
            }
            forms.insert(typed.as_str(), number);
        }
        Matches { forms }
    }
}

/// Tells words that were looked for in a text.
pub struct Matches<'a> {
    forms: HashMap<&'a str, usize>,
}

impl Matches<'_> {
    /// Where they stand, in bytes, and which they are.
    pub fn find(&self, text: &str) -> Vec<(usize, usize, usize)> {
        words_in(text)
            .into_iter()
            .filter_map(|it| Some((it.from, it.to, *self.forms.get(it.word.as_str())?)))
            .collect()
    }

    /// The text with the words marked.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        let found: Vec<_> = self.find(text).into_iter().map(|(from, to, _)| (from, to)).collect();
        cut(text, &found)
    }
}

/// Joins questions, each in parentheses; nothing of nothing.
fn join(questions: impl Iterator<Item = String>, with: &str) -> Option<String> {
    let questions: Vec<String> = questions.collect();
    match questions.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        _ => Some(format!("({})", questions.join(with))),
    }
}

/// Any of these lexemes, quoted as `tsquery` wants it (PostgreSQL's documentation, 8.11.2).
fn either<'a>(lexemes: impl Iterator<Item = &'a String>) -> Option<String> {
    let mut seen = HashSet::new();
    let quoted = lexemes
        .filter(|lexeme| seen.insert(*lexeme))
        .map(|lexeme| format!("'{}'", lexeme.replace('\\', "\\\\").replace('\'', "''")));
    join(quoted, " | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(stem: &str) -> Known {
        Known { stems: vec![stem.into()], exact: vec![stem.into()], ..Known::default() }
    }

    fn vocabulary() -> Vocabulary {
        let part =
            Form { word: "innovationsledning".into(), stems: vec!["innovationsledn".into()] };
        let mut led = known("led");
        led.parts.push(part);
        led.same.insert("ledningen".into());
        let stop = Known { is_stop: true, ..Known::default() };
        Vocabulary(HashMap::from([
            ("ledning".to_owned(), led),
            ("kommun".to_owned(), known("kommun")),
            ("och".to_owned(), stop),
            ("o'hara\\".to_owned(), known("o'hara\\")),
        ]))
    }

    fn asked(text: &str) -> Option<Questions> {
        vocabulary().questions(&Asked::parse(text))
    }

    #[test]
    fn words_are_all_asked_for_and_parts_of_longer_ones_too() {
        let questions = asked("ledning och kommun").unwrap();
        assert_eq!(questions.asked, "(('led' | 'innovationsledn') & 'kommun')");
        assert_eq!(questions.best, "('led' | 'kommun')");
        assert_eq!(questions.also, "'innovationsledn'");
        assert_eq!(questions.any, "('led' | 'kommun' | 'innovationsledn')");
        assert!(questions.together.is_empty());
    }

    #[test]
    fn phrases_leap_over_stop_words_and_take_no_parts() {
        let questions = asked("\"kommun och ledning\"").unwrap();
        assert_eq!(questions.asked, "('kommun' & 'led')");
        assert_eq!(questions.together, ["'kommun' <2> 'led'"]);
        assert_eq!(asked("\"och kommun\"").unwrap().together, Vec::<String>::new());
        let without = asked("kommun -\"ledning kommun\" -ledning").unwrap();
        assert_eq!(without.asked, "'kommun' & !('led' | 'innovationsledn')");
        assert_eq!(without.never_together, ["'led' <1> 'kommun'"]);
    }

    #[test]
    fn without_a_word_nothing_is_asked() {
        for text in ["", "och", "-kommun", "okänt", "\"och och\""] {
            assert_eq!(asked(text), None, "{text}");
        }
        assert!(vocabulary().is_too_common(&Asked::parse("och")));
        assert!(!vocabulary().is_too_common(&Asked::parse("och kommun")));
        assert!(!vocabulary().is_too_common(&Asked::parse("")));
    }

    #[test]
    fn no_word_ends_its_quotes() {
        let vocabulary = vocabulary();
        let term = Term { words: vec!["o'hara\\".into()] };
        assert_eq!(vocabulary.lexemes(&term).unwrap(), "'o''hara\\\\'");
    }

    #[test]
    fn words_are_marked_in_every_form() {
        let (vocabulary, asked) = (vocabulary(), Asked::parse("ledning och"));
        let pieces = vocabulary.matches(&asked).mark("Ledningen, och: innovationsledning!");
        let found: Vec<_> =
            pieces.iter().filter(|it| it.is_found).map(|it| it.text.as_str()).collect();
        assert_eq!(found, ["Ledningen", "innovationsledning"]);
    }
}
