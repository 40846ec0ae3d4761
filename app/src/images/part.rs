//! A picture in a page.

use super::model::Picture;
use leptos::prelude::*;

/// A picture that keeps its place while it comes, and comes when it is near.
#[component]
pub fn PictureView(
    /// Which.
    picture: Picture,
    /// How wide it is shown, as the browser has to know before it chooses a file (HTML, `sizes`).
    sizes: &'static str,
) -> impl IntoView {
    let srcset = picture.srcset();
    view! {
        <img
            src=picture.largest()
            srcset=srcset
            sizes=sizes
            width=picture.width
            height=picture.height
            alt=picture.alt
            loading="lazy"
            decoding="async"
        />
    }
}

/// The picture of what a page is about, under its head.
#[component]
pub fn PagePicture(
    /// Which, if there is one.
    picture: Option<Picture>,
) -> impl IntoView {
    picture.map(|picture| {
        view! {
            <div class="page-picture">
                <PictureView picture sizes="(width < 52rem) 92vw, 48rem" />
            </div>
        }
    })
}
