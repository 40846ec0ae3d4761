//! What stands under the list: the other pages, and the podcast.

use crate::recordings::query::RecordingQuery;
use crate::text::use_lang;
use crate::ui::meta::origin;
use leptos::prelude::*;

/// Where one is in a long list, and the ways on.
#[component]
pub fn Pages(
    /// What is shown.
    page: u32,
    /// Of how many.
    pages: u32,
    /// What was asked for.
    asked: RecordingQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let at = usize::try_from(page).unwrap_or(1);
    let link = move |to: usize| lang.href(&asked.on_page(to).path());
    (pages > 1).then(|| {
        let newer = (page > 1).then(|| {
            view! {
                <a rel="prev" href=link(at - 1)>
                    {words.newer}
                </a>
            }
        });
        let older = (page < pages).then(|| {
            view! {
                <a rel="next" href=link(at + 1)>
                    {words.older}
                </a>
            }
        });
        view! {
            <nav class="pages" aria-label=words.pages>
                {newer} <span class="meta">{lang.library_page(page, pages)}</span> {older}
            </nav>
        }
    })
}

/// Nothing: because there is nothing, or because of what was chosen.
#[component]
pub fn Nothing(
    /// What was asked for.
    asked: RecordingQuery,
    /// There are recordings.
    has_any: bool,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let (title, why, way, to) = if has_any {
        let all = RecordingQuery { q: asked.q, ..RecordingQuery::default() };
        (words.none_matches, words.none_matches_why, words.clear, all.path())
    } else {
        let calendar = "/calendar".to_owned();
        (words.none_yet, words.none_yet_why, lang.words().whole_calendar, calendar)
    };
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p class="text">{why}</p>
            <p class="more">
                <a href=lang.href(&to)>{way}</a>
            </p>
        </div>
    }
}

/// The podcast of what is shown, and how to have it.
#[component]
pub fn Follow(
    /// What was asked for; the feed has the same filters.
    asked: RecordingQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.podcast_words();
    let is_narrowed = asked.q.is_some() || asked.is_filtered();
    let address = format!("{}{}", origin(), asked.feed(lang));
    view! {
        <details class="follow">
            <summary>{words.subscribe}</summary>
            <p>{if is_narrowed { words.how_chosen } else { words.how }} " " {words.only_open}</p>
            <p>
                <span id="feed-address">{words.address}</span>
                <a
                    class="follow-address"
                    href=address.clone()
                    rel="external nofollow"
                    type="application/rss+xml"
                    aria-describedby="feed-address"
                >
                    {address.clone()}
                </a>
            </p>
        </details>
    }
}
