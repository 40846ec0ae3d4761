//! What one wants to be mailed about.

use crate::account::page::SignOut;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use crate::unsubscribe::api::load_wishes;
use crate::unsubscribe::model::{Watch, Wish, WishesPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/me/mail`
#[component]
pub fn MailRoute() -> impl IntoView {
    let lang = use_lang();
    let page = Resource::new(|| (), move |()| load_wishes(lang));
    let saved = use_query_map().read_untracked().get("saved").is_some();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Wishes page saved /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Wishes(page: WishesPage, saved: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <PageMeta title=words.my_mail description="" path="/me/mail" private=true />
        <header class="mine">
            <h1 tabindex="-1">{words.my_mail}</h1>
            <div class="do">
                <a href=lang.href("/me")>{words.me}</a>
                <a href=lang.href("/me/account")>{words.account}</a>
                <SignOut />
            </div>
        </header>
        {saved
            .then(|| {
                view! {
                    <p class="note" role="status" id="saved">
                        {words.saved}
                    </p>
                }
            })}
        <p>{words.my_mail_to} " " <b>{page.email}</b> "."</p>
        <div class="wishes">
            <Choices wanted=page.wanted />
            <section aria-labelledby="always">
                <h2 id="always">{words.always_mailed}</h2>
                <p class="text">{words.always_mailed_why}</p>
            </section>
            <section aria-labelledby="watches">
                <h2 id="watches">{words.watches}</h2>
                <Watches watches=page.watches />
            </section>
        </div>
    }
}

#[component]
fn Choices(wanted: Vec<Wish>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <form class="form" method="post" action=lang.href("/me/mail")>
            <fieldset class="field">
                <legend>
                    <h2>{words.my_wishes}</h2>
                </legend>
                {Wish::ALL
                    .iter()
                    .map(|&wish| {
                        let checked = wanted.contains(&wish);
                        view! {
                            <label class="pick">
                                <input
                                    type="checkbox"
                                    name=wish.as_str()
                                    value="yes"
                                    checked=checked
                                    autocomplete="off"
                                />
                                <span>{lang.wish(wish)} <small>{lang.wish_hint(wish)}</small></span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <button class="btn">{words.save}</button>
        </form>
    }
}

#[component]
fn Watches(watches: Vec<Watch>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    if watches.is_empty() {
        return view! { <p class="text">{words.no_watches}</p> }.into_any();
    }
    let watches = watches.into_iter().map(|watch| view! { <WatchLine watch /> }).collect_view();
    view! {
        <p class="text">{words.watches_why}</p>
        <ul class="sessions">{watches}</ul>
    }
    .into_any()
}

#[component]
fn WatchLine(watch: Watch) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let event = watch.event;
    let about = format!("{}: {}", words.end_watch, event.title);
    view! {
        <li>
            <div>
                <b>
                    <a href=lang.href(&format!("/events/{}", event.slug))>{event.title.clone()}</a>
                </b>
                <p class="meta">{dates::long_when(lang, &event.when)}</p>
            </div>
            <form method="post" action=lang.href(&format!("/me/mail/watches/{}/end", watch.id))>
                <button class="btn quiet small" aria-label=about>
                    {words.end_watch}
                </button>
            </form>
        </li>
    }
}
