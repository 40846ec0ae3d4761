//! How events look in lists.

use super::model::{EventLine, Phase, Seats, WaySeats};
use crate::live::signal::use_seats;
use crate::text::{dates, use_lang};
use crate::ui::bar::Bar;
use leptos::prelude::*;

/// Classes for the state of an event: `is-past`, `is-off`, `is-prelim`, `is-full`, `is-wait`.
#[must_use]
pub fn state_class(phase: Phase, seats: &Seats) -> &'static str {
    match phase {
        Phase::Past => "is-past",
        Phase::Cancelled => "is-off",
        Phase::Preliminary => "is-prelim",
        _ if seats.ways.iter().any(|way| way.waitlisted > 0) && seats.is_full() => {
            "is-full is-wait"
        }
        _ if seats.is_full() => "is-full",
        _ => "",
    }
}

/// The seats of one way as words and a bar that follow what happens.
#[component]
fn WayLeft(
    /// All ways of the event.
    seats: ArcRwSignal<Seats>,
    /// Which of them.
    index: usize,
    /// The way is named, since there are two.
    named: bool,
) -> impl IntoView {
    let lang = use_lang();
    let way = move || seats.read().ways.get(index).copied();
    let way = Signal::derive(move || {
        way().unwrap_or(WaySeats {
            way: super::model::Way::Digital,
            capacity: None,
            confirmed: 0,
            waitlisted: 0,
        })
    });
    let limited = Memo::new(move |_| way.get().capacity.is_some());
    view! {
        {move || {
            let way = way.get();
            let words = lang.way_seats(&way);
            if named { format!("{}: {words}", lang.way(way.way)) } else { words }
        }}
        {move || {
            limited
                .get()
                .then(|| {
                    view! {
                        <Bar
                            part=Signal::derive(move || i64::from(way.get().confirmed))
                            whole=Signal::derive(move || i64::from(way.get().capacity.unwrap_or_default()))
                        />
                    }
                })
        }}
    }
}

/// What is left of an event's seats, live: words and a bar for each way.
#[component]
pub fn SeatsLeft(
    /// The event's seats.
    seats: ArcRwSignal<Seats>,
) -> impl IntoView {
    let count = seats.read_untracked().ways.len();
    (0..count)
        .map(|index| {
            let named = count > 1;
            view! { <WayLeft seats=seats.clone() index named /> }
        })
        .collect_view()
}

/// The state of an event in a list: what one can do, and what is left.
#[component]
pub fn Standing(
    /// The event.
    phase: Phase,
    /// Its seats.
    seats: ArcRwSignal<Seats>,
) -> impl IntoView {
    let words = use_lang().words();
    match phase {
        Phase::Past => ().into_any(),
        Phase::Cancelled => {
            view! { <div class="left"><span class="state">{words.cancelled}</span></div> }
                .into_any()
        }
        Phase::Preliminary => {
            view! { <div class="left"><span class="state">{words.preliminary}</span></div> }
                .into_any()
        }
        Phase::OpensLater => view! { <div class="left">{words.opens_later}</div> }.into_any(),
        Phase::Closed => view! { <div class="left">{words.sign_up_closed}</div> }.into_any(),
        Phase::Open => view! { <div class="left"><SeatsLeft seats /></div> }.into_any(),
    }
}

/// One event in a list of days.
#[component]
pub fn EventRow(
    /// The event.
    line: EventLine,
    /// The list stands under a heading of the third level.
    #[prop(optional)]
    deep: bool,
) -> impl IntoView {
    let lang = use_lang();
    let seats = use_seats(&line);
    let clock = dates::clock_range(&line.when).unwrap_or_else(|| lang.words().all_day.to_owned());
    let class = {
        let (phase, seats) = (line.phase, seats.clone());
        move || format!("row {}", state_class(phase, &seats.read()))
    };
    let meta: Vec<_> = [
        Some(lang.kind(line.kind).to_owned()),
        line.series.clone(),
        line.format.map(|format| lang.format_and_place(format, line.place.as_deref())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let link = view! { <a href=lang.href(&format!("/events/{}", line.slug))>{line.title}</a> };
    let title = if deep {
        view! { <h4>{link}</h4> }.into_any()
    } else {
        view! { <h3>{link}</h3> }.into_any()
    };
    view! {
        <li class=class>
            <time class="when" datetime=crate::wire::date_time::write(line.when.starts)>
                {clock}
            </time>
            {title}
            <p class="meta">{meta.join(", ")}</p>
            <Standing phase=line.phase seats />
        </li>
    }
}
