//! `/organise/events/new` and `/organise/events/{slug}/edit`: the form of an event.

use super::api::{load_new_plan, load_plan};
use super::collided::Collided;
use super::form::{Fields, FormFields};
use super::model::{PlanPage, PostedPlan};
use super::states::States;
use crate::organise::images::model::About;
use crate::organise::images::section::ImageSection;
use crate::organise::materials::model::About as Of;
use crate::organise::materials::section::FilesSection;
use crate::organise::planner::beside::Collides;
use crate::text::use_lang;
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The form on its way back, if this page is the answer to one.
pub(in crate::organise) fn posted() -> PostedPlan {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedPlan>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedPlan::default()
        }
    })
    .into_inner()
}

/// `/organise/events/{slug}/edit`
#[component]
pub fn PlanRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = posted();
    let page = Resource::new(
        // After saving the address says so, and all is read anew.
        move || (params.read().get("slug").unwrap_or_default(), query.read().get("done")),
        move |(slug, _)| load_plan(lang, slug),
    );
    let done = move || query.read().get("done");
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Plan page posted done=done() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// `/organise/events/new`
#[component]
pub fn NewPlanRoute() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let posted = posted();
    let page =
        Resource::new(move || query.read().get("home"), move |home| load_new_plan(lang, home));
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Plan page posted done=None /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Plan(page: PlanPage, posted: PostedPlan, done: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.plan_words());
    let PlanPage { event, sheet, base, choices, key, collisions } = page;
    let title =
        event.as_ref().map_or_else(|| texts.new_event.to_owned(), |event| event.title.clone());
    let action = event.as_ref().map_or_else(
        || lang.href("/organise/events/new"),
        |event| lang.href(&format!("/organise/events/{}/edit", event.slug)),
    );
    let is_new = event.is_none();
    let in_series = !is_new && sheet.get("home").contains('/');
    let said = done
        .and_then(|done| lang.plan_done(&done).or_else(|| lang.image_done(&done)))
        .filter(|_| !posted.is_there);
    let (sheet, base) =
        if posted.is_there { (posted.sheet.clone(), posted.base.clone()) } else { (sheet, base) };
    let fields = Fields { lang, sheet, posted: posted.clone() };
    let problems: Vec<_> = super::merge::fields()
        .filter_map(|field| Some((field, lang.plan_problem(posted.problem(field)?))))
        .collect();
    let only_looked = posted.is_there && problems.is_empty() && posted.conflicts.is_empty();
    let links = event.clone().map(|event| {
        let is_public = event.state != crate::events::model::State::Draft;
        view! {
            <p class="more">
                <a href=lang.href(&format!("/organise/events/{}/preview", event.slug))>{texts.see_preview}</a>
                {is_public
                    .then(|| {
                        view! { <a href=lang.href(&format!("/organise/events/{}", event.slug))>{texts.to_sign_ups}</a> }
                    })}
            </p>
        }
    });
    view! {
        <PageMeta title=title.clone() description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{title}</h1>
        {is_new.then(|| view! { <p class="text">{texts.new_lead}</p> })}
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        {only_looked.then(|| view! { <p class="note" role="status">{texts.not_saved}</p> })}
        {links}
        <Collides collisions />
        {event.clone().map(|event| view! { <States event /> })}
        <form class="form plan" method="post" action=action novalidate>
            // Enter in a field saves: the first button of a form is the one that it presses.
            <button class="vh" tabindex="-1" aria-hidden="true">
                {words.save}
            </button>
            <input type="hidden" name="base" value=base />
            {key.map(|key| view! { <input type="hidden" name="key" value=key /> })}
            <ErrorSummary title=words.not_saved_yet problems />
            <Collided conflicts=posted.conflicts.clone() sheet=fields.sheet.clone() />
            <FormFields fields choices is_new />
            {in_series
                .then(|| {
                    view! {
                        <label class="pick">
                            <input type="checkbox" name="also_later" value="yes" />
                            <span>{texts.also_later} <small>{texts.also_later_hint}</small></span>
                        </label>
                    }
                })}
            <p class="save">
                <button class="btn">{words.save}</button>
            </p>
        </form>
        {event
            .map(|event| {
                let name = event.slug.clone();
                view! {
                    <FilesSection about=Of::Event name />
                    <ImageSection about=About::Event name=event.slug />
                }
            })}
    }
}
