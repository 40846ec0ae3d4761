//! What has been decided about an event, and what can be decided next.

use super::model::{LONGEST_WORD, Planned, next_states};
use crate::events::model::State;
use crate::text::use_lang;
use crate::ui::field::TextField;
use leptos::prelude::*;

/// Its state with the buttons that lead on from it.
#[component]
pub(super) fn States(event: Planned) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.plan_words());
    let to = |what: &str| lang.href(&format!("/organise/events/{}/{what}", event.slug));
    let (state, signed_up) = (event.state, event.signed_up);
    let (forward, cancel): (Vec<_>, Vec<_>) = next_states(state, signed_up > 0, event.is_past)
        .into_iter()
        .partition(|next| *next != State::Cancelled);
    let buttons = forward.into_iter().enumerate().map(|(at, next)| {
        let class = if at == 0 { "btn small" } else { "btn quiet small" };
        view! {
            <form method="post" action=to("state")>
                <button class=class name="to" value=next.as_str()>
                    {lang.state_button(state, next)}
                </button>
            </form>
        }
    });
    let buttons = buttons.collect_view();
    let can_be_away = matches!(state, State::Draft | State::Cancelled) || event.is_past;
    let archive = (can_be_away || event.is_archived).then(|| {
        let (value, text) =
            if event.is_archived { ("no", texts.unarchive) } else { ("yes", texts.archive) };
        view! {
            <form method="post" action=to("archive")>
                <button class="btn quiet small" name="away" value=value>
                    {text}
                </button>
            </form>
        }
    });
    view! {
        <section class="states" aria-labelledby="states">
            <h2 id="states" class="vh">
                {texts.states}
            </h2>
            <p class="text">
                {lang.state_means(state)}
                {event.cancel_word.clone().map(|word| view! { <br /> <i>{word}</i> })}
            </p>
            <div class="doings">
                {buttons}
                <form method="post" action=to("duplicate")>
                    <button class="btn quiet small">{texts.duplicate}</button>
                </form>
                {archive}
                {(!cancel.is_empty())
                    .then(|| {
                        view! {
                            <details>
                                <summary>{texts.cancel}</summary>
                                <form class="form" method="post" action=to("state")>
                                    <p>{lang.are_told(signed_up)}</p>
                                    <TextField
                                        id="word"
                                        label=texts.cancel_word
                                        value=String::new()
                                        maxlength=LONGEST_WORD
                                        hint=texts.cancel_word_hint
                                        optional=words.optional
                                    />
                                    <button class="btn danger" name="to" value=State::Cancelled.as_str()>
                                        {texts.cancel_yes}
                                    </button>
                                </form>
                            </details>
                        }
                    })}
            </div>
        </section>
    }
}
