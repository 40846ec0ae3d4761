//! The bar with the place: what has been played, what has been fetched, where chapters begin.

use super::deck::Deck;
use crate::recordings::jobs::model::TILE;
use crate::recordings::page_model::Sprite;
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
                <Peek deck />
            </svg>
        </div>
    }
}

/// Over the bar: a small picture of the place that a pointer is at or that the keyboard has come to, with its time. It is
/// cut out of the picture of them all, which is fetched when it is first wanted.
#[component]
fn Peek(deck: Deck) -> impl IntoView {
    let place = Memo::new(move |_| {
        let here = || deck.bar_has_focus.get().then(|| deck.at_ms.get());
        deck.pointed_ms.get().or_else(here).filter(|_| deck.whole_ms.get() > 0)
    });
    let view_of = move |place: i32, sprite: Sprite| {
        let (left, top) = sprite.tiles.place(place);
        let (width, height) = sprite.size;
        let x = peek_at(deck, place);
        view! {
            <svg
                class="peek"
                x=x - TILE.0 / 2
                y=-(TILE.1 + 8)
                width=TILE.0
                height=TILE.1
                viewBox=format!("{left} {top} {} {}", TILE.0, TILE.1)
            >
                <image href=sprite.address width=width height=height />
                <rect x=left y=top + TILE.1 - 20 width=TILE.0 height="20" />
                <text x=left + TILE.0 / 2 y=top + TILE.1 - 5 text-anchor="middle">
                    {clock(place)}
                </text>
            </svg>
        }
    };
    move || {
        let place = place.get()?;
        deck.sprite.with_value(Clone::clone).map(|sprite| view_of(place, sprite))
    }
}

/// Where the middle of the small picture is, in points from the bar's beginning: over its place, and within the bar.
fn peek_at(deck: Deck, place: i32) -> i32 {
    let width = bar_width(deck);
    let whole = i64::from(deck.whole_ms.get_untracked().max(1));
    let x = i64::from(place.max(0)).min(whole) * i64::from(width) / whole;
    let (least, half) = (i32::try_from(x).unwrap_or_default(), TILE.0 / 2);
    least.min(width - half).max(half)
}

#[cfg(feature = "hydrate")]
fn bar_width(deck: Deck) -> i32 {
    deck.bar.get_untracked().map(|bar| bar.client_width()).unwrap_or_default()
}

/// It has none while it is written.
#[cfg(not(feature = "hydrate"))]
const fn bar_width(_: Deck) -> i32 {
    0
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
