//! `/me/data`: what is held about whoever looks, and all of it to take along.

use super::api::load_data;
use super::model::{Consent, DataPage};
use crate::account::page::SignOut;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use crate::wire;
use leptos::prelude::*;

/// The page.
#[component]
pub fn DataRoute() -> impl IntoView {
    let lang = use_lang();
    let page = Resource::new(|| (), move |()| load_data(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Data page /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Data(page: DataPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let own = lang.data_words();
    view! {
        <PageMeta title=own.title description="" path="/me/data" private=true />
        <header class="mine">
            <h1 tabindex="-1">{own.title}</h1>
            <div class="do">
                <a href=lang.href("/me")>{words.me}</a>
                <a href=lang.href("/me/account")>{words.account}</a>
                <SignOut />
            </div>
        </header>
        <p class="lead">{own.lead}</p>
        <p class="take">
            <a class="btn" href=lang.href("/me/data/stafett.zip") rel="external" download>
                {own.take}
            </a>
        </p>
        <p class="text">{own.take_why}</p>
        <section aria-labelledby="held">
            <h2 id="held">{own.held}</h2>
            <dl class="stored">
                {page
                    .held
                    .into_iter()
                    .map(|(section, count)| {
                        view! {
                            <div>
                                <dt>{lang.held(section)}</dt>
                                <dd>{count}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </section>
        <section aria-labelledby="consents">
            <h2 id="consents">{own.consents}</h2>
            {if page.consents.is_empty() {
                view! { <p class="text">{own.no_consents}</p> }.into_any()
            } else {
                let lines = page.consents.into_iter().map(|it| view! { <ConsentLine it /> });
                view! { <ul class="rows consents">{lines.collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn ConsentLine(it: Consent) -> impl IntoView {
    let lang = use_lang();
    let words = lang.data_words();
    let title = it.title.clone();
    let title = match &it.event {
        Some(slug) => {
            view! { <a href=lang.href(&format!("/events/{slug}"))>{title}</a> }.into_any()
        }
        None => title.into_any(),
    };
    view! {
        <li class="row">
            <time class="when" datetime=wire::date::write(it.on)>
                {dates::date(lang, it.on)}
            </time>
            <h3>{title}</h3>
            <div class="meta">
                {it.is_by_hand().then(|| view! { <p>{words.by_hand}</p> })}
                <details>
                    <summary>{words.wording}</summary>
                    <p>{lang.agreed_to(it.wording)}</p>
                </details>
            </div>
        </li>
    }
}
