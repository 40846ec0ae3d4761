//! One's own calendar feed: its address, renewing it, switching it off.

use super::api::load_my_calendar;
use super::model::MyCalendar;
use crate::account::page::SignOut;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/me/calendar`
#[component]
pub fn MyCalendarRoute() -> impl IntoView {
    let lang = use_lang();
    let page = Resource::new(|| (), move |()| load_my_calendar(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Page page /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Page(page: MyCalendar) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let mine = lang.me_words();
    let said = match use_query_map().read_untracked().get_str("feed") {
        Some("on") => Some(mine.switched_on),
        Some("new") => Some(mine.renewed),
        Some("off") => Some(mine.switched_off),
        _ => None,
    };
    view! {
        <PageMeta title=mine.my_calendar description="" path="/me/calendar" private=true />
        <header class="mine">
            <h1 tabindex="-1">{mine.my_calendar}</h1>
            <div class="do">
                <a href=lang.href("/me")>{words.me}</a>
                <a href=lang.href("/me/mail")>{words.my_mail}</a>
                <a href=lang.href("/me/account")>{words.account}</a>
                <SignOut />
            </div>
        </header>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        <p class="text">{mine.my_calendar_why}</p>
        {match page.address {
            Some(address) => view! { <On address /> }.into_any(),
            None => {
                view! {
                    <p class="text">{mine.my_calendar_off}</p>
                    <form method="post" action=lang.href("/me/calendar")>
                        <button class="btn">{mine.switch_on}</button>
                    </form>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn On(address: String) -> impl IntoView {
    let lang = use_lang();
    let mine = lang.me_words();
    // Calendar programs know their subscriptions by this scheme.
    let subscribe = address
        .split_once("://")
        .map(|(_, rest)| format!("webcal://{rest}"))
        .unwrap_or_else(|| address.clone());
    view! {
        <div class="field my-feed">
            <label for="feed">{mine.my_calendar_address}</label>
            <input id="feed" type="url" readonly value=address autocomplete="off" />
        </div>
        <p>
            <a class="btn" href=subscribe rel="external">
                {mine.my_calendar_open}
            </a>
        </p>
        <p class="text">{mine.my_calendar_secret}</p>
        <div class="watching-deeds">
            <form method="post" action=lang.href("/me/calendar")>
                <button class="btn quiet small">{mine.renew}</button>
            </form>
            <form method="post" action=lang.href("/me/calendar/end")>
                <button class="btn quiet small">{mine.switch_off}</button>
            </form>
        </div>
    }
}
