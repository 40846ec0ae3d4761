//! `/unsubscribe/{token}`: a button, since mail programs look at links by themselves; and what is said
//! afterwards.

use super::api::load_watched;
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
                <a href=lang.href("/calendar")>{words.whole_calendar}</a>
            </p>
        </div>
    }
}

#[component]
fn Ask(token: String) -> impl IntoView {
    let lang = use_lang();
    let action = lang.href(&format!("/unsubscribe/{token}"));
    let event = Resource::new(move || token.clone(), move |token| load_watched(lang, token));
    view! {
        <Transition>
            {move || {
                let action = action.clone();
                Suspend::new(async move {
                    let words = lang.words();
                    match event.await {
                        Ok(event) => {
                            view! {
                                <PageMeta title=words.unsubscribe description="" path="/unsubscribe" private=true />
                                <div class="done">
                                    <h1 tabindex="-1">{words.unsubscribe}</h1>
                                    <p class="lead">{words.unsubscribe_why}</p>
                                    <p>
                                        <b>
                                            <a href=lang.href(&format!("/events/{}", event.slug))>{event.title.clone()}</a>
                                        </b>
                                        <br />
                                        {dates::long_when(lang, &event.when)}
                                    </p>
                                    <form method="post" action=action>
                                        <button class="btn">{words.unsubscribe_yes}</button>
                                    </form>
                                </div>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
