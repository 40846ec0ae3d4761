//! The library and the player: a part of the client of their own. Whoever comes to watch loads neither the calendar's
//! days nor the forms of the other pages, and whoever reads those loads no player.
//!
//! `#[wasm_split]` puts what only [`render`] reaches into that part; on the server it is a plain function.

use super::library::page::LibraryRoute;
use super::page::RecordingRoute;
use crate::error::AppError;
use crate::ui::lost::Lost;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

/// A page with recordings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// `/recordings`
    Library,
    /// `/recordings/{slug}`
    One,
}

#[wasm_split(recordings, wasm_split_path = leptos::wasm_split, preload(load_part), fallible)]
fn render(page: Recorded) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Recorded::Library => view! { <LibraryRoute /> }.into_any(),
        Recorded::One => view! { <RecordingRoute /> }.into_any(),
    })
}

impl ChooseView for Recorded {
    async fn choose(self) -> AnyView {
        match render(self).await {
            Ok(page) => page,
            Err(_) => view! { <Lost error=AppError::Unavailable /> }.into_any(),
        }
    }

    async fn preload(&self) {
        load().await;
    }
}

/// Loads the part, once; whether it is there.
pub async fn load() -> bool {
    load_part().await.is_ok()
}
