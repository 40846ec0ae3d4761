//! On the organiser's first page: what is being planned and nobody else sees.

use super::api::load_drafts;
use super::model::PlannedLine;
use crate::live::signal::use_programme_changes;
use crate::text::{dates, use_lang};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A way to something new, and the drafts. Nothing for those who only host.
#[component]
pub fn PlanSection() -> impl IntoView {
    let lang = use_lang();
    let changes = use_programme_changes();
    let drafts = Resource::new(move || changes.get(), move |_| load_drafts(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                drafts.await.ok().flatten().map(|drafts| view! { <Drafts drafts /> })
            })}
        </Transition>
    }
}

#[component]
fn Drafts(drafts: Vec<PlannedLine>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.plan_words();
    let (away, drafts): (Vec<_>, Vec<_>) =
        drafts.into_iter().partition(|line| line.event.is_archived);
    let nothing = drafts.is_empty().then(|| view! { <p class="meta">{texts.no_drafts}</p> });
    let count = away.len();
    let mut series: Vec<(String, String, usize)> = Vec::new();
    for line in &drafts {
        let Some(slug) = &line.series else { continue };
        match series.iter_mut().find(|(other, _, _)| other == slug) {
            Some((_, _, count)) => *count += 1,
            None => series.push((slug.clone(), line.home.clone(), 1)),
        }
    }
    // One alone is published on its own page.
    series.retain(|(_, _, count)| *count > 1);
    let publish = series
        .into_iter()
        .map(|(slug, title, count)| {
            view! {
                <form method="post" action=lang.href(&format!("/organise/series/{slug}/publish"))>
                    <button class="btn quiet small">{lang.publish_all(count, &title)}</button>
                </form>
            }
        })
        .collect_view();
    let query = use_query_map();
    let said = move || query.read().get("done").and_then(|done| lang.plan_done(&done));
    view! {
        <section class="planning" aria-labelledby="planning">
            <h2 id="planning">{texts.planning}</h2>
            {move || said().map(|said| view! { <p class="note" role="status">{said}</p> })}
            <p>
                <a class="btn" href=lang.href("/organise/events/new")>
                    {texts.new_event}
                </a>
                " "
                <a class="btn quiet" href=lang.href("/organise/series/new")>
                    {texts.new_series}
                </a>
                " "
                <a class="btn quiet" href=lang.href("/organise/import")>
                    {lang.import_words().events_title}
                </a>
                " "
                <a class="btn quiet" href=lang.href("/organise/calendar")>
                    {lang.planner_words().calendar}
                </a>
                " "
                <a class="btn quiet" href=lang.href("/organise/programmes")>
                    {lang.undertaking_words().programmes}
                </a>
                " "
                <a class="btn quiet" href=lang.href("/organise/recordings")>
                    {lang.desk_words().recordings}
                </a>
            </p>
            <h3>{texts.drafts}</h3>
            {nothing}
            <Lines lines=drafts />
            {publish}
            {(count > 0)
                .then(|| {
                    view! {
                        <details class="ask">
                            <summary>{texts.put_away} " " <small class="num">{count}</small></summary>
                            <Lines lines=away />
                        </details>
                    }
                })}
        </section>
    }
}

#[component]
fn Lines(lines: Vec<PlannedLine>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ul class="drafts">
            {lines
                .into_iter()
                .map(|line| {
                    let edit = lang.href(&format!("/organise/events/{}/edit", line.event.slug));
                    view! {
                        <li>
                            <time datetime=line.date.to_string()>{dates::day(lang, line.date)}</time>
                            <a href=edit>{line.event.title}</a>
                            <span class="meta">{line.home}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
