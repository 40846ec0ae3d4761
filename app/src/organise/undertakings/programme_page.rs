//! `/organise/programmes/new` and `/organise/programmes/{slug}/edit`: the form of a programme.

use super::api::{load_new_programme, load_programme_plan};
use super::fields::About;
use super::model::{ProgrammePlan, SeriesRow};
use super::parts::{Names, PutAway, SeriesRows, problems};
use crate::organise::images::model::About as Pictured;
use crate::organise::images::section::ImageSection;
use crate::organise::materials::model::About as Of;
use crate::organise::materials::section::FilesSection;
use crate::organise::plan::collided::Collided;
use crate::organise::plan::form::{Fields, suggestions};
use crate::organise::plan::model::{LONGEST_LINE, LONGEST_TITLE, List, PostedPlan};
use crate::organise::plan::page::posted;
use crate::organise::plan::rows::Rows;
use crate::text::use_lang;
use crate::ui::field::{ErrorSummary, LineField};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/programmes/{slug}/edit`
#[component]
pub fn ProgrammePlanRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = posted();
    let page = Resource::new(
        // After saving the address says so, and all is read anew.
        move || (params.read().get("slug").unwrap_or_default(), query.read().get("done")),
        move |(slug, _)| load_programme_plan(lang, slug),
    );
    let done = move || query.read().get("done");
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Form page posted done=done() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// `/organise/programmes/new`
#[component]
pub fn NewProgrammeRoute() -> impl IntoView {
    let lang = use_lang();
    let posted = posted();
    let page = Resource::new(|| (), move |()| load_new_programme(lang));
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Form page posted done=None /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Form(page: ProgrammePlan, posted: PostedPlan, done: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let (words, plan, texts) = (lang.words(), lang.plan_words(), lang.undertaking_words());
    let ProgrammePlan { programme, home, sheet, base, choices, series } = page;
    let title =
        programme.as_ref().map_or_else(|| texts.new_programme.to_owned(), |it| it.title.clone());
    let at = |rest: &str| {
        programme.as_ref().map_or_else(
            || lang.href("/organise/programmes/new"),
            |it| lang.href(&format!("/organise/programmes/{}/{rest}", it.slug)),
        )
    };
    let (action, away, make_series) = (at("edit"), at("archive"), at("series"));
    let public = programme.as_ref().map(|it| lang.href(&format!("/programmes/{}", it.slug)));
    let said = done
        .and_then(|done| lang.undertaking_done(&done).or_else(|| lang.image_done(&done)))
        .filter(|_| !posted.is_there);
    let (sheet, base) =
        if posted.is_there { (posted.sheet.clone(), posted.base.clone()) } else { (sheet, base) };
    let problems = problems(lang, About::Programme, &posted);
    let only_looked = posted.is_there && problems.is_empty() && posted.conflicts.is_empty();
    let fields = Fields { lang, sheet, posted: posted.clone() };
    view! {
        <PageMeta title=title.clone() description="" path="/organise/programmes" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
            " "
            <a href=lang.href("/organise/programmes")>{texts.programmes}</a>
        </p>
        <h1 tabindex="-1">{title}</h1>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        {only_looked.then(|| view! { <p class="note" role="status">{plan.not_saved}</p> })}
        {public
            .map(|public| {
                view! {
                    <p class="more">
                        <a href=public>{texts.public_page}</a>
                    </p>
                }
            })}
        <form class="form plan" method="post" action=action novalidate>
            // Enter in a field saves: the first button of a form is the one that it presses.
            <button class="vh" tabindex="-1" aria-hidden="true">
                {words.save}
            </button>
            <input type="hidden" name="base" value=base />
            <ErrorSummary title=words.not_saved_yet problems />
            <Collided conflicts=posted.conflicts.clone() sheet=fields.sheet.clone() />
            <section aria-labelledby="what">
                <h2 id="what">{plan.what}</h2>
                <Names fields=fields.clone() />
                <div class="both">
                    {fields.line("audience_sv", texts.audience_sv)}
                    {fields.line("audience_en", texts.audience_en)}
                </div>
            </section>
            <section aria-labelledby="period">
                <h2 id="period">{texts.period_and_money}</h2>
                <div class="both">
                    {fields.hinted("starts_on", texts.starts_on, texts.period_hint)}
                    {fields.line("ends_on", texts.ends_on)}
                    {organisation(&fields, "owner", texts.owner)}
                    {organisation(&fields, "funder", texts.funder)}
                    {fields.line("funder_reference", texts.funder_reference)}
                    {fields.line("grant_sek", texts.grant_sek)}
                </div>
            </section>
            <Rows list=List::Partners title=texts.partners fields=fields.clone() />
            <Rows list=List::Contacts title=texts.contacts fields=fields.clone() />
            <Rows list=List::Outcomes title=texts.outcomes fields=fields.clone() />
            <Rows list=List::Platforms title=texts.platforms fields=fields.clone() />
            <Rows list=List::Documents title=texts.documents fields=fields.clone() />
            {suggestions("known-presenters", choices.presenters)}
            {suggestions("known-organisations", choices.organisations)}
            <p class="save">
                <button class="btn">{words.save}</button>
            </p>
        </form>
        {programme
            .map(|standing| {
                let name = standing.slug.clone();
                view! {
                    <FilesSection about=Of::Programme name=name.clone() />
                    <ImageSection about=Pictured::Programme name />
                    <Series series home make=make_series />
                    <PutAway standing action=away />
                }
            })}
    }
}

fn organisation(fields: &Fields, id: &'static str, label: &'static str) -> impl IntoView + use<> {
    view! {
        <LineField
            id=id
            label=label
            value=fields.value(id)
            maxlength=LONGEST_LINE
            error=fields.error(id)
            list="known-organisations"
            may_be_empty=true
        />
    }
}

/// Its series, and the ways to one more.
#[component]
fn Series(series: Vec<SeriesRow>, home: String, make: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.undertaking_words();
    let from_pattern = lang.href(&format!("/organise/series/new?home={home}"));
    view! {
        <section class="plan-foot" aria-labelledby="series">
            <h2 id="series">{texts.series}</h2>
            <SeriesRows series />
            <p>
                <a href=from_pattern>{texts.series_from_pattern}</a>
            </p>
            <form class="form" method="post" action=make>
                <LineField
                    id="series_title"
                    label=texts.new_series_title
                    value=String::new()
                    maxlength=LONGEST_TITLE
                    hint=texts.new_series_hint
                />
                <button class="btn quiet small">{texts.make_series}</button>
            </form>
        </section>
    }
}
