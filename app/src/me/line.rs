//! One's series as lines of stops: where one was, what one missed, what is to come.

use super::model::{MySeries, MyStop, MyStopState};
use crate::text::{dates, use_lang};
use leptos::prelude::*;

/// All of them.
#[component]
pub fn MySeriesSection(
    /// Those that go on first.
    series: Vec<MySeries>,
) -> impl IntoView {
    let words = use_lang().me_words();
    (!series.is_empty()).then(|| {
        view! {
            <section class="my-lines" aria-labelledby="my-series">
                <h2 id="my-series">{words.my_series}</h2>
                {series
                    .into_iter()
                    .map(|series| view! { <Line series /> })
                    .collect_view()}
            </section>
        }
    })
}

#[component]
fn Line(series: MySeries) -> impl IntoView {
    let lang = use_lang();
    let way = lang.my_way_through(&series);
    // A line that does not fit across runs down.
    let many = series.stops.len() > 8;
    view! {
        <article>
            <h3>
                <a href=lang.href(&format!("/series/{}", series.slug))>{series.title}</a>
            </h3>
            <p class="meta">{way}</p>
            <div class="tour">
                <ol class="stops" class:many=many>
                    {series
                        .stops
                        .into_iter()
                        .map(|stop| view! { <OneStop stop /> })
                        .collect_view()}
                </ol>
            </div>
        </article>
    }
}

#[component]
fn OneStop(stop: MyStop) -> impl IntoView {
    let lang = use_lang();
    let class = match stop.state {
        MyStopState::Taken => "held mine",
        MyStopState::Missed | MyStopState::Over => "held",
        MyStopState::Mine if stop.is_next => "next mine",
        MyStopState::Mine => "mine",
        MyStopState::Off => "off",
        MyStopState::Waiting | MyStopState::Coming if stop.is_next => "next",
        MyStopState::Waiting | MyStopState::Coming => "",
    };
    let is_mine = matches!(stop.state, MyStopState::Taken | MyStopState::Mine);
    let said = lang.my_stop(stop.state);
    // Those who hear only the links hear of what.
    let about = format!("{}: {}", lang.me_words().see_recording, stop.title);
    view! {
        <li class=class>
            <time datetime=crate::wire::date_time::write(
                stop.starts,
            )>{dates::date(lang, stop.starts.date())}</time>
            <h4>
                <a href=lang.href(&format!("/events/{}", stop.slug))>{stop.title}</a>
            </h4>
            <p class=if is_mine { "yours" } else { "meta" }>{said}</p>
            {stop
                .recording
                .map(|recording| {
                    view! {
                        <p>
                            <a
                                href=lang.href(&format!("/recordings/{recording}"))
                                aria-label=about
                            >
                                {lang.me_words().see_recording}
                            </a>
                        </p>
                    }
                })}
        </li>
    }
}
