//! The client's side of the stream: components ask for the seats of the events that they show, and get a
//! signal that follows them. One stream is open for a whole page; its address names the events.

use super::model::Message;
use crate::events::model::{EventId, EventLine, Seats};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is shown of one event.
#[derive(Clone)]
struct Shown {
    seats: ArcRwSignal<Seats>,
    version: i64,
    title: Arc<str>,
    /// How many components show it.
    components: usize,
}

/// The stream of the page. Provided once, by the shell.
#[derive(Clone)]
pub struct Live {
    shown: Arc<Mutex<HashMap<EventId, Shown>>>,
    /// Rises when the set of shown events changes, so that the stream is opened anew.
    changed_set: ArcRwSignal<u32>,
    programme: ArcRwSignal<u32>,
    /// How often the stream has told anything.
    told: ArcRwSignal<u32>,
    /// The connection is lost, and being made again.
    pub lost: ArcRwSignal<bool>,
    /// What screen readers are told.
    pub announcement: ArcRwSignal<String>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            shown: Arc::default(),
            changed_set: ArcRwSignal::new(0),
            programme: ArcRwSignal::new(0),
            told: ArcRwSignal::new(0),
            lost: ArcRwSignal::new(false),
            announcement: ArcRwSignal::new(String::new()),
        }
    }
}

/// The seats of an event as they are now, beginning with those that the page was made with.
#[must_use]
pub fn use_seats(line: &EventLine) -> ArcRwSignal<Seats> {
    match use_context::<Live>() {
        Some(live) if cfg!(feature = "hydrate") => live.show(line),
        _ => ArcRwSignal::new(line.seats.clone()),
    }
}

/// Rises whenever more than seats changed, so that what tracks it is read again.
#[must_use]
pub fn use_programme_changes() -> ArcRwSignal<u32> {
    use_context::<Live>().map_or_else(|| ArcRwSignal::new(0), |live| live.programme)
}

/// Rises with everything that the stream tells, also where no seat moved: an approval, a mail that came back.
/// The first time is when the stream has begun, so what happened before that is not missed.
#[must_use]
pub fn use_news() -> ArcRwSignal<u32> {
    use_context::<Live>().map_or_else(|| ArcRwSignal::new(0), |live| live.told)
}

impl Live {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<EventId, Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, line: &EventLine) -> ArcRwSignal<Seats> {
        let id = line.id;
        let mut shown = self.lock();
        let entry = shown.entry(id).or_insert_with(|| Shown {
            seats: ArcRwSignal::new(line.seats.clone()),
            version: line.version,
            title: line.title.as_str().into(),
            components: 0,
        });
        entry.components += 1;
        entry.version = entry.version.max(line.version);
        let seats = entry.seats.clone();
        drop(shown);
        if seats.read_untracked().version < line.seats.version {
            seats.set(line.seats.clone());
        }
        self.changed_set.update(|count| *count = count.wrapping_add(1));
        let live = self.clone();
        on_cleanup(move || live.hide(id));
        seats
    }

    fn hide(&self, id: EventId) {
        let mut shown = self.lock();
        if let Some(entry) = shown.get_mut(&id) {
            entry.components -= 1;
            if entry.components == 0 {
                shown.remove(&id);
            }
        }
    }

    /// Takes in one message. Figures that are older than those shown are left aside.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only a browser has the stream")
    )]
    fn take(&self, message: Message) {
        self.told.update(|count| *count = count.wrapping_add(1));
        match message {
            Message::Programme => self.programme.update(|count| *count = count.wrapping_add(1)),
            Message::Standings(standings) => {
                let mut stale = false;
                for standing in standings {
                    let Some(shown) = self.lock().get(&standing.id).cloned() else { continue };
                    stale |= standing.version > shown.version;
                    if standing.seats.version > shown.seats.read_untracked().version {
                        self.announcement.set(format!(
                            "{}: {}",
                            shown.title,
                            crate::text::use_lang().seats_in_words(&standing.seats)
                        ));
                        shown.seats.set(standing.seats);
                    }
                }
                if stale {
                    self.programme.update(|count| *count = count.wrapping_add(1));
                }
            }
        }
    }
}

#[cfg(feature = "hydrate")]
mod stream {
    use super::Live;
    use crate::live::model::Message;
    use gloo_timers::callback::Timeout;
    use leptos::prelude::*;
    use std::cell::RefCell;
    use std::rc::Rc;
    use wasm_bindgen::prelude::*;
    use web_sys::{EventSource, MessageEvent};

    /// Changes of what is shown within this time open one stream.
    const SETTLE_MS: u32 = 250;
    /// A break shorter than this is nobody's concern.
    const PATIENCE_MS: u32 = 2_500;
    /// What is refused (too many streams behind one address, a server that is being changed) is asked for again
    /// after this time at least, and not by all at the same moment: browsers do not by themselves.
    const REFUSED_MS: f64 = 10_000.0;
    /// The server refuses longer lists; who shows more follows the first ones.
    const MOST_EVENTS: usize = 600;

    type Handler = Closure<dyn FnMut(MessageEvent)>;
    type Listener = Closure<dyn FnMut()>;

    /// An open stream and what listens to it. Dropping it closes it.
    struct Open {
        source: EventSource,
        events: Vec<i64>,
        _handlers: (Handler, Listener, Listener),
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    impl Live {
        /// Opens the stream, and opens it anew whenever other events are shown.
        pub fn follow(&self) {
            let open: Rc<RefCell<Option<Open>>> = Rc::default();
            let settling: Rc<RefCell<Option<Timeout>>> = Rc::default();
            let live = self.clone();
            Effect::new(move |_| {
                live.changed_set.track();
                let (live, open) = (live.clone(), Rc::clone(&open));
                let owner = Owner::current();
                *settling.borrow_mut() = Some(Timeout::new(SETTLE_MS, move || {
                    let connect = || live.connect(&mut open.borrow_mut());
                    match owner {
                        Some(owner) => owner.with(connect),
                        None => connect(),
                    }
                }));
            });
        }

        fn connect(&self, open: &mut Option<Open>) {
            let mut events: Vec<i64> = self.lock().keys().map(|id| id.0).collect();
            events.sort_unstable();
            events.truncate(MOST_EVENTS);
            let is_open = |open: &Open| {
                open.events == events && open.source.ready_state() != EventSource::CLOSED
            };
            if open.as_ref().is_some_and(is_open) {
                return;
            }
            *open = None;
            let list = events.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            let Ok(source) = EventSource::new(&format!("/live?events={list}")) else { return };
            let owner = Owner::current();
            let live = self.clone();
            let on_message = Handler::new(move |event: MessageEvent| {
                let message = event.data().as_string().and_then(|text| read(&text));
                if let Some(message) = message {
                    match &owner {
                        Some(owner) => owner.with(|| live.take(message)),
                        None => live.take(message),
                    }
                }
            });
            let waiting: Rc<RefCell<Option<Timeout>>> = Rc::default();
            let (lost, timer) = (self.lost.clone(), Rc::clone(&waiting));
            let on_open = Listener::new(move || {
                timer.borrow_mut().take();
                lost.set(false);
            });
            let (lost, changed_set) = (self.lost.clone(), self.changed_set.clone());
            let refused = source.clone();
            let on_error = Listener::new(move || {
                if refused.ready_state() == EventSource::CLOSED {
                    let again = changed_set.clone();
                    let ask = move || again.update(|count| *count = count.wrapping_add(1));
                    Timeout::new(wait_ms(), ask).forget();
                }
                let lost = lost.clone();
                let mut waiting = waiting.borrow_mut();
                if waiting.is_none() {
                    *waiting = Some(Timeout::new(PATIENCE_MS, move || lost.set(true)));
                }
            });
            source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
            source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            *open = Some(Open { source, events, _handlers: (on_message, on_open, on_error) });
        }
    }

    /// Between once and twice the time.
    fn wait_ms() -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 10,000 and 20,000"
        )]
        let wait = (REFUSED_MS * (1.0 + js_sys::Math::random())) as u32;
        wait
    }

    fn read(text: &str) -> Option<Message> {
        serde_json::from_str(text).ok()
    }
}
