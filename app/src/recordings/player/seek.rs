//! The bar with the place: what has been played, what has been fetched, where chapters begin.

use super::deck::Deck;
use crate::recordings::said::clock;
use crate::ui::bar::percent;
use leptos::prelude::*;

/// A slider by the pattern of WAI-ARIA.
#[component]
pub fn SeekBar(
    /// Of which player.
    deck: Deck,
) -> impl IntoView {
    let words = deck.lang.player_words();
    // Read aloud by seconds: four changes a second are none that anybody can follow.
    let second = Memo::new(move |_| deck.at_ms.get() / 1_000);
    let whole = move || deck.whole_ms.get();
    let part = move |ms: i32| percent(i64::from(ms.clamp(0, whole())), i64::from(whole()).max(1));
    let ticks = move || {
        deck.chapters.with_value(|chapters| {
            chapters
                .iter()
                .filter(|chapter| chapter.at_ms > 0)
                .map(|chapter| {
                    let x = part(chapter.at_ms);
                    view! { <line class="tick" x1=x.clone() x2=x y1="20%" y2="80%" /> }
                })
                .collect_view()
        })
    };
    view! {
        <div
            class="seek"
            role="slider"
            tabindex="0"
            node_ref=deck.bar
            aria-label=words.position
            aria-valuemin="0"
            aria-valuemax=move || (whole() / 1_000).to_string()
            aria-valuenow=move || second.get().to_string()
            aria-valuetext=move || deck.lang.time_of(second.get().saturating_mul(1_000), whole())
        >
            <svg aria-hidden="true">
                <line class="all" x2="100%" y1="50%" y2="50%" />
                <line class="fetched" x2=move || part(deck.fetched_ms.get()) y1="50%" y2="50%" />
                <line class="played" x2=move || part(deck.at_ms.get()) y1="50%" y2="50%" />
                {ticks}
                <circle class="knob" cx=move || part(deck.at_ms.get()) cy="50%" r="7" />
            </svg>
        </div>
    }
}

/// `1:12 / 9:00`, and the chapter that it is in.
#[component]
pub fn Place(
    /// Of which player.
    deck: Deck,
) -> impl IntoView {
    let second = Memo::new(move |_| deck.at_ms.get() / 1_000);
    let chapter = Memo::new(move |_| {
        let now = deck.at_ms.get();
        deck.chapters.with_value(|chapters| {
            crate::recordings::page_model::at(chapters, now, |chapter| chapter.at_ms)
                .and_then(|at| chapters.get(at))
                .map(|chapter| chapter.title.clone())
        })
    });
    view! {
        <span class="deck-place">
            <span>{move || clock(second.get().saturating_mul(1_000))}</span>
            " / "
            <span>{move || clock(deck.whole_ms.get())}</span>
        </span>
        <span class="deck-chapter">{move || chapter.get()}</span>
    }
}
