//! What the parts of the player share: how things stand, and what is wanted. What a browser then does is in `engine`.

use super::model::{Command, Taste, Telling};
use crate::recordings::page_model::{ChapterLine, RecordingPage, Source, Sprite};
use crate::text::Lang;
use leptos::html;
use leptos::prelude::*;

/// What keeps it from playing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The network is gone; it is tried again.
    Lost,
    /// It has been tried often enough, or there is nothing to fetch.
    Failed,
    /// The browser does not know what kind of file it is, or the file is broken.
    Cannot,
}

/// A player. A handle; all copies are of the same one.
#[derive(Clone, Copy)]
pub struct Deck {
    /// The language of its words.
    pub lang: Lang,
    /// All of it.
    pub root: NodeRef<html::Section>,
    /// The browser's own player.
    pub video: NodeRef<html::Video>,
    /// The bar with the place.
    pub bar: NodeRef<html::Div>,
    /// Our controls are there; until then the browser's are.
    pub is_awake: RwSignal<bool>,
    /// It plays, or would if it had what to play.
    pub plays: RwSignal<bool>,
    /// Where it is.
    pub at_ms: RwSignal<i32>,
    /// How long it is; 0 until that is known.
    pub whole_ms: RwSignal<i32>,
    /// How far it has been fetched without a gap.
    pub fetched_ms: RwSignal<i32>,
    /// The sound is off.
    pub is_muted: RwSignal<bool>,
    /// How captions and sound are wanted.
    pub taste: RwSignal<Taste>,
    /// It fills the screen.
    pub is_full: RwSignal<bool>,
    /// The browser can show it in a small window of its own.
    pub can_float: RwSignal<bool>,
    /// It is in one.
    pub floats: RwSignal<bool>,
    /// It waits for what is to be played.
    pub waits: RwSignal<bool>,
    /// What keeps it from playing.
    pub fault: RwSignal<Option<Fault>>,
    /// What was done last, in words.
    pub done: RwSignal<&'static str>,
    /// Which of the files is played.
    pub version: RwSignal<usize>,
    /// The files.
    pub sources: StoredValue<Vec<Source>>,
    /// The languages that there are captions in.
    pub languages: StoredValue<Vec<Lang>>,
    /// The chapters.
    pub chapters: StoredValue<Vec<ChapterLine>>,
    /// Small pictures of all of it.
    pub sprite: StoredValue<Option<Sprite>>,
    /// The place on the bar that a pointer is at.
    pub pointed_ms: RwSignal<Option<i32>>,
    /// The bar has the focus, as the keyboard gives it.
    pub bar_has_focus: RwSignal<bool>,
    /// Where to begin, in milliseconds.
    pub begin_ms: Option<i32>,
    /// How to tell what was watched; nothing where nothing is told.
    pub telling: StoredValue<Option<Telling>>,
    /// The address of the page.
    pub page: StoredValue<String>,
}

impl Deck {
    /// The player of a page that begins so many seconds in.
    #[must_use]
    pub fn new(lang: Lang, page: &RecordingPage, seconds: Option<i32>) -> Self {
        let address = lang.href(&crate::recordings::model::page_address(&page.slug));
        let begin_ms = seconds.map(|seconds| seconds.saturating_mul(1_000));
        Self {
            lang,
            root: NodeRef::new(),
            video: NodeRef::new(),
            bar: NodeRef::new(),
            is_awake: RwSignal::new(false),
            plays: RwSignal::new(false),
            at_ms: RwSignal::new(begin_ms.unwrap_or_default()),
            whole_ms: RwSignal::new(page.duration_ms.unwrap_or_default()),
            fetched_ms: RwSignal::new(0),
            is_muted: RwSignal::new(false),
            taste: RwSignal::new(Taste::default()),
            is_full: RwSignal::new(false),
            can_float: RwSignal::new(false),
            floats: RwSignal::new(false),
            waits: RwSignal::new(false),
            fault: RwSignal::new(None),
            done: RwSignal::new(""),
            version: RwSignal::new(0),
            sources: StoredValue::new(page.sources.clone()),
            languages: StoredValue::new(page.tracks.iter().map(|track| track.language).collect()),
            chapters: StoredValue::new(page.chapters.clone()),
            sprite: StoredValue::new(page.sprite.clone()),
            pointed_ms: RwSignal::new(None),
            bar_has_focus: RwSignal::new(false),
            begin_ms,
            telling: StoredValue::new(Telling::of(page, &address)),
            page: StoredValue::new(address),
        }
    }

    /// Does what is wanted. Only a browser can.
    pub fn press(self, command: Command) {
        #[cfg(feature = "hydrate")]
        super::engine::press(self, command);
        #[cfg(not(feature = "hydrate"))]
        let _ = command;
    }

    /// Changes how captions and sound are wanted, and keeps it in the browser.
    pub fn likes(self, change: impl FnOnce(&mut Taste)) {
        self.taste.update(change);
        #[cfg(feature = "hydrate")]
        super::engine::taste_changed(self);
    }

    /// Where a version is, as far as this browser plays it.
    pub fn playable(self, source: &Source) -> String {
        #[cfg(feature = "hydrate")]
        if let Some((address, _)) = &source.instead
            && !super::engine::plays(self, &source.content_type)
        {
            return address.clone();
        }
        source.address.clone()
    }

    /// The same recording in another version, from where it is.
    pub fn choose_version(self, version: usize) {
        #[cfg(feature = "hydrate")]
        super::engine::choose_version(self, version);
        #[cfg(not(feature = "hydrate"))]
        let _ = version;
    }

    /// The address of the page that begins at this place.
    #[must_use]
    pub fn link(self) -> String {
        let seconds = self.at_ms.get() / 1_000;
        self.page.with_value(|page| format!("{page}?t={seconds}"))
    }

    /// Wakes up once the page is there, and rests when it goes.
    pub fn come_alive(self) {
        #[cfg(feature = "hydrate")]
        super::engine::come_alive(self);
    }
}
