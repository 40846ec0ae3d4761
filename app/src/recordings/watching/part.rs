//! On one's own page: what to go on watching, and whether it is kept.

use super::model::MyWatching;
use crate::recordings::parts::RecordingRows;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What has been begun, and the forms that empty it and switch it off.
#[component]
pub fn MyWatchingSection(
    /// As it stands.
    mine: MyWatching,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let said = match use_query_map().read_untracked().get_str("watching") {
        Some("emptied") => Some(words.emptied),
        Some("off") => Some(words.stopped_keeping),
        Some("on") => Some(words.started_keeping),
        _ => None,
    };
    let form = |action: &str, keeps: &'static str, label: &'static str| {
        view! {
            <form method="post" action=lang.href(action)>
                {(!keeps.is_empty())
                    .then(|| view! { <input type="hidden" name="keep" value=keeps /> })}
                <button class="btn quiet small">{label}</button>
            </form>
        }
    };
    let deeds = if mine.is_kept {
        view! {
            <p class="meta">{words.kept_why}</p>
            <div class="watching-deeds">
                {mine
                    .has_any
                    .then(|| form("/me/watching/empty", "", words.empty_history))}
                {form("/me/watching", "no", words.stop_keeping)}
            </div>
        }
        .into_any()
    } else {
        view! {
            <p class="meta">{words.not_kept}</p>
            <div class="watching-deeds">{form("/me/watching", "yes", words.start_keeping)}</div>
        }
        .into_any()
    };
    view! {
        <section class="watching" id="watching" aria-labelledby="watching-title">
            <h2 id="watching-title">{words.go_on}</h2>
            {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
            {if mine.lines.is_empty() {
                view! {
                    <p class="text">
                        {mine.is_kept.then_some(words.nothing_begun)} " "
                        <a href=lang.href("/recordings")>{words.to_library}</a>
                    </p>
                }
                    .into_any()
            } else {
                view! { <RecordingRows lines=mine.lines goes_on=true /> }.into_any()
            }}
            {deeds}
        </section>
    }
}
