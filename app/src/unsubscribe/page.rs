//! `/unsubscribe/{token}`: a button, since mail programs look at links by themselves; and what is said
//! afterwards.

use super::api::load_stoppable;
use super::model::Stoppable;
use crate::events::model::EventLine;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What stands in the place of the secret once it is done.
pub const DONE: &str = "done";

/// `/unsubscribe/{token}` and `/unsubscribe/done`
#[component]
pub fn UnsubscribeRoute() -> impl IntoView {
    let params = use_params_map();
    move || {
        let token = params.read().get("token").unwrap_or_default();
        if token == DONE {
            view! { <Done /> }.into_any()
        } else {
            view! { <Ask token /> }.into_any()
        }
    }
}

#[component]
fn Done() -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <PageMeta title=words.unsubscribed description="" path="/unsubscribe" private=true />
        <div class="done">
            <h1 tabindex="-1">{words.unsubscribed}</h1>
            <p class="lead">{words.unsubscribed_why}</p>
            <p class="more">
                <a href=lang.href("/me/mail")>{words.choose_mail}</a>
            </p>
            <p class="more">
                <a href=lang.href("/calendar")>{words.whole_calendar}</a>
            </p>
        </div>
    }
}

#[component]
fn Ask(token: String) -> impl IntoView {
    let lang = use_lang();
    let action = lang.href(&format!("/unsubscribe/{token}"));
    let stoppable = Resource::new(move || token.clone(), move |token| load_stoppable(lang, token));
    view! {
        <Transition>
            {move || {
                let action = action.clone();
                Suspend::new(async move {
                    match stoppable.await {
                        Ok(Stoppable::Wish { wanted: false, .. }) => view! { <Done /> }.into_any(),
                        Ok(stoppable) => view! { <Question stoppable action /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Question(stoppable: Stoppable, action: String) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let (why, event) = match stoppable {
        Stoppable::Opening(event) => (words.unsubscribe_why, Some(*event)),
        Stoppable::Wish { wish, .. } => (lang.wish_told(wish), None),
    };
    view! {
        <PageMeta title=words.unsubscribe description="" path="/unsubscribe" private=true />
        <div class="done">
            <h1 tabindex="-1">{words.unsubscribe}</h1>
            <p class="lead">{why}</p>
            {event.map(|event| view! { <About event /> })}
            <form method="post" action=action>
                <button class="btn">{words.unsubscribe_yes}</button>
            </form>
        </div>
    }
}

#[component]
fn About(event: EventLine) -> impl IntoView {
    let lang = use_lang();
    view! {
        <p>
            <b>
                <a href=lang.href(&format!("/events/{}", event.slug))>{event.title.clone()}</a>
            </b>
            <br />
            {dates::long_when(lang, &event.when)}
        </p>
    }
}
