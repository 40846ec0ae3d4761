//! The page of a programme.

use super::api::load_programme;
use super::model::{Outcome, ProgrammePage, Unit};
use crate::events::page_model::MaterialItem;
use crate::events::parts::EventRow;
use crate::images::part::PagePicture;
use crate::live::signal::use_programme_changes;
use crate::materials::parts::{Facts, Title};
use crate::series::page::Contacts;
use crate::series::parts::SeriesItem;
use crate::text::{dates, number, use_lang};
use crate::ui::bar::percent;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/programmes/{slug}`
#[component]
pub fn ProgrammeRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let changes = use_programme_changes();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let page = Resource::new(
        move || (slug.get(), changes.get()),
        move |(slug, _)| load_programme(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Programme page slug=slug.get_untracked() /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Programme(page: ProgrammePage, slug: String) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let period = dates::period(lang, page.period.starts, page.period.ends, &page.period.precision);
    let funding = [
        page.grant_sek.map(|sum| lang.kronor(sum)),
        page.funder_reference.map(|reference| lang.reference(&reference)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ");
    let funding = (!funding.is_empty()).then_some(funding);
    let facts: Vec<_> = [
        (!period.is_empty()).then_some((words.period, period, None)),
        page.owner.map(|owner| (words.owner, owner, None)),
        page.funder.map(|funder| (words.funder, funder, funding)),
        page.audience.map(|audience| (words.audience, audience, None)),
    ]
    .into_iter()
    .flatten()
    .map(|(term, text, more)| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{text} {more.map(|more| view! { <small>{more}</small> })}</dd>
            </div>
        }
    })
    .collect();
    view! {
        <PageMeta
            title=page.title.clone()
            description=page.summary.clone()
            path=format!("/programmes/{slug}")
            image=page.picture.clone()
        />
        <header class="head">
            <h1 tabindex="-1">{page.title}</h1>
            {page.is_over.then(|| view! { <p class="note">{words.programme_over}</p> })}
            <div class="lead prose" inner_html=page.summary_html></div>
            <dl class="facts">{facts}</dl>
        </header>
        <PagePicture picture=page.picture />
        {(!page.series.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="series">
                        <h2 id="series">{words.series}</h2>
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
        {(!page.events.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="events">
                        <h2 id="events">{words.events}</h2>
                        <ul class="rows">
                            {page
                                .events
                                .into_iter()
                                .map(|line| view! { <EventRow line /> })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
        {(!page.outcomes.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="outcomes">
                        <h2 id="outcomes">{words.outcomes}</h2>
                        <div class="outcomes">
                            {page
                                .outcomes
                                .into_iter()
                                .map(|outcome| view! { <OutcomeFigure outcome /> })
                                .collect_view()}
                        </div>
                    </section>
                }
            })}
        {(!page.partners.is_empty() || !page.platforms.is_empty())
            .then(|| {
                view! {
                    <section class="cols">
                        {(!page.partners.is_empty())
                            .then(|| {
                                view! {
                                    <div>
                                        <h2>{words.partners}</h2>
                                        <ul class="names">
                                            {page
                                                .partners
                                                .into_iter()
                                                .map(|name| view! { <li>{name}</li> })
                                                .collect_view()}
                                        </ul>
                                    </div>
                                }
                            })}
                        {(!page.platforms.is_empty())
                            .then(|| {
                                view! {
                                    <div>
                                        <h2>{words.platforms}</h2>
                                        <ul class="names">
                                            {page
                                                .platforms
                                                .into_iter()
                                                .map(|platform| {
                                                    view! {
                                                        <li>
                                                            <b>{platform.name}</b>
                                                            " "
                                                            <span class="meta">{platform.municipality}</span>
                                                        </li>
                                                    }
                                                })
                                                .collect_view()}
                                        </ul>
                                    </div>
                                }
                            })}
                    </section>
                }
            })}
        <Materials materials=page.materials />
        <Contacts contacts=page.contacts />
    }
}

/// A figure drawn, and the same in words.
#[component]
fn OutcomeFigure(outcome: Outcome) -> impl IntoView {
    let lang = use_lang();
    let drawing = match outcome.unit {
        Unit::Count => ().into_any(),
        Unit::Percent => view! {
            <svg class="bar" aria-hidden="true">
                <line x2="100%" y1="50%" y2="50%" />
                <line class="on" x2=percent(outcome.value, 100) y1="50%" y2="50%" />
            </svg>
        }
        .into_any(),
        Unit::OfTen => view! {
            <svg class="dots" viewBox="0 0 168 16" aria-hidden="true">
                {(0..10)
                    .map(|index| {
                        // Ten dots over 168: 8 from the edge, 16.9 apart.
                        let x = 80 + index * 169;
                        view! {
                            <circle
                                class=(index < outcome.value).then_some("on")
                                cx=format!("{}.{}", x / 10, x % 10)
                                cy="8"
                                r="6"
                            />
                        }
                    })
                    .collect_view()}
            </svg>
        }
        .into_any(),
    };
    let figure = match outcome.unit {
        Unit::Count => number(lang, outcome.value),
        Unit::Percent => lang.percent(outcome.value),
        Unit::OfTen => lang.of_ten(outcome.value),
    };
    let scope = outcome.scope.map(|scope| format!(" ({scope})"));
    view! {
        <figure>
            <p class="fig">{figure}</p>
            {drawing}
            <figcaption>{outcome.measure} {scope}</figcaption>
        </figure>
    }
}

/// Materials under their headings, in the order that they come in.
#[component]
fn Materials(materials: Vec<MaterialItem>) -> impl IntoView {
    let words = use_lang().words();
    let mut groups: Vec<(Option<String>, Vec<MaterialItem>)> = Vec::new();
    for item in materials {
        match groups.iter_mut().find(|(group, _)| *group == item.group) {
            Some((_, items)) => items.push(item),
            None => groups.push((item.group.clone(), vec![item])),
        }
    }
    (!groups.is_empty()).then(|| {
        view! {
            <section aria-labelledby="materials">
                <h2 id="materials">{words.materials}</h2>
                {groups
                    .into_iter()
                    .map(|(group, items)| {
                        view! {
                            <section class="group">
                                {group.map(|group| view! { <h3>{group}</h3> })}
                                <ul>
                                    {items
                                        .into_iter()
                                        .map(|item| view! { <Material item /> })
                                        .collect_view()}
                                </ul>
                            </section>
                        }
                    })
                    .collect_view()}
            </section>
        }
    })
}

/// One document or link.
#[component]
pub fn Material(
    /// Which.
    item: MaterialItem,
) -> impl IntoView {
    let lang = use_lang();
    let kind = if item.is_announced {
        lang.words().announced.to_owned()
    } else {
        lang.material(&item.kind).to_owned()
    };
    let (file, url) = (item.file.clone(), item.url.clone());
    let facts = item.file.is_some().then(|| {
        view! {
            <span class="meta">
                <Facts file url />
            </span>
        }
    });
    view! {
        <li>
            <Title title=item.title url=item.url file=item.file />
            " "
            <span class="meta">{kind} {item.about.map(|about| format!(". {about}"))}</span>
            {facts}
        </li>
    }
}
