//! What is said, beside the player: the sentence that is being said is marked, and each can be gone to.

use super::api::load_said;
use super::player::deck::Deck;
use crate::error::AppError;
use crate::text::{Lang, use_lang};
use leptos::html;
use leptos::prelude::*;

/// What is said, as the page is made with it.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The HTML; empty where the server has written it into the page already.
    pub html: String,
    /// The words alone, for search engines. Only the server has them.
    pub text: Option<String>,
}

/// Reads what is said in a language. A browser that takes over what the server wrote has it on the page.
///
/// # Errors
/// As [`load_said`].
pub async fn read(lang: Lang, slug: String, text: Lang) -> Result<Said, AppError> {
    #[cfg(feature = "ssr")]
    {
        let said = super::api::read_said(lang, &slug, text).await?;
        Ok(said.map_or_else(Said::default, |(html, text)| Said { html, text: Some(text) }))
    }
    #[cfg(not(feature = "ssr"))]
    {
        let is_there = document()
            .query_selector(&format!("#said[data-of='{}']", mark(lang, &slug, text)))
            .is_ok_and(|found| found.is_some());
        if is_there {
            return Ok(Said::default());
        }
        match load_said(lang, slug, text).await {
            Ok(html) => Ok(Said { html, text: None }),
            Err(AppError::NotFound) => Ok(Said::default()),
            Err(error) => Err(error),
        }
    }
}

/// What tells one text from another on the page.
fn mark(lang: Lang, slug: &str, text: Lang) -> String {
    format!("{}/{slug}/{}", lang.tag(), text.tag())
}

/// The text, with the languages that it is there in.
#[component]
pub fn Transcript(
    /// The player that it goes with.
    deck: Deck,
    /// The last part of the recording's address.
    slug: String,
    /// The language that it is in.
    text: Lang,
    /// Whether somebody has read it against the sound, by language.
    reviewed: Vec<(Lang, bool)>,
    /// As it was read.
    said: String,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let shown = RwSignal::new(text);
    let html = RwSignal::new(said);
    let list = NodeRef::<html::Div>::new();
    let follows = RwSignal::new(true);
    let is_awake = deck.is_awake;
    go_along(deck, list, html, follows);
    let base = lang.href(&super::model::page_address(&slug));
    let of = mark(lang, &slug, text);
    let choices = (reviewed.len() > 1).then(|| {
        let links = reviewed
            .iter()
            .map(|&(language, _)| {
                let slug = slug.clone();
                let choose = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    let slug = slug.clone();
                    leptos::task::spawn_local(async move {
                        if let Ok(said) = load_said(lang, slug, language).await {
                            html.set(said);
                            shown.set(language);
                        }
                    });
                };
                view! {
                    <a
                        href=format!("{base}?text={}#said-title", language.tag())
                        rel="external nofollow"
                        hreflang=language.tag()
                        aria-current=move || (shown.get() == language).then_some("true")
                        on:click=choose
                    >
                        {lang.name_of(language)}
                    </a>
                }
            })
            .collect_view();
        view! { <p class="said-in"><span>{words.transcript_in}</span> {links}</p> }
    });
    let unread = move || {
        let is_read = reviewed.iter().any(|(language, is)| *language == shown.get() && *is);
        (!is_read).then(|| view! { <p class="meta">{words.not_reviewed}</p> })
    };
    view! {
        <div class="spoken">
            <h2 id="said-title">{words.transcript}</h2>
            {choices}
            {unread}
            <a class="vh said-skip" href="#after-said" rel="external">
                {words.skip_transcript}
            </a>
            <div
                id="said"
                class="said-text"
                lang=move || shown.get().tag()
                data-of=of
                tabindex="0"
                role="region"
                aria-labelledby="said-title"
                node_ref=list
                inner_html=move || html.get()
            ></div>
            <button
                type="button"
                class="btn quiet small"
                hidden=move || !is_awake.get() || follows.get()
                on:click=move |_| follows.set(true)
            >
                {words.follow}
            </button>
            <span id="after-said" tabindex="-1"></span>
        </div>
    }
}

/// Has the text go along with the player.
fn go_along(deck: Deck, list: NodeRef<html::Div>, html: RwSignal<String>, follows: RwSignal<bool>) {
    #[cfg(feature = "hydrate")]
    super::following::go_along(deck, list, html, follows);
    #[cfg(not(feature = "hydrate"))]
    let _ = (deck, list, html, follows);
}
