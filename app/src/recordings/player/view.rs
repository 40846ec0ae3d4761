//! The player as it stands in the page.

use super::deck::{Deck, Fault};
use super::model::{Command, TEN, Taste};
use super::seek::{Place, SeekBar};
use super::settings::Settings;
use crate::recordings::page_model::RecordingPage;
use leptos::prelude::*;

/// The player of a recording that has something to play.
#[component]
pub fn Player(
    /// Its handle.
    deck: Deck,
    /// What is played.
    page: StoredValue<RecordingPage>,
) -> impl IntoView {
    let lang = deck.lang;
    let words = lang.player_words();
    let (label, poster, sound_only) = page.with_value(|page| {
        let poster = page.poster.as_ref().map(|poster| poster.address.clone());
        (format!("{}: {}", words.player, page.title), poster, !page.has_picture())
    });
    let (width, height) = page.with_value(|page| {
        page.sources.first().and_then(|source| source.size).unwrap_or((1280, 720))
    });
    let chosen = move || {
        deck.sources.with_value(|sources| {
            let address = sources.get(deck.version.get()).map(|source| deck.playable(source));
            address.map(|address| match deck.begin_ms {
                // Media Fragments §4.2.1; our own controls go there by themselves, too.
                Some(begin) => format!("{address}#t={}", begin / 1_000),
                None => address,
            })
        })
    };
    // Without the client, and until another version is chosen, the browser takes the first that it plays.
    let choices = page.with_value(|page| {
        let source = page.sources.first()?;
        let (instead, kind) = source.instead.clone()?;
        Some(vec![(source.address.clone(), source.content_type.clone()), (instead, kind)])
    });
    let has_choices = choices.is_some();
    let begin = deck.begin_ms.map(|begin| format!("#t={}", begin / 1_000)).unwrap_or_default();
    let choices = choices.unwrap_or_default().into_iter().map(|(address, kind)| {
        view! { <source src=format!("{address}{begin}") type=kind /> }
    });
    let choices = choices.collect_view();
    let has_chosen = StoredValue::new(false);
    let tracks = page.with_value(|page| {
        page.tracks
            .iter()
            .map(|track| {
                view! {
                    <track
                        kind=if track.translates { "subtitles" } else { "captions" }
                        src=track.address.clone()
                        srclang=track.language.tag()
                        label=lang.name_of(track.language)
                    />
                }
            })
            .collect_view()
    });
    let class = move || {
        let Taste { size, colour, .. } = deck.taste.get();
        let kind = if sound_only { " is-sound" } else { "" };
        format!("player cues-{} cues-{}{kind}", size.as_str(), colour.as_str())
    };
    let address = move || {
        if deck.version.get() > 0 {
            has_chosen.set_value(true);
        }
        if has_choices && !has_chosen.get_value() { None } else { chosen() }
    };
    deck.come_alive();
    view! {
        <section class=class aria-label=label node_ref=deck.root>
            <div class="screen">
                <video
                    node_ref=deck.video
                    src=address
                    poster=poster
                    width=width
                    height=height
                    preload="metadata"
                    playsinline
                    controls=move || !deck.is_awake.get()
                >
                    {choices} {tracks}
                </video>
                <FaultNote deck />
            </div>
            <div class="deck" hidden=move || !deck.is_awake.get()>
                <SeekBar deck />
                <Buttons deck />
            </div>
            <p class="vh" role="status">
                {move || status(deck)}
            </p>
        </section>
    }
}

/// What is read aloud: what is wrong, that it is being fetched, or what was done.
fn status(deck: Deck) -> &'static str {
    let words = deck.lang.player_words();
    match deck.fault.get() {
        Some(fault) => told(deck, fault),
        None if deck.waits.get() => words.loading,
        None => deck.done.get(),
    }
}

fn told(deck: Deck, fault: Fault) -> &'static str {
    let words = deck.lang.player_words();
    match fault {
        Fault::Lost => words.lost,
        Fault::Failed => words.failed,
        Fault::Cannot => words.cannot,
    }
}

/// Over the picture: that it waits, or what is wrong and what one can do.
#[component]
fn FaultNote(deck: Deck) -> impl IntoView {
    let words = deck.lang.player_words();
    move || match deck.fault.get() {
        Some(fault) => view! {
            <div class="screen-note">
                <p aria-hidden="true">{told(deck, fault)}</p>
                {(fault != Fault::Cannot)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn small"
                                on:click=move |_| deck.press(Command::TryAgain)
                            >
                                {words.try_again}
                            </button>
                        }
                    })}
            </div>
        }
        .into_any(),
        None => (deck.waits.get())
            .then(|| {
                view! {
                    <p class="screen-note" aria-hidden="true">
                        {words.loading}
                    </p>
                }
            })
            .into_any(),
    }
}

/// One button: a drawing, and what it does in words.
#[component]
fn Key(
    deck: Deck,
    /// What it does.
    command: Command,
    /// In words.
    #[prop(into)]
    label: Signal<&'static str>,
    /// As an SVG path in a square of 24.
    #[prop(into)]
    drawing: Signal<&'static str>,
    /// It is in or out, where it is that kind of button.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="deck-key"
            aria-label=move || label.get()
            title=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            on:click=move |_| deck.press(command)
        >
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d=move || drawing.get() />
            </svg>
        </button>
    }
}

const PLAY: &str = "M7 4.5v15l12.5-7.5z";
const PAUSE: &str = "M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z";
const BACK: &str = "M12 4V1L6.5 5.5 12 10V7a6 6 0 1 1-6 6H3a9 9 0 1 0 9-9z";
const FORTH: &str = "M12 4V1l5.5 4.5L12 10V7a6 6 0 1 0 6 6h3a9 9 0 1 1-9-9z";
const SOUND: &str = "M3 9v6h4l5 4.5v-15L7 9zM14.5 8.5v7a4.5 4.5 0 0 0 0-7zM14.5 4v2.2a6.5 6.5 0 0 1 0 11.6V20a8.5 8.5 0 0 0 0-16z";
const NO_SOUND: &str = "M3 9v6h4l5 4.5v-15L7 9zM15 9.4l1.4-1.4 2.1 2.1 2.1-2.1L22 9.4l-2.1 2.1 2.1 2.1-1.4 1.4-2.1-2.1-2.1 2.1-1.4-1.4 2.1-2.1z";
const CAPTIONS: &str = "M3 5h18v14H3zm2 2v10h14V7zm1.5 3h5v1.7h-5zm6.5 0h4.5v1.7H13zm-6.5 3.3h3.5V15H6.5zm5 0h6V15h-6z";
const FLOAT: &str = "M3 5h18v6h-2V7H5v10h5v2H3zm9 8h9v6h-9z";
const FULL: &str = "M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z";
const SMALLER: &str = "M8 4h2v6H4V8h4zm6 0h2v4h4v2h-6zM4 14h6v6H8v-4H4zm10 0h6v2h-4v4h-2z";

/// The row of buttons.
#[component]
fn Buttons(deck: Deck) -> impl IntoView {
    let words = deck.lang.player_words();
    let plays = deck.plays;
    let has_captions = deck.languages.with_value(|languages| !languages.is_empty());
    let label = Signal::derive(move || if plays.get() { words.pause } else { words.play });
    let drawing = Signal::derive(move || if plays.get() { PAUSE } else { PLAY });
    let sound = Signal::derive(move || if deck.is_muted.get() { NO_SOUND } else { SOUND });
    let is_muted = Signal::derive(move || deck.is_muted.get());
    let has_cues = Signal::derive(move || deck.taste.read().captions);
    let floats = Signal::derive(move || deck.floats.get());
    let screen = Signal::derive(move || {
        if deck.is_full.get() { words.leave_full_screen } else { words.full_screen }
    });
    let screen_drawing = Signal::derive(move || if deck.is_full.get() { SMALLER } else { FULL });
    view! {
        <div class="deck-row">
            <Key deck command=Command::Toggle label drawing />
            <Key deck command=Command::Step(-TEN) label=words.back drawing=BACK />
            <Key deck command=Command::Step(TEN) label=words.forth drawing=FORTH />
            <Place deck />
            <span class="deck-gap"></span>
            <Key deck command=Command::Mute label=words.mute drawing=sound pressed=is_muted />
            <input
                class="deck-volume"
                type="range"
                min="0"
                max="100"
                step="5"
                autocomplete="off"
                aria-label=words.volume
                prop:value=move || deck.taste.read().volume.to_string()
                on:input=move |event| {
                    if let Ok(volume) = event_target_value(&event).parse() {
                        deck.press(Command::Volume(volume));
                    }
                }
            />
            {has_captions
                .then(|| {
                    view! {
                        <Key
                            deck
                            command=Command::Captions
                            label=words.captions
                            drawing=CAPTIONS
                            pressed=has_cues
                        />
                    }
                })}
            <span hidden=move || !deck.can_float.get()>
                <Key
                    deck
                    command=Command::SmallWindow
                    label=words.small_window
                    drawing=FLOAT
                    pressed=floats
                />
            </span>
            <Key deck command=Command::FullScreen label=screen drawing=screen_drawing />
        </div>
        <div class="deck-row deck-second">
            <Settings deck />
            <a class="deck-here" href=move || deck.link() data-here="">
                {words.link_here}
            </a>
            <span class="deck-done" aria-hidden="true">
                {move || deck.done.get()}
            </span>
        </div>
    }
}
