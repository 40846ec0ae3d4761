//! What is chosen seldom: captions' language and look, speed, version; and which keys there are.

use super::deck::Deck;
use super::model::{Colour, Command, SPEEDS, Size};
use crate::text::Lang;
use leptos::prelude::*;

/// A part of the controls that opens.
#[component]
pub fn Settings(
    /// Of which player.
    deck: Deck,
) -> impl IntoView {
    let lang = deck.lang;
    let words = lang.player_words();
    let speeds = SPEEDS
        .iter()
        .map(|&speed| {
            let chosen = move || deck.taste.read().speed == speed;
            view! {
                <option value=speed.to_string() selected=chosen>
                    {lang.speed(speed)}
                </option>
            }
        })
        .collect_view();
    let has_captions = deck.languages.with_value(|languages| !languages.is_empty());
    view! {
        <details class="deck-more">
            <summary>{words.settings}</summary>
            <div class="deck-panel">
                {has_captions.then(|| view! { <CaptionChoices deck /> })}
                <p>
                    <label for="deck-speed">{words.speed}</label>
                    <select
                        id="deck-speed"
                        on:change=move |event| {
                            if let Ok(speed) = event_target_value(&event).parse() {
                                deck.press(Command::Speed(speed));
                            }
                        }
                    >
                        {speeds}
                    </select>
                </p>
                <Versions deck />
                <Keys deck />
            </div>
        </details>
    }
}

#[component]
fn CaptionChoices(deck: Deck) -> impl IntoView {
    let lang = deck.lang;
    let words = lang.player_words();
    let languages = deck.languages.with_value(|languages| {
        languages
            .iter()
            .map(|&language| {
                let chosen = move || deck.taste.read().language.as_deref() == Some(language.tag());
                view! {
                    <option value=language.tag() selected=chosen>
                        {lang.name_of(language)}
                    </option>
                }
            })
            .collect_view()
    });
    let sizes = Size::ALL
        .iter()
        .map(|&size| {
            let name = match size {
                Size::Small => words.size_small,
                Size::Normal => words.size_normal,
                Size::Large => words.size_large,
                Size::Huge => words.size_huge,
            };
            let chosen = move || deck.taste.read().size == size;
            view! { <option value=size.as_str() selected=chosen>{name}</option> }
        })
        .collect_view();
    let colours = Colour::ALL
        .iter()
        .map(|&colour| {
            let name = match colour {
                Colour::White => words.colour_white,
                Colour::Yellow => words.colour_yellow,
                Colour::Black => words.colour_black,
            };
            let chosen = move || deck.taste.read().colour == colour;
            view! { <option value=colour.as_str() selected=chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <p>
            <label for="deck-language">{words.captions_in}</label>
            <select
                id="deck-language"
                on:change=move |event| {
                    let language = Lang::parse(&event_target_value(&event));
                    deck.likes(|taste| {
                        taste.language = language.map(|language| language.tag().to_owned());
                        taste.captions = true;
                    });
                }
            >
                {languages}
            </select>
        </p>
        <p>
            <label for="deck-size">{words.size}</label>
            <select
                id="deck-size"
                on:change=move |event| {
                    if let Some(size) = Size::parse(&event_target_value(&event)) {
                        deck.likes(|taste| taste.size = size);
                    }
                }
            >
                {sizes}
            </select>
        </p>
        <p>
            <label for="deck-colour">{words.colour}</label>
            <select
                id="deck-colour"
                on:change=move |event| {
                    if let Some(colour) = Colour::parse(&event_target_value(&event)) {
                        deck.likes(|taste| taste.colour = colour);
                    }
                }
            >
                {colours}
            </select>
        </p>
    }
}

/// Where there is more than one file: the film, the sound alone, audio description, sign language.
#[component]
fn Versions(deck: Deck) -> impl IntoView {
    let lang = deck.lang;
    let roles: Vec<_> =
        deck.sources.with_value(|sources| sources.iter().map(|source| source.role).collect());
    (roles.len() > 1).then(|| {
        let versions = roles
            .into_iter()
            .enumerate()
            .map(|(at, role)| {
                let chosen = move || deck.version.get() == at;
                view! { <option value=at.to_string() selected=chosen>{lang.version(role)}</option> }
            })
            .collect_view();
        view! {
            <p>
                <label for="deck-version">{lang.player_words().version}</label>
                <select
                    id="deck-version"
                    on:change=move |event| {
                        if let Ok(version) = event_target_value(&event).parse() {
                            deck.choose_version(version);
                        }
                    }
                >
                    {versions}
                </select>
            </p>
        }
    })
}

#[component]
fn Keys(deck: Deck) -> impl IntoView {
    let words = deck.lang.player_words();
    let keys = [
        ("k", words.key_play),
        ("j l", words.key_ten),
        ("← →", words.key_five),
        ("↑ ↓", words.key_volume),
        ("m", words.key_mute),
        ("c", words.key_captions),
        ("f", words.key_full),
        ("< >", words.key_speed),
        ("0–9", words.key_tenths),
        ("Home End", words.key_ends),
    ];
    view! {
        <details class="deck-keys">
            <summary>{words.keys}</summary>
            <p class="meta">{words.key_only}</p>
            <dl>
                {keys
                    .into_iter()
                    .map(|(key, does)| {
                        view! {
                            <div>
                                <dt>
                                    <kbd>{key}</kbd>
                                </dt>
                                <dd>{does}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </details>
    }
}
