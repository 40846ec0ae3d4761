//! The month: weeks from Monday to Sunday, a line for each event.
//!
//! Its table is written as text ([`super::month_html`]) and read by the browser's own parser: a month can
//! hold hundreds of events, and leafing through months must be quick on a slow phone. In the browser it lies
//! on one of two sheets ([`super::sheets`]). What happens in it afterwards (seats, the keyboard, a crowded
//! day opened) changes the elements where they stand ([`super::grid`]).

use super::grid;
use super::model::{CalendarData, CalendarQuery};
use crate::text::use_lang;
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
    let grid = grid::Grid::new(Arc::clone(&data), asked.clone());
    // The browser puts the table there itself, once for each month; the framework leaves it as it is.
    #[cfg(feature = "hydrate")]
    let sheets = {
        let place = NodeRef::<leptos::html::Div>::new();
        let stop = grid.clone();
        Effect::new(move |_| {
            if let (Some(place), Some(stop)) = (place.get(), stop.stop()) {
                super::sheets::show(&place, lang, Arc::clone(&data), asked.clone(), stop);
            }
        });
        let (keys, clicks) = (grid.clone(), grid);
        view! {
            <div
                class="sheets"
                node_ref=place
                on:keydown=move |event| keys.key(&event)
                on:click=move |event| clicks.click(&event)
            ></div>
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let sheets = {
        let table = super::month_html::table(lang, &data, &asked, grid.stop());
        view! { <div class="sheets" inner_html=format!("<div class=\"sheet\">{table}</div>")></div> }
    };
    view! {
        {sheets}
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
