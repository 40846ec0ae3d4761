//! The film beside a form: where it is, and a key of its own while nobody types. Only a browser has either.

use super::beside::Film as FilmFile;
use crate::text::Lang;
use leptos::html;
use leptos::prelude::*;

/// A film beside a form. A handle; all copies are of the same one.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// The language of its words.
    pub lang: Lang,
    /// The film.
    pub film: NodeRef<html::Video>,
    /// The client is there.
    pub is_awake: RwSignal<bool>,
    /// What was done last.
    pub said: RwSignal<String>,
    /// Where the film was when it last said so, in milliseconds.
    pub now_ms: RwSignal<i32>,
}

impl Stage {
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            film: NodeRef::new(),
            is_awake: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            now_ms: RwSignal::new(0),
        }
    }

    /// Where the film is, in milliseconds.
    pub fn now(self) -> i32 {
        #[cfg(feature = "hydrate")]
        {
            let film = self.film.try_get_untracked().flatten();
            film.map(|film| super::browser::ms(film.current_time())).unwrap_or_default()
        }
        #[cfg(not(feature = "hydrate"))]
        {
            0
        }
    }

    /// The film goes to a time.
    pub fn go(self, to_ms: i32) {
        #[cfg(feature = "hydrate")]
        if let Some(film) = self.film.try_get_untracked().flatten() {
            film.set_current_time(f64::from(to_ms) / 1_000.0);
        }
        self.now_ms.set(to_ms);
    }

    /// To a field that is about to be there.
    pub fn focus(self, id: String) {
        #[cfg(feature = "hydrate")]
        super::browser::focus_id(id);
        #[cfg(not(feature = "hydrate"))]
        let _ = id;
    }

    /// Wakes up, and listens to keys that are pressed while nobody types; `heard` says whether one was meant.
    pub fn listen(self, heard: impl Fn(&str) -> bool + Copy + 'static) {
        #[cfg(feature = "hydrate")]
        super::browser::listen(self, heard);
        #[cfg(not(feature = "hydrate"))]
        let _ = heard;
    }
}

/// The film, with the browser's own controls.
#[component]
pub(super) fn Film(stage: Stage, film: Option<FilmFile>) -> impl IntoView {
    match film {
        Some(film) => {
            let class = if film.has_picture { "cap-film" } else { "cap-film is-sound" };
            view! {
                <video
                    node_ref=stage.film
                    class=class
                    src=film.address
                    controls
                    preload="metadata"
                    playsinline
                    on:timeupdate=move |_| stage.now_ms.set(stage.now())
                    on:seeking=move |_| stage.now_ms.set(stage.now())
                ></video>
            }
            .into_any()
        }
        None => view! { <p class="note">{stage.lang.caption_words().no_film}</p> }.into_any(),
    }
}
