//! What is being made of the files of a recording.

use leptos::prelude::*;

/// How far the jobs of a recording have come.
#[component]
pub fn JobsPart(
    /// The recording's address.
    slug: String,
) -> impl IntoView {
    let _ = slug;
}
