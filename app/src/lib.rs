//! Stafett: the shared programme of a learning network. This crate is the product; it is compiled
//! natively with the feature `ssr` for the server, and to WebAssembly with `hydrate` for the browser.
//!
//! [`routes`] is the plan of the house: the first word of an address is the folder that serves it.

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
pub mod routes;
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

use crate::error::AppError;
use crate::routes::Routes;
use crate::shell::Frame;
use crate::ui::lost::Lost;
use crate::ui::refused::{Refused, refusal};
use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, FlatRoutesProps, RouteChildren, Router};

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
        None => FlatRoutes(
            FlatRoutesProps::builder()
                .fallback(|| view! { <Lost error=AppError::NotFound /> })
                .children(RouteChildren::to_children(|| Routes))
                .build(),
        )
        .into_any(),
    }
}
