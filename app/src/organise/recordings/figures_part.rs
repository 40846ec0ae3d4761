//! How much a recording is watched and where people stop: as curves, each with the same figures as a table.

use super::api::load_desk_figures;
use super::figures::{WIDTH, Watched, path, top_of};
use crate::recordings::said::clock;
use crate::text::{dates, number, use_lang};
use leptos::prelude::*;

/// The height of a drawing in its own units.
const HEIGHT: i64 = 300;

/// The part of the page.
#[component]
pub fn FiguresPart(
    /// The recording's address.
    slug: String,
) -> impl IntoView {
    let figures = Resource::new(move || slug.clone(), load_desk_figures);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                figures.await.ok().map(|watched| view! { <Figures watched /> })
            })}
        </Transition>
    }
}

#[component]
fn Figures(watched: Option<Watched>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let shown = match watched {
        None => view! { <p class="text">{texts.too_few}</p> }.into_any(),
        Some(watched) => {
            let whole = lang.watched_in_all(watched.views, watched.minutes);
            let parts =
                (!watched.parts.is_empty()).then(|| view! { <Stops watched=watched.clone() /> });
            view! {
                <p class="text">{whole}". " {texts.nobody_in_it}</p>
                <div class="desk-curves">
                    <OverTime watched=watched.clone() title=texts.views_over_time unit=texts.views of=|step| step.views />
                    <OverTime watched title=texts.minutes_over_time unit=texts.minutes of=|step| step.minutes />
                    {parts}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="plan-foot desk-figures" aria-labelledby="figures">
            <h2 id="figures">{texts.figures}</h2>
            {shown}
        </section>
    }
}

/// What came together over time.
#[component]
fn OverTime(
    watched: Watched,
    title: &'static str,
    unit: &'static str,
    of: fn(&super::figures::Step) -> i64,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let values: Vec<i64> = watched.steps.iter().map(of).collect();
    let top = top_of(values.last().copied().unwrap_or_default());
    let first = watched.steps.first().map(|step| dates::date(lang, step.day));
    let rows = watched
        .steps
        .iter()
        .map(|step| {
            view! {
                <tr>
                    <th scope="row">{dates::date(lang, step.day)}</th>
                    <td>{number(lang, of(step))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="course">
            <figcaption>
                <h3>{title}</h3>
            </figcaption>
            <Drawing values top top_text=number(lang, top) half_text=number(lang, top / 2) />
            <p class="axis">
                <span>{first}</span>
                <span>{texts.now}</span>
            </p>
            <Table heads=[texts.from, unit] rows=rows.into_any() />
        </figure>
    }
}

/// How large a share of the viewings comes to each part.
#[component]
fn Stops(watched: Watched) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let count = watched.parts.len();
    let shares: Vec<i64> = (0..count).map(|part| watched.share(part)).collect();
    let place = |part: usize| {
        watched.begins(part).map_or_else(|| format!("{} %", part * 100 / count.max(1)), clock)
    };
    let half = watched.half_at().map(|part| lang.half_have_stopped(&place(part)));
    let rows = shares
        .iter()
        .enumerate()
        .map(|(part, share)| {
            view! {
                <tr>
                    <th scope="row">{place(part)}</th>
                    <td>{format!("{share} %")}</td>
                </tr>
            }
        })
        .collect_view();
    let end = watched.duration_ms.map_or_else(|| texts.end.to_owned(), clock);
    view! {
        <figure class="course wide">
            <figcaption>
                <h3>{texts.where_they_stop}</h3>
                {half.map(|half| view! { <p>{half}</p> })}
            </figcaption>
            <Drawing values=shares top=100 top_text="100 %".to_owned() half_text="50 %".to_owned() />
            <p class="axis">
                <span>"0:00"</span>
                <span>{end}</span>
            </p>
            <Table heads=[texts.at, texts.share] rows=rows.into_any() />
        </figure>
    }
}

#[component]
fn Table(heads: [&'static str; 2], rows: AnyView) -> impl IntoView {
    let texts = use_lang().desk_words();
    view! {
        <details>
            <summary>{texts.as_table}</summary>
            <table class="counts">
                <thead>
                    <tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// The drawing. The table says the same, so it is hidden from readers.
#[component]
fn Drawing(values: Vec<i64>, top: i64, top_text: String, half_text: String) -> impl IntoView {
    view! {
        <svg class="curve" aria-hidden="true">
            <line class="grid" x2="100%" />
            <line class="grid" x2="100%" y1="50%" y2="50%" />
            <line class="ground" x2="100%" y1="100%" y2="100%" />
            <text x="0" y="0" dy="-.35em">
                {top_text}
            </text>
            <text x="0" y="50%" dy="-.35em">
                {half_text}
            </text>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                <path class="taken" d=path(&values, top, HEIGHT) />
            </svg>
        </svg>
    }
}
