//! The list in the browser: it follows what happens without taking anything away from whoever works with it.
//! A row stays the element it was, with what is typed, chosen and focused in it; only its words change.

use super::model::{About, Group, PeoplePage, Row};
use super::query::{PeopleQuery, Sort};
use super::selection;
use crate::organise::model::PostedTerms;
use leptos::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Somebody on the list.
#[derive(Clone)]
pub struct Entry {
    /// The number of the sign-up.
    pub id: i64,
    /// As they stand now.
    pub row: ArcRwSignal<Row>,
    /// They came while the list was looked at.
    pub is_new: bool,
}

/// The list as it is shown.
#[derive(Clone, Copy)]
pub struct List {
    /// The people on the page, in their order.
    pub entries: RwSignal<Vec<Entry>>,
    /// The rest.
    pub about: RwSignal<About>,
    /// Who is chosen, on other pages too.
    pub chosen: RwSignal<BTreeSet<i64>>,
    /// Everybody who is asked for is chosen.
    pub all_chosen: RwSignal<bool>,
    /// But for these.
    pub left_out: RwSignal<BTreeSet<i64>>,
    /// The browser has taken over.
    pub is_awake: RwSignal<bool>,
    /// What the page shown was asked by.
    pub shown: RwSignal<PeopleQuery>,
}

impl List {
    /// The list that begins with this page.
    #[must_use]
    pub fn new(page: PeoplePage, asked: PeopleQuery) -> Self {
        let entry = |row: Row| Entry { id: row.id, row: ArcRwSignal::new(row), is_new: false };
        Self {
            entries: RwSignal::new(page.rows.into_iter().map(entry).collect()),
            about: RwSignal::new(page.about),
            chosen: RwSignal::default(),
            all_chosen: RwSignal::new(false),
            left_out: RwSignal::default(),
            is_awake: RwSignal::new(false),
            shown: RwSignal::new(asked),
        }
    }

    /// Shows another page, or the same one as it is now.
    pub fn take_in(&self, page: PeoplePage, asked: PeopleQuery) {
        let same = self.shown.with_untracked(|shown| *shown == asked);
        let known: HashMap<i64, Entry> =
            self.entries.get_untracked().into_iter().map(|entry| (entry.id, entry)).collect();
        let entries: Vec<Entry> = page
            .rows
            .into_iter()
            .map(|row| match known.get(&row.id) {
                Some(entry) => {
                    if *entry.row.read_untracked() != row {
                        entry.row.set(row);
                    }
                    Entry { is_new: false, ..entry.clone() }
                }
                None => Entry { id: row.id, row: ArcRwSignal::new(row), is_new: same },
            })
            .collect();
        if !same {
            // Those who are all of them are others now.
            if !self.shown.with_untracked(|shown| shown.asks_for_the_same(&asked)) {
                self.all_chosen.set(false);
                self.left_out.update(BTreeSet::clear);
            }
            self.shown.set(asked);
        }
        if self.about.with_untracked(|about| *about != page.about) {
            self.about.set(page.about);
        }
        self.entries.set(entries);
    }

    /// The people stand under headings.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.shown.with(|shown| matches!(shown.sort, None | Some(Sort::Standing)))
    }

    /// Those of a group who are on the page; everybody where there are no groups.
    #[must_use]
    pub fn of(&self, group: Option<Group>) -> Vec<Entry> {
        let mut entries = self.entries.get();
        if let Some(group) = group {
            entries.retain(|entry| Group::of(entry.row.read_untracked().status) == group);
        }
        entries
    }

    /// Where a form about these people posts to, in Swedish: the answer comes back to the same list.
    #[must_use]
    pub fn form(&self, slug: &str, what: &str) -> String {
        self.shown.with(|shown| shown.under(&format!("/organise/events/{slug}/{what}")))
    }

    /// How many are chosen.
    #[must_use]
    pub fn count_chosen(&self) -> usize {
        if self.all_chosen.get() {
            let out = self.left_out.with(BTreeSet::len);
            self.about.with(|about| about.matching).saturating_sub(out)
        } else {
            self.chosen.with(BTreeSet::len)
        }
    }

    /// Somebody is chosen.
    #[must_use]
    pub fn is_chosen(&self, id: i64) -> bool {
        if self.all_chosen.get() {
            self.left_out.with(|out| !out.contains(&id))
        } else {
            self.chosen.with(|chosen| chosen.contains(&id))
        }
    }

    /// Chooses somebody, or no longer. Who takes one out of all means all the others.
    pub fn choose(&self, id: i64, is_chosen: bool) {
        let is_all = self.all_chosen.get_untracked();
        let set = if is_all { self.left_out } else { self.chosen };
        set.update(|set| {
            if is_chosen == is_all {
                set.remove(&id);
            } else {
                set.insert(id);
            }
        });
    }

    /// Those are chosen whose boxes were ticked in a form that came back.
    pub fn choose_again(&self, posted: &PostedTerms) {
        if posted.problems.is_empty() {
            return;
        }
        self.chosen.set(selection::named(&posted.pairs).into_iter().collect());
        self.left_out.set(selection::left_out(&posted.pairs));
        self.all_chosen.set(posted.value("which") == Some("matching"));
    }

    /// Chooses everybody on the page.
    pub fn choose_page(&self) {
        let ids: Vec<i64> =
            self.entries.with_untracked(|entries| entries.iter().map(|entry| entry.id).collect());
        if self.all_chosen.get_untracked() {
            self.left_out.update(|out| out.retain(|id| !ids.contains(id)));
        } else {
            self.chosen.update(|chosen| chosen.extend(ids));
        }
    }

    /// Chooses everybody who is asked for.
    pub fn choose_all(&self) {
        self.left_out.update(BTreeSet::clear);
        self.all_chosen.set(true);
    }

    /// Chooses nobody.
    pub fn choose_nobody(&self) {
        self.all_chosen.set(false);
        self.left_out.update(BTreeSet::clear);
        self.chosen.update(BTreeSet::clear);
    }
}

/// Reads the page again whenever something else is asked for or the stream tells anything.
#[cfg(feature = "hydrate")]
pub fn follow(list: List, slug: Memo<String>, query: Memo<PeopleQuery>) {
    use super::api::load_people;
    use crate::live::reading::{Next, reader};
    use crate::live::signal::{use_news, use_programme_changes};
    use crate::text::use_lang;

    /// Between two readings for news.
    const PAUSE_MS: u32 = 200;

    let lang = use_lang();
    let (news, changes) = (use_news(), use_programme_changes());
    let read = reader(PAUSE_MS, move || async move {
        let (Some(slug), Some(asked)) = (slug.try_get_untracked(), query.try_get_untracked())
        else {
            return Next::Left;
        };
        let answer = load_people(lang, slug, asked.encoded()).await;
        // The page may have been left meanwhile.
        let Some(wanted) = query.try_get_untracked() else { return Next::Left };
        match answer {
            Ok(page) if wanted == asked => {
                let let_go = browser::hold_still();
                list.take_in(page, asked);
                let_go();
                Next::Rest
            }
            // What somebody asks for is read at once.
            _ => Next::AtOnce,
        }
    });
    Effect::new(move |before: Option<()>| {
        let _ = (news.get(), changes.get(), query.read());
        list.is_awake.set(true);
        // The page that the server wrote is new enough until the stream tells something.
        if before.is_some() {
            read();
        }
    });
}

/// There is nothing to follow where the page is written.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_: List, _: Memo<String>, _: Memo<PeopleQuery>) {}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;

    /// The row under the pointer, or the one with the focus, stays where it is on the screen when rows come or
    /// go above it.
    pub fn hold_still() -> impl FnOnce() {
        const HELD: &str = ".person:focus-within, .person:hover";
        let held = document().query_selector(HELD).ok().flatten();
        let before = held.as_ref().map(|row| row.get_bounding_client_rect().top());
        move || {
            let (Some(row), Some(before)) = (held, before) else { return };
            request_animation_frame(move || {
                let moved = row.get_bounding_client_rect().top() - before;
                if row.is_connected() && moved != 0.0 {
                    window().scroll_by_with_x_and_y(0.0, moved);
                }
            });
        }
    }
}
