//! The agenda: day after day, under a strip that shows how full each day is.

use super::model::{CalendarData, CalendarQuery, Day, View, step};
use crate::events::parts::EventRow;
use crate::text::{dates, use_lang};
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use std::sync::Arc;

/// The days from the one that was asked for.
#[component]
pub fn Agenda(
    /// What is shown.
    data: Arc<CalendarData>,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let data = Arc::unwrap_or_clone(data);
    let today = data.today;
    let strip: Vec<_> = data
        .range()
        .iter()
        .map(|date| {
            let count =
                data.days.iter().find(|day| day.date == date).map_or(0, |day| day.events.len());
            view! { <StripDay date count today /> }
        })
        .collect();
    let next = lang.href(&asked.on(View::Agenda, step(View::Agenda, data.date, 1)).path());
    let has_events = data.total > 0;
    view! {
        <ol class="strip" aria-label=words.days>
            {strip}
        </ol>
        <ol class="days">
            {data
                .days
                .into_iter()
                .map(|day| view! { <AgendaDay day today /> })
                .collect_view()}
        </ol>
        {has_events
            .then(|| {
                view! {
                    <p class="more">
                        <a href=next>{words.go_on}</a>
                    </p>
                }
            })}
    }
}

#[component]
fn StripDay(date: Date, count: usize, today: Date) -> impl IntoView {
    let lang = use_lang();
    let class =
        [["", "n1", "n2", "n3", "n4", "n5"][count.min(5)], if date < today { "gone" } else { "" }]
            .join(" ");
    let letters: String = dates::weekday(lang, date.weekday()).chars().take(2).collect();
    let is_sunday = date.weekday() == Weekday::Sunday;
    let current = (date == today).then_some("date");
    let inner = view! {
        <span aria-hidden="true">{letters}</span>
        <b aria-hidden="true">{date.day()}</b>
        <span class="vh">{lang.day_with_count(date, count)}</span>
    };
    let day = if count > 0 {
        view! {
            <a class=class href=format!("#day-{}", crate::wire::date::write(date)) aria-current=current>
                {inner}
            </a>
        }
        .into_any()
    } else {
        view! {
            <span class=class aria-current=current>
                {inner}
            </span>
        }
        .into_any()
    };
    view! { <li class=is_sunday.then_some("we")>{day}</li> }
}

#[component]
fn AgendaDay(day: Day, today: Date) -> impl IntoView {
    let lang = use_lang();
    let is_today = day.date == today;
    let year = (day.date.year() != today.year()).then(|| format!(" {}", day.date.year()));
    view! {
        <li
            id=format!("day-{}", crate::wire::date::write(day.date))
            class=(day.date < today).then_some("gone")
            aria-current=is_today.then_some("date")
        >
            <h2>
                {dates::day(lang, day.date)} {year} " "
                {is_today.then(|| view! { <small>{lang.words().today_small}</small> })}
            </h2>
            <ul class="rows">
                {day.events.into_iter().map(|line| view! { <EventRow line /> }).collect_view()}
            </ul>
        </li>
    }
}
