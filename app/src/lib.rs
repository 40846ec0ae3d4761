//! Stafett: the shared programme of a learning network. This crate is the product; it is compiled
//! natively with the feature `ssr` for the server, and to WebAssembly with `hydrate` for the browser.
//!
//! The table of routes below is the plan of the house: the first word of an address is the folder that
//! serves it.

pub mod account;
mod arrival;
pub mod audit;
pub mod calendar;
pub mod captions;
pub mod door;
pub mod error;
pub mod events;
pub mod home;
pub mod images;
pub mod later;
pub mod live;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod markdown;
pub mod materials;
pub mod me;
pub mod organise;
pub mod programmes;
pub mod recordings;
pub mod series;
#[cfg(feature = "ssr")]
pub mod services;
pub mod shell;
pub mod signup;
pub mod text;
#[cfg(feature = "ssr")]
pub mod time;
#[cfg(feature = "ssr")]
pub mod together;
pub mod ui;
pub mod unsubscribe;
mod wire;

use crate::calendar::page::CalendarRoute;
use crate::door::part::AtDoor;
use crate::error::AppError;
use crate::later::Later;
use crate::organise::part::Organising;
use crate::recordings::part::Recorded;
use crate::shell::Frame;
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
                <Route path=path!("/") view=Later::Home />
                <Route path=path!("/en") view=Later::Home />
                <Route path=path!("/calendar") view=CalendarRoute />
                <Route path=path!("/en/calendar") view=CalendarRoute />
                <Route path=path!("/events/:slug") view=Later::Event />
                <Route path=path!("/en/events/:slug") view=Later::Event />
                // The addresses that the forms of an event post to answer with its page.
                <Route path=path!("/events/:slug/sign-up") view=Later::Event />
                <Route path=path!("/en/events/:slug/sign-up") view=Later::Event />
                <Route path=path!("/events/:slug/sign-up/group") view=Later::Group />
                <Route path=path!("/en/events/:slug/sign-up/group") view=Later::Group />
                <Route path=path!("/events/:slug/watch") view=Later::Event />
                <Route path=path!("/en/events/:slug/watch") view=Later::Event />
                <Route path=path!("/events/:slug/signed-up") view=Later::SignedUp />
                <Route path=path!("/en/events/:slug/signed-up") view=Later::SignedUp />
                <Route path=path!("/events/:slug/watching") view=Later::Watching />
                <Route path=path!("/en/events/:slug/watching") view=Later::Watching />
                <Route path=path!("/events/:slug/join") view=Later::Join />
                <Route path=path!("/en/events/:slug/join") view=Later::Join />
                <Route path=path!("/sign-ups/:token") view=Later::OwnSignUp />
                <Route path=path!("/en/sign-ups/:token") view=Later::OwnSignUp />
                <Route path=path!("/organise") view=Organising::List />
                <Route path=path!("/en/organise") view=Organising::List />
                <Route path=path!("/organise/import") view=Organising::EventImports />
                <Route path=path!("/en/organise/import") view=Organising::EventImports />
                <Route path=path!("/organise/import/:id") view=Organising::EventImport />
                <Route path=path!("/en/organise/import/:id") view=Organising::EventImport />
                <Route path=path!("/organise/log") view=Organising::Log />
                <Route path=path!("/en/organise/log") view=Organising::Log />
                <Route path=path!("/organise/calendar") view=Organising::Planner />
                <Route path=path!("/en/organise/calendar") view=Organising::Planner />
                <Route path=path!("/organise/programmes") view=Organising::Programmes />
                <Route path=path!("/en/organise/programmes") view=Organising::Programmes />
                <Route path=path!("/organise/programmes/new") view=Organising::NewProgramme />
                <Route path=path!("/en/organise/programmes/new") view=Organising::NewProgramme />
                <Route path=path!("/organise/programmes/:slug/edit") view=Organising::ProgrammePlan />
                <Route path=path!("/en/organise/programmes/:slug/edit") view=Organising::ProgrammePlan />
                <Route path=path!("/organise/programmes/:slug/archive") view=Organising::ProgrammePlan />
                <Route path=path!("/en/organise/programmes/:slug/archive") view=Organising::ProgrammePlan />
                <Route path=path!("/organise/programmes/:slug/series") view=Organising::ProgrammePlan />
                <Route path=path!("/en/organise/programmes/:slug/series") view=Organising::ProgrammePlan />
                <Route path=path!("/organise/series/:slug/edit") view=Organising::SeriesPlan />
                <Route path=path!("/en/organise/series/:slug/edit") view=Organising::SeriesPlan />
                <Route path=path!("/organise/series/:slug/archive") view=Organising::SeriesPlan />
                <Route path=path!("/en/organise/series/:slug/archive") view=Organising::SeriesPlan />
                <Route path=path!("/organise/series/:slug/stops") view=Organising::SeriesPlan />
                <Route path=path!("/en/organise/series/:slug/stops") view=Organising::SeriesPlan />
                <Route path=path!("/organise/events/:slug/image") view=Organising::Plan />
                <Route path=path!("/en/organise/events/:slug/image") view=Organising::Plan />
                <Route path=path!("/organise/programmes/:slug/image") view=Organising::ProgrammePlan />
                <Route path=path!("/en/organise/programmes/:slug/image") view=Organising::ProgrammePlan />
                <Route path=path!("/organise/series/:slug/image") view=Organising::SeriesPlan />
                <Route path=path!("/en/organise/series/:slug/image") view=Organising::SeriesPlan />
                <Route path=path!("/organise/speakers/:id") view=Organising::Speaker />
                <Route path=path!("/en/organise/speakers/:id") view=Organising::Speaker />
                <Route path=path!("/organise/speakers/:id/image") view=Organising::Speaker />
                <Route path=path!("/en/organise/speakers/:id/image") view=Organising::Speaker />
                <Route path=path!("/organise/recordings/:slug/jobs") view=Organising::RecordingJobs />
                <Route path=path!("/en/organise/recordings/:slug/jobs") view=Organising::RecordingJobs />
                <Route path=path!("/organise/events/new") view=Organising::NewPlan />
                <Route path=path!("/en/organise/events/new") view=Organising::NewPlan />
                <Route path=path!("/organise/series/new") view=Organising::NewSeries />
                <Route path=path!("/en/organise/series/new") view=Organising::NewSeries />
                <Route path=path!("/organise/events/:slug/edit") view=Organising::Plan />
                <Route path=path!("/en/organise/events/:slug/edit") view=Organising::Plan />
                <Route path=path!("/organise/events/:slug/state") view=Organising::Plan />
                <Route path=path!("/en/organise/events/:slug/state") view=Organising::Plan />
                <Route path=path!("/organise/events/:slug/duplicate") view=Organising::Plan />
                <Route path=path!("/en/organise/events/:slug/duplicate") view=Organising::Plan />
                <Route path=path!("/organise/events/:slug/archive") view=Organising::Plan />
                <Route path=path!("/en/organise/events/:slug/archive") view=Organising::Plan />
                <Route path=path!("/organise/events/:slug/preview") view=Later::Preview />
                <Route path=path!("/en/organise/events/:slug/preview") view=Later::Preview />
                <Route path=path!("/organise/events/:slug/door") view=AtDoor::Event />
                <Route path=path!("/en/organise/events/:slug/door") view=AtDoor::Event />
                <Route path=path!("/organise/events/:slug/door/links") view=AtDoor::Event />
                <Route path=path!("/en/organise/events/:slug/door/links") view=AtDoor::Event />
                <Route path=path!("/organise/events/:slug/screen") view=Organising::Screen />
                <Route path=path!("/en/organise/events/:slug/screen") view=Organising::Screen />
                <Route path=path!("/check-in/:ticket") view=Later::Ticket />
                <Route path=path!("/en/check-in/:ticket") view=Later::Ticket />
                <Route path=path!("/door/:token") view=AtDoor::Steward />
                <Route path=path!("/en/door/:token") view=AtDoor::Steward />
                <Route path=path!("/organise/events/:slug") view=Organising::Event />
                <Route path=path!("/en/organise/events/:slug") view=Organising::Event />
                <Route path=path!("/organise/events/:slug/lists/:list") view=Organising::Paper />
                <Route path=path!("/en/organise/events/:slug/lists/:list") view=Organising::Paper />
                <Route path=path!("/organise/events/:slug/letters") view=Organising::Letters />
                <Route path=path!("/en/organise/events/:slug/letters") view=Organising::Letters />
                <Route path=path!("/organise/events/:slug/letters/:id") view=Organising::Letter />
                <Route path=path!("/en/organise/events/:slug/letters/:id") view=Organising::Letter />
                <Route path=path!("/organise/events/:slug/import") view=Organising::Imports />
                <Route path=path!("/en/organise/events/:slug/import") view=Organising::Imports />
                <Route path=path!("/organise/events/:slug/import/:id") view=Organising::Import />
                <Route path=path!("/en/organise/events/:slug/import/:id") view=Organising::Import />
                <Route path=path!("/organise/events/:slug/:form") view=Organising::Event />
                <Route path=path!("/en/organise/events/:slug/:form") view=Organising::Event />
                <Route path=path!("/sign-ups/:token/answers") view=Later::OwnSignUp />
                <Route path=path!("/en/sign-ups/:token/answers") view=Later::OwnSignUp />
                <Route path=path!("/sign-ups/series/:token") view=Later::OwnSeries />
                <Route path=path!("/en/sign-ups/series/:token") view=Later::OwnSeries />
                <Route path=path!("/sign-ups/group/:token") view=Later::OwnGroup />
                <Route path=path!("/en/sign-ups/group/:token") view=Later::OwnGroup />
                <Route path=path!("/series/:slug/sign-up") view=Later::Series />
                <Route path=path!("/en/series/:slug/sign-up") view=Later::Series />
                <Route path=path!("/series/:slug/signed-up") view=Later::SeriesSignedUp />
                <Route path=path!("/en/series/:slug/signed-up") view=Later::SeriesSignedUp />
                <Route path=path!("/unsubscribe/:token") view=Later::Unsubscribe />
                <Route path=path!("/en/unsubscribe/:token") view=Later::Unsubscribe />
                <Route path=path!("/series/:slug") view=Later::Series />
                <Route path=path!("/en/series/:slug") view=Later::Series />
                <Route path=path!("/programmes/:slug") view=Later::Programme />
                <Route path=path!("/en/programmes/:slug") view=Later::Programme />
                <Route path=path!("/materials") view=Later::Materials />
                <Route path=path!("/en/materials") view=Later::Materials />
                <Route path=path!("/recordings") view=Recorded::Library />
                <Route path=path!("/en/recordings") view=Recorded::Library />
                <Route path=path!("/recordings/:slug") view=Recorded::One />
                <Route path=path!("/en/recordings/:slug") view=Recorded::One />
                <Route path=path!("/sign-in") view=Later::SignIn />
                <Route path=path!("/en/sign-in") view=Later::SignIn />
                <Route path=path!("/sign-in/sent") view=Later::LinkSent />
                <Route path=path!("/en/sign-in/sent") view=Later::LinkSent />
                <Route path=path!("/sign-in/:secret") view=Later::SignInLink />
                <Route path=path!("/en/sign-in/:secret") view=Later::SignInLink />
                <Route path=path!("/me") view=Later::Me />
                <Route path=path!("/en/me") view=Later::Me />
                <Route path=path!("/me/account") view=Later::Account />
                <Route path=path!("/en/me/account") view=Later::Account />
                <Route path=path!("/me/mail") view=Later::Mail />
                <Route path=path!("/en/me/mail") view=Later::Mail />
            </FlatRoutes>
        }
        .into_any(),
    }
}
