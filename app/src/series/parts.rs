//! How series look: the line of stops, small and large.

use super::model::{SeriesLine, SeriesStop};
use crate::events::model::Phase;
use crate::events::page_model::{Stop, StopState, stop_states};
use crate::events::parts::Standing;
use crate::live::signal::use_seats;
use crate::text::{dates, use_lang};
use crate::ui::baton::{Baton, Mark};
use leptos::prelude::*;

fn mark(state: StopState) -> Mark {
    match state {
        StopState::Held => Mark::Held,
        StopState::Next => Mark::Next,
        StopState::Coming => Mark::Coming,
        StopState::Cancelled => Mark::Off,
    }
}

/// The line of a series, small, with its meaning in words.
#[component]
pub fn StopLine(
    /// What the series is called.
    title: String,
    /// Its stops.
    stops: Vec<Stop>,
) -> impl IntoView {
    let states = stop_states(stops.iter().map(|stop| stop.phase));
    let label = use_lang().line_of_stops(&title, &states);
    view! { <Baton marks=states.into_iter().map(mark).collect() label /> }
}

/// A series in a list: its name, its days, its line.
#[component]
pub fn SeriesItem(
    /// The series.
    series: SeriesLine,
) -> impl IntoView {
    let lang = use_lang();
    let days = series
        .stops
        .first()
        .zip(series.stops.last())
        .map(|(first, last)| lang.stops_and_days(series.stops.len(), first.date, last.date));
    view! {
        <li>
            <h3>
                <a href=lang.href(&format!("/series/{}", series.slug))>{series.title.clone()}</a>
            </h3>
            <p class="meta">{days}</p>
            <StopLine title=series.title stops=series.stops />
        </li>
    }
}

/// The line of a series, large: each stop with its day, title, speakers and seats.
#[component]
pub fn Tour(
    /// The stops in the order of time.
    stops: Vec<SeriesStop>,
) -> impl IntoView {
    let states = stop_states(stops.iter().map(|stop| stop.line.phase));
    view! {
        <div class="tour">
            <ol class="stops">
                {stops
                    .into_iter()
                    .zip(states)
                    .map(|(stop, state)| view! { <TourStop stop state /> })
                    .collect_view()}
            </ol>
        </div>
    }
}

#[component]
fn TourStop(stop: SeriesStop, state: StopState) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let seats = use_seats(&stop.line);
    let (class, said) = match state {
        StopState::Held => ("held", Some(words.stop_held)),
        StopState::Next => ("next", Some(words.stop_next)),
        StopState::Cancelled => ("off", Some(words.stop_cancelled)),
        StopState::Coming => ("", None),
    };
    let when = &stop.line.when;
    let day = dates::day(lang, when.first_day());
    let day =
        if when.has_clock() { format!("{day} {}", dates::clock(when.starts.time())) } else { day };
    let year = matches!(stop.line.phase, Phase::Past).then(|| format!(" {}", when.starts.year()));
    let who = if stop.speakers.is_empty() {
        stop.line.place.clone().unwrap_or_default()
    } else {
        stop.speakers.join("; ")
    };
    view! {
        <li class=class>
            <time datetime=crate::wire::date_time::write(when.starts)>{day} {year}</time>
            <h3>
                <a href=lang.href(&format!("/events/{}", stop.line.slug))>{stop.line.title.clone()}</a>
            </h3>
            <p class="meta">{said.map(|said| view! { <span class="vh">{said}". "</span> })} {who}</p>
            <Standing phase=stop.line.phase seats />
        </li>
    }
}
