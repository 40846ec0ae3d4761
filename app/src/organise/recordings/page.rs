//! `/organise/recordings/{slug}`: all that there is to do with a recording.

use super::api::load_desk;
use super::captions_part::CaptionsPart;
use super::figures_part::FiguresPart;
use super::files_part::FilesPart;
use super::form::{FactFields, problems};
use super::jobs_part::JobsPart;
use super::model::{DeskPage, PostedPublish};
use super::publish_part::PublishPart;
use super::upload_part::UploadPart;
use crate::organise::plan::collided::Collided;
use crate::organise::plan::form::Fields;
use crate::organise::plan::model::PostedPlan;
use crate::organise::plan::page::posted;
use crate::recordings::model::{RecordingState, page_address};
use crate::text::use_lang;
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The form that publishes on its way back, if this page is the answer to it.
fn posted_publish() -> PostedPublish {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedPublish>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedPublish::default()
        }
    })
    .into_inner()
}

/// `/organise/recordings/{slug}`
#[component]
pub fn DeskRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let (posted, publish) = (posted(), posted_publish());
    // It is read anew after something was done, which the address says. It does not follow what changes meanwhile: files
    // are on their way on it, and somebody writes in its form. What changes under it are its parts.
    let page = Resource::new(
        move || (params.read().get("slug").unwrap_or_default(), query.read().get("done")),
        move |(slug, _)| load_desk(lang, slug),
    );
    let done = move || query.read().get("done");
    view! {
        <Transition>
            {move || {
                let (posted, publish) = (posted.clone(), publish.clone());
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Desk page posted publish done=done() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Desk(
    page: DeskPage,
    posted: PostedPlan,
    publish: PostedPublish,
    done: Option<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let slug = page.slug.clone();
    let said = done
        .and_then(|done| lang.desk_done(&done))
        .filter(|_| !posted.is_there && !publish.is_there);
    let state = match page.state {
        RecordingState::Draft => lang.recording_words().draft,
        RecordingState::Published => texts.published_one,
    };
    let public = lang.href(&page_address(&slug));
    let event = lang.href(&format!("/organise/events/{}/edit", page.event.slug));
    view! {
        <PageMeta
            title=page.title.clone()
            description=""
            path=format!("/organise/recordings/{slug}")
            private=true
        />
        <p class="kicker">
            <a href=lang.href("/organise/recordings")>{texts.recordings}</a>
            " "
            <span class="state">{state}</span>
            {page.is_demonstration.then(|| view! { " " <span class="demo">{lang.recording_words().demonstration}</span> })}
        </p>
        <h1 tabindex="-1">{page.title.clone()}</h1>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        <p class="more">
            <a href=public>{texts.as_others_see}</a>
            " "
            <a href=event>{page.event.title.clone()}</a>
        </p>
        <FilesPart slug=slug.clone() />
        <UploadPart slug=slug.clone() sender=page.sender.clone() largest=page.largest />
        <JobsPart slug=slug.clone() />
        <CaptionsPart slug=slug.clone() />
        <PublishPart page=page.clone() posted=publish />
        <Facts page posted />
        <FiguresPart slug=slug.clone() />
        <Remove slug />
    }
}

#[component]
fn Facts(page: DeskPage, posted: PostedPlan) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.desk_words());
    let action = lang.href(&format!("/organise/recordings/{}/edit", page.slug));
    let (sheet, base) = if posted.is_there {
        (posted.sheet.clone(), posted.base.clone())
    } else {
        (page.sheet, page.base)
    };
    let problems = problems(lang, &posted);
    let only_looked = posted.is_there && problems.is_empty() && posted.conflicts.is_empty();
    let conflicts = posted.conflicts.clone();
    let fields = Fields { lang, sheet: sheet.clone(), posted };
    let event = lang.href(&format!("/organise/events/{}/edit", page.event.slug));
    let speakers = (!page.speakers.is_empty())
        .then(|| view! { <p class="text">{page.speakers.join(", ")}</p> });
    view! {
        <form class="form plan" method="post" action=action novalidate>
            // Enter in a field saves: the first button of a form is the one that it presses.
            <button class="vh" tabindex="-1" aria-hidden="true">
                {words.save}
            </button>
            <input type="hidden" name="base" value=base />
            <ErrorSummary title=words.not_saved_yet problems />
            {only_looked
                .then(|| view! { <p class="note" role="status">{lang.plan_words().not_saved}</p> })}
            <Collided conflicts sheet />
            <section aria-labelledby="facts">
                <h2 id="facts">{texts.facts}</h2>
                <FactFields fields />
                <h3>{texts.speakers}</h3>
                {speakers}
                <p class="meta">
                    {texts.speakers_are} " " <a href=event>{texts.change_event}</a>
                </p>
                <p class="meta">{texts.address_stays}</p>
            </section>
            <p class="save">
                <button class="btn">{words.save}</button>
            </p>
        </form>
    }
}

/// Takes it away for good, after one has said twice that one wants that.
#[component]
fn Remove(slug: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let action = lang.href(&format!("/organise/recordings/{slug}/remove"));
    view! {
        <section class="plan-foot" aria-labelledby="remove">
            <h2 id="remove">{texts.remove}</h2>
            <p class="text">{texts.remove_means}</p>
            <form class="form" method="post" action=action>
                <label class="pick">
                    <input type="checkbox" name="sure" value="yes" required />
                    <span>{texts.remove_sure}</span>
                </label>
                <button class="btn quiet small">{texts.remove_yes}</button>
            </form>
        </section>
    }
}
