//! The list of what collides in the year from a month on, in words and drawn: two lines over the same time.

use super::clash::{Clash, What};
use super::model::{MONTHS_AHEAD, PlannedEvent, PlannerPage, View, months_from, path};
use super::page::{address, hours};
use crate::text::{Lang, dates, use_lang};
use leptos::prelude::*;

/// The list; `what` narrows it to one sort.
#[component]
pub(super) fn ClashList(page: PlannerPage, what: Option<What>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.planner_words();
    let PlannerPage { first, events, clashes, counts, .. } = page;
    let (all, of_each) = counts;
    let sorts = std::iter::once((None, all))
        .chain(What::ALL.iter().map(|what| Some(*what)).zip(of_each.iter().copied()))
        .map(|(sort, count)| {
            let is_here = sort == what;
            let current = is_here.then_some("page");
            view! {
                <li>
                    <a href=lang.href(&path(first, View::Clashes(sort))) aria-current=current>
                        {lang.clash_sort(sort)}
                        " "
                        <small class="num">{count}</small>
                    </a>
                </li>
            }
        })
        .collect_view();
    let shown = clashes.len();
    let wanted = what.map_or(all, |what| {
        let at = What::ALL.iter().position(|other| *other == what);
        at.and_then(|at| of_each.get(at)).copied().unwrap_or_default()
    });
    let last = months_from(first, MONTHS_AHEAD - 1);
    let months = format!("{} – {}", dates::month(lang, first), dates::month(lang, last));
    let beyond = (shown < wanted).then(|| lang.clashes_beyond(shown, wanted));
    let rows = clashes
        .into_iter()
        .filter_map(|clash| {
            Some(row(lang, events.get(clash.pair.0)?, events.get(clash.pair.1)?, &clash))
        })
        .collect_view();
    view! {
        <section aria-labelledby="clashes">
            <h2 id="clashes">{lang.clashes(all)}</h2>
            <p class="meta">{months}</p>
            <nav class="planner-views" aria-label=texts.sorts>
                <ul>{sorts}</ul>
            </nav>
            <ul class="clash-list">{rows}</ul>
            {(wanted == 0).then(|| view! { <p class="text">{texts.none_of_these}</p> })}
            {beyond.map(|beyond| view! { <p class="meta">{beyond}</p> })}
        </section>
    }
}

fn row(
    lang: Lang,
    one: &PlannedEvent,
    other: &PlannedEvent,
    clash: &Clash,
) -> impl IntoView + use<> {
    let percent = |at: u8| format!("{at}%");
    let [(a, b), (c, d)] = clash.spans;
    let day = one.starts.date();
    view! {
        <li>
            <time datetime=crate::wire::date::write(day)>{dates::day(lang, day)}</time>
            <svg aria-hidden="true">
                <line x1=percent(a) x2=percent(b) y1="30%" y2="30%" />
                <line x1=percent(c) x2=percent(d) y1="70%" y2="70%" />
            </svg>
            <div>
                <p>{named(lang, one)}</p>
                <p>{named(lang, other)}</p>
                <p class="meta">{lang.shared_all(&clash.shared)}</p>
            </div>
        </li>
    }
}

/// A link to an event, with its hours and where it belongs.
fn named(lang: Lang, event: &PlannedEvent) -> impl IntoView + use<> {
    let hours = hours(event);
    view! {
        <a href=address(lang, event)>{event.title.clone()}</a>
        {hours.map(|hours| view! { " " <span class="num">{hours}</span> })}
        " "
        <small>{event.home.clone()}</small>
    }
}
