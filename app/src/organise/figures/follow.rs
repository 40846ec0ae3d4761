//! The figures in the browser: they follow what happens, at most once a second.

use super::model::Figures;
use leptos::prelude::*;

/// Reads the figures again whenever the stream tells anything. What stands still is not read.
#[cfg(feature = "hydrate")]
pub fn follow(figures: RwSignal<Figures>, slug: Memo<String>, all: Memo<bool>) {
    use super::api::load_figures;
    use crate::live::reading::{Next, reader};
    use crate::live::signal::{use_news, use_programme_changes};
    use crate::text::use_lang;

    /// From one reading to the next.
    const PAUSE_MS: u32 = 1_000;

    let lang = use_lang();
    let (news, changes) = (use_news(), use_programme_changes());
    let read = reader(PAUSE_MS, move || async move {
        let (Some(slug), Some(asked)) = (slug.try_get_untracked(), all.try_get_untracked()) else {
            return Next::Left;
        };
        let answer = load_figures(lang, slug, asked).await;
        // The page may have been left meanwhile.
        let Some(wanted) = all.try_get_untracked() else { return Next::Left };
        if let Ok(read) = answer
            && wanted == asked
            && figures.with_untracked(|figures| *figures != read)
        {
            figures.set(read);
        }
        Next::Rest
    });
    Effect::new(move |before: Option<()>| {
        let _ = (news.get(), changes.get(), all.get());
        // What the server wrote is new enough until the stream tells something.
        if before.is_some() {
            read();
        }
    });
}

/// There is nothing to follow where the page is written.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_: RwSignal<Figures>, _: Memo<String>, _: Memo<bool>) {}
