//! Pages for what the server has not done, shown in place of the page at the address.

use super::baton::{Baton, Mark};
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Another site's page sent it.
    OtherSite,
    /// It is too large.
    TooLarge,
    /// It came too often.
    TooMany,
    /// It cannot be read.
    Unreadable,
    /// The database does not answer.
    Unavailable,
}

/// The refusal that this page is the answer with, if it is one. The browser takes over what the server
/// used.
#[must_use]
pub fn refusal() -> Option<Refusal> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<Refusal>()
        }
        #[cfg(not(feature = "ssr"))]
        {
            None
        }
    })
    .into_inner()
}

/// Says what was not done, and why.
#[component]
pub fn Refused(
    /// Why.
    refusal: Refusal,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let (title, why) = match refusal {
        Refusal::OtherSite => (words.refused, words.refused_why),
        Refusal::TooLarge => (words.too_large, words.too_large_why),
        Refusal::TooMany => (words.too_many, words.too_many_why),
        Refusal::Unreadable => (words.bad_request, words.bad_request_why),
        Refusal::Unavailable => (words.unavailable, words.unavailable_why),
    };
    let marks = vec![Mark::Held, Mark::Held, Mark::Off, Mark::Coming, Mark::Coming];
    view! {
        <Title text=title />
        <div class="lost">
            <Baton marks />
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{why}</p>
            <p>
                <a class="btn" href=lang.href("/calendar") rel="external">
                    {words.whole_calendar}
                </a>
            </p>
        </div>
    }
}
