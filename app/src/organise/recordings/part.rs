//! The organisers' pages of recordings: a part of the client of their own. Whoever plans events or looks after the people
//! of one loads no editor of captions.
//!
//! `#[wasm_split]` puts what only [`render`] reaches into that part; on the server it is a plain function.

use super::jobs_part::RecordingJobsRoute;
use super::list_page::DeskListRoute;
use super::new_page::NewDeskRoute;
use super::page::DeskRoute;
use crate::organise::captions::page::CaptionsRoute;
use crate::organise::captions::{ChaptersRoute, SlidesRoute};
use crate::ui::lost::PartLost;
use crate::ui::sheet;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

/// An organisers' page of recordings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtDesk {
    /// `/organise/recordings`
    List,
    /// `/organise/recordings/new`
    New,
    /// `/organise/recordings/{slug}` and what its forms answer with.
    One,
    /// `/organise/recordings/{slug}/jobs`
    Jobs,
    /// `/organise/recordings/{slug}/captions/{text}` and what its forms answer with.
    Captions,
    /// `/organise/recordings/{slug}/chapters` and what its forms answer with.
    Chapters,
    /// `/organise/recordings/{slug}/slides` and what its form answers with.
    Slides,
}

#[wasm_split(desk, wasm_split_path = leptos::wasm_split, preload(load_part), fallible)]
fn render(page: AtDesk) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        AtDesk::List => view! { <DeskListRoute /> }.into_any(),
        AtDesk::New => view! { <NewDeskRoute /> }.into_any(),
        AtDesk::One => view! { <DeskRoute /> }.into_any(),
        AtDesk::Jobs => view! { <RecordingJobsRoute /> }.into_any(),
        AtDesk::Captions => view! { <CaptionsRoute /> }.into_any(),
        AtDesk::Chapters => view! { <ChaptersRoute /> }.into_any(),
        AtDesk::Slides => view! { <SlidesRoute /> }.into_any(),
    })
}

impl ChooseView for AtDesk {
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
