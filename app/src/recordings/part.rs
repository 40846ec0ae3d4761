//! The library and the player: two parts of the client of their own. Whoever comes to watch loads neither the search nor
//! the calendar's days nor the forms of the other pages, and whoever reads those loads no player.
//!
//! `#[wasm_split]` puts what only [`library`] or only [`watch`] reaches into that part; on the server they are plain
//! functions.

use super::library::page::LibraryRoute;
use super::page::RecordingRoute;
use crate::ui::lost::PartLost;
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

#[wasm_split(library, wasm_split_path = leptos::wasm_split, preload(load_library), fallible)]
fn library() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <LibraryRoute /> }.into_any())
}

#[wasm_split(recordings, wasm_split_path = leptos::wasm_split, preload(load_recording), fallible)]
fn watch() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <RecordingRoute /> }.into_any())
}

impl ChooseView for Recorded {
    async fn choose(self) -> AnyView {
        let page = match self {
            Self::Library => library().await,
            Self::One => watch().await,
        };
        match page {
            Ok(page) => page,
            Err(_) => view! { <PartLost /> }.into_any(),
        }
    }

    async fn preload(&self) {
        self.load().await;
    }
}

impl Recorded {
    /// Loads the part that the page is in, once; whether it is there.
    pub async fn load(self) -> bool {
        match self {
            Self::Library => load_library().await.is_ok(),
            Self::One => load_recording().await.is_ok(),
        }
    }
}
