//! What the editor does in a browser: it listens to the film and to keys, saves, and keeps what is not saved.

use super::desk::{Command, Desk, Theirs, command};
use super::model::CaptionsPage;
use super::read::read;
use super::sheet::Sheet;
use super::tools::{Deed, run};
use super::warn::first_forbidden;
use crate::captions::write;
use gloo_timers::callback::Timeout;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, EventTarget, FormData, Headers, HtmlElement, HtmlFormElement, HtmlInputElement,
    KeyboardEvent, RequestInit, Response, Storage,
};

/// So long after the last key what is not saved is kept in the browser, in milliseconds.
const KEEP_AFTER_MS: u32 = 1_000;

thread_local! {
    /// What is not saved is to be kept, and will be.
    static DUE: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// What was not saved, as the browser keeps it.
#[derive(Serialize, Deserialize)]
struct Draft {
    version: Option<i64>,
    vtt: String,
}

/// What the server answers to saving.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answered {
    version: Option<i64>,
    vtt: Option<String>,
    error: serde_json::Value,
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(desk: Desk) -> String {
    desk.page
        .with_value(|page| format!("stafett-captions/{}/{}", page.beside.slug, page.text.tag()))
}

/// Milliseconds of a time in seconds.
#[expect(clippy::cast_possible_truncation, reason = "a recording is shorter than 24 days")]
pub(super) fn ms(seconds: f64) -> i32 {
    if seconds.is_finite() { (seconds * 1_000.0).round() as i32 } else { 0 }
}

/// Listeners of one element; they go when they are dropped.
pub(super) struct Listeners {
    target: EventTarget,
    names: &'static [&'static str],
    closure: Closure<dyn FnMut(Event)>,
}

impl Listeners {
    pub(super) fn new(
        target: &EventTarget,
        names: &'static [&'static str],
        heard: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(heard);
        for name in names {
            // A target takes every listener.
            let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
        Self { target: target.clone(), names, closure }
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        for name in self.names {
            let function = self.closure.as_ref().unchecked_ref();
            let _ = self.target.remove_event_listener_with_callback(name, function);
        }
    }
}

/// Wakes the editor up once it is on the page.
pub(super) fn come_alive(desk: Desk) {
    Effect::new(move |was_awake: Option<bool>| {
        let (Some(root), Some(list)) = (desk.root.get(), desk.list.get()) else { return false };
        if was_awake == Some(true) {
            return true;
        }
        begin(desk);
        let mut listeners = vec![
            Listeners::new(&root, &["keydown"], move |event| key_down(desk, &event)),
            Listeners::new(&list, &["click"], move |event| clicked(desk, &event)),
            Listeners::new(&list, &["keydown"], move |event| list_key(desk, &event)),
            Listeners::new(&list, &["scroll"], move |_| look(desk)),
            Listeners::new(&window(), &["resize"], move |_| look(desk)),
            Listeners::new(&window(), &["beforeunload"], move |event| {
                if is_dirty(desk) {
                    keep(desk);
                    event.prevent_default();
                }
            }),
            Listeners::new(&window(), &["pagehide"], move |_| keep(desk)),
        ];
        if let Some(film) = desk.film.get_untracked() {
            const HAPPENINGS: &[&str] = &["timeupdate", "seeking", "play", "pause", "ended"];
            listeners.push(Listeners::new(&film, HAPPENINGS, move |_| follow(desk)));
        }
        let gone = SendWrapper::new(listeners);
        on_cleanup(move || {
            drop(gone.take());
            DUE.take();
        });
        true
    });
    Effect::new(move |_| {
        desk.sheet.track();
        if desk.is_awake.get_untracked() && is_dirty(desk) {
            DUE.set(Some(Timeout::new(KEEP_AFTER_MS, move || keep(desk))));
        }
    });
}

fn is_dirty(desk: Desk) -> bool {
    let changes = desk.sheet.try_read_untracked().map(|sheet| sheet.changes());
    changes.is_some() && changes != desk.saved.try_get_untracked()
}

fn begin(desk: Desk) {
    let vtt = desk.page.with_value(|page| page.vtt.clone());
    let cues = read(&vtt, "").map(|parsed| parsed.cues).unwrap_or_default();
    desk.sheet.set(Sheet::of(&cues));
    desk.saved.set(0);
    let kept = storage().and_then(|storage| storage.get_item(&key(desk)).ok().flatten());
    let kept = kept.and_then(|kept| serde_json::from_str::<Draft>(&kept).ok());
    desk.draft.set(kept.filter(|it| it.vtt != vtt).map(|it| (it.version, it.vtt)));
    desk.is_awake.set(true);
    request_animation_frame(move || look(desk));
}

/// Measures the list.
fn look(desk: Desk) {
    let Some(list) = desk.list.try_get_untracked().flatten() else { return };
    let row = list.query_selector(".cap-row").ok().flatten();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let row = row.map_or(72, |row| row.offset_height().max(1));
    let view = (list.scroll_top(), list.client_height(), row);
    if desk.view.get_untracked() != view {
        desk.view.set(view);
    }
}

/// Scrolls the list to a cue, if it is not on view.
pub(super) fn show(desk: Desk, at: usize) {
    let Some(list) = desk.list.try_get_untracked().flatten() else { return };
    let (_, height, row) = desk.view.get_untracked();
    let place = i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(row);
    let top = list.scroll_top();
    if place < top {
        list.set_scroll_top(place - height / 4);
    } else if place + row > top + height {
        list.set_scroll_top(place - height / 2);
    }
    look(desk);
}

/// The film has gone on, or is elsewhere.
fn follow(desk: Desk) {
    let Some(film) = desk.film.try_get_untracked().flatten() else { return };
    desk.now_ms.set(ms(film.current_time()));
    let plays = !film.paused();
    if desk.plays.get_untracked() != plays {
        desk.plays.set(plays);
    }
    if !plays || !desk.follows.get_untracked() {
        return;
    }
    let now = desk.now_ms.get_untracked();
    let heard = desk.sheet.read_untracked().at_time(now);
    if let Some(heard) = heard {
        // Whoever types stays where they type.
        if is_typing() {
            show(desk, heard);
        } else if desk.at.get_untracked() != heard {
            desk.choose(heard);
        }
    }
}

fn is_typing() -> bool {
    let active = document().active_element().map(|element| element.tag_name());
    active.is_some_and(|name| matches!(name.as_str(), "TEXTAREA" | "INPUT"))
}

fn key_down(desk: Desk, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let control = event.ctrl_key() || event.meta_key();
    if let Some(command) = command(&event.code(), event.alt_key(), control) {
        event.prevent_default();
        if command == Command::Play || command == Command::Save {
            // A time that is being typed counts.
            let _ = commit_field();
        }
        desk.press(command);
    }
}

/// What stands in a field that waits for its change is taken.
fn commit_field() -> Option<()> {
    let active = document().active_element()?.dyn_into::<HtmlInputElement>().ok()?;
    let event = Event::new("change").ok()?;
    active.dispatch_event(&event).ok().map(|_| ())
}

fn clicked(desk: Desk, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = target.and_then(|target| target.closest("[data-at]").ok().flatten());
    let at = row.and_then(|row| row.get_attribute("data-at")).and_then(|at| at.parse().ok());
    if let Some(at) = at {
        desk.choose(at);
        go_to_cue(desk);
    }
}

fn list_key(desk: Desk, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let at = desk.at.get_untracked();
    match event.key().as_str() {
        "ArrowDown" => desk.choose(at + 1),
        "ArrowUp" => desk.choose(at.saturating_sub(1)),
        "PageDown" => desk.choose(at + 8),
        "PageUp" => desk.choose(at.saturating_sub(8)),
        "Home" => desk.choose(0),
        "End" => desk.choose(usize::MAX),
        "Enter" => {
            go_to_cue(desk);
            focus_text(desk);
        }
        " " => play_or_pause(desk),
        _ => return,
    }
    event.prevent_default();
}

/// The film to where the chosen cue begins.
fn go_to_cue(desk: Desk) {
    let at = desk.at.get_untracked();
    let start = desk.sheet.read_untracked().row(at).map(|row| row.start_ms);
    let film = desk.film.try_get_untracked().flatten();
    if let (Some(start), Some(film)) = (start, film) {
        film.set_current_time(f64::from(start) / 1_000.0);
        desk.now_ms.set(start);
    }
}

/// Plays from the chosen cue, or pauses.
pub(super) fn play_or_pause(desk: Desk) {
    let Some(film) = desk.film.try_get_untracked().flatten() else { return };
    if !film.paused() {
        // It is there: it can be paused.
        let _ = film.pause();
        return;
    }
    go_to_cue(desk);
    if let Ok(playing) = film.play() {
        spawn_local(async move {
            // A browser may refuse; its own controls say why.
            let _ = JsFuture::from(playing).await;
        });
    }
}

/// Where the cursor is in the words, in characters.
pub(super) fn cursor(desk: Desk) -> usize {
    let Some(text) = desk.text.try_get_untracked().flatten() else { return 0 };
    let units = text.selection_start().ok().flatten().unwrap_or_default();
    let units = usize::try_from(units).unwrap_or_default();
    // The browser counts in units of UTF-16.
    let begin: Vec<u16> = text.value().encode_utf16().take(units).collect();
    String::from_utf16_lossy(&begin).chars().count()
}

pub(super) fn focus_text(desk: Desk) {
    request_animation_frame(move || {
        if let Some(text) = desk.text.try_get_untracked().flatten() {
            let _ = text.focus();
        }
    });
}

/// To a field that is about to be there.
pub(super) fn focus_id(id: String) {
    request_animation_frame(move || {
        let field = document().get_element_by_id(&id);
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // It is there: it takes the focus.
            let _ = field.focus();
        }
    });
}

/// Keeps what is not saved in the browser.
fn keep(desk: Desk) {
    DUE.take();
    if !is_dirty(desk) {
        return;
    }
    let vtt = desk.sheet.try_with_untracked(|sheet| write::vtt(&sheet.cues()));
    let version = desk.version.try_get_untracked();
    let (Some(vtt), Some(version), Some(storage)) = (vtt, version, storage()) else { return };
    if let Ok(draft) = serde_json::to_string(&Draft { version, vtt }) {
        // A browser may have no room for it; what is on the page still is.
        let _ = storage.set_item(&key(desk), &draft);
    }
}

/// Forgets what was kept.
pub(super) fn forget(desk: Desk) {
    DUE.take();
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(desk));
    }
}

/// Takes up what was not saved last time.
pub(super) fn take_draft(desk: Desk) {
    let Some((version, vtt)) = desk.draft.get_untracked() else { return };
    desk.draft.set(None);
    if let Ok(parsed) = read(&vtt, "") {
        // Whoever has saved since is told of when this is saved.
        desk.version.set(version);
        desk.sheet.update(|sheet| sheet.replace_all(&parsed.cues));
        desk.choose(0);
    }
}

/// Saves all of it.
pub(super) fn save(desk: Desk) {
    if desk.is_saving.get_untracked() {
        return;
    }
    let words = desk.lang.caption_words();
    let forbidden = first_forbidden(&desk.sheet.read_untracked());
    if let Some(at) = forbidden {
        desk.choose(at);
        desk.said.set(words.mend_cue.to_owned());
        return;
    }
    let (changes, vtt) =
        desk.sheet.with_untracked(|sheet| (sheet.changes(), write::vtt(&sheet.cues())));
    let version = desk.version.get_untracked();
    let address = window().location().pathname().unwrap_or_default();
    desk.is_saving.set(true);
    desk.said.set(String::new());
    spawn_local(async move {
        let answer = send(&address, desk, version, &vtt).await;
        // The page may be another one by now.
        if desk.is_saving.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok((200, answered)) => {
                desk.version.set(answered.version);
                desk.saved.set(changes);
                desk.draft.set(None);
                if !is_dirty(desk) {
                    forget(desk);
                }
                desk.said.set(words.saved.to_owned());
            }
            Ok((409, answered)) => {
                let vtt = answered.vtt.unwrap_or_default();
                let cues = read(&vtt, "").map(|parsed| parsed.cues).unwrap_or_default();
                desk.theirs.set(Some(Theirs { version: answered.version, cues }));
            }
            Ok((_, Answered { error: serde_json::Value::String(why), .. })) => desk.said.set(why),
            _ => {
                keep(desk);
                desk.said.set(words.not_sent.to_owned());
            }
        }
    });
}

async fn send(
    address: &str,
    desk: Desk,
    version: Option<i64>,
    vtt: &str,
) -> Result<(u16, Answered), JsValue> {
    let form = FormData::new()?;
    form.append_with_str("do", "save")?;
    form.append_with_str("version", &version.map(|it| it.to_string()).unwrap_or_default())?;
    form.append_with_str("kind", desk.kind().as_str())?;
    form.append_with_str("vtt", vtt)?;
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&form);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?;
    let answer: Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok((answer.status(), serde_json::from_str(&text).unwrap_or_default()))
}

/// Uses a tool on what is edited, as its form asks for it.
pub(super) fn use_tool(desk: Desk, deed: Deed, event: &SubmitEvent, told: RwSignal<Vec<String>>) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let fields = form.and_then(|form| FormData::new_with_form(&form).ok());
    let Some(fields) = fields.filter(|_| desk.is_awake.get_untracked()) else { return };
    event.prevent_default();
    let button = event.submitter().and_then(|button| button.get_attribute("value"));
    let value = |name: &str| fields.get(name).as_string().unwrap_or_default();
    let (cues, duration) = (
        desk.sheet.with_untracked(Sheet::cues),
        desk.page.with_value(|page: &CaptionsPage| page.beside.duration_ms),
    );
    match run(deed, &cues, duration, value) {
        Ok(done) => {
            told.set(desk.lang.tool_told(deed, &done.told));
            if button.as_deref() == Some("now") {
                desk.sheet.update(|sheet| sheet.replace_all(&done.cues));
                let at = desk.at.get_untracked();
                desk.choose(at);
            }
        }
        Err((field, problem)) => {
            told.set(vec![desk.lang.tool_problem(problem).to_owned()]);
            if let Some(field) = document().get_element_by_id(field)
                && let Ok(field) = field.dyn_into::<HtmlElement>()
            {
                let _ = field.focus();
            }
        }
    }
}

/// Wakes a film beside a form up, and listens to keys while nobody types.
pub(super) fn listen(stage: super::stage::Stage, heard: impl Fn(&str) -> bool + Copy + 'static) {
    Effect::new(move |_| {
        stage.is_awake.set(true);
        let pressed = Listeners::new(&window(), &["keydown"], move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let has_more = event.alt_key() || event.ctrl_key() || event.meta_key();
            if !has_more && !is_typing() && heard(&event.key().to_lowercase()) {
                event.prevent_default();
            }
        });
        let gone = SendWrapper::new(pressed);
        on_cleanup(move || drop(gone.take()));
    });
}

/// Looks after what is not saved of slides' times, and goes from page to page by the arrow keys.
pub(super) fn watch_slides(desk: super::slides_desk::SlidesDesk) {
    Effect::new(move |was_awake: Option<bool>| {
        let Some(root) = desk.root.get() else { return false };
        if was_awake == Some(true) {
            return true;
        }
        let listeners = vec![
            Listeners::new(&root, &["keydown"], move |event| page_key(desk, &event)),
            Listeners::new(&root, &["submit"], move |_| desk.sent()),
            Listeners::new(&window(), &["beforeunload"], move |event| {
                if desk.would_lose() {
                    event.prevent_default();
                }
            }),
        ];
        let gone = SendWrapper::new(listeners);
        on_cleanup(move || drop(gone.take()));
        true
    });
}

/// A key on one of the pages' pictures.
fn page_key(desk: super::slides_desk::SlidesDesk, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on_page = target.and_then(|target| target.closest("[data-page]").ok().flatten());
    if on_page.is_none() || event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let at = desk.reached.get_untracked();
    let last = desk.pictures.with_value(Vec::len).saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => (at + 1).min(last),
        "ArrowLeft" | "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    desk.reached.set(to);
    let page = document().query_selector(&format!("[data-page='{to}']")).ok().flatten();
    if let Some(page) = page.and_then(|page| page.dyn_into::<HtmlElement>().ok()) {
        // It is there: it takes the focus.
        let _ = page.focus();
    }
}
