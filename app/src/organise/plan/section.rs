//! On the organiser's first page: what is being planned and nobody else sees.

use super::api::load_drafts;
use super::model::PlannedLine;
use crate::live::signal::use_programme_changes;
use crate::text::{dates, use_lang};
use leptos::prelude::*;

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
    view! {
        <section class="planning" aria-labelledby="planning">
            <h2 id="planning">{texts.planning}</h2>
            <p>
                <a class="btn" href=lang.href("/organise/events/new")>
                    {texts.new_event}
                </a>
            </p>
            <h3>{texts.drafts}</h3>
            {nothing}
            <Lines lines=drafts />
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
