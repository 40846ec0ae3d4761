//! The month: weeks from Monday to Sunday, a line for each event.
//!
//! Its days are written as text ([`super::month_html`]) and read by the browser's own parser: a month can
//! hold hundreds of events, and leafing through months must be quick on a slow phone. What happens in
//! them afterwards (seats, the keyboard, a crowded day opened) changes the elements where they stand
//! ([`super::grid`]).

use super::grid;
use super::model::{CalendarData, CalendarQuery};
use super::month_html;
use crate::text::dates::WEEK;
use crate::text::{dates, use_lang};
use leptos::prelude::*;
use std::sync::Arc;

/// The table. Script makes it an ARIA grid: see [`grid`].
#[component]
pub fn Month(
    /// What is shown.
    data: Arc<CalendarData>,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let head = WEEK
        .map(|day| {
            view! {
                <th scope="col">
                    <abbr aria-label=dates::weekday(lang, day)>{dates::short_weekday(lang, day)}</abbr>
                </th>
            }
        })
        .collect_view();
    let grid = grid::Grid::new(Arc::clone(&data), asked.clone());
    let weeks = month_html::weeks(lang, &data, &asked, grid.stop());
    let (keys, clicks) = (grid.clone(), grid);
    view! {
        <table
            class="month"
            aria-labelledby="cal-title"
            on:keydown=move |event| keys.key(&event)
            on:click=move |event| clicks.click(&event)
        >
            <thead>
                <tr>
                    <th scope="col">
                        <span aria-hidden="true">{words.week_short}</span>
                        <span class="vh">{words.week}</span>
                    </th>
                    {head}
                </tr>
            </thead>
            <tbody inner_html=weeks></tbody>
        </table>
        <p class="key">
            <span>
                <span class="ev is-full">
                    <time>{words.full}</time>
                </span>
            </span>
            " "
            <span>
                <span class="ev is-full is-wait">
                    <time>{words.full_with_line}</time>
                </span>
            </span>
            " "
            <span>
                <span class="ev is-prelim">{words.preliminary}</span>
            </span>
            " "
            <span>
                <s>{words.cancelled}</s>
            </span>
        </p>
    }
}
