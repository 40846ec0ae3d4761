//! Reading codes with the camera. The browser's own detector where it has one; otherwise `rqrr`, which is a part of
//! the client that nobody loads who does not scan.

use super::follow::{Address, Desk};
use super::guests::Guests;
use crate::text::use_lang;
use leptos::html::Video;
use leptos::prelude::*;

/// The button, the picture, and a field for those whose code cannot be read.
#[component]
pub fn Scan(
    /// The door.
    list: Guests,
    /// Which one.
    address: Address,
    /// What is read.
    desk: Desk,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let action = format!("{}/check-in", lang.href(&address.path()));
    let is_on = RwSignal::new(false);
    let video = NodeRef::<Video>::new();
    let refused = RwSignal::new(None::<&'static str>);
    let typed = RwSignal::new(String::new());
    let camera = desk.clone();
    view! {
        <section class="scan" aria-label=texts.scan>
            <button
                class="btn"
                type="button"
                hidden=move || !list.is_awake.get()
                aria-pressed=move || is_on.get().to_string()
                on:click=move |_| {
                    is_on.update(|is_on| *is_on = !*is_on);
                    refused.set(None);
                    browser::turn(&camera, video, is_on, refused);
                }
            >
                {move || if is_on.get() { texts.scan_stop } else { texts.scan }}
            </button>
            <video node_ref=video class="viewfinder" playsinline muted hidden=move || !is_on.get() aria-label=texts.viewfinder></video>
            <p class="note now" role="alert" hidden=move || refused.get().is_none()>
                {move || refused.get()}
            </p>
            <details>
                <summary>{texts.type_code}</summary>
                <form
                    method="post"
                    action=action
                    on:submit=move |event| {
                        if list.is_awake.get_untracked() {
                            event.prevent_default();
                            desk.read(&typed.get_untracked());
                            typed.set(String::new());
                        }
                    }
                >
                    <label for="ticket">{texts.code}</label>
                    <input
                        id="ticket"
                        name="ticket"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        maxlength="100"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <button class="btn">{texts.check_in}</button>
                </form>
            </details>
        </section>
    }
}

#[cfg(feature = "hydrate")]
use super::camera as browser;

#[cfg(not(feature = "hydrate"))]
mod browser {
    //! Where the page is written there is no camera.
    use super::Desk;
    use leptos::html::Video;
    use leptos::prelude::*;

    pub fn turn(_: &Desk, _: NodeRef<Video>, _: RwSignal<bool>, _: RwSignal<Option<&'static str>>) {
    }
}
