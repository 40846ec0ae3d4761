//! The door: a part of the client of its own. A telephone at the door loads and keeps nothing of the organiser's
//! other pages.
//!
//! `#[wasm_split]` puts what only [`render`] reaches into that part; on the server it is a plain function.

use super::page::StewardRoute;
use crate::organise::day::page::DoorRoute;
use crate::ui::lost::PartLost;
use crate::ui::sheet;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

/// A page where people are checked in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtDoor {
    /// `/organise/events/{slug}/door` and what its forms answer with.
    Event,
    /// `/door/{token}`, for stewards.
    Steward,
}

#[wasm_split(door, wasm_split_path = leptos::wasm_split, preload(load_part), fallible)]
fn render(page: AtDoor) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        AtDoor::Event => view! { <DoorRoute /> }.into_any(),
        AtDoor::Steward => view! { <StewardRoute /> }.into_any(),
    })
}

impl ChooseView for AtDoor {
    async fn choose(self) -> AnyView {
        match render(self).await {
            Ok(page) if sheet::organisers().await => page,
            _ => view! { <PartLost /> }.into_any(),
        }
    }

    async fn preload(&self) {
        load().await;
    }
}

/// Loads the part and its style sheet, once; whether both are there.
pub async fn load() -> bool {
    let (part, has_style) = futures::join!(load_part(), sheet::organisers());
    part.is_ok() && has_style
}
