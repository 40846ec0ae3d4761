//! `/organise/calendar`: everything that is planned, with what collides, public holidays and school holidays.

use super::api::load_planner;
use super::clash_list::ClashList;
use super::model::{PlannedEvent, PlannerPage, View, months_from, path};
use super::month::Month;
use crate::live::signal::use_programme_changes;
use crate::text::{Lang, dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/organise/calendar`
#[component]
pub fn PlannerRoute() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let changes = use_programme_changes();
    let page = Resource::new(
        move || {
            let query = query.read();
            (query.get("month"), query.get("view"), query.get("what"), changes.get())
        },
        move |(month, view, what, _)| load_planner(lang, month, view, what),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Planner page /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Planner(page: PlannerPage) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.planner_words());
    let (first, at) = (page.first, page.view);
    let turn = |months: i32, rel: &'static str| {
        let other = months_from(first, months);
        view! {
            <a href=lang.href(&path(other, at)) rel=rel>
                {dates::month(lang, other)}
            </a>
        }
    };
    let views = [(View::Month, texts.month), (View::Clashes(None), texts.clash_view)].map(
        |(view, text)| {
            let is_here = (view == View::Month) == (at == View::Month);
            view! {
                <li>
                    <a href=lang.href(&path(first, view)) aria-current=is_here.then_some("page")>
                        {text}
                    </a>
                </li>
            }
        },
    );
    let this_month = page.today.first_of_month();
    let to_this_month = (this_month != first).then(|| {
        view! { <a href=lang.href(&path(this_month, at))>{texts.this_month}</a> }
    });
    let shown = match at {
        View::Month => view! { <Month page /> }.into_any(),
        View::Clashes(what) => view! { <ClashList page what /> }.into_any(),
    };
    view! {
        <PageMeta title=texts.calendar description="" path="/organise/calendar" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{texts.calendar}</h1>
        <nav class="planner-views" aria-label=texts.views>
            <ul>{views}</ul>
        </nav>
        <nav class="planner-turns" aria-label=texts.months>
            {turn(-1, "prev")}
            {turn(1, "next")}
            {to_this_month}
        </nav>
        {shown}
        <p class="meta text">{texts.school_note}</p>
    }
}

/// Where one goes from here: to the form of what one organises, to the page of what others do.
pub(super) fn address(lang: Lang, event: &PlannedEvent) -> String {
    if event.is_mine {
        lang.href(&format!("/organise/events/{}/edit", event.slug))
    } else {
        lang.href(&format!("/events/{}", event.slug))
    }
}

/// `09:00–10:00`, where a time of day belongs to it.
pub(super) fn hours(event: &PlannedEvent) -> Option<String> {
    event.has_clock.then(|| {
        format!("{}–{}", dates::clock(event.starts.time()), dates::clock(event.ends.time()))
    })
}
