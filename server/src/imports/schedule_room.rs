//! What happens in a room on a day, put one after the other as the programme of an event.

use super::schedule::{LONGEST, Talk};
use app::organise::plan::model::MOST_ROWS as MOST_PARTS;
use jiff::civil::DateTime;
use std::collections::BTreeSet;

/// A break shorter than this is part of what comes before it, in minutes.
const SHORTEST_BREAK: i64 = 11;
/// How many of those that are left out are named.
const MOST_NAMED: usize = 5;
/// The most minutes of a part of a programme.
pub const LONGEST_PART: i64 = 1_440;

/// A talk on the clock of the conference.
pub struct Timed<'a> {
    /// The talk.
    pub talk: &'a Talk,
    /// When it begins.
    pub starts: DateTime,
    /// When it ends.
    pub ends: DateTime,
}

/// What happens in a room on a day, one after the other.
#[derive(Default)]
pub struct Programme {
    /// When it begins.
    pub begins: Option<DateTime>,
    /// When it ends.
    pub ends: Option<DateTime>,
    /// Minutes, title, and the title in English where it is another.
    pub slots: Vec<(i64, String, Option<&'static str>)>,
    /// Who speaks, each once.
    pub people: Vec<String>,
    /// How many talks are in it.
    pub talks: usize,
    /// How many of them are in English.
    pub english: usize,
    /// Beyond the most parts, and the most people.
    beyond: usize,
    people_beyond: BTreeSet<String>,
    named: Vec<String>,
    /// Left out, and not named: they would be too many.
    unnamed: usize,
}

impl Programme {
    /// Names what is left out.
    pub fn named(&mut self, word: &str, talk: &Talk) {
        if self.named.len() < MOST_NAMED {
            let title = if talk.title.is_empty() { &talk.start } else { &talk.title };
            self.named.push(format!("{word} {}", title.chars().take(80).collect::<String>()));
        } else {
            self.unnamed += 1;
        }
    }

    /// One more, in the order of time.
    pub fn add(&mut self, timed: &Timed<'_>) {
        let Timed { talk, starts, ends } = timed;
        let pause = self.ends.map_or(0, |last| last.duration_until(*starts).as_mins());
        if pause < 0 {
            return self.named("overlaps", talk);
        }
        // Days and nights of nothing: two parts at most.
        let pauses = match pause {
            ..SHORTEST_BREAK => 0,
            SHORTEST_BREAK..=LONGEST_PART => 1,
            _ => 2,
        };
        if self.beyond > 0 || self.slots.len() + pauses + 1 > MOST_PARTS {
            self.beyond += 1;
            return;
        }
        let minutes = starts.duration_until(*ends).as_mins();
        if pauses > 0 {
            let mut left = pause;
            while left > 0 {
                let part = left.min(LONGEST_PART);
                self.slots.push((part, "Paus".to_owned(), Some("Break")));
                left -= part;
            }
        } else if let Some((before, ..)) = self.slots.last_mut() {
            *before = (*before + pause).min(LONGEST_PART);
        }
        self.slots.push((minutes, part_title(talk), None));
        self.begins.get_or_insert(*starts);
        self.ends = Some(*ends);
        self.talks += 1;
        self.english += usize::from(talk.language.to_lowercase().starts_with("en"));
        for name in &talk.people {
            if name.is_empty() || self.people.contains(name) {
                continue;
            }
            if self.people.len() < MOST_PARTS {
                self.people.push(name.clone());
            } else {
                self.people_beyond.insert(name.clone());
            }
        }
    }

    /// What there is to say of it.
    pub fn fault(&self) -> String {
        let mut lines = vec![format!("talks {}", self.talks)];
        lines.extend(self.named.iter().cloned());
        if self.unnamed > 0 {
            lines.push(format!("more_left_out {}", self.unnamed));
        }
        if self.beyond > 0 {
            lines.push(format!("too_many_talks {}", self.beyond));
        }
        if !self.people_beyond.is_empty() {
            lines.push(format!("too_many_speakers {}", self.people_beyond.len()));
        }
        lines.join("\n")
    }
}

/// What a part is called: the talk, and who gives it.
fn part_title(talk: &Talk) -> String {
    let people = talk.people.join(", ");
    if people.is_empty() || talk.title.chars().count() + people.chars().count() > LONGEST {
        return talk.title.clone();
    }
    format!("{} ({people})", talk.title)
}
