//! How recordings look in lists.

use super::library::model::RecordingLine;
use super::model::{Audience, page_address};
use super::said::clock;
use crate::text::{dates, use_lang};
use crate::ui::bar::percent;
use leptos::prelude::*;

/// Recordings, one after the other.
#[component]
pub fn RecordingRows(
    /// Which.
    lines: Vec<RecordingLine>,
    /// They go on where one left off.
    #[prop(optional)]
    goes_on: bool,
) -> impl IntoView {
    view! {
        <ul class="recs">
            {lines
                .into_iter()
                .map(|line| view! { <RecordingRow line goes_on /> })
                .collect_view()}
        </ul>
    }
}

/// One recording in a list: picture, title, whose and when, how long, how far one has come.
#[component]
fn RecordingRow(line: RecordingLine, goes_on: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let from = line.progress.filter(|_| goes_on).and_then(|progress| progress.goes_on_at());
    let address = lang.href(&page_address(&line.slug));
    let address = match from {
        Some(from) => format!("{address}?t={}", from / 1_000),
        None => address,
    };
    let closed = (!line.is_open).then_some(match line.audience {
        Audience::SignedUp => words.for_participants,
        Audience::Organisers => words.for_organisers,
        _ => words.needs_sign_in,
    });
    let picture = match line.poster {
        Some(poster) => view! {
            <img
                src=poster.address
                width=poster.width
                height=poster.height
                alt=""
                loading="lazy"
                decoding="async"
            />
        }
        .into_any(),
        None => view! { <span class="no-poster" aria-hidden="true"></span> }.into_any(),
    };
    let bar = line.progress.and_then(|progress| progress.percent).map(|part| {
        view! {
            <svg class="bar" aria-hidden="true">
                <line x2="100%" y1="50%" y2="50%" />
                <line class="on" x2=percent(part.into(), 100) y1="50%" y2="50%" />
            </svg>
        }
    });
    let seen = line.progress.and_then(|progress| match from {
        Some(from) => Some(format!("{} {}", words.go_on_from, clock(from))),
        None => lang.progress(progress),
    });
    let mut meta = vec![line.home];
    meta.extend((!line.speakers.is_empty()).then(|| line.speakers.join(", ")));
    view! {
        <li class="rec">
            <div class="rec-picture">{picture} {bar}</div>
            <div class="rec-text">
                <h3>
                    <a href=address>{line.title}</a>
                </h3>
                <p class="meta">{meta.join(". ")}</p>
                {closed.map(|closed| view! { <p class="meta rec-closed">{closed}</p> })}
                {line.is_demonstration.then(|| view! { <span class="demo">{words.demonstration}</span> })}
            </div>
            <p class="rec-facts">
                <time datetime=crate::wire::date::write(line.date)>{dates::date(lang, line.date)}</time>
                {line.duration_ms.map(|whole| view! { <span>{lang.length(whole)}</span> })}
                {seen.map(|seen| view! { <span class="yours">{seen}</span> })}
            </p>
        </li>
    }
}
