//! Stafett: the shared programme of a learning network. This crate is the product; it is compiled
//! natively with the feature `ssr` for the server, and to WebAssembly with `hydrate` for the browser.
//!
//! The table of routes below is the plan of the house: the first word of an address is the folder that
//! serves it.

mod arrival;
pub mod calendar;
pub mod error;
pub mod events;
pub mod home;
pub mod live;
pub mod programmes;
pub mod series;
#[cfg(feature = "ssr")]
pub mod services;
pub mod shell;
pub mod signup;
pub mod text;
#[cfg(feature = "ssr")]
pub mod time;
pub mod ui;
mod wire;

use crate::calendar::page::CalendarRoute;
use crate::error::AppError;
use crate::events::page::EventRoute;
use crate::home::page::HomeRoute;
use crate::programmes::page::ProgrammeRoute;
use crate::series::page::SeriesRoute;
use crate::shell::Frame;
use crate::signup::page::{Notice, NoticeRoute, OwnSignUpRoute};
use crate::ui::lost::Lost;
use crate::ui::refused::{Refused, refusal};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// The whole application: the frame and, in it, the page of the address.
#[component]
pub fn App() -> impl IntoView {
    leptos_meta::provide_meta_context();
    provide_context(live::signal::Live::default());
    let (is_routing, set_is_routing) = signal(false);
    view! {
        <Router set_is_routing>
            <Frame is_routing>
                <Page />
            </Frame>
        </Router>
    }
}

/// The page of the address; or, in its place, why what was sent there was not done.
#[component]
fn Page() -> impl IntoView {
    match refusal() {
        Some(refusal) => view! { <Refused refusal /> }.into_any(),
        None => view! {
            <FlatRoutes fallback=|| view! { <Lost error=AppError::NotFound /> }>
                <Route path=path!("/") view=HomeRoute />
                <Route path=path!("/en") view=HomeRoute />
                <Route path=path!("/calendar") view=CalendarRoute />
                <Route path=path!("/en/calendar") view=CalendarRoute />
                <Route path=path!("/events/:slug") view=EventRoute />
                <Route path=path!("/en/events/:slug") view=EventRoute />
                // The addresses that the forms of an event post to answer with its page.
                <Route path=path!("/events/:slug/sign-up") view=EventRoute />
                <Route path=path!("/en/events/:slug/sign-up") view=EventRoute />
                <Route path=path!("/events/:slug/watch") view=EventRoute />
                <Route path=path!("/en/events/:slug/watch") view=EventRoute />
                <Route path=path!("/events/:slug/signed-up") view=SignedUp />
                <Route path=path!("/en/events/:slug/signed-up") view=SignedUp />
                <Route path=path!("/events/:slug/watching") view=Watching />
                <Route path=path!("/en/events/:slug/watching") view=Watching />
                <Route path=path!("/sign-ups/:token") view=OwnSignUpRoute />
                <Route path=path!("/en/sign-ups/:token") view=OwnSignUpRoute />
                <Route path=path!("/series/:slug") view=SeriesRoute />
                <Route path=path!("/en/series/:slug") view=SeriesRoute />
                <Route path=path!("/programmes/:slug") view=ProgrammeRoute />
                <Route path=path!("/en/programmes/:slug") view=ProgrammeRoute />
            </FlatRoutes>
        }
        .into_any(),
    }
}

#[component]
fn SignedUp() -> impl IntoView {
    view! { <NoticeRoute notice=Notice::SignedUpAlready /> }
}

#[component]
fn Watching() -> impl IntoView {
    view! { <NoticeRoute notice=Notice::WillTell /> }
}
