//! `/organise/events/{slug}/lists/{list}`: a list for paper. Printed, or saved as PDF, by the browser.

use super::api::load_list;
use super::model::{Printed, Sheet};
use super::sheets::{Badges, Door, Participants};
use crate::error::AppError;
use crate::organise::people::query::PeopleQuery;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/events/{slug}/lists/{list}`
#[component]
pub fn ListRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let parameters = use_query_map();
    let query = Memo::new(move |_| PeopleQuery::from_pairs(&*parameters.read()));
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let sheet = Memo::new(move |_| params.read().get("list").and_then(|word| Sheet::parse(&word)));
    let page = Resource::new(
        move || (slug.get(), sheet.get(), query.get().encoded()),
        move |(slug, sheet, asked)| async move {
            let sheet = sheet.ok_or(AppError::NotFound)?;
            Ok((sheet, load_list(lang, slug, sheet, asked).await?))
        },
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok((sheet, printed)) => view! { <Paper sheet printed query=query.get() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// The list under its heading.
#[component]
fn Paper(sheet: Sheet, printed: Printed, query: PeopleQuery) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.list_words();
    let name = lang.sheet(sheet);
    let slug = printed.line.slug.clone();
    let title = printed.line.title.clone();
    let back = lang.href(&query.path(&slug));
    let others: Vec<_> = Sheet::ALL
        .iter()
        .map(|&other| {
            let here = (other == sheet).then_some("page");
            view! {
                <li>
                    <a href=lang.href(&other.path(&slug, &query)) aria-current=here>
                        {lang.sheet(other)}
                    </a>
                </li>
            }
        })
        .collect();
    // Without JavaScript the browser's own menu prints.
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let left_out = printed.matching.saturating_sub(printed.rows.len());
    let is_empty = printed.rows.is_empty();
    let when = dates::long_when(lang, &printed.line.when);
    let count = lang.found(printed.matching);
    let list = match sheet {
        Sheet::Participants => view! { <Participants printed /> }.into_any(),
        Sheet::Door => view! { <Door printed /> }.into_any(),
        Sheet::Badges => view! { <Badges printed /> }.into_any(),
    };
    view! {
        <PageMeta title=format!("{name}: {title}") description="" path="/organise" private=true />
        <article class=format!("paper paper-{}", sheet.as_str())>
            <p class="kicker off-paper">
                <a href=back>{texts.back}</a>
            </p>
            <h1 tabindex="-1">{name} " " <small>{title}</small></h1>
            <p class="of-what">{when} ". " {count} "."</p>
            <nav class="off-paper papers" aria-label=texts.lists>
                <ul>{others}</ul>
            </nav>
            <p class="off-paper to-printer">
                <button class="btn" type="button" hidden=move || !is_awake.get() on:click=|_| print()>
                    {texts.print}
                </button>
                <span>{texts.print_hint}</span>
            </p>
            {(left_out > 0).then(|| view! { <p class="note now off-paper">{lang.left_out(left_out)}</p> })}
            {is_empty.then(|| view! { <p class="text">{texts.nobody}</p> })}
            {list}
        </article>
    }
}

/// Opens the browser's own dialogue.
fn print() {
    // A browser that does not print has a menu that says so.
    #[cfg(feature = "hydrate")]
    let _ = window().print();
}
