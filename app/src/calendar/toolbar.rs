//! Above the calendar: where one is, and the ways to somewhere else.

use super::model::{CalendarData, CalendarQuery, View, step};
use crate::text::{dates, number, use_lang};
use leptos::prelude::*;

/// Title, today, back and on, a month to jump to, and the three layouts.
#[component]
pub fn Toolbar(
    /// `november 2026`
    title: String,
    /// What is shown.
    data: CalendarData,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let there = |steps: i32| {
        let day = step(data.view, data.date, steps);
        (lang.href(&asked.on(data.view, day).path()), lang.step_name(data.view, day))
    };
    let (back, back_name) = there(-1);
    let (on, on_name) = there(1);
    let today = lang.href(&CalendarQuery { date: None, ..asked.clone() }.path());
    let layout = |view: View| {
        let href = lang.href(&CalendarQuery { view: Some(view), ..asked.clone() }.path());
        let current = (view == data.view).then_some("page");
        view! {
            <a href=href aria-current=current>
                {lang.view(view)}
            </a>
        }
    };
    view! {
        <div class="tools">
            <h1 id="cal-title" tabindex="-1">
                {title}
            </h1>
            <div>
                <nav class="steps" aria-label=words.leaf_through>
                    <a class="btn small quiet" href=today>
                        {words.today}
                    </a>
                    <a href=back rel="prev">
                        <span aria-hidden="true">"←\u{a0}"</span>
                        {back_name}
                    </a>
                    <a href=on rel="next">
                        {on_name}
                        <span aria-hidden="true">"\u{a0}→"</span>
                    </a>
                </nav>
                <Jump data=data.clone() asked=asked.clone() />
                <nav class="views" aria-label=words.show_as>
                    {View::ALL.iter().map(|view| layout(*view)).collect_view()}
                </nav>
            </div>
        </div>
    }
}

/// A month to jump to, of those that have events.
#[component]
fn Jump(data: CalendarData, asked: CalendarQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let here = data.date.first_of_month();
    let known = data.months.iter().any(|month| month.first == here);
    let mut months: Vec<_> = data.months.iter().map(|month| (month.first, month.count)).collect();
    if !known {
        months.push((here, 0));
        months.sort_unstable();
    }
    view! {
        <form method="get" action=lang.href("/calendar")>
            <input type="hidden" name="view" value=data.view.as_str() />
            {asked
                .filter
                .pairs()
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()}
            <label class="vh" for="jump">
                {words.jump_to_month}
            </label>
            <select id="jump" name="date">
                {months
                    .into_iter()
                    .map(|(first, count)| {
                        let value = format!("{:04}-{:02}", first.year(), first.month());
                        let name =
                            format!("{} ({})", dates::month(lang, first), number(lang, count.into()));
                        view! {
                            <option value=value selected=first == here>
                                {name}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <button class="btn small quiet">{words.show}</button>
        </form>
    }
}
