//! The month: weeks from Monday to Sunday, a line for each event.

use super::api::load_day;
use super::grid;
use super::model::{CalendarData, CalendarQuery, Day, View};
use crate::events::model::{EventLine, Phase};
use crate::events::parts::state_class;
use crate::live::signal::use_seats;
use crate::text::dates::WEEK;
use crate::text::{Lang, dates, use_lang};
use jiff::civil::Date;
use leptos::prelude::*;

/// The table. Script makes it an ARIA grid: see [`grid`].
#[component]
pub fn Month(
    /// What is shown.
    data: CalendarData,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let cursor = grid::Cursor::new(&data, &asked);
    let head = WEEK
        .map(|day| {
            view! {
                <th scope="col">
                    <abbr aria-label=dates::weekday(lang, day)>{dates::short_weekday(lang, day)}</abbr>
                </th>
            }
        })
        .collect_view();
    let weeks = data.days.chunks(7).map(|week| {
        let number = week.first().map(|day| day.date.iso_week_date().week());
        let days = week.iter().map(|day| {
            view! {
                <DayCell
                    day=day.clone()
                    today=data.today
                    month=data.date
                    asked=asked.clone()
                    cursor=cursor.clone()
                />
            }
        });
        view! {
            <tr>
                <th scope="row">{number}</th>
                {days.collect_view()}
            </tr>
        }
    });
    let keys = cursor.clone();
    let attributes = cursor.clone();
    view! {
        <table
            class="month"
            aria-labelledby="cal-title"
            role=move || attributes.is_live().then_some("grid")
            on:keydown=move |event| keys.key(&event)
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
            <tbody>{weeks.collect_view()}</tbody>
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

#[component]
fn DayCell(
    day: Day,
    today: Date,
    month: Date,
    asked: CalendarQuery,
    cursor: grid::Cursor,
) -> impl IntoView {
    let lang = use_lang();
    let date = day.date;
    let count = day.events.len() + usize::try_from(day.more).unwrap_or_default();
    let class = [
        if (date.year(), date.month()) != (month.year(), month.month()) {
            "out"
        } else if date < today {
            "gone"
        } else {
            ""
        },
        ["", "n1", "n2", "n3", "n4", "n5"][count.min(5)],
    ]
    .join(" ");
    let current = (date == today).then_some("date");
    let agenda = lang.href(&asked.on(View::Agenda, date).path());
    // All of a crowded day, once it has been opened.
    let opened = RwSignal::new(None::<Vec<EventLine>>);
    let shown = day.events;
    let more = (day.more > 0).then(|| {
        view! { <More date more=day.more agenda=agenda.clone() asked=asked.clone() opened /> }
    });
    let tab_stop = cursor.tab_index(date);
    let role = cursor.clone();
    view! {
        <td
            class=class
            aria-current=current
            role=move || role.is_live().then_some("gridcell")
        >
            <a
                class="d"
                id=format!("d-{date}")
                href=agenda
                aria-label=lang.day_with_count(date, count)
                tabindex=tab_stop
            >
                {date.day()}
            </a>
            {(!shown.is_empty())
                .then(|| {
                    let inside = cursor.inside();
                    view! {
                        <ul>
                            {move || {
                                let events = opened.get().unwrap_or_else(|| shown.clone());
                                events
                                    .into_iter()
                                    .map(|line| view! { <CellEvent line date inside=inside.clone() /> })
                                    .collect_view()
                            }}
                        </ul>
                    }
                })}
            {more}
        </td>
    }
}

/// "+4 till": opens the whole day where it stands; without script it leads to the day's agenda.
#[component]
fn More(
    date: Date,
    more: u32,
    agenda: String,
    asked: CalendarQuery,
    opened: RwSignal<Option<Vec<EventLine>>>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let is_open = move || opened.read().is_some();
    let toggle = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if is_open() {
            opened.set(None);
            return;
        }
        let query = CalendarQuery { date: Some(date), ..asked.clone() };
        leptos::task::spawn_local(async move {
            // If the day cannot be had, its agenda still can: the link stays.
            if let Ok(events) = load_day(lang, query).await {
                opened.set(Some(events));
            }
        });
    };
    view! {
        <a
            class="more-day"
            href=agenda
            role=move || cfg!(feature = "hydrate").then_some("button")
            aria-expanded=move || cfg!(feature = "hydrate").then(|| is_open().to_string())
            aria-label=move || lang.more_on(more, date, is_open())
            on:click=toggle
        >
            {move || if is_open() { words.show_fewer.to_owned() } else { lang.more(more) }}
        </a>
    }
}

/// One event in a cell: time and title, and its state in shape and word.
#[component]
fn CellEvent(line: EventLine, date: Date, inside: grid::Inside) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let seats = use_seats(&line);
    let (first, last) = (line.when.first_day(), line.when.last_day());
    let part = match (first == last, date == first, date == last) {
        (true, ..) => "",
        (_, true, _) => " is-long first",
        (_, _, true) => " is-long last",
        _ => " is-long",
    };
    let phase = line.phase;
    let class = {
        let seats = seats.clone();
        move || format!("ev {}{part}", state_class(phase, &seats.read()))
    };
    let continues = first != last && date != first;
    let clock = (!continues).then(|| cell_clock(lang, &line)).flatten();
    let state = move || match phase {
        Phase::Preliminary => Some(words.preliminary),
        Phase::Open if seats.read().is_full() => Some(words.full),
        _ => None,
    };
    let off = (phase == Phase::Cancelled).then(|| view! { <em>{words.cancelled}</em> " " });
    view! {
        <li>
            <a
                class=class
                href=lang.href(&format!("/events/{}", line.slug))
                tabindex=inside.tab_index()
            >
                {off} {clock.map(|clock| view! { <time>{clock}</time> " " })}
                {if continues {
                    view! { <span class="vh">{line.title}", "{words.continues}</span> }.into_any()
                } else {
                    view! { {line.title} }.into_any()
                }}
                {move || state().map(|state| view! { <span class="vh">", " {state}</span> })}
            </a>
        </li>
    }
}

fn cell_clock(lang: Lang, line: &EventLine) -> Option<String> {
    if line.when.has_clock() {
        Some(dates::clock(line.when.starts.time()))
    } else {
        line.when.time_known.then(|| lang.words().all_day.to_owned())
    }
}
