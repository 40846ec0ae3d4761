//! The list at the door as a page has it: a row stays the element it was, and what changes changes in it.

use super::kept::{Kept, is_here};
use super::model::{Came, Counts, Door, DoorLink, Guest, SHOWN, found, search_words};
use super::outcome::{Done, Tone};
use crate::signup::model::Status;
use crate::text::Lang;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Somebody on the list.
#[derive(Clone)]
pub struct Entry {
    /// The number of the sign-up.
    pub id: i64,
    /// As they stand now.
    pub guest: ArcRwSignal<Guest>,
    /// What is searched.
    text: Arc<str>,
}

impl Entry {
    fn new(guest: Guest) -> Self {
        let text = guest.text().into();
        Self { id: guest.id, guest: ArcRwSignal::new(guest), text }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What was done last, or why it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In words.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// The list as it is shown.
#[derive(Clone, Copy)]
pub struct Guests {
    /// Everybody, by name. Whoever follows it follows `changed`, too: nobody follows thousands of signals.
    pub entries: RwSignal<Vec<Entry>>,
    /// Rises whenever anybody has changed.
    changed: RwSignal<u32>,
    /// How new it is.
    pub version: StoredValue<i64>,
    /// The stewards' links.
    pub links: RwSignal<Option<Vec<DoorLink>>>,
    /// What is looked for.
    pub search: RwSignal<String>,
    /// What was done last, or why it was not.
    pub said: RwSignal<Option<Said>>,
    /// The door is shut: the link is revoked, or the day is over.
    pub is_shut: RwSignal<bool>,
    /// The browser has taken over.
    pub is_awake: RwSignal<bool>,
    /// One can take part from afar as well.
    pub is_hybrid: StoredValue<bool>,
    /// The server cannot be reached.
    pub is_offline: RwSignal<bool>,
    /// When the list was known to be right, by the telephone's clock.
    pub seen_at: RwSignal<i64>,
    /// What has been done here and the server does not know yet.
    pub kept: RwSignal<Vec<Kept>>,
    /// What came of that, where it was not what was expected: somebody was let in at another door as well.
    pub settled: RwSignal<Vec<String>>,
    /// Rises when the list is to be read again.
    pub again: RwSignal<u32>,
}

impl Guests {
    /// The list that begins with this door.
    #[must_use]
    pub fn new(door: &Door, search: String) -> Self {
        Self {
            entries: RwSignal::new(door.guests.iter().cloned().map(Entry::new).collect()),
            changed: RwSignal::new(0),
            version: StoredValue::new(door.version),
            links: RwSignal::new(door.links.clone()),
            search: RwSignal::new(search),
            said: RwSignal::new(None),
            is_shut: RwSignal::new(false),
            is_awake: RwSignal::new(false),
            is_hybrid: StoredValue::new(door.line.seats.ways.len() > 1),
            is_offline: RwSignal::new(false),
            seen_at: RwSignal::new(0),
            kept: RwSignal::new(Vec::new()),
            settled: RwSignal::new(Vec::new()),
            again: RwSignal::new(0),
        }
    }

    /// Shows it as it is now. False where all of it has to be read: somebody is gone.
    pub fn take_in(&self, lang: Lang, door: Door) -> bool {
        if self.is_shut.get_untracked() == door.may_check_in {
            self.is_shut.set(!door.may_check_in);
        }
        if self.links.with_untracked(|links| *links != door.links) {
            self.links.set(door.links);
        }
        if !door.may_check_in && door.guests.is_empty() {
            return true;
        }
        self.version.set_value(door.version);
        self.replace(lang, door.guests, door.is_part);
        self.entries.with_untracked(Vec::len) == door.count
    }

    /// Puts these in the place of those that there are: of all, or of themselves alone.
    pub fn replace(&self, lang: Lang, guests: Vec<Guest>, is_part: bool) {
        if is_part && guests.is_empty() {
            return;
        }
        let known: HashMap<i64, Entry> = self
            .entries
            .with_untracked(|all| all.iter().map(|entry| (entry.id, entry.clone())).collect());
        let mut entries = Vec::new();
        for guest in guests {
            let entry = match known.get(&guest.id) {
                Some(entry) => {
                    self.renew(lang, entry, guest);
                    if is_part {
                        continue;
                    }
                    entry.clone()
                }
                None => Entry::new(guest),
            };
            entries.push(entry);
        }
        if is_part {
            if !entries.is_empty() {
                self.entries.update(|all| entries.into_iter().for_each(|entry| insert(all, entry)));
            }
        } else {
            self.entries.set(entries);
        }
        self.changed.update(|count| *count = count.wrapping_add(1));
    }

    /// Somebody as they stand now. What has been done here and not been sent goes before what the server knows;
    /// two doors that let in the same person are told of each other.
    fn renew(&self, lang: Lang, entry: &Entry, mut guest: Guest) {
        let here = self.kept.with_untracked(|kept| is_here(kept, guest.id));
        if let Some(is_in) = here
            && guest.has_place()
            && guest.is_here() != is_in
        {
            guest.status = if is_in { Status::Attended } else { Status::Confirmed };
            guest.came = None;
        }
        let was = entry.guest.read_untracked().clone();
        if let (Some(before), Some(now)) = (&was.came, &guest.came)
            && before.by != now.by
            && now.at <= before.at
        {
            let text = lang.two_doors(&guest.name, now);
            self.settled.update(|settled| settled.push(text));
        }
        if was != guest {
            entry.guest.set(guest);
        }
    }

    /// The first of those who are looked for, and how many there are.
    #[must_use]
    pub fn found(&self) -> (Vec<Entry>, usize) {
        let words = self.search.with(|text| search_words(text));
        self.changed.track();
        self.entries.with(|all| {
            let fits = |entry: &&Entry| found(&entry.guest.read_untracked(), &entry.text, &words);
            let mut count = 0;
            let mut first = Vec::new();
            for entry in all.iter().filter(fits) {
                count += 1;
                if first.len() < SHOWN {
                    first.push(entry.clone());
                }
            }
            (first, count)
        })
    }

    /// How many have come.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.changed.track();
        let is_hybrid = self.is_hybrid.get_value();
        let mut counts = Counts::default();
        self.entries.with(|all| {
            all.iter().for_each(|entry| counts.add(&entry.guest.read_untracked(), is_hybrid));
        });
        counts
    }

    /// Somebody, by number.
    #[must_use]
    pub fn guest(&self, id: i64) -> Option<Guest> {
        self.one(|guest| guest.id == id)
    }

    /// Somebody, by ticket.
    #[must_use]
    pub fn holder(&self, ticket: &str) -> Option<Guest> {
        self.one(|guest| guest.ticket == ticket)
    }

    fn one(&self, is_it: impl Fn(&Guest) -> bool) -> Option<Guest> {
        self.entries.with_untracked(|all| {
            let entry = all.iter().find(|entry| is_it(&entry.guest.read_untracked()))?;
            Some(entry.guest.read_untracked().clone())
        })
    }

    /// Somebody is here, or is not.
    pub fn mark(&self, id: i64, is_here: bool, came: Option<Came>) {
        let entry = self.entries.with_untracked(|all| all.iter().find(|one| one.id == id).cloned());
        let Some(entry) = entry else { return };
        let is_known = {
            let guest = entry.guest.read_untracked();
            guest.is_here() == is_here && (came.is_none() || guest.came == came)
        };
        if !is_known {
            entry.guest.update(|guest| {
                guest.status = if is_here { Status::Attended } else { Status::Confirmed };
                guest.came = came;
            });
            self.changed.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Says what came of it.
    pub fn say(&self, lang: Lang, done: Done, name: Option<&str>, came: Option<&Came>) {
        let text = lang.door_done(done, name, came);
        self.said.set(Some(Said { text, tone: done.tone() }));
    }
}

/// Puts somebody where their name belongs. The server's order is by Swedish; one who comes by themselves is put
/// there by the folded letters, and by the right ones when the list is read again.
fn insert(all: &mut Vec<Entry>, entry: Entry) {
    let at = all.iter().position(|other| *other.text > *entry.text).unwrap_or(all.len());
    all.insert(at, entry);
}

/// What was done by a form, by the words in the address.
#[must_use]
pub fn said_by(
    list: Guests,
    lang: Lang,
    done: Option<String>,
    who: Option<String>,
) -> Option<Said> {
    let done = done.as_deref().and_then(Done::parse)?;
    let guest = who.and_then(|who| who.parse().ok()).and_then(|who| list.guest(who));
    let name = guest.as_ref().map(|guest| guest.name.as_str());
    let came = guest.as_ref().and_then(|guest| guest.came.as_ref());
    Some(Said { text: lang.door_done(done, name, came), tone: done.tone() })
}
