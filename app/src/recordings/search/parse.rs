//! What somebody typed, as what is looked for. Pure; whatever is typed is some question.
//!
//! As search engines have it: several words are all looked for, `"words in quotes"` stand together, `-word` is not
//! there, `a or b` (`eller` in capitals) is either.

/// More words than these are left out.
const MOST_WORDS: usize = 12;
/// Longer words are cut: nothing is that long but what came from elsewhere.
const LONGEST_WORD: usize = 40;

/// One word, or words that stand together, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// In their order; never empty.
    pub words: Vec<String>,
}

impl Term {
    /// It is a phrase.
    pub const fn is_phrase(&self) -> bool {
        self.words.len() > 1
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// All of these, of each any.
    pub all: Vec<Vec<Term>>,
    /// None of these.
    pub without: Vec<Term>,
}

impl Asked {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Self {
        let mut asked = Self::default();
        let mut is_or = false;
        for (said, is_quoted, is_not) in pieces(text) {
            if !is_quoted && !is_not && matches!(said, "or" | "OR" | "ELLER") {
                is_or = true;
                continue;
            }
            let room = MOST_WORDS.saturating_sub(asked.count());
            let words: Vec<_> = words_in(said).into_iter().map(|it| it.word).take(room).collect();
            if words.is_empty() {
                continue;
            }
            let term = Term { words };
            match asked.all.last_mut() {
                _ if is_not => asked.without.push(term),
                Some(either) if is_or => either.push(term),
                _ => asked.all.push(vec![term]),
            }
            is_or = false;
        }
        asked
    }

    fn count(&self) -> usize {
        self.all.iter().flatten().chain(&self.without).map(|term| term.words.len()).sum()
    }

    /// All terms that are looked for.
    pub fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.all.iter().flatten()
    }

    /// As somebody would type it.
    pub fn write(&self) -> String {
        let write = |term: &Term| {
            let words = term.words.join(" ");
            if term.is_phrase() { format!("\"{words}\"") } else { words }
        };
        let all = self.all.iter().map(|any| any.iter().map(write).collect::<Vec<_>>().join(" or "));
        let without = self.without.iter().map(|term| format!("-{}", write(term)));
        all.chain(without).collect::<Vec<_>>().join(" ")
    }
}

/// What stands between spaces or in quotes: the text, whether it was quoted, whether a minus stood before it.
fn pieces(text: &str) -> Vec<(&str, bool, bool)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (is_not, after) = match rest.strip_prefix('-') {
            Some(after) => (true, after.trim_start_matches('-')),
            None => (false, rest),
        };
        let (piece, is_quoted, after) = match after.strip_prefix('"') {
            // A quote that never ends, ends at the end.
            Some(inside) => {
                let (piece, after) = inside.split_once('"').unwrap_or((inside, ""));
                (piece, true, after)
            }
            None => {
                let end =
                    after.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(after.len());
                let (piece, after) = after.split_at(end);
                (piece, false, after)
            }
        };
        found.push((piece, is_quoted, is_not));
        rest = after.trim_start();
    }
    found
}

/// A word of a text and where it stands there, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, its accents composed.
    pub word: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// The words of a text: letters and figures in a row. What stands between is no part of any.
pub fn words_in(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_mark = ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{ad}';
        match &mut word {
            Some(open) if is_mark => {
                compose(&mut open.word, c);
                open.to = end;
            }
            Some(open) if c.is_alphanumeric() => {
                open.word.extend(c.to_lowercase());
                open.to = end;
            }
            None if c.is_alphanumeric() => {
                word = Some(Word { word: c.to_lowercase().collect(), from: at, to: end });
            }
            _ => words.extend(word.take()),
        }
    }
    words.extend(word);
    for word in &mut words {
        if let Some((cut, _)) = word.word.char_indices().nth(LONGEST_WORD) {
            word.word.truncate(cut);
        }
    }
    words
}

/// A letter and its mark are one letter where Swedish has it; other marks are left out, as the search does itself.
fn compose(word: &mut String, mark: char) {
    let composed = match (word.chars().last(), mark) {
        (Some('a'), '\u{30a}') => 'å',
        (Some('a'), '\u{308}') => 'ä',
        (Some('o'), '\u{308}') => 'ö',
        (Some('e'), '\u{301}') => 'é',
        (Some('u'), '\u{308}') => 'ü',
        _ => return,
    };
    word.pop();
    word.push(composed);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> String {
        Asked::parse(text).write()
    }

    #[test]
    fn what_is_typed_is_read_as_search_engines_do() {
        for (typed, expected) in [
            ("Kommun LEDNING", "kommun ledning"),
            ("\"Att leda\" -kommun", "\"att leda\" -kommun"),
            ("e-hälsa", "\"e hälsa\""),
            ("lund or umeå", "lund or umeå"),
            ("lund ELLER umeå kiruna", "lund or umeå kiruna"),
            ("sjö eller hav", "sjö eller hav"),
            ("-\"två ord\" tre", "tre -\"två ord\""),
            ("\"aldrig slut", "\"aldrig slut\""),
            ("a\u{30a}tga\u{308}rd", "åtgärd"),
            ("or", ""),
            ("- -- \"\" !&|:*<->()'\\", ""),
            ("👩‍💻 \0", ""),
        ] {
            assert_eq!(asked(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn it_is_the_same_when_it_is_typed_again() {
        for typed in ["a \"b c\" -d e or f", "kommun/region", "10-års 3.5 %"] {
            assert_eq!(asked(&asked(typed)), asked(typed));
        }
    }

    #[test]
    fn a_megabyte_is_some_words() {
        let asked = Asked::parse(&"ord ".repeat(250_000));
        assert_eq!(asked.all.len(), MOST_WORDS);
        let asked = Asked::parse(&"å".repeat(500_000));
        assert_eq!(asked.all[0][0].words[0].chars().count(), LONGEST_WORD);
        let asked = Asked::parse(&format!("\"{}\"", "ord ".repeat(250_000)));
        assert_eq!(asked.all[0][0].words.len(), MOST_WORDS);
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "Så, e\u{301}n Å!";
        let words = words_in(text);
        let there: Vec<_> =
            words.iter().map(|it| (it.word.as_str(), &text[it.from..it.to])).collect();
        assert_eq!(there, [("så", "Så"), ("én", "e\u{301}n"), ("å", "Å")]);
    }
}
