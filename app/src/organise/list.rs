//! `/organise`: what one organises or hosts and is not over.

use super::api::load_organised;
use super::model::Organised;
use super::plan::PlanSection;
use crate::events::parts::state_class;
use crate::live::signal::{use_programme_changes, use_seats};
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;

/// `/organise`
#[component]
pub fn OrganiseRoute() -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let changes = use_programme_changes();
    let page = Resource::new(move || changes.get(), move |_| load_organised(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(events) => {
                        view! {
                            <PageMeta title=words.organise description="" path="/organise" private=true />
                            <h1 tabindex="-1">{words.organise}</h1>
                            {events.is_empty().then(|| view! { <p class="text">{texts.nothing_to_organise}</p> })}
                            <p class="more">
                                <a href=lang.href("/organise/log")>{texts.log}</a>
                            </p>
                            <ul class="rows">
                                {events.into_iter().map(|event| view! { <EventRow event /> }).collect_view()}
                            </ul>
                            <PlanSection />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn EventRow(event: Organised) -> impl IntoView {
    let lang = use_lang();
    let line = event.line;
    let seats = use_seats(&line);
    let class = format!("row {}", state_class(line.phase, &line.seats));
    let meta: Vec<_> = [line.series.clone(), Some(lang.kind(line.kind).to_owned())]
        .into_iter()
        .flatten()
        .collect();
    let meta = meta.join(", ");
    let taken = move || {
        let ways: Vec<_> = seats.read().ways.iter().map(|seats| lang.taken(seats)).collect();
        ways.join("; ")
    };
    let requests = (event.requests > 0)
        .then(|| view! { <b class="asks">{lang.wait_for_answer(event.requests)}</b> });
    view! {
        <li class=class>
            <time class="when" datetime=crate::wire::date_time::write(line.when.starts)>
                {dates::day(lang, line.when.first_day())}
                {dates::clock_range(&line.when).map(|clock| view! { <small>{clock}</small> })}
            </time>
            <h2 class="h3">
                <a href=lang.href(&format!("/organise/events/{}", line.slug))>{line.title.clone()}</a>
            </h2>
            <p class="meta">{meta}</p>
            <div class="left">{requests} " " <span>{taken}</span></div>
        </li>
    }
}
