//! Everybody who signed up, a page at a time: those first for whom there is something to do.

use super::api::load_people;
use super::choosing::{Choosing, Deeds};
use super::filters::{Finder, Standings};
use super::follow::{List, follow};
use super::model::{Group, PeoplePage};
use super::person::Person;
use super::query::{PAGE, PeopleQuery};
use crate::organise::letters::parts::WriteTo;
use crate::organise::lists::taking::TakeOut;
use crate::organise::model::PostedTerms;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The people of the event, as far as the address asks for them.
#[component]
pub fn People(
    /// The event's.
    slug: Memo<String>,
    /// The form as it was filled, and what was wrong.
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let parameters = use_query_map();
    let query = Memo::new(move |_| PeopleQuery::from_pairs(&*parameters.read()));
    // Only the first page comes by this; from then on the list follows by itself.
    let first = Resource::new(
        move || slug.get(),
        move |slug| load_people(lang, slug, query.get_untracked().encoded()),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(page) => view! { <Roster page slug query posted /> }.into_any(),
                    // The rest of the page says why.
                    Err(_) => ().into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Roster(
    page: PeoplePage,
    slug: Memo<String>,
    query: Memo<PeopleQuery>,
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let may_change = page.about.may_change;
    let list = List::new(page, query.get_untracked());
    posted.with_value(|posted| list.choose_again(posted));
    follow(list, slug, query);
    let is_empty = Memo::new(move |_| list.about.with(|about| about.total == 0));
    let finds_nobody =
        Memo::new(move |_| list.about.with(|about| about.matching == 0 && 0 < about.total));
    let found = move || lang.found(list.about.with(|about| about.matching));
    let clear = move || lang.href(&query.with(PeopleQuery::unfiltered).path(&slug.read()));
    view! {
        <section class="roll" aria-labelledby="people" data-awake=move || list.is_awake.get().then_some("")>
            <Deeds list slug />
            <h2 id="people">{texts.people} " " <small class="num">{found}</small></h2>
            {move || is_empty.get().then(|| view! { <p class="text">{texts.nobody_yet}</p> })}
            <div hidden=move || is_empty.get()>
                <Standings list slug query />
                <Finder list slug query />
                {may_change.then(|| view! { <Choosing list slug posted /> })}
                {may_change.then(|| view! { <WriteTo list slug /> })}
                <TakeOut list slug />
            </div>
            <p class="text" hidden=move || !finds_nobody.get()>
                {texts.nobody_found}
                " "
                <a href=clear data-noscroll="">
                    {texts.show_all}
                </a>
            </p>
            {Group::ALL
                .iter()
                .map(|&group| {
                    let is_there = move || list.is_grouped() && !list.of(Some(group)).is_empty();
                    view! {
                        <Show when=is_there>
                            <Stand list slug group />
                        </Show>
                    }
                })
                .collect_view()}
            <Show when=move || !list.is_grouped()>
                <div class="roster">
                    <Rows list slug group=None />
                </div>
            </Show>
            <Pages list slug />
        </section>
    }
}

/// Those who stand together, under their heading.
#[component]
fn Stand(list: List, slug: Memo<String>, group: Group) -> impl IntoView {
    let lang = use_lang();
    let id = group.as_str();
    let count = Memo::new(move |_| list.about.with(|about| about.in_group(group)));
    let approves_all = move || {
        let may = group == Group::Requests && list.about.with(|about| about.may_change);
        may && 1 < count.get()
    };
    let figure = move || crate::text::number(lang, i64::try_from(count.get()).unwrap_or_default());
    view! {
        <section class="roster" aria-labelledby=id>
            <h3 id=id>{lang.group(group)} " " <small class="num">{figure}</small></h3>
            <Show when=approves_all>
                <form method="post" action=move || lang.href(&list.form(&slug.read(), "decide"))>
                    <input type="hidden" name="sign_up" value="all" />
                    <input type="hidden" name="decision" value="approve" />
                    <button class="btn quiet">{move || lang.approve_all(count.get())}</button>
                </form>
            </Show>
            <Rows list slug group=Some(group) />
        </section>
    }
}

#[component]
fn Rows(list: List, slug: Memo<String>, group: Option<Group>) -> impl IntoView {
    let columns = move || list.about.with(|about| format!("of-{}", about.questions.len().min(3)));
    view! {
        <ul class=columns>
            <For
                each=move || list.of(group)
                key=|entry| entry.id
                children=move |entry| view! { <Person entry list slug /> }
            />
        </ul>
    }
}

/// Back and on, where there is more than a page.
#[component]
fn Pages(list: List, slug: Memo<String>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let page = move || list.about.with(|about| about.page);
    let pages = move || list.about.with(|about| about.pages);
    let leads = move |page: usize| {
        let query = list.shown.with(|shown| PeopleQuery { page, ..shown.clone() });
        format!("{}#people", lang.href(&query.path(&slug.read())))
    };
    let back = move || page().checked_sub(1).map(leads);
    let on = move || Some(page() + 1).filter(|next| *next < pages()).map(leads);
    let is_only_one = move || pages() == 1;
    let shown = move || {
        let (first, matching) = (page() * PAGE, list.about.with(|about| about.matching));
        lang.shown_of(first + 1, (first + PAGE).min(matching), matching)
    };
    view! {
        <nav class="turn" aria-label=texts.pages hidden=is_only_one>
            <a class="btn small quiet" rel="prev" href=back aria-disabled=move || back().is_none().then_some("true")>
                {texts.earlier}
            </a>
            <span>{move || lang.page_of(page() + 1, pages())} <small>{shown}</small></span>
            <a class="btn small quiet" rel="next" href=on aria-disabled=move || on().is_none().then_some("true")>
                {texts.later}
            </a>
        </nav>
    }
}
