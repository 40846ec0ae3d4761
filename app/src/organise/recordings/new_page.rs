//! `/organise/recordings/new`: what a recording is to be, before there is a file.

use super::api::load_new_desk;
use super::facts::EVENT;
use super::form::{FactFields, problems};
use super::model::NewDesk;
use crate::organise::plan::form::Fields;
use crate::organise::plan::model::PostedPlan;
use crate::organise::plan::page::posted;
use crate::text::use_lang;
use crate::ui::field::{ChoiceField, ErrorSummary};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/organise/recordings/new`
#[component]
pub fn NewDeskRoute() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let posted = posted();
    let page =
        Resource::new(move || query.read().get("event"), move |event| load_new_desk(lang, event));
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Form page posted /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Form(page: NewDesk, posted: PostedPlan) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.desk_words());
    let NewDesk { sheet, events } = page;
    let sheet = if posted.is_there { posted.sheet.clone() } else { sheet };
    let problems = problems(lang, &posted);
    let only_looked = posted.is_there && problems.is_empty();
    let fields = Fields { lang, sheet, posted };
    let mut choices = vec![(String::new(), texts.choose_event.to_owned())];
    choices.extend(events);
    view! {
        <PageMeta title=texts.new description="" path="/organise/recordings/new" private=true />
        <p class="kicker">
            <a href=lang.href("/organise/recordings")>{texts.recordings}</a>
        </p>
        <h1 tabindex="-1">{texts.new}</h1>
        <p class="text">{texts.new_lead}</p>
        {only_looked.then(|| view! { <p class="note" role="status">{lang.plan_words().not_saved}</p> })}
        <form class="form plan" method="post" action=lang.href("/organise/recordings/new") novalidate>
            // Enter in a field saves: the first button of a form is the one that it presses.
            <button class="vh" tabindex="-1" aria-hidden="true">
                {words.save}
            </button>
            <ErrorSummary title=words.not_saved_yet problems />
            <section aria-labelledby="what">
                <h2 id="what">{texts.facts}</h2>
                <ChoiceField
                    id=EVENT
                    label=texts.event
                    value=fields.value(EVENT)
                    choices
                    error=fields.error(EVENT)
                />
                <FactFields fields />
            </section>
            <p class="save">
                <button class="btn">{texts.make}</button>
            </p>
        </form>
    }
}
