//! The week: seven columns in which mornings and afternoons stand level.

use super::model::{CalendarData, Day};
use crate::events::model::{EventLine, Phase};
use crate::events::parts::state_class;
use crate::live::signal::use_seats;
use crate::text::{dates, use_lang};
use jiff::civil::Date;
use leptos::prelude::*;
use std::sync::Arc;

/// The week of the day that was asked for.
#[component]
pub fn Week(
    /// What is shown.
    data: Arc<CalendarData>,
) -> impl IntoView {
    let data = Arc::unwrap_or_clone(data);
    let today = data.today;
    view! {
        <ol class="week">
            {data
                .days
                .into_iter()
                .map(|day| view! { <WeekDay day today /> })
                .collect_view()}
        </ol>
    }
}

#[component]
fn WeekDay(day: Day, today: Date) -> impl IntoView {
    let lang = use_lang();
    let date = day.date;
    let is_empty = day.events.is_empty();
    let mut parts: [(&str, Vec<EventLine>); 3] =
        [("all", Vec::new()), ("am", Vec::new()), ("pm", Vec::new())];
    for event in day.events {
        let begins_before = event.when.first_day() < date;
        let part = match event.when.starts.hour() {
            _ if begins_before || !event.when.has_clock() => 0,
            0..=11 => 1,
            _ => 2,
        };
        parts[part].1.push(event);
    }
    view! {
        <li class=(date < today).then_some("gone") aria-current=(date == today).then_some("date")>
            <h2>
                {dates::short_weekday(lang, date.weekday())} " "
                <span>{dates::short_day(lang, date)}</span>
            </h2>
            {parts
                .into_iter()
                .filter(|(_, events)| !events.is_empty())
                .map(|(class, events)| {
                    view! {
                        <ul class=class>
                            {events
                                .into_iter()
                                .map(|line| view! { <WeekEvent line /> })
                                .collect_view()}
                        </ul>
                    }
                })
                .collect_view()}
            {is_empty.then(|| view! { <p class="none">{lang.words().nothing_planned}</p> })}
        </li>
    }
}

#[component]
fn WeekEvent(line: EventLine) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let seats = use_seats(&line);
    let phase = line.phase;
    let class = {
        let seats = seats.clone();
        move || format!("ev {}", state_class(phase, &seats.read()))
    };
    let clock = dates::clock_range(&line.when);
    let place = line.place.clone();
    let meta = move || {
        let left = match phase {
            Phase::Open => Some(lang.seats_in_words(&seats.read())),
            Phase::Preliminary => Some(words.preliminary.to_owned()),
            Phase::OpensLater => Some(words.opens_later.to_owned()),
            _ => None,
        };
        [place.clone(), left].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    view! {
        <li>
            <a class=class href=lang.href(&format!("/events/{}", line.slug))>
                {(phase == Phase::Cancelled).then(|| view! { <em>{words.cancelled}</em> " " })}
                {clock.map(|clock| view! { <time>{clock}</time> " " })} {line.title} " "
                <small>{meta}</small>
            </a>
        </li>
    }
}
