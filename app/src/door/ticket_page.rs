//! `/check-in/{ticket}`: what somebody sees who reads a ticket's code with a telephone of their own. It says the
//! same of every ticket: whose it is, and whether it is one, the door alone is told.

use crate::text::use_lang;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;

/// The page.
#[component]
pub fn TicketRoute() -> impl IntoView {
    let lang = use_lang();
    let (title, why) = lang.this_is_a_ticket();
    view! {
        <PageMeta title=title description="" path="/check-in" private=true />
        <div class="done">
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{why}</p>
            <p class="more">
                <a href=lang.href("/calendar")>{lang.words().whole_calendar}</a>
            </p>
        </div>
    }
}
