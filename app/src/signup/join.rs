//! `/events/{slug}/join`: sends whoever has a place on to the meeting, from a quarter of an hour before. The
//! meeting's address stands on no page and in no mail.

use crate::events::api::load_event;
use crate::text::{dates, use_lang};
use crate::ui::lost::{Lost, set_status};
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

/// The doors open so many seconds before the start.
pub const DOORS_OPEN: i64 = 15 * 60;

/// Why somebody is not sent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotJoined {
    /// It is not said who asks: the link in the mail does that, or a session.
    Nobody,
    /// Signed in, and not signed up.
    NotSignedUp,
    /// On the waitlist.
    Waitlisted,
    /// The organiser has not approved yet.
    Requested,
    /// The organiser has said no.
    Refused,
    /// The sign-up is cancelled.
    Cancelled,
    /// Signed up for taking part on site.
    OnSite,
    /// Too early.
    NotYet,
    /// The event has ended.
    Over,
    /// The event itself is cancelled.
    EventCancelled,
    /// The organiser has not said where the meeting is.
    NoMeeting,
}

/// What `/join` does with somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joining {
    /// Go there.
    To(String),
    /// A page says why not.
    Not(NotJoined),
}

/// What the server found out about who asks, for the page at this address.
#[must_use]
pub fn not_joined() -> NotJoined {
    SharedValue::new(|| use_context::<NotJoined>().unwrap_or(NotJoined::Nobody)).into_inner()
}

/// The page for whoever is not sent on.
#[component]
pub fn JoinRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let why = not_joined();
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_event(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        set_status(if why == NotJoined::Nobody { 401 } else { 403 });
                        let line = page.line;
                        let words = lang.words();
                        let (title, text) = lang.not_joined(why, &line);
                        view! {
                            <PageMeta title=title.clone() description="" path="/events" private=true />
                            <div class="done">
                                <h1 tabindex="-1">{title}</h1>
                                <p class="lead">{text}</p>
                                <p>
                                    <b>{line.title.clone()}</b>
                                    <br />
                                    {dates::long_when(lang, &line.when)}
                                </p>
                                <p class="more">
                                    <a href=lang
                                        .href(&format!("/events/{}", line.slug))>{words.back_to_event}</a>
                                </p>
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}
