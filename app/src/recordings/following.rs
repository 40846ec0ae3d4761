//! In a browser: which sentence is being said, and what the reader does in the text.

use super::page_model::at;
use super::player::deck::Deck;
use super::player::engine::Listeners;
use super::player::model::Command;
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// A sentence on the page, and when it is said.
struct Sentence {
    from: i32,
    to: i32,
    element: HtmlElement,
}

fn number(element: &Element, name: &str) -> Option<i32> {
    element.get_attribute(name)?.parse().ok()
}

fn sentences(list: &Element) -> Vec<Sentence> {
    let Ok(found) = list.query_selector_all("a[data-at]") else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| {
            let element: HtmlElement = found.get(at)?.dyn_into().ok()?;
            let from = number(&element, "data-at")?;
            Some(Sentence { from, to: number(&element, "data-to")?, element })
        })
        .collect()
}

/// Which of them is being said. Between two it is the one before, for a moment.
fn said_now(sentences: &[Sentence], now: i32) -> Option<usize> {
    /// In milliseconds.
    const LINGERS: i32 = 3_000;
    at(sentences, now, |sentence| sentence.from)
        .filter(|place| sentences.get(*place).is_some_and(|one| now < one.to + LINGERS))
}

/// Marks what is being said, scrolls to it within the text's own box, and goes to what is chosen.
pub fn go_along(
    deck: Deck,
    list: NodeRef<html::Div>,
    html: RwSignal<String>,
    follows: RwSignal<bool>,
) {
    let known: Rc<RefCell<Vec<Sentence>>> = Rc::default();
    if is_still() {
        follows.set(false);
    }
    let (words, read) = (Rc::clone(&known), Rc::clone(&known));
    // Read anew when another language has been put there, which comes about after this is told.
    let readings = RwSignal::new(0_u32);
    Effect::new(move |_| {
        html.track();
        let Some(list) = list.get() else { return };
        let (list, read) = (SendWrapper::new(list), SendWrapper::new(Rc::clone(&read)));
        set_timeout(
            move || {
                *read.borrow_mut() = sentences(&list);
                readings.try_update(|count| *count = count.wrapping_add(1));
            },
            Duration::ZERO,
        );
    });
    let marked: Rc<RefCell<Option<HtmlElement>>> = Rc::default();
    Effect::new(move |before: Option<Option<usize>>| {
        readings.track();
        let now = said_now(&words.borrow(), deck.at_ms.get());
        let has_begun = deck.plays.get() || before.flatten().is_some() || deck.at_ms.get() > 0;
        let now = now.filter(|_| has_begun);
        let there = now.and_then(|now| words.borrow().get(now).map(|one| one.element.clone()));
        let mut marked = marked.borrow_mut();
        let is_other = marked.as_ref().map(AsRef::<JsValue>::as_ref)
            != there.as_ref().map(AsRef::<JsValue>::as_ref);
        if is_other {
            if let Some(before) = marked.take() {
                let _ = before.remove_attribute("aria-current");
            }
            if let Some(there) = &there {
                let _ = there.set_attribute("aria-current", "true");
            }
            marked.clone_from(&there);
        }
        let is_followed = follows.get();
        if let (true, Some(there), Some(list)) = (is_followed, there, list.get_untracked()) {
            scroll_within(&list, &there);
        }
        now
    });
    listen(deck, list, follows, &known);
}

/// The reader wants nothing to move (Media Queries 5 §12.1).
fn is_still() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Brings a sentence into the middle of the box, and moves nothing else.
fn scroll_within(list: &Element, sentence: &Element) {
    let (frame, place) = (list.get_bounding_client_rect(), sentence.get_bounding_client_rect());
    let is_in_sight = place.top() >= frame.top() + frame.height() * 0.15
        && place.bottom() <= frame.bottom() - frame.height() * 0.3;
    if !is_in_sight {
        let top = place.top() - frame.top() - frame.height() * 0.3;
        list.scroll_by_with_x_and_y(0.0, top);
    }
}

fn listen(
    deck: Deck,
    list: NodeRef<html::Div>,
    follows: RwSignal<bool>,
    known: &Rc<RefCell<Vec<Sentence>>>,
) {
    let known = Rc::clone(known);
    Effect::new(move |_| {
        let Some(list) = list.get() else { return };
        let clicked = move |event: web_sys::Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let link = target.and_then(|target| target.closest("a").ok().flatten());
            let place = link
                .and_then(|link| number(&link, "data-at").or_else(|| number(&link, "data-from")));
            if let Some(place) = place.filter(|_| deck.is_awake.get_untracked()) {
                event.prevent_default();
                follows.set(!is_still());
                deck.press(Command::To(place));
                deck.press(Command::Play);
            }
        };
        let known = Rc::clone(&known);
        let typed = move |event: web_sys::Event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            match event.key().as_str() {
                "ArrowDown" if step(&known.borrow(), 1) => event.prevent_default(),
                "ArrowUp" if step(&known.borrow(), -1) => event.prevent_default(),
                "PageDown" | "PageUp" | "Home" | "End" | " " | "ArrowDown" | "ArrowUp" => {
                    follows.set(false);
                }
                _ => {}
            }
        };
        let scrolled = move |_: web_sys::Event| follows.set(false);
        let kept = SendWrapper::new([
            Listeners::new(&list, &["click"], clicked),
            Listeners::new(&list, &["keydown"], typed),
            Listeners::new(&list, &["wheel", "touchmove"], scrolled),
        ]);
        on_cleanup(move || drop(kept.take()));
    });
}

/// Moves the focus to the sentence after, or before, the one that has it. Returns whether one had it.
fn step(sentences: &[Sentence], by: isize) -> bool {
    let Some(focus) = document().active_element() else { return false };
    let head = number(&focus, "data-from");
    let next = match head.and_then(|from| sentences.iter().position(|one| one.from == from)) {
        // The time at the head of a paragraph stands before its first sentence.
        Some(first) if by > 0 => Some(first),
        Some(first) => first.checked_sub(1),
        None => sentences
            .iter()
            .position(|one| *one.element == focus)
            .and_then(|place| place.checked_add_signed(by)),
    };
    let next = next.and_then(|place| sentences.get(place));
    if let Some(next) = next {
        let _ = next.element.focus();
    }
    next.is_some()
}
