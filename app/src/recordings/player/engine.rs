//! What the player does in a browser: it listens to the media element, and tells it what is wanted.

use super::deck::{Deck, Fault};
use super::faults::{self, Faults};
use super::model::{Command, Focus, Taste, command, stepped};
use super::reporter::Reporter;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, EventTarget, HtmlElement, HtmlVideoElement, KeyboardEvent, PointerEvent,
    Storage, TextTrackMode,
};

/// Where the browser keeps how captions and sound are wanted.
const TASTE: &str = "stafett-player";

/// What is told of by the media element (HTML §4.8.11.16) and of interest here.
const HAPPENINGS: [&str; 18] = [
    "timeupdate",
    "durationchange",
    "loadedmetadata",
    "progress",
    "play",
    "pause",
    "waiting",
    "playing",
    "canplay",
    "seeking",
    "seeked",
    "ended",
    "error",
    "volumechange",
    "ratechange",
    "enterpictureinpicture",
    "leavepictureinpicture",
    "click",
];

/// What happens on the bar.
const ON_BAR: [&str; 7] =
    ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "focus", "blur"];

/// What one player remembers between two happenings.
pub(super) struct State {
    /// Where it is to go on once it knows what it plays, and whether it is to play there.
    pub goes_on: Option<(f64, bool)>,
    /// Whatever is to be told of what was watched.
    pub reporter: Reporter,
    /// Tries again.
    pub faults: Faults,
}

/// A handle that all listeners share.
pub(super) type Shared = Rc<RefCell<State>>;

thread_local! {
    /// The player that is on the page: there is one at most.
    static HERE: RefCell<Option<Shared>> = const { RefCell::new(None) };
}

/// The state of the player on the page.
pub(super) fn here() -> Option<Shared> {
    HERE.with_borrow(Clone::clone)
}

fn video(deck: Deck) -> Option<HtmlVideoElement> {
    deck.video.try_get_untracked().flatten()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Milliseconds of a time in seconds.
#[expect(clippy::cast_possible_truncation, reason = "a recording is shorter than 24 days")]
pub(super) fn ms(seconds: f64) -> i32 {
    if seconds.is_finite() { (seconds * 1_000.0).round() as i32 } else { 0 }
}

/// Listeners of one element; they go when they are dropped.
pub(in crate::recordings) struct Listeners {
    target: EventTarget,
    names: Vec<&'static str>,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listeners {
    pub(in crate::recordings) fn new(
        target: &EventTarget,
        names: &[&'static str],
        heard: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(heard);
        for name in names {
            // A target takes every listener.
            let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
        Self { target: target.clone(), names: names.to_vec(), closure }
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        for name in &self.names {
            let function = self.closure.as_ref().unchecked_ref();
            let _ = self.target.remove_event_listener_with_callback(name, function);
        }
    }
}

/// Wakes the player up once it is on the page.
pub fn come_alive(deck: Deck) {
    Effect::new(move |_| {
        let (Some(media), Some(root), Some(bar)) =
            (deck.video.get(), deck.root.get(), deck.bar.get())
        else {
            return;
        };
        let telling = deck.telling.get_value();
        let shared: Shared = Rc::new(RefCell::new(State {
            goes_on: None,
            reporter: Reporter::new(telling),
            faults: Faults::default(),
        }));
        HERE.set(Some(Rc::clone(&shared)));
        begin(deck, &media, &shared);
        let listeners = listen(deck, &media, &root, &bar, &shared);
        let gone = SendWrapper::new((listeners, shared, media));
        on_cleanup(move || {
            let (listeners, shared, media) = gone.take();
            drop(listeners);
            leave(deck, &shared);
            // What is not on the page any more is not to be heard.
            let _ = media.pause();
            let is_this = |there: &Shared| Rc::ptr_eq(there, &shared);
            HERE.with_borrow_mut(|there| {
                if there.as_ref().is_some_and(is_this) {
                    *there = None;
                }
            });
        });
    });
}

/// Sets what is kept in the browser, and reads how things stand: it may have been played before this.
fn begin(deck: Deck, media: &HtmlVideoElement, shared: &Shared) {
    let kept = storage().and_then(|storage| storage.get_item(TASTE).ok().flatten());
    let mut taste = kept.as_deref().map(Taste::read).unwrap_or_default();
    if taste.language.is_none() {
        taste.language = deck.languages.with_value(|languages| {
            let own = languages.iter().find(|language| **language == deck.lang);
            own.or_else(|| languages.first()).map(|language| language.tag().to_owned())
        });
    }
    deck.taste.set(taste);
    deck.can_float.set(can_float(media));
    deck.is_awake.set(true);
    apply(deck, media);
    if media.ready_state() >= 1 {
        stands(deck, media);
    } else if media.error().is_some() {
        faults::happened(deck, media, shared);
    }
    if let Some(begin) = deck.begin_ms {
        let place = f64::from(begin) / 1_000.0;
        if media.ready_state() >= 1 {
            if (media.current_time() - place).abs() > 1.0 {
                media.set_current_time(place);
            }
        } else {
            shared.borrow_mut().goes_on = Some((place, false));
        }
    }
}

fn listen(
    deck: Deck,
    media: &HtmlVideoElement,
    root: &Element,
    bar: &Element,
    shared: &Shared,
) -> Vec<Listeners> {
    let heard = {
        let (media, shared) = (media.clone(), Rc::clone(shared));
        move |event: Event| happened(deck, &media, &shared, &event.type_())
    };
    let dragged = {
        let bar = bar.clone();
        let mut drags = false;
        move |event: Event| {
            if !points(deck, &bar, &event) {
                drags = drag(deck, &bar, event.unchecked_ref(), drags);
            }
        }
    };
    let turned = move |_| {
        let root = deck.root.try_get_untracked().flatten();
        let full = document().fullscreen_element();
        let is_full = full.zip(root).is_some_and(|(full, root)| {
            let root: &Element = &root;
            full == *root
        });
        deck.is_full.try_set(is_full);
    };
    let left = {
        let shared = Rc::clone(shared);
        move |event: Event| {
            if event.type_() == "pagehide" || document().hidden() {
                leave(deck, &shared);
            }
        }
    };
    let back = move |_| {
        if deck.fault.try_get_untracked().flatten() == Some(Fault::Lost) {
            press(deck, Command::TryAgain);
        }
    };
    // Where there is a choice of files, the last that does not come says so, and not the element.
    let last = media.query_selector("source:last-of-type").ok().flatten();
    let failed = last.map(|last| {
        let (media, shared) = (media.clone(), Rc::clone(shared));
        Listeners::new(&last, &["error"], move |_| faults::happened(deck, &media, &shared))
    });
    let mut all = vec![
        Listeners::new(media, &HAPPENINGS, heard),
        Listeners::new(root, &["keydown"], move |event: Event| {
            typed(deck, event.unchecked_ref());
        }),
        Listeners::new(root, &["click"], move |event: Event| clicked(deck, &event)),
        Listeners::new(bar, &ON_BAR, dragged),
        Listeners::new(&document(), &["fullscreenchange"], turned),
        Listeners::new(&document(), &["visibilitychange"], left.clone()),
        Listeners::new(&window(), &["pagehide"], left),
        Listeners::new(&window(), &["online"], back),
    ];
    all.extend(failed);
    all
}

/// Reads how long it is, where it is, and how much is there.
fn stands(deck: Deck, media: &HtmlVideoElement) {
    let whole = ms(media.duration());
    if whole > 0 {
        deck.whole_ms.set(whole);
    }
    deck.at_ms.set(ms(media.current_time()));
    deck.plays.set(!media.paused() && !media.ended());
    fetched(deck, media);
}

fn fetched(deck: Deck, media: &HtmlVideoElement) {
    let (now, parts) = (media.current_time(), media.buffered());
    let end = (0..parts.length()).find_map(|at| {
        let (from, to) = (parts.start(at).ok()?, parts.end(at).ok()?);
        (from - 0.25..=to).contains(&now).then_some(to)
    });
    deck.fetched_ms.set(ms(end.unwrap_or(now)));
}

fn happened(deck: Deck, media: &HtmlVideoElement, shared: &Shared, what: &str) {
    match what {
        "timeupdate" => {
            // While it is fetched anew it says 0, and is on its way to where it was.
            if is_away(deck, media, shared) {
                return;
            }
            let at = ms(media.current_time());
            deck.at_ms.set(at);
            if !media.paused() && !media.seeking() {
                let speed = deck.taste.read_untracked().speed;
                shared.borrow_mut().reporter.plays(shared, at, speed);
                waits(deck, false);
            }
        }
        "seeking" | "pause" | "ended" => {
            let at = deck.at_ms.get_untracked();
            let at = if is_away(deck, media, shared) { at } else { ms(media.current_time()) };
            shared.borrow_mut().reporter.rests(shared, at);
            stands_unless_away(deck, media, shared);
        }
        "loadedmetadata" => {
            faults::is_there(deck, shared);
            let goes_on = shared.borrow_mut().goes_on.take();
            if let Some((place, plays)) = goes_on {
                media.set_current_time(place);
                if plays {
                    play(deck, media);
                }
            }
            apply(deck, media);
            stands(deck, media);
        }
        "waiting" => waits(deck, !media.paused()),
        "playing" | "canplay" | "seeked" => {
            waits(deck, false);
            stands_unless_away(deck, media, shared);
        }
        "error" => faults::happened(deck, media, shared),
        "volumechange" => deck.is_muted.set(media.muted() || media.volume() == 0.0),
        "enterpictureinpicture" => deck.floats.set(true),
        "leavepictureinpicture" => deck.floats.set(false),
        "click" => press(deck, Command::Toggle),
        _ => stands_unless_away(deck, media, shared),
    }
}

fn stands_unless_away(deck: Deck, media: &HtmlVideoElement, shared: &Shared) {
    if !is_away(deck, media, shared) {
        stands(deck, media);
    }
}

/// It has nothing, or is on its way back to where it was: what it says of its place is not where somebody is.
fn is_away(deck: Deck, media: &HtmlVideoElement, shared: &Shared) -> bool {
    media.ready_state() == 0
        || shared.borrow().goes_on.is_some()
        || deck.fault.get_untracked().is_some()
}

fn waits(deck: Deck, waits: bool) {
    if deck.waits.get_untracked() != waits {
        deck.waits.set(waits);
    }
}

/// The page is left, or goes out of sight: what has not been told is told now.
fn leave(deck: Deck, shared: &Shared) {
    let at = deck.at_ms.try_get_untracked().unwrap_or_default();
    shared.borrow_mut().reporter.leaves(at);
}

/// Plays. Where the browser does not let it, it stays as it is.
pub(super) fn play(deck: Deck, media: &HtmlVideoElement) {
    if let Ok(playing) = media.play() {
        spawn_local(async move {
            if JsFuture::from(playing).await.is_err() {
                deck.plays.try_set(false);
            }
        });
    }
}

/// Does what is wanted.
pub fn press(deck: Deck, command: Command) {
    let Some(media) = video(deck) else { return };
    let Some(shared) = here() else { return };
    let whole = deck.whole_ms.get_untracked();
    let go = |place: i32| {
        let place = if whole > 0 { place.clamp(0, whole) } else { place.max(0) };
        deck.at_ms.set(place);
        if media.ready_state() >= 1 && shared.borrow().goes_on.is_none() {
            media.set_current_time(f64::from(place) / 1_000.0);
        } else {
            let plays = shared.borrow().goes_on.is_some_and(|(_, plays)| plays);
            shared.borrow_mut().goes_on = Some((f64::from(place) / 1_000.0, plays));
        }
    };
    deck.done.set("");
    match command {
        Command::Toggle if media.paused() || media.ended() => play(deck, &media),
        Command::Toggle => {
            let _ = media.pause();
        }
        Command::Play => play(deck, &media),
        Command::Step(by) => go(deck.at_ms.get_untracked().saturating_add(by)),
        Command::To(place) => go(place),
        Command::Tenth(tenth) => go(whole / 10 * tenth),
        Command::End => go(whole),
        Command::Louder(by) => volume(deck, &media, deck.taste.read_untracked().volume + by),
        Command::Volume(wanted) => volume(deck, &media, wanted),
        Command::Mute => media.set_muted(!media.muted()),
        Command::Captions => deck.likes(|taste| taste.captions = !taste.captions),
        Command::Faster(steps) => deck.likes(|taste| taste.speed = stepped(taste.speed, steps)),
        Command::Speed(speed) => deck.likes(|taste| taste.speed = stepped(speed, 0)),
        Command::FullScreen => full_screen(deck, &media),
        Command::SmallWindow => small_window(deck, &media),
        Command::TryAgain => faults::try_again(deck, &media, &shared),
    }
}

fn volume(deck: Deck, media: &HtmlVideoElement, wanted: i32) {
    let wanted = wanted.clamp(0, 100);
    media.set_volume(f64::from(wanted) / 100.0);
    media.set_muted(false);
    deck.likes(|taste| taste.volume = wanted);
}

/// How captions and sound are wanted has changed.
pub fn taste_changed(deck: Deck) {
    if let Some(media) = video(deck) {
        apply(deck, &media);
    }
    if let (Some(storage), Ok(text)) =
        (storage(), serde_json::to_string(&*deck.taste.read_untracked()))
    {
        // A full store keeps it for this page alone.
        let _ = storage.set_item(TASTE, &text);
    }
}

fn apply(deck: Deck, media: &HtmlVideoElement) {
    let taste = deck.taste.get_untracked();
    media.set_playback_rate(f64::from(taste.speed) / 100.0);
    media.set_volume(f64::from(taste.volume) / 100.0);
    let Some(tracks) = media.text_tracks() else { return };
    for at in 0..tracks.length() {
        let Some(track) = tracks.get(at) else { continue };
        let is_wanted = taste.captions && Some(track.language()) == taste.language;
        let mode = if is_wanted { TextTrackMode::Showing } else { TextTrackMode::Disabled };
        if track.mode() != mode {
            track.set_mode(mode);
        }
    }
}

/// The browser says that it may be able to play this type.
pub fn plays(deck: Deck, content_type: &str) -> bool {
    video(deck).is_none_or(|media| !media.can_play_type(content_type).is_empty())
}

/// Another version of the same, from where it is.
pub fn choose_version(deck: Deck, version: usize) {
    if let (Some(media), Some(shared)) = (video(deck), here()) {
        let place = f64::from(deck.at_ms.get_untracked()) / 1_000.0;
        let plays = !media.paused();
        shared.borrow_mut().reporter.rests(&shared, deck.at_ms.get_untracked());
        shared.borrow_mut().goes_on = Some((place, plays));
    }
    deck.version.set(version);
}

fn full_screen(deck: Deck, media: &HtmlVideoElement) {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
        return;
    }
    let root = deck.root.get_untracked();
    if root.is_none_or(|root| root.request_fullscreen().is_err()) {
        // On a telephone that lets only films fill the screen.
        let _ = call(media, "webkitEnterFullscreen");
    }
}

fn can_float(media: &HtmlVideoElement) -> bool {
    let is_enabled = Reflect::get(&document(), &"pictureInPictureEnabled".into());
    let is_enabled = is_enabled.is_ok_and(|enabled| enabled.is_truthy());
    is_enabled && Reflect::has(media, &"requestPictureInPicture".into()).unwrap_or_default()
}

fn small_window(deck: Deck, media: &HtmlVideoElement) {
    let asked = if deck.floats.get_untracked() {
        call(&document(), "exitPictureInPicture")
    } else {
        call(media, "requestPictureInPicture")
    };
    if let Some(promise) = asked.and_then(|asked| asked.dyn_into::<Promise>().ok()) {
        spawn_local(async move {
            // Refused while there is nothing to show yet.
            let _ = JsFuture::from(promise).await;
        });
    }
}

fn call(object: &JsValue, name: &str) -> Option<JsValue> {
    let function: Function = Reflect::get(object, &name.into()).ok()?.dyn_into().ok()?;
    function.call0(object).ok()
}

fn typed(deck: Deck, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
        return;
    }
    let focus = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let focus = focus.map_or(Focus::Other, |element| focus_of(&element));
    if event.key() == "Escape" {
        deck.pointed_ms.set(None);
        deck.bar_has_focus.set(false);
        close_settings(deck);
        return;
    }
    if let Some(command) = command(&event.key(), focus) {
        event.prevent_default();
        press(deck, command);
    }
}

fn focus_of(element: &Element) -> Focus {
    match element.tag_name().as_str() {
        "BUTTON" | "A" | "SUMMARY" => Focus::Button,
        "INPUT" => Focus::Slider,
        "SELECT" | "TEXTAREA" => Focus::Field,
        _ if element.get_attribute("role").as_deref() == Some("slider") => Focus::Bar,
        _ => Focus::Other,
    }
}

/// Closes what is open of the settings, and puts the focus where it was opened.
fn close_settings(deck: Deck) {
    let root = deck.root.get_untracked();
    let open = root.and_then(|root| root.query_selector("details.deck-more[open]").ok().flatten());
    if let Some(open) = open {
        let _ = open.remove_attribute("open");
        let summary = open.query_selector("summary").ok().flatten();
        if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
}

/// The link to this place is copied, and stands in the address bar.
fn clicked(deck: Deck, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.and_then(|target| target.closest("a[data-here]").ok().flatten()).is_none() {
        return;
    }
    event.prevent_default();
    let link = untrack(move || deck.link());
    if let Ok(history) = window().history() {
        // The state is the router's, and stays.
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&link));
    }
    let words = deck.lang.player_words();
    let whole = format!("{}{link}", window().location().origin().unwrap_or_default());
    // It is there on encrypted pages only.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok();
    let copied = clipboard.filter(JsValue::is_object).and_then(|clipboard| {
        let write: Function =
            Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        write.call1(&clipboard, &whole.into()).ok()?.dyn_into::<Promise>().ok()
    });
    let Some(copied) = copied else {
        deck.done.set(words.link_shown);
        return;
    };
    spawn_local(async move {
        let is_copied = JsFuture::from(copied).await.is_ok();
        deck.done.try_set(if is_copied { words.link_copied } else { words.link_shown });
    });
}

/// Goes to where the pointer is on the bar. Returns whether it is being dragged.
fn drag(deck: Deck, bar: &Element, event: &PointerEvent, drags: bool) -> bool {
    let goes = match event.type_().as_str() {
        "pointerdown" if event.button() == 0 => {
            // A pointer that has gone already is not held.
            let _ = bar.set_pointer_capture(event.pointer_id());
            true
        }
        "pointermove" => drags,
        _ => return false,
    };
    if let Some(place) = place_of(deck, bar, event).filter(|_| goes) {
        press(deck, Command::To(place));
    }
    goes
}

/// The place that a pointer is at.
fn place_of(deck: Deck, bar: &Element, event: &PointerEvent) -> Option<i32> {
    let rect = bar.get_bounding_client_rect();
    if rect.width() <= 0.0 {
        return None;
    }
    let share = ((f64::from(event.client_x()) - rect.left()) / rect.width()).clamp(0.0, 1.0);
    Some(ms(share * f64::from(deck.whole_ms.get_untracked()) / 1_000.0))
}

/// Keeps in mind where a pointer or the keyboard is. Returns whether that was all that happened.
fn points(deck: Deck, bar: &Element, event: &Event) -> bool {
    match event.type_().as_str() {
        "pointerdown" | "pointermove" => {
            deck.pointed_ms.set(place_of(deck, bar, event.unchecked_ref()));
            return false;
        }
        "pointercancel" => {
            deck.pointed_ms.set(None);
            return false;
        }
        "pointerleave" => deck.pointed_ms.set(None),
        // Whoever has pressed it with a pointer sees where that is.
        "focus" => deck.bar_has_focus.set(bar.matches(":focus-visible").unwrap_or_default()),
        "blur" => deck.bar_has_focus.set(false),
        _ => return false,
    }
    true
}
