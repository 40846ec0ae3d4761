//! The start page.

use super::api::load_home;
use super::model::{HomePage, NextEvent};
use crate::events::model::{EventLine, Phase};
use crate::events::parts::{EventRow, SeatsLeft};
use crate::live::signal::{use_programme_changes, use_seats};
use crate::recordings::parts::RecordingRows;
use crate::series::model::SeriesPage;
use crate::series::parts::{SeriesItem, Tour};
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use jiff::civil::Date;
use leptos::prelude::*;

/// `/`
#[component]
pub fn HomeRoute() -> impl IntoView {
    let lang = use_lang();
    let changes = use_programme_changes();
    let page = Resource::new(move || changes.get(), move |_| load_home(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Home page /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Home(page: HomePage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let programmes = page
        .programmes
        .into_iter()
        .map(|programme| {
            let period = &programme.period;
            let period = dates::period(lang, period.starts, period.ends, &period.precision);
            let meta: Vec<_> = [programme.owner, (!period.is_empty()).then_some(period)]
                .into_iter()
                .flatten()
                .collect();
            view! {
                <li>
                    <h3>
                        <a href=lang.href(&format!("/programmes/{}", programme.slug))>{programme.title}</a>
                    </h3>
                    <p class="meta">{meta.join(", ")}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageMeta title=words.home_title description=words.home_description path="/" />
        {match page.next {
            Some(next) => view! { <Next next /> }.into_any(),
            None => {
                view! {
                    <article class="hero">
                        <h1 tabindex="-1">{words.nothing_coming}</h1>
                        <p class="lead">{words.nothing_coming_why}</p>
                    </article>
                }
                    .into_any()
            }
        }}
        {page.line.map(|line| view! { <SeriesHere line /> })}
        {(!page.coming.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="coming">
                        <h2 id="coming">{words.coming}</h2>
                        <div class="view">
                            <Days events=page.coming />
                        </div>
                        <p class="more">
                            <a href=lang.href("/calendar")>{words.whole_calendar}</a>
                        </p>
                    </section>
                }
            })}
        {(!page.series.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="series">
                        <h2 id="series">{words.series_now}</h2>
                        <ul class="lines">
                            {page
                                .series
                                .into_iter()
                                .map(|series| view! { <SeriesItem series /> })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
        {(!page.recordings.is_empty())
            .then(|| {
                let texts = lang.recording_words();
                view! {
                    <section aria-labelledby="recordings">
                        <h2 id="recordings">{texts.newest}</h2>
                        <RecordingRows lines=page.recordings />
                        <p class="more">
                            <a href=lang.href("/recordings")>{texts.all_recordings}</a>
                        </p>
                    </section>
                }
            })}
        <section aria-labelledby="programmes">
            <h2 id="programmes">{words.programmes}</h2>
            <ul class="lines">{programmes}</ul>
        </section>
    }
}

#[component]
fn Next(next: NextEvent) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let line = next.line;
    let seats = use_seats(&line);
    let address = lang.href(&format!("/events/{}", line.slug));
    let place = line.format.map(|format| lang.format_and_place(format, line.place.as_deref()));
    let (action, target) = match line.phase {
        Phase::Open => (words.sign_up, format!("{address}#sign-up")),
        _ => (words.read_more, address.clone()),
    };
    let full = {
        let seats = seats.clone();
        let open = line.phase == Phase::Open;
        move || open && seats.read().is_full()
    };
    view! {
        <article class="hero">
            <p class="kicker">{lang.next_in(next.in_days)}</p>
            <h1 tabindex="-1">
                <a href=address>{line.title}</a>
            </h1>
            <p class="when">
                <time datetime=crate::wire::date_time::write(line.when.starts)>{dates::short_when(lang, &line.when)}</time>
                {place.map(|place| format!(", {place}"))}
            </p>
            <p class="lead">{next.summary}</p>
            <div class="do">
                <a class="btn" href=target>
                    {move || if full() { words.join_waitlist } else { action }}
                </a>
                <div class="left">
                    <SeatsLeft seats />
                </div>
            </div>
        </article>
    }
}

#[component]
fn SeriesHere(line: SeriesPage) -> impl IntoView {
    let lang = use_lang();
    let address = lang.href(&format!("/series/{}", line.slug));
    view! {
        <section aria-labelledby="line">
            <p class="kicker">
                <a href=lang.href(&format!("/programmes/{}", line.programme.slug))>{line.programme.title}</a>
            </p>
            <h2 id="line">
                <a href=address>{line.title}</a>
            </h2>
            <Tour stops=line.stops />
        </section>
    }
}

/// Events under the days that they begin on.
#[component]
fn Days(events: Vec<EventLine>) -> impl IntoView {
    let lang = use_lang();
    let mut days: Vec<(Date, Vec<EventLine>)> = Vec::new();
    for event in events {
        let date = event.when.first_day();
        match days.last_mut() {
            Some((day, events)) if *day == date => events.push(event),
            _ => days.push((date, vec![event])),
        }
    }
    view! {
        <ol class="days">
            {days
                .into_iter()
                .map(|(date, events)| {
                    view! {
                        <li>
                            <h3>{dates::day(lang, date)}</h3>
                            <ul class="rows">
                                {events
                                    .into_iter()
                                    .map(|line| view! { <EventRow line deep=true /> })
                                    .collect_view()}
                            </ul>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}
