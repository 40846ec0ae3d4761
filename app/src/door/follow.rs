//! The door in the browser: it follows what other doors do, and goes over to working without a network by itself.

use super::api::{load_door, load_steward_door};
use super::guests::Guests;
use super::model::Door;
use crate::error::AppError;
use crate::text::Lang;

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

    /// How it stands there; with `since`, of its list only what may have changed since that version.
    ///
    /// # Errors
    /// As [`load_door`] and [`load_steward_door`].
    pub async fn load(self, lang: Lang, since: Option<i64>) -> Result<Door, AppError> {
        match self {
            Self::Event(slug) => load_door(lang, slug, since).await,
            Self::Link(token) => load_steward_door(lang, token, since).await,
        }
    }
}

#[cfg(feature = "hydrate")]
pub use super::sending::Desk;
#[cfg(feature = "hydrate")]
pub use following::follow;

#[cfg(feature = "hydrate")]
mod following {
    use super::{Address, Door, Guests};
    use crate::door::browser::PATIENCE_MS;
    use crate::door::keeping;
    use crate::door::sending::Desk;
    use crate::error::AppError;
    use crate::live::reading::{Next, reader};
    use crate::live::signal::{Live, use_news, use_programme_changes};
    use crate::text::use_lang;
    use futures::future::{Either, select};
    use gloo_timers::callback::Interval;
    use gloo_timers::future::TimeoutFuture;
    use leptos::prelude::*;
    use send_wrapper::SendWrapper;
    use std::pin::pin;

    /// Between two readings.
    const PAUSE_MS: u32 = 200;
    /// Without a network it is tried so often.
    const AGAIN_MS: u32 = 3_000;
    /// After so many of them a worker that is not there yet is tried again: it is a megabyte.
    const WORKER_TICKS: u32 = 4;

    /// Reads what changed whenever the stream tells anything, and sends what is kept whenever that can be.
    pub fn follow(list: Guests, address: Address) -> Desk {
        let lang = use_lang();
        let [is_sending, is_keeping] = [(); 2].map(|()| StoredValue::new(false));
        let desk = Desk { list, address, lang, is_sending, is_keeping };
        let (news, changes) = (use_news(), use_programme_changes());
        let lost = use_context::<Live>().map(|live| live.lost);
        let reading = desk.clone();
        let read = reader(PAUSE_MS, move || read(reading.clone()));
        let waking = desk.clone();
        // Of its own: what it sets up ends with the page, not with the next thing that is told.
        Effect::new(move |_| wake(&waking));
        Effect::new(move |_| {
            let _ = (news.get(), changes.get(), list.again.get());
            if let Some(lost) = &lost {
                lost.track();
            }
            read();
        });
        desk
    }

    /// What the telephone has kept of this door is taken up again.
    fn wake(desk: &Desk) {
        let (list, path) = (desk.list, desk.address.path());
        let kept = keeping::kept(&path);
        list.kept.set(kept);
        match keeping::list(&path) {
            // The page is older: it was opened without a network.
            Some(seen) if seen.version > list.version.get_value() && !seen.guests.is_empty() => {
                list.seen_at.set(seen.at);
                list.version.set_value(seen.version);
                list.replace(desk.lang, seen.guests, false);
            }
            seen => {
                // The same page again, from what was kept: it is as old as it was.
                let is_same = seen.filter(|seen| seen.version == list.version.get_value());
                list.seen_at.set(is_same.map_or_else(keeping::now, |seen| seen.at));
            }
        }
        for one in list.kept.get_untracked() {
            list.mark(one.sign_up, one.is_in, None);
        }
        list.is_awake.set(true);
        let page = desk.lang.href(&path);
        keeping::set_worker_up(&page);
        let again = move || {
            list.again.try_update(|count| *count = count.wrapping_add(1));
        };
        let trying = desk.clone();
        let mut ticks = 0;
        let tick = Interval::new(AGAIN_MS, move || {
            ticks = (ticks + 1) % WORKER_TICKS;
            if ticks == 0 {
                keeping::set_worker_up(&page);
            }
            let has_kept = list.kept.try_with_untracked(|kept| !kept.is_empty());
            if has_kept == Some(true) {
                trying.send();
            } else if list.is_offline.try_get_untracked() == Some(true) {
                again();
            }
        });
        let back = window_event_listener_untyped("online", move |_| again());
        // Another window has signed out, or does something at the same door.
        let elsewhere = window_event_listener_untyped("storage", move |_| again());
        let leaving = desk.clone();
        let gone = window_event_listener_untyped("offline", move |_| leaving.go_offline());
        let tick = SendWrapper::new(tick);
        on_cleanup(move || {
            drop(tick);
            back.remove();
            elsewhere.remove();
            gone.remove();
        });
    }

    /// Reads once.
    async fn read(desk: Desk) -> Next {
        let list = desk.list;
        let Some(version) = list.version.try_get_value() else { return Next::Left };
        let since = (version > 0).then_some(version);
        // An answer that was on its way when the network went says nothing of its being there.
        let was_offline = list.is_offline.try_get_untracked().unwrap_or_default();
        let asked = pin!(desk.address.clone().load(desk.lang, since));
        let answer = match select(asked, TimeoutFuture::new(2 * PATIENCE_MS)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(AppError::Unavailable),
        };
        if list.is_awake.try_get_untracked().is_none() {
            return Next::Left;
        }
        match answer {
            // Otherwise somebody is gone: all of it has to be read.
            Ok(door) => {
                if !take_in(&desk, door, was_offline) {
                    list.version.set_value(0);
                    return Next::Again;
                }
            }
            // A link that is revoked opens nothing any more, on pages that are open too.
            Err(error @ (AppError::NotFound | AppError::Forbidden | AppError::Unauthorised)) => {
                desk.refused(error.status());
            }
            Err(_) => desk.go_offline(),
        }
        Next::Rest
    }

    fn take_in(desk: &Desk, door: Door, was_offline: bool) -> bool {
        let list = desk.list;
        let is_over = !door.may_check_in && door.guests.is_empty();
        let before = list.version.get_value();
        let is_whole = list.take_in(desk.lang, door);
        list.seen_at.set(keeping::now());
        if was_offline && list.is_offline.get_untracked() {
            list.is_offline.set(false);
        }
        let path = desk.address.path();
        if is_over {
            // The day is over: what was done is still sent, and whom it was about is forgotten.
            keeping::forget_list(&path);
        } else if before != list.version.get_value() || !keeping::has_list(&path) {
            keep_soon(desk);
        }
        if list.kept.with_untracked(|kept| !kept.is_empty()) {
            desk.send();
        }
        is_whole
    }

    /// Keeps the list in a moment, once for all that changes until then.
    fn keep_soon(desk: &Desk) {
        const SOON_MS: u32 = 1_500;
        if desk.is_keeping.get_value() {
            return;
        }
        desk.is_keeping.set_value(true);
        let desk = desk.clone();
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(SOON_MS).await;
            if desk.is_keeping.try_set_value(false).is_none()
                && desk.list.is_shut.try_get_untracked() == Some(false)
            {
                keeping::keep_list(&desk.address.path(), desk.list);
            }
        });
    }
}

#[cfg(not(feature = "hydrate"))]
pub use written::{Desk, follow};

#[cfg(not(feature = "hydrate"))]
mod written {
    //! Where the page is written there is nothing to follow, and nobody presses a button.
    use super::{Address, Guests};

    /// A door in a browser.
    #[derive(Clone)]
    pub struct Desk;

    impl Desk {
        /// Somebody comes, or that is taken back.
        pub fn press(&self, _: i64, _: bool) {}

        /// A code that was scanned or typed.
        pub fn read(&self, _: &str) {}
    }

    /// There is nothing to follow.
    pub fn follow(_: Guests, _: Address) -> Desk {
        Desk
    }
}
