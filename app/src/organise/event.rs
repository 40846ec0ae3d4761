//! `/organise/events/{slug}`: the sign-ups of an event as they come, and what it asks of people.

use super::api::load_organised_event;
use super::figures::page::FiguresSection;
use super::model::{OrganisedEvent, PostedTerms};
use super::moving::{Moving, offered};
use super::people::adding::AddSection;
use super::people::page::People;
use super::questions::QuestionsSection;
use super::terms::TermsSection;
use crate::events::model::Seats;
use crate::live::signal::{use_programme_changes, use_seats};
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The form on its way back, if this page is the answer to one with something wrong in it.
fn posted() -> PostedTerms {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedTerms>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedTerms::default()
        }
    })
    .into_inner()
}

/// `/organise/events/{slug}`; or where to move those who were chosen on it, if that is what was asked.
#[component]
pub fn OrganiseEventRoute() -> impl IntoView {
    match offered() {
        Some(offer) => view! { <Moving offer /> }.into_any(),
        None => view! { <Event /> }.into_any(),
    }
}

#[component]
fn Event() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let changes = use_programme_changes();
    let query = use_query_map();
    let posted = StoredValue::new(posted());
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let done = Memo::new(move |_| query.read().get("done"));
    // Who signs up or leaves changes nothing of this: the figures and the list follow that by themselves.
    let resized = RwSignal::new(0_u32);
    let page = Resource::new(
        move || (slug.get(), changes.get(), resized.get()),
        move |(slug, _, _)| load_organised_event(lang, slug),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(event) => {
                            let seats = use_seats(&event.line);
                            let read = capacities(&event.line.seats);
                            Effect::new(move |_| {
                                if capacities(&seats.read()) != read {
                                    resized.update(|times| *times = times.wrapping_add(1));
                                }
                            });
                            view! { <Head event posted done /> }.into_any()
                        }
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
        <FiguresSection slug posted />
        <People slug posted />
        <Transition>
            {move || {
                Suspend::new(async move {
                    page.await.ok().filter(|event| event.may_change).map(|event| view! { <Settings event posted /> })
                })
            }}
        </Transition>
    }
}

/// How many seats there are of each way.
fn capacities(seats: &Seats) -> Vec<Option<u32>> {
    seats.ways.iter().map(|way| way.capacity).collect()
}

/// Which event it is, and what there is to know of it.
#[component]
fn Head(
    event: OrganisedEvent,
    posted: StoredValue<PostedTerms>,
    done: Memo<Option<String>>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let line = event.line;
    let title = line.title.clone();
    let public = lang.href(&format!("/events/{}", line.slug));
    let edit = lang.href(&format!("/organise/events/{}/edit", line.slug));
    let door = lang.href(&format!("/organise/events/{}/door", line.slug));
    let is_fine = posted.with_value(|posted| posted.problems.is_empty());
    let screen = lang.href(&format!("/organise/events/{}/screen", line.slug));
    let said = move || done.get().filter(|_| is_fine).and_then(|done| lang.done(&done));
    view! {
        <PageMeta title=title.clone() description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{title}</h1>
        <p>
            <time datetime=crate::wire::date_time::write(line.when.starts)>{dates::long_when(lang, &line.when)}</time>
            ". "
            <a href=public>{texts.as_participants_see}</a>
            ". "
            <a href=door>{lang.door_words().door}</a>
            ". "
            <a href=screen rel="external">{lang.screen_words().screen}</a>
            {event.may_change.then(|| view! { ". " <a href=edit>{lang.plan_words().edit}</a> })}
        </p>
        {move || {
            said()
                .map(|said| {
                    view! {
                        <p class="note" role="status">
                            {said}
                        </p>
                    }
                })
        }}
    }
}

/// What the event asks of those who sign up.
#[component]
fn Settings(event: OrganisedEvent, posted: StoredValue<PostedTerms>) -> impl IntoView {
    let lang = use_lang();
    let slug = event.line.slug.clone();
    let import = lang.href(&format!("/organise/events/{slug}/import"));
    let record = lang.href(&format!("/organise/recordings/new?event={slug}"));
    view! {
        <AddSection line=event.line.clone() />
        <p class="more">
            <a href=import>{lang.import_words().title}</a>
            " "
            <a href=record>{lang.desk_words().add}</a>
        </p>
        <TermsSection
            line=event.line
            needs_approval=event.needs_approval
            reply_hours=event.reply_hours
            posted=posted.get_value()
        />
        <QuestionsSection slug questions=event.questions worded=event.worded posted=posted.get_value() />
    }
}
