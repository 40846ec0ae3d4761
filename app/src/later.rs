//! The pages beside the calendar and the organiser's (`organise::part`). A browser that opens the calendar does not load them: they are a part of
//! the client of their own, which comes when a page of it is asked for, or when the reader first does
//! anything, whichever is sooner.
//!
//! `#[wasm_split]` puts what only [`render`] reaches into that part; on the server it is a plain function.

use crate::account::page::{LinkSentRoute, SignInLinkRoute, SignInRoute};
use crate::door::ticket_page::TicketRoute;
use crate::events::page::{EventPreviewRoute, EventRoute};
use crate::home::page::HomeRoute;
use crate::materials::page::MaterialsRoute;
use crate::me::account::AccountRoute;
use crate::me::calendar::MyCalendarRoute;
use crate::me::data::page::DataRoute;
use crate::me::mail::MailRoute;
use crate::me::page::MeRoute;
use crate::programmes::page::ProgrammeRoute;
use crate::recordings::part::Recorded;
use crate::routes::{Place, place};
use crate::series::page::SeriesRoute;
use crate::signup::group_form::GroupRoute;
use crate::signup::group_page::OwnGroupRoute;
use crate::signup::join::JoinRoute;
use crate::signup::page::{Notice, NoticeRoute, OwnSignUpRoute};
use crate::signup::series_page::{OwnSeriesRoute, SeriesSignedUpRoute};
use crate::ui::lost::PartLost;
use crate::unsubscribe::page::UnsubscribeRoute;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

/// A page that may have to be loaded before it can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    /// `/`
    Home,
    /// `/events/{slug}` and what its forms answer with.
    Event,
    /// `/organise/events/{slug}/preview`
    Preview,
    /// `/events/{slug}/signed-up`
    SignedUp,
    /// `/events/{slug}/watching`
    Watching,
    /// `/events/{slug}/join`, for whoever is not sent on.
    Join,
    /// `/events/{slug}/sign-up/group`
    Group,
    /// `/sign-ups/group/{token}`
    OwnGroup,
    /// `/check-in/{ticket}`
    Ticket,
    /// `/sign-ups/{token}`
    OwnSignUp,
    /// `/sign-ups/series/{token}`
    OwnSeries,
    /// `/series/{slug}/signed-up`
    SeriesSignedUp,
    /// `/unsubscribe/{token}`
    Unsubscribe,
    /// `/series/{slug}`
    Series,
    /// `/programmes/{slug}`
    Programme,
    /// `/materials`
    Materials,
    /// `/sign-in`
    SignIn,
    /// `/sign-in/sent`
    LinkSent,
    /// `/sign-in/{secret}`
    SignInLink,
    /// `/me`
    Me,
    /// `/me/account`
    Account,
    /// `/me/data`
    Data,
    /// `/me/mail`
    Mail,
    /// `/me/calendar`
    MyCalendar,
}

#[wasm_split(pages, wasm_split_path = leptos::wasm_split, preload(load_part), fallible)]
fn render(page: Later) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Later::Home => view! { <HomeRoute /> }.into_any(),
        Later::Event => view! { <EventRoute /> }.into_any(),
        Later::Preview => view! { <EventPreviewRoute /> }.into_any(),
        Later::SignedUp => view! { <NoticeRoute notice=Notice::SignedUpAlready /> }.into_any(),
        Later::Watching => view! { <NoticeRoute notice=Notice::WillTell /> }.into_any(),
        Later::Join => view! { <JoinRoute /> }.into_any(),
        Later::Group => view! { <GroupRoute /> }.into_any(),
        Later::OwnGroup => view! { <OwnGroupRoute /> }.into_any(),
        Later::Ticket => view! { <TicketRoute /> }.into_any(),
        Later::OwnSignUp => view! { <OwnSignUpRoute /> }.into_any(),
        Later::OwnSeries => view! { <OwnSeriesRoute /> }.into_any(),
        Later::SeriesSignedUp => view! { <SeriesSignedUpRoute /> }.into_any(),
        Later::Unsubscribe => view! { <UnsubscribeRoute /> }.into_any(),
        Later::Series => view! { <SeriesRoute /> }.into_any(),
        Later::Programme => view! { <ProgrammeRoute /> }.into_any(),
        Later::Materials => view! { <MaterialsRoute /> }.into_any(),
        Later::SignIn => view! { <SignInRoute /> }.into_any(),
        Later::LinkSent => view! { <LinkSentRoute /> }.into_any(),
        Later::SignInLink => view! { <SignInLinkRoute /> }.into_any(),
        Later::Me => view! { <MeRoute /> }.into_any(),
        Later::Account => view! { <AccountRoute /> }.into_any(),
        Later::Data => view! { <DataRoute /> }.into_any(),
        Later::Mail => view! { <MailRoute /> }.into_any(),
        Later::MyCalendar => view! { <MyCalendarRoute /> }.into_any(),
    })
}

impl ChooseView for Later {
    async fn choose(self) -> AnyView {
        match render(self).await {
            Ok(page) => page,
            Err(_) => view! { <PartLost /> }.into_any(),
        }
    }

    async fn preload(&self) {
        load().await;
    }
}

/// Loads the part, once. Whether that went well is asked by whoever needs a page of it.
async fn load() {
    let _ = load_part().await;
}

/// A part of the client beside what every page needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// What [`Later`] names.
    Pages,
    /// What [`Organising`](crate::organise::part::Organising) names.
    Organise,
    /// What [`AtDesk`](crate::organise::recordings::part::AtDesk) names.
    Desk,
    /// What [`AtDoor`](crate::door::part::AtDoor) names.
    Door,
    /// One of what [`Recorded`] names; each is a part of its own.
    Recordings(Recorded),
}

impl Part {
    /// The one that the page at this path is in, and that is loaded at once.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        match place(path) {
            Some(Place::Calendar) => None,
            Some(Place::Pages(_)) | None => Some(Self::Pages),
            Some(Place::Organise(_)) => Some(Self::Organise),
            Some(Place::Desk(_)) => Some(Self::Desk),
            Some(Place::Door(_)) => Some(Self::Door),
            Some(Place::Recordings(page)) => Some(Self::Recordings(page)),
        }
    }

    /// What its `#[wasm_split]` is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Organise => "organise",
            Self::Desk => "desk",
            Self::Door => "door",
            Self::Recordings(Recorded::Library) => "library",
            Self::Recordings(Recorded::One) => "recordings",
        }
    }
}

/// Wakes the page up in the browser: loads what it needs, and the rest once somebody does something.
/// `take_over` is the page's own script (`shell::document`): it answers whether the page is still that of the
/// address, and leaves moves in the history to the client from then on.
#[cfg(feature = "hydrate")]
pub fn wake_up(take_over: js_sys::Function) {
    let hydrate = move || {
        let is_ours = take_over.call0(&wasm_bindgen::JsValue::UNDEFINED);
        let is_ours = is_ours.is_ok_and(|answer| answer.is_truthy());
        if is_ours {
            crate::ui::deferred::hydrate(crate::App);
        }
        is_ours
    };
    let path = window().location().pathname().unwrap_or_default();
    let Some(part) = Part::of(&path) else {
        if hydrate() {
            load_at_first_sign();
        }
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        let is_there = match part {
            Part::Pages => load_part().await.is_ok(),
            Part::Organise => crate::organise::part::load().await,
            Part::Desk => crate::organise::recordings::part::load().await,
            Part::Door => crate::door::part::load().await,
            Part::Recordings(page) => page.load().await,
        };
        // Without the part the page stays as the server wrote it: every link and form of it works.
        if is_there {
            hydrate();
        }
    });
}

/// Somebody who moves, scrolls or types will soon want a page.
#[cfg(feature = "hydrate")]
fn load_at_first_sign() {
    use std::cell::RefCell;
    use std::rc::Rc;
    const SIGNS: [&str; 5] = ["pointermove", "pointerdown", "keydown", "scroll", "focusin"];
    let waiting: Rc<RefCell<Vec<WindowListenerHandle>>> = Rc::default();
    for sign in SIGNS {
        let others = Rc::clone(&waiting);
        let handle = window_event_listener_untyped(sign, move |_| {
            let others: Vec<_> = others.borrow_mut().drain(..).collect();
            if !others.is_empty() {
                leptos::task::spawn_local(load());
            }
            for other in others {
                other.remove();
            }
        });
        waiting.borrow_mut().push(handle);
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Recorded};

    #[test]
    fn which_part_a_page_is_in() {
        assert_eq!(Part::of("/calendar"), None);
        assert_eq!(Part::of("/en/calendar"), None);
        assert_eq!(Part::of("/organise"), Some(Part::Organise));
        assert_eq!(Part::of("/en/organise/events/a"), Some(Part::Organise));
        assert_eq!(Part::of("/en/door/a"), Some(Part::Door));
        assert_eq!(Part::of("/en/organise/events/a/door"), Some(Part::Door));
        assert_eq!(Part::of("/organise/events/a/door/links"), Some(Part::Door));
        assert_eq!(Part::of("/organise/events/door"), Some(Part::Organise));
        assert_eq!(Part::of("/organise/events/door/edit"), Some(Part::Organise));
        assert_eq!(Part::of("/organise/events/a/preview"), Some(Part::Pages));
        assert_eq!(Part::of("/organiser"), Some(Part::Pages));
        assert_eq!(Part::of("/en/recordings"), Some(Part::Recordings(Recorded::Library)));
        assert_eq!(Part::of("/recordings/a"), Some(Part::Recordings(Recorded::One)));
        assert_eq!(Part::of("/recordingsx"), Some(Part::Pages));
        assert_eq!(Part::of("/en/organise/recordings/a/captions/sv"), Some(Part::Desk));
        assert_eq!(Part::of("/organise/nothing/here"), Some(Part::Pages));
        assert_eq!(Part::of("/"), Some(Part::Pages));
    }
}
