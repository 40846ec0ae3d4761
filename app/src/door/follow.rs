//! The door in the browser: it follows what other doors do, and a row stays the element it was.

use super::api::{load_door, load_steward_door};
use super::model::{Counts, Door, DoorLink, Guest, count, found, search_words};
use crate::error::AppError;
use crate::text::Lang;
use leptos::prelude::*;
use std::collections::HashMap;

/// Which door it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Of an event, for those who organise or host it.
    Event(String),
    /// The one that a steward's link opens.
    Link(String),
}

impl Address {
    /// Its Swedish address.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Event(slug) => format!("/organise/events/{slug}/door"),
            Self::Link(token) => format!("/door/{token}"),
        }
    }

    /// How it stands there.
    ///
    /// # Errors
    /// As [`load_door`] and [`load_steward_door`].
    pub async fn load(self, lang: Lang) -> Result<Door, AppError> {
        match self {
            Self::Event(slug) => load_door(lang, slug).await,
            Self::Link(token) => load_steward_door(lang, token).await,
        }
    }
}

/// Somebody on the list.
#[derive(Clone)]
pub struct Entry {
    /// The number of the sign-up.
    pub id: i64,
    /// As they stand now.
    pub guest: ArcRwSignal<Guest>,
}

/// The list as it is shown.
#[derive(Clone, Copy)]
pub struct Guests {
    /// Everybody, by name.
    pub entries: RwSignal<Vec<Entry>>,
    /// The stewards' links.
    pub links: RwSignal<Option<Vec<DoorLink>>>,
    /// What is looked for.
    pub search: RwSignal<String>,
    /// What was done last, or why it was not.
    pub said: RwSignal<Option<String>>,
    /// The door is shut: the link is revoked, or the day is over.
    pub is_shut: RwSignal<bool>,
    /// The browser has taken over.
    pub is_awake: RwSignal<bool>,
    /// One can take part from afar as well.
    pub is_hybrid: StoredValue<bool>,
}

impl Guests {
    /// The list that begins with this door.
    #[must_use]
    pub fn new(door: &Door, search: String) -> Self {
        let entry = |guest: &Guest| Entry { id: guest.id, guest: ArcRwSignal::new(guest.clone()) };
        Self {
            entries: RwSignal::new(door.guests.iter().map(entry).collect()),
            links: RwSignal::new(door.links.clone()),
            search: RwSignal::new(search),
            said: RwSignal::new(None),
            is_shut: RwSignal::new(false),
            is_awake: RwSignal::new(false),
            is_hybrid: StoredValue::new(door.line.seats.ways.len() > 1),
        }
    }

    /// Shows it as it is now.
    pub fn take_in(&self, door: Door) {
        self.is_shut.set(!door.may_check_in);
        if !door.may_check_in && door.guests.is_empty() {
            return;
        }
        let known: HashMap<i64, Entry> =
            self.entries.get_untracked().into_iter().map(|entry| (entry.id, entry)).collect();
        let entries: Vec<Entry> = door
            .guests
            .into_iter()
            .map(|guest| match known.get(&guest.id) {
                Some(entry) => {
                    if *entry.guest.read_untracked() != guest {
                        entry.guest.set(guest);
                    }
                    entry.clone()
                }
                None => Entry { id: guest.id, guest: ArcRwSignal::new(guest) },
            })
            .collect();
        self.entries.set(entries);
        if self.links.with_untracked(|links| *links != door.links) {
            self.links.set(door.links);
        }
    }

    /// Those who are looked for.
    #[must_use]
    pub fn found(&self) -> Vec<Entry> {
        let words = self.search.with(|text| search_words(text));
        let mut entries = self.entries.get();
        entries.retain(|entry| found(&entry.guest.read(), &words));
        entries
    }

    /// How many have come.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let guests: Vec<Guest> =
            self.entries.with(|all| all.iter().map(|entry| entry.guest.get()).collect());
        count(guests.iter(), self.is_hybrid.get_value())
    }

    /// What somebody is called.
    #[must_use]
    pub fn name(&self, id: i64) -> Option<String> {
        self.entries.with_untracked(|all| {
            let entry = all.iter().find(|entry| entry.id == id)?;
            Some(entry.guest.read_untracked().name.clone())
        })
    }
}

/// Reads the door again whenever the stream tells anything.
#[cfg(feature = "hydrate")]
pub fn follow(list: Guests, address: Address) {
    use crate::live::signal::{use_news, use_programme_changes};
    use crate::text::use_lang;
    use gloo_timers::future::TimeoutFuture;

    /// Between two readings.
    const PAUSE_MS: u32 = 200;

    let lang = use_lang();
    let (news, changes) = (use_news(), use_programme_changes());
    let is_reading = StoredValue::new(false);
    let is_stale = StoredValue::new(false);
    let read = move || {
        is_stale.set_value(true);
        if is_reading.get_value() {
            return;
        }
        is_reading.set_value(true);
        let address = address.clone();
        leptos::task::spawn_local(async move {
            while is_stale.try_get_value() == Some(true) {
                is_stale.set_value(false);
                let answer = address.clone().load(lang).await;
                // The page may have been left meanwhile.
                if list.is_awake.try_get_untracked().is_none() {
                    return;
                }
                match answer {
                    Ok(door) => list.take_in(door),
                    // A link that is revoked opens nothing any more, on pages that are open too.
                    Err(AppError::NotFound | AppError::Forbidden | AppError::Unauthorised) => {
                        list.is_shut.set(true);
                        list.entries.set(Vec::new());
                    }
                    Err(_) => {}
                }
                TimeoutFuture::new(PAUSE_MS).await;
            }
            is_reading.try_update_value(|is_reading| *is_reading = false);
        });
    };
    Effect::new(move |before: Option<()>| {
        let _ = (news.get(), changes.get());
        list.is_awake.set(true);
        // The page that the server wrote is new enough until the stream tells something.
        if before.is_some() {
            read();
        }
    });
}

/// There is nothing to follow where the page is written.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_: Guests, _: Address) {}
