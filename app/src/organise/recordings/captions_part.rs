//! The ways to the captions of a recording, to its chapters and to the times of its slides.

use leptos::prelude::*;

/// Links to the captions in each language, to the chapters and to the slides.
#[component]
pub fn CaptionsPart(
    /// The recording's address.
    slug: String,
) -> impl IntoView {
    let _ = slug;
}
