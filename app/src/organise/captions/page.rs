//! `/organise/recordings/{slug}/captions/{sv|en}`: the captions of a recording in one language.

use super::api::load_captions;
use super::boxes::{Export, FileForm, Removal, Review, Tools};
use super::desk::Desk;
use super::editor::Editor;
use super::model::{Answer, CaptionsPage, PostedCaptions};
use super::preview::{Plain, Preview};
use crate::text::{Lang, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What was sent, if this page is the answer to it.
pub(super) fn posted<T>() -> T
where
    T: Clone + Default + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<T>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            T::default()
        }
    })
    .into_inner()
}

/// What has just been done, as the address says.
pub(super) fn done(lang: Lang) -> Option<&'static str> {
    let done = use_query_map().read_untracked().get("done");
    done.and_then(|done| lang.captions_done(&done))
}

/// The address of the recording's page on the organisers' side.
pub(super) fn home(lang: Lang, slug: &str) -> String {
    lang.href(&format!("/organise/recordings/{slug}"))
}

/// The way back, the heading, and what has just been done.
#[component]
pub(super) fn Head(title: &'static str, slug: String, recording: String) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let said = done(lang);
    view! {
        <PageMeta title=format!("{title}: {recording}") description="" path="/organise" private=true />
        <p class="kicker">
            <a href=home(lang, &slug)>{words.recording}</a>
        </p>
        <h1 tabindex="-1">{title}</h1>
        <p class="lead">{recording}</p>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
    }
}

/// `/organise/recordings/{slug}/captions/{text}`
#[component]
pub fn CaptionsRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let posted = StoredValue::new(posted::<PostedCaptions>());
    let page = Resource::new(
        move || {
            let params = params.read();
            (params.get("slug").unwrap_or_default(), params.get("text").unwrap_or_default())
        },
        move |(slug, text)| load_captions(lang, slug, text),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Captions page posted=posted.get_value() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Captions(page: CaptionsPage, posted: PostedCaptions) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let title = lang.captions_in(page.text);
    let (slug, recording) = (page.beside.slug.clone(), page.beside.title.clone());
    let stands = page.line.as_ref().map(|line| {
        let reviewed = match &line.reviewed {
            Some(when) => lang.reviewed_at(when),
            None => words.not_reviewed.to_owned(),
        };
        let cues = lang.cues(usize::try_from(line.cues).unwrap_or_default());
        format!("{cues}. {}. {reviewed}.", lang.changed_at(&line.changed))
    });
    let stands = stands.unwrap_or_else(|| format!("{}.", words.none_yet));
    provide_context(Desk::new(lang, &page));
    let body = match &posted.answer {
        Answer::Read | Answer::Used(..) => view! { <Preview page posted /> }.into_any(),
        Answer::Faulty | Answer::Changed(_) => view! { <Plain page posted /> }.into_any(),
        // What was typed into the field is not lost with a file that is none.
        Answer::Unreadable(..) if !posted.vtt.is_empty() => {
            view! { <Plain page posted /> }.into_any()
        }
        Answer::None | Answer::Unusable(..) | Answer::Unreadable(..) => {
            let is_there = page.line.is_some();
            view! {
                <Editor page=page.clone() />
                {is_there.then(|| view! { <Tools page=page.clone() posted=posted.clone() /> })}
                {is_there.then(|| view! { <Review page=page.clone() /> })}
                {is_there.then(|| view! { <Export page=page.clone() /> })}
                <FileForm page=page.clone() posted />
                {is_there.then(|| view! { <Removal page /> })}
            }
            .into_any()
        }
    };
    view! {
        <Head title slug recording />
        <p class="meta">{stands}</p>
        {body}
    }
}
