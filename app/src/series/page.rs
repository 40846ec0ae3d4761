//! The page of a series.

use super::api::load_series;
use super::model::SeriesPage;
use super::parts::Tour;
use crate::events::model::Phase;
use crate::events::page_model::Person;
use crate::images::part::PagePicture;
use crate::live::signal::use_programme_changes;
use crate::recordings::parts::RecordingRows;
use crate::signup::form::posted;
use crate::signup::model::Posted;
use crate::signup::series_form::SeriesSignUpSection;
use crate::text::{dates, use_lang};
use crate::ui::lost::{Lost, set_status};
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/series/{slug}`
#[component]
pub fn SeriesRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let changes = use_programme_changes();
    let page = Resource::new(
        move || (params.read().get("slug").unwrap_or_default(), changes.get()),
        move |(slug, _)| load_series(lang, slug),
    );
    // Read here, where the server has it: the answer to a form shows the page with the form in it.
    let posted = posted();
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Series page posted /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Series(page: SeriesPage, posted: Posted) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let held = page.stops.iter().filter(|stop| stop.line.phase == Phase::Past).count();
    let count = page.stops.len();
    let days = page.stops.first().zip(page.stops.last()).map(|(first, last)| {
        dates::period(
            lang,
            Some(first.line.when.first_day()),
            Some(last.line.when.last_day()),
            "day",
        )
    });
    // One stop is signed up for on its own page.
    let sign_up =
        (count > 1 && page.stops.iter().any(|stop| stop.line.phase == Phase::Open)).then(|| {
            let stops = page.stops.clone();
            view! { <SeriesSignUpSection slug=page.slug.clone() stops posted=posted.clone() /> }
        });
    let not_open = posted.not_open.then(|| {
        set_status(409);
        view! { <p class="text" role="alert">{words.series_not_open} " " {words.nothing_taken}</p> }
    });
    let programme = lang.href(&format!("/programmes/{}", page.programme.slug));
    let filtered = lang.href(&format!("/calendar?view=agenda&series={}", page.slug));
    let feed = format!("/feeds/calendar.ics?series={}&lang={}", page.slug, lang.tag());
    view! {
        <PageMeta
            title=page.title.clone()
            description=page.summary.clone()
            path=format!("/series/{}", page.slug)
            image=page.picture.clone()
        />
        <header class="head">
            <p class="kicker">
                <a href=programme>{page.programme.title}</a>
            </p>
            <h1 tabindex="-1">{page.title}</h1>
            {page.is_over.then(|| view! { <p class="note">{words.series_over}</p> })}
            <div class="lead prose" inner_html=page.summary_html></div>
            <dl class="facts">
                {days
                    .map(|days| {
                        view! {
                            <div>
                                <dt>{words.when}</dt>
                                <dd>{days}</dd>
                            </div>
                        }
                    })}
                {(count > 0)
                    .then(|| {
                        view! {
                            <div>
                                <dt>{words.stops}</dt>
                                <dd>{lang.held_of(held, count)}</dd>
                            </div>
                        }
                    })}
                {page
                    .participants
                    .map(|participants| {
                        view! {
                            <div>
                                <dt>{words.participants}</dt>
                                <dd>{crate::text::number(lang, participants.into())}</dd>
                            </div>
                        }
                    })}
            </dl>
        </header>
        <PagePicture picture=page.picture />
        <section aria-labelledby="stops">
            <h2 id="stops" class="vh">
                {words.stops}
            </h2>
            {if count > 0 {
                view! {
                    <Tour stops=page.stops />
                    <p class="more">
                        <a href=filtered>{words.series_in_calendar}</a>
                        " "
                        <a href=feed rel="external">
                            {words.subscribe_series}
                        </a>
                    </p>
                }
                    .into_any()
            } else {
                view! { <p class="text">{words.no_stops}</p> }.into_any()
            }}
        </section>
        {not_open}
        {sign_up}
        {(!page.recordings.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="recorded">
                        <h2 id="recorded">{lang.recording_words().recorded}</h2>
                        <RecordingRows lines=page.recordings />
                    </section>
                }
            })}
        <Contacts contacts=page.contacts />
    }
}

/// Whom to ask.
#[component]
pub fn Contacts(
    /// The contact persons.
    contacts: Vec<Person>,
) -> impl IntoView {
    let words = use_lang().words();
    (!contacts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="contact">
                <h2 id="contact">{words.contact}</h2>
                <ul class="names">
                    {contacts
                        .into_iter()
                        .map(|person| {
                            view! {
                                <li>
                                    <b>{person.name}</b>
                                    {[person.role, person.organisation]
                                        .into_iter()
                                        .flatten()
                                        .map(|text| format!(", {text}"))
                                        .collect::<String>()}
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}
