//! What the parts of the editor share: how things stand, and what can be done. What a browser then does is in `browser`.

use super::model::CaptionsPage;
use super::sheet::{Part, Row, Sheet};
use super::tools::Deed;
use super::warn;
use crate::captions::clock;
use crate::captions::model::Cue;
#[cfg(feature = "hydrate")]
use crate::captions::model::TrackKind;
use crate::text::{Lang, use_lang};
use leptos::html;
use leptos::prelude::*;

/// Somebody else's version, which came in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Theirs {
    /// Its number; nothing where they took the captions away.
    pub version: Option<i64>,
    /// What it holds.
    pub cues: Vec<Cue>,
}

/// The editor. A handle; all copies are of the same one.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The language of its words.
    pub lang: Lang,
    /// What is edited.
    pub sheet: RwSignal<Sheet>,
    /// Which cue is chosen.
    pub at: RwSignal<usize>,
    /// Where the film is, in milliseconds.
    pub now_ms: RwSignal<i32>,
    /// It plays.
    pub plays: RwSignal<bool>,
    /// The chosen cue is the one that is heard.
    pub follows: RwSignal<bool>,
    /// The editor is there; until then the plain form is.
    pub is_awake: RwSignal<bool>,
    /// The version that was edited.
    pub version: RwSignal<Option<i64>>,
    /// Of which change all is saved.
    pub saved: RwSignal<u64>,
    /// It is being saved.
    pub is_saving: RwSignal<bool>,
    /// What was done last, or what is wrong, in words.
    pub said: RwSignal<String>,
    /// Somebody else has saved meanwhile.
    pub theirs: RwSignal<Option<Theirs>>,
    /// What was not saved last time, as WebVTT, and from which version it was made.
    pub draft: RwSignal<Option<(Option<i64>, String)>>,
    /// How far the list is scrolled, how high it is, and how high a row of it, in pixels.
    pub view: RwSignal<(i32, i32, i32)>,
    /// All of it.
    pub root: NodeRef<html::Div>,
    /// The film.
    pub film: NodeRef<html::Video>,
    /// The words of the chosen cue.
    pub text: NodeRef<html::Textarea>,
    /// The list.
    pub list: NodeRef<html::Div>,
    /// The page.
    pub page: StoredValue<CaptionsPage>,
}

/// The editor of this page.
pub(super) fn use_desk() -> Desk {
    use_context::<Desk>().unwrap_or_else(|| Desk::new(use_lang(), &CaptionsPage::default()))
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Play,
    Previous,
    Next,
    StartNow,
    EndNow,
    Split,
    Merge,
    Insert,
    Delete,
    Undo,
    Redo,
    NextFault,
    Save,
}

/// Each command with its key, as `KeyboardEvent.code` names it (UI Events), pressed together with Alt; and how people
/// call that key. Saving is Ctrl and S.
pub(super) const KEYS: [(Command, &str, &str); 12] = [
    (Command::Play, "Enter", "Enter"),
    (Command::Previous, "ArrowUp", "↑"),
    (Command::Next, "ArrowDown", "↓"),
    (Command::StartNow, "Comma", ","),
    (Command::EndNow, "Period", "."),
    (Command::Split, "KeyK", "K"),
    (Command::Merge, "KeyM", "M"),
    (Command::Insert, "KeyN", "N"),
    (Command::Delete, "KeyX", "X"),
    (Command::Undo, "KeyZ", "Z"),
    (Command::Redo, "KeyY", "Y"),
    (Command::NextFault, "KeyJ", "J"),
];

/// What the keys do that are pressed. AltGr is Ctrl and Alt, and types letters.
#[cfg(any(feature = "hydrate", test))]
pub(super) fn command(code: &str, alt: bool, control: bool) -> Option<Command> {
    match (alt, control) {
        (false, true) if code == "KeyS" => Some(Command::Save),
        (true, false) => KEYS.iter().find(|it| it.1 == code).map(|it| it.0),
        _ => None,
    }
}

impl Desk {
    /// The editor of a page.
    pub fn new(lang: Lang, page: &CaptionsPage) -> Self {
        Self {
            lang,
            sheet: RwSignal::new(Sheet::default()),
            at: RwSignal::new(0),
            now_ms: RwSignal::new(0),
            plays: RwSignal::new(false),
            follows: RwSignal::new(true),
            is_awake: RwSignal::new(false),
            version: RwSignal::new(page.line.as_ref().map(|line| line.version)),
            saved: RwSignal::new(0),
            is_saving: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            theirs: RwSignal::new(None),
            draft: RwSignal::new(None),
            view: RwSignal::new((0, 600, 72)),
            root: NodeRef::new(),
            film: NodeRef::new(),
            text: NodeRef::new(),
            list: NodeRef::new(),
            page: StoredValue::new(page.clone()),
        }
    }

    /// There are changes that are not saved.
    pub fn is_dirty(self) -> bool {
        self.sheet.read().changes() != self.saved.get()
    }

    /// What the captions are for.
    #[cfg(feature = "hydrate")]
    pub fn kind(self) -> TrackKind {
        self.page.with_value(CaptionsPage::usual_kind)
    }

    /// The chosen row.
    pub fn row(self) -> Option<Row> {
        self.sheet.read().row(self.at.get()).cloned()
    }

    /// When the chosen cue begins, as a field shows it.
    pub fn chosen_time(self) -> String {
        let at = self.at.get_untracked();
        let start = self.sheet.read_untracked().row(at).map(|row| row.start_ms);
        clock::write(start.unwrap_or_default())
    }

    /// Chooses a cue.
    pub fn choose(self, at: usize) {
        let last = self.sheet.read_untracked().rows().len().saturating_sub(1);
        self.at.set(at.min(last));
        self.said.set(String::new());
        #[cfg(feature = "hydrate")]
        super::browser::show(self, at.min(last));
    }

    /// Types into the chosen cue.
    pub fn write(self, part: Part, text: &str) {
        let at = self.at.get_untracked();
        self.sheet.update(|sheet| sheet.write(at, part, text));
    }

    /// Sets when the chosen cue begins and ends, and puts it where it belongs then.
    pub fn set_times(self, start_ms: Option<i32>, end_ms: Option<i32>) {
        let at = self.at.get_untracked();
        let mut to = at;
        self.sheet.update(|sheet| {
            let Some(row) = sheet.row(at).cloned() else { return };
            let start = start_ms.unwrap_or(row.start_ms);
            sheet.set_times(at, start, end_ms.unwrap_or(row.end_ms));
            to = sheet.sort(at);
        });
        if to != at {
            self.choose(to);
        }
    }

    /// Does what a key or a button asks for.
    pub fn press(self, command: Command) {
        let words = self.lang.caption_words();
        let (at, now) = (self.at.get_untracked(), self.now_ms.get_untracked());
        self.said.set(String::new());
        match command {
            Command::Previous => self.choose(at.saturating_sub(1)),
            Command::Next => self.choose(at + 1),
            Command::StartNow => self.set_times(Some(now), None),
            Command::EndNow => self.set_times(None, Some(now)),
            Command::Split => {
                let character = self.cursor();
                if self.try_update(|sheet| sheet.split(at, character, now)) {
                    self.choose(at + 1);
                } else {
                    self.said.set(words.cannot_split.to_owned());
                }
            }
            Command::Merge => {
                if !self.try_update(|sheet| sheet.merge(at)) {
                    self.said.set(words.cannot_merge.to_owned());
                }
            }
            Command::Insert => {
                let mut to = 0;
                self.sheet.update(|sheet| {
                    to = sheet.insert((!sheet.rows().is_empty()).then_some(at), now);
                });
                self.choose(to);
                self.focus_text();
            }
            Command::Delete => {
                self.sheet.update(|sheet| sheet.remove(at));
                self.choose(at);
            }
            Command::Undo => self.turn(Sheet::undo),
            Command::Redo => self.turn(Sheet::redo),
            Command::NextFault => self.next_fault(at),
            Command::Play => self.play_or_pause(),
            Command::Save => self.save(),
        }
    }

    fn turn(self, turn: fn(&mut Sheet) -> Option<usize>) {
        let mut to = None;
        self.sheet.update(|sheet| to = turn(sheet));
        if let Some(to) = to {
            self.choose(to);
        }
    }

    fn try_update(self, change: impl FnOnce(&mut Sheet) -> bool) -> bool {
        let mut is_done = false;
        self.sheet.update(|sheet| is_done = change(sheet));
        is_done
    }

    /// Goes to the next cue with something to remark on; from the end on to the beginning.
    fn next_fault(self, at: usize) {
        let next = {
            let sheet = self.sheet.read_untracked();
            let count = sheet.rows().len();
            let places = (at + 1..count).chain(0..count.min(at + 1));
            places.into_iter().find(|place| !warn::warnings(&sheet, *place).is_empty())
        };
        match next {
            Some(next) => self.choose(next),
            None => self.said.set(self.lang.caption_words().no_fault.to_owned()),
        }
    }

    /// Where the cursor is in the words, in characters.
    fn cursor(self) -> usize {
        #[cfg(feature = "hydrate")]
        {
            super::browser::cursor(self)
        }
        #[cfg(not(feature = "hydrate"))]
        {
            0
        }
    }

    fn focus_text(self) {
        #[cfg(feature = "hydrate")]
        super::browser::focus_text(self);
    }

    fn play_or_pause(self) {
        #[cfg(feature = "hydrate")]
        super::browser::play_or_pause(self);
    }

    /// Saves all of it.
    pub fn save(self) {
        #[cfg(feature = "hydrate")]
        super::browser::save(self);
    }

    /// Saves in the place of what somebody else has saved.
    pub fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.version.set(theirs.version);
            self.theirs.set(None);
            self.save();
        }
    }

    /// Puts what somebody else has saved in the place of one's own, which can be taken back.
    pub fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.version.set(theirs.version);
            self.theirs.set(None);
            self.sheet.update(|sheet| sheet.replace_all(&theirs.cues));
            self.saved.set(self.sheet.read_untracked().changes());
            self.choose(0);
        }
    }

    /// Takes up what was not saved last time, which can be taken back.
    pub fn take_draft(self) {
        #[cfg(feature = "hydrate")]
        super::browser::take_draft(self);
    }

    /// Throws away what was not saved last time.
    pub fn drop_draft(self) {
        self.draft.set(None);
        #[cfg(feature = "hydrate")]
        super::browser::forget(self);
    }

    /// Uses a tool on what is edited, instead of having the server do it on what is saved. Shows what it does, or does
    /// it, as the button says.
    pub fn use_tool(
        self,
        deed: Deed,
        event: &leptos::ev::SubmitEvent,
        told: RwSignal<Vec<String>>,
    ) {
        #[cfg(feature = "hydrate")]
        super::browser::use_tool(self, deed, event, told);
        #[cfg(not(feature = "hydrate"))]
        let _ = (deed, event, told);
    }

    /// Wakes up once the page is there, and rests when it goes.
    pub fn come_alive(self) {
        #[cfg(feature = "hydrate")]
        super::browser::come_alive(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_what_the_list_says_and_nothing_else() {
        assert_eq!(command("Comma", true, false), Some(Command::StartNow));
        assert_eq!(command("KeyS", false, true), Some(Command::Save));
        for (code, alt, control) in [
            ("Comma", false, false),
            ("KeyS", true, false),
            ("KeyQ", true, false),
            ("KeyM", true, true),
        ] {
            assert_eq!(command(code, alt, control), None, "{code}");
        }
        for (at, key) in KEYS.iter().enumerate() {
            assert!(KEYS[at + 1..].iter().all(|other| other.1 != key.1 && other.0 != key.0));
        }
    }
}
