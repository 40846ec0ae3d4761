//! A month of the planners' calendar: weeks with their days, and at each event what it collides with.

use super::clash::Clash;
use super::model::{PlannedEvent, PlannerPage, View, Week, path, weeks};
use super::page::{address, hours};
use crate::events::model::State;
use crate::text::{dates, use_lang};
use jiff::civil::Date;
use leptos::prelude::*;
use std::sync::Arc;

/// What the days are made of, shared by all of them.
struct Shown {
    events: Vec<PlannedEvent>,
    /// What each event is part of.
    clashes: Vec<Vec<Clash>>,
}

/// The month.
#[component]
pub(super) fn Month(page: PlannerPage) -> impl IntoView {
    let lang = use_lang();
    let PlannerPage { first, today, events, clashes, counts, .. } = page;
    let mut of_event: Vec<Vec<Clash>> = vec![Vec::new(); events.len()];
    for clash in clashes {
        for at in [clash.pair.0, clash.pair.1] {
            if let Some(of_event) = of_event.get_mut(at) {
                of_event.push(clash.clone());
            }
        }
    }
    let is_empty = events.is_empty();
    let shown = Arc::new(Shown { events, clashes: of_event });
    let rows = weeks(first)
        .into_iter()
        .map(|week| view! { <WeekRow week first today shown=Arc::clone(&shown) /> })
        .collect_view();
    let how_many = lang.clashes_here(counts.0);
    let how_many = if counts.0 == 0 {
        view! { <span>{how_many}</span> }.into_any()
    } else {
        view! { <a href=lang.href(&path(first, View::Clashes(None)))>{how_many}</a> }.into_any()
    };
    view! {
        <section aria-labelledby="month">
            <h2 id="month">{dates::month(lang, first)}</h2>
            {is_empty.then(|| view! { <p class="text">{lang.planner_words().nothing}</p> })}
            <p class="meta">{how_many}</p>
            <ol class="planner">{rows}</ol>
        </section>
    }
}

#[component]
fn WeekRow(week: Week, first: Date, today: Date, shown: Arc<Shown>) -> impl IntoView {
    let lang = use_lang();
    let school = week.school.map(|school| lang.school_holiday(school));
    let days = week
        .days
        .into_iter()
        .map(|(day, holiday)| {
            let here: Vec<_> = shown
                .events
                .iter()
                .enumerate()
                .filter(|(_, event)| event.starts.date() <= day && day <= event.last_day())
                .map(|(at, _)| view! { <Entry at day shown=Arc::clone(&shown) /> })
                .collect();
            let mut class = String::from("a-day");
            for (is_so, word) in [
                // On a phone only days with something in them are told.
                (here.is_empty() && holiday.is_none() && day != today, " empty-day"),
                (day == today, " this-day"),
                (day.month() != first.month(), " other-month"),
            ] {
                if is_so {
                    class.push_str(word);
                }
            }
            let current = (day == today).then_some("date");
            view! {
                <li class=class>
                    <p class="day-date">
                        <time datetime=crate::wire::date::write(day) aria-current=current>
                            <span>{dates::short_weekday(lang, day.weekday())} " "</span>
                            {day.day()}
                            <span>" " {dates::short_month(lang, day)}</span>
                        </time>
                        {holiday.map(|holiday| view! { " " <b>{lang.holiday(holiday)}</b> })}
                    </p>
                    {(!here.is_empty()).then(|| view! { <ul>{here}</ul> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <li>
            <h3>
                {lang.week(week.number)}
                {school.map(|school| view! { " " <small>{school}</small> })}
            </h3>
            <ol>{days}</ol>
        </li>
    }
}

/// An event on one of its days. What it collides with is told on its first.
#[component]
fn Entry(at: usize, day: Date, shown: Arc<Shown>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.planner_words();
    let event = shown.events.get(at)?;
    let state = match event.state {
        State::Draft => Some(texts.is_draft),
        State::Preliminary => Some(texts.is_preliminary),
        _ => None,
    };
    let class = match event.state {
        State::Draft => "drafted",
        State::Preliminary => "prelim",
        _ => "",
    };
    let goes_on = event.starts.date() < day;
    let clock = if goes_on { None } else { hours(event) };
    let clashes = shown.clashes.get(at).filter(|clashes| !clashes.is_empty() && !goes_on);
    let clashes = clashes.map(|clashes| {
        let lines = clashes
            .iter()
            .filter_map(|clash| {
                let other = shown.events.get(clash.other(at)?)?;
                Some(view! {
                    <li>
                        <a href=address(lang, other)>{other.title.clone()}</a>
                        {hours(other).map(|hours| view! { " " <span class="num">{hours}</span> })}
                        ". "
                        {lang.shared_all(&clash.shared)}
                    </li>
                })
            })
            .collect_view();
        view! {
            <details class="collides">
                <summary>{lang.collides_with(clashes)}</summary>
                <ul>{lines}</ul>
            </details>
        }
    });
    // One text: several beside each other would be one node in the page and several here.
    let about = [Some(event.home.as_str()), state, goes_on.then_some(texts.goes_on)];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(view! {
        <li class=class>
            <a href=address(lang, event)>
                {clock.map(|clock| view! { <span class="num">{clock}</span> " " })} {event.title.clone()}
            </a>
            <small>{about}</small>
            {clashes}
        </li>
    })
}
