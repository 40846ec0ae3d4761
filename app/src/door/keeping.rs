//! What a door keeps on the telephone: what was done there and not sent yet, each in a place of its own, so that
//! two windows never write over each other; and the list as it was last seen. It survives reloading and closing.

use super::guests::Guests;
use super::kept::{self, Kept, LIST_KEPT, Seen, Unsent};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, Storage,
};

/// The script of doors' workers.
const WORKER: &str = "/door-worker.js";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The time by the telephone's clock, in seconds.
#[expect(clippy::cast_possible_truncation, reason = "far within an i64")]
pub fn now() -> i64 {
    (js_sys::Date::now() / 1_000.0) as i64
}

/// Both languages of a door keep in the same place.
fn place(path: &str, key: &str) -> String {
    format!("stafett-door {path} kept {key}")
}

fn list_place(path: &str) -> String {
    format!("stafett-door {path} list")
}

/// Keeps what was done, until it is dropped.
pub fn keep(path: &str, one: &Kept) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(one)) {
        // A full store keeps it in the page alone.
        let _ = storage.set_item(&place(path, &one.key), &text);
    }
}

/// The server has it.
pub fn drop_kept(path: &str, key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&place(path, key));
    }
}

/// All places of this door.
fn places(storage: &Storage, beginning: &str) -> Vec<String> {
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// What was kept, in the order in which it happened.
pub fn kept(path: &str) -> Vec<Kept> {
    let Some(storage) = storage() else { return Vec::new() };
    let read = |name: &String| {
        let text = storage.get_item(name).ok().flatten()?;
        serde_json::from_str::<Kept>(&text).ok()
    };
    let mut all: Vec<Kept> = places(&storage, &place(path, "")).iter().filter_map(read).collect();
    // Keys begin with the millisecond.
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

/// Keeps the list as it is shown.
pub fn keep_list(path: &str, list: Guests) {
    let guests = list
        .entries
        .with_untracked(|all| all.iter().map(|one| one.guest.read_untracked().clone()).collect());
    let seen = Seen { at: list.seen_at.get_untracked(), version: list.version.get_value(), guests };
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&seen)) {
        let _ = storage.set_item(&list_place(path), &text);
    }
}

/// There is a list of this door on the telephone.
pub fn has_list(path: &str) -> bool {
    storage().and_then(|storage| storage.get_item(&list_place(path)).ok().flatten()).is_some()
}

/// The list as it was last seen, unless that is too long ago.
pub fn list(path: &str) -> Option<Seen> {
    let storage = storage()?;
    let text = storage.get_item(&list_place(path)).ok().flatten()?;
    let seen: Option<Seen> = serde_json::from_str(&text).ok();
    let seen = seen.filter(|seen| seen.at + LIST_KEPT > now());
    if seen.is_none() {
        let _ = storage.remove_item(&list_place(path));
    }
    seen
}

/// What was done at this door and has not been sent.
pub fn unsent(path: &str) -> Vec<Unsent> {
    let guests = list(path).map(|seen| seen.guests).unwrap_or_default();
    let name = |id| guests.iter().find(|guest| guest.id == id).map(|guest| guest.name.clone());
    kept::unsent(&kept(path), name)
}

/// How much of that there is at all doors of those who organise.
pub fn count_of_organisers() -> usize {
    let is_kept = |name: &String| name.contains("/door kept ");
    storage().map_or(0, |storage| {
        places(&storage, "stafett-door /organise/").iter().filter(|name| is_kept(name)).count()
    })
}

/// Forgets the list. What was done here stays until it has been sent.
pub fn forget_list(path: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&list_place(path));
    }
    tell_worker();
}

/// Forgets all of it: the link opens nothing any more.
pub fn forget(path: &str) {
    if let Some(storage) = storage() {
        for name in places(&storage, &format!("stafett-door {path} ")) {
            let _ = storage.remove_item(&name);
        }
    }
    tell_worker();
}

/// Only encrypted pages have it, and those of one's own machine.
fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let workers = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    workers.dyn_into().ok()
}

/// The door's worker that looks after this page. Where there is none yet, that of one's own pages may do so
/// (`server/src/offline`), which knows nothing of doors.
fn controller(workers: &ServiceWorkerContainer) -> Option<ServiceWorker> {
    workers.controller().filter(|worker| worker.script_url().ends_with(WORKER))
}

/// The page can be opened without a network from now on. A worker that could not be set up, since the network went
/// away in the middle, is tried again when this is called again.
pub fn set_worker_up(page: &str) {
    let Some(workers) = workers().filter(|workers| controller(workers).is_none()) else { return };
    let options = RegistrationOptions::new();
    options.set_scope(page);
    let registered = workers.register_with_options(WORKER, &options);
    leptos::task::spawn_local(async move {
        // Where it cannot be, the door works as long as it is open.
        let Ok(registered) = wasm_bindgen_futures::JsFuture::from(registered).await else { return };
        // A worker that became active while this page was on its way has taken those pages alone that were there.
        if controller(&workers).is_none()
            && let Some(worker) = active(registered)
        {
            let _ = worker.post_message(&"claim".into());
        }
    });
}

fn active(registered: JsValue) -> Option<ServiceWorker> {
    registered.dyn_into::<ServiceWorkerRegistration>().ok()?.active()
}

/// The page is kept no longer: the worker of this page's address is told, whether this page is its or not.
fn tell_worker() {
    let Some(workers) = workers() else { return };
    leptos::task::spawn_local(async move {
        let registered = wasm_bindgen_futures::JsFuture::from(workers.get_registration()).await;
        let worker = controller(&workers).or_else(|| active(registered.ok()?));
        if let Some(worker) = worker {
            let _ = worker.post_message(&"forget".into());
        }
    });
}
