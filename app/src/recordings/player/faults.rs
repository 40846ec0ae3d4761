//! When nothing comes any more: what is wrong is told, it is fetched again, and the place is kept.

use super::deck::{Deck, Fault};
use super::engine::{Shared, play};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlVideoElement, RequestInit, Response};

/// How long it waits before each time that it tries again by itself, in milliseconds.
const PAUSES_MS: [u32; 7] = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/// HTML §4.8.11.1: the file is broken, or of a kind that the browser does not know.
const DECODE: u16 = 3;
const NOT_SUPPORTED: u16 = 4;

/// How often it has been tried, and when it is tried again.
#[derive(Default)]
pub struct Faults {
    tried: usize,
    waiting: Option<Timeout>,
}

/// What came of asking for the file's head.
enum Head {
    There,
    /// The server says that it is not for them, or not there.
    Refused,
    Unreached,
}

/// The media element says that something is wrong.
pub fn happened(deck: Deck, media: &HtmlVideoElement, shared: &Shared) {
    keep_place(deck, media, shared);
    deck.waits.set(false);
    let code = media.error().map_or(0, |error| error.code());
    let (media, shared) = (media.clone(), Shared::clone(shared));
    spawn_local(async move {
        // "Not supported" is what browsers call it, too, when the first byte does not come.
        let head = if matches!(code, DECODE | NOT_SUPPORTED) {
            ask(&media.current_src()).await
        } else {
            Head::Unreached
        };
        match head {
            Head::There => {
                deck.fault.try_set(Some(Fault::Cannot));
            }
            Head::Refused => {
                deck.fault.try_set(Some(Fault::Failed));
            }
            Head::Unreached => try_later(deck, media, &shared),
        }
    });
}

/// Remembers where it was and whether it played, unless that is known already from the time before.
fn keep_place(deck: Deck, media: &HtmlVideoElement, shared: &Shared) {
    let mut state = shared.borrow_mut();
    if state.goes_on.is_none() {
        let place = f64::from(deck.at_ms.get_untracked()) / 1_000.0;
        state.goes_on = Some((place, deck.plays.get_untracked() || !media.paused()));
    }
}

async fn ask(address: &str) -> Head {
    let init = RequestInit::new();
    init.set_method("HEAD");
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await;
    match answer.and_then(|answer| answer.dyn_into::<Response>()) {
        Ok(answer) if answer.ok() => Head::There,
        Ok(answer) if (400..500).contains(&answer.status()) => Head::Refused,
        _ => Head::Unreached,
    }
}

fn try_later(deck: Deck, media: HtmlVideoElement, shared: &Shared) {
    let tried = shared.borrow().faults.tried;
    let Some(pause) = PAUSES_MS.get(tried) else {
        deck.fault.try_set(Some(Fault::Failed));
        return;
    };
    deck.fault.try_set(Some(Fault::Lost));
    let timer = Timeout::new(*pause, move || media.load());
    let faults = &mut shared.borrow_mut().faults;
    faults.tried += 1;
    faults.waiting = Some(timer);
}

/// Somebody does not want to wait, or the network is back.
pub fn try_again(deck: Deck, media: &HtmlVideoElement, shared: &Shared) {
    if deck.fault.get_untracked().is_none() {
        play(deck, media);
        return;
    }
    keep_place(deck, media, shared);
    shared.borrow_mut().faults = Faults::default();
    deck.fault.set(None);
    deck.waits.set(true);
    media.load();
}

/// It has come: nothing is wrong any more.
pub fn is_there(deck: Deck, shared: &Shared) {
    let was_lost = deck.fault.get_untracked().is_some();
    shared.borrow_mut().faults = Faults::default();
    if was_lost {
        deck.fault.set(None);
        deck.done.set(deck.lang.player_words().back_again);
    }
    deck.waits.set(false);
}
