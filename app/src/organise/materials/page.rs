//! `/organise/materials/{id}`: the file of a material.

use super::api::load_material_file;
use super::model::{FilePage, Kept, PostedFile};
use super::reading::ReadingPart;
use crate::materials::file::LARGEST_FILE;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What browsers offer to choose.
const ACCEPT: &str = ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,application/pdf";

/// The form on its way back, if this page is the answer to one.
fn posted() -> PostedFile {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedFile>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedFile::default()
        }
    })
    .into_inner()
}

/// `/organise/materials/{id}` and what its forms answer with.
#[component]
pub fn MaterialFileRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = posted();
    // What is no number, nothing has.
    let id = move || params.read().get("id").and_then(|id| id.parse().ok()).unwrap_or(0);
    let done = move || query.read().get("done");
    let page = Resource::new(
        // After saving the address says so, and all is read anew.
        move || (id(), done()),
        move |(id, _)| load_material_file(lang, id),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Page page posted done=done() /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Page(page: FilePage, posted: PostedFile, done: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let said = done.and_then(|done| lang.material_done(&done)).filter(|_| posted.problem.is_none());
    let (home, home_href) = page.home.clone();
    let kept = page.kept.clone().map(|kept| {
        let page = page.clone();
        view! { <KeptFile kept page /> }
    });
    let link = page.url.clone().map(|url| {
        let says = if page.kept.is_some() { words.link_too } else { words.link_only };
        view! {
            <p class="text">
                {says} " "
                <a href=url.clone() rel="external noreferrer">
                    {url.clone()}
                </a>
            </p>
        }
    });
    view! {
        <PageMeta title=page.title.clone() description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{lang.words().organise}</a>
            " "
            <a href=lang.href(&home_href)>{home}</a>
        </p>
        <h1 tabindex="-1">{page.title.clone()}</h1>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        {kept}
        {link}
        <Send page posted />
    }
}

/// The file that there is, who gets it, and what takes it away.
#[component]
fn KeptFile(kept: Kept, page: FilePage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let facts = format!("{}. {}", lang.file_facts(&kept.file), dates::date(lang, kept.came));
    let open_to = match (page.is_draft, page.is_announced) {
        (true, _) => words.for_organisers_draft,
        (false, true) => words.for_organisers_announced,
        (false, false) => words.for_everybody,
    };
    let action = lang.href(&format!("/organise/materials/{}/file", page.id));
    view! {
        <section class="matfile" aria-labelledby="the-file">
            <h2 id="the-file">{words.the_file}</h2>
            <p>
                <a href=kept.file.address.clone() rel="external">
                    {kept.name}
                </a>
                " "
                <small class="num">{facts}</small>
            </p>
            <p class="meta">{open_to}</p>
            <details>
                <summary>{words.remove}</summary>
                <form method="post" action=action enctype="multipart/form-data">
                    <p class="text">{words.remove_why}</p>
                    <button class="btn quiet small" name="do" value="remove">
                        {words.remove_sure}
                    </button>
                </form>
            </details>
        </section>
        <ReadingPart page />
    }
}

/// The form that sends a file.
#[component]
fn Send(page: FilePage, posted: PostedFile) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let action = lang.href(&format!("/organise/materials/{}/file", page.id));
    let title = if page.kept.is_some() { words.another } else { words.add };
    let error = posted.problem.map(|problem| lang.material_problem(problem));
    let described = if error.is_some() { "file-error file-hint" } else { "file-hint" };
    let is_here = posted.is_here.unwrap_or(true);
    let here = page.is_announced.then(|| {
        view! {
            <label class="pick">
                <input type="checkbox" name="here" value="yes" checked=is_here />
                <span>{words.here} <small>{words.here_hint}</small></span>
            </label>
        }
    });
    view! {
        <section class="matfile-send" aria-labelledby="send">
            <h2 id="send">{title}</h2>
            <form class="form" method="post" action=action enctype="multipart/form-data" novalidate>
                {error
                    .is_some()
                    .then(|| {
                        view! {
                            <p class="err" role="alert" tabindex="-1" autofocus=true>
                                {words.not_saved}
                            </p>
                        }
                    })}
                <div class="field">
                    <label for="file">{words.file}</label>
                    {error.map(|error| view! { <p class="err" id="file-error">{error}</p> })}
                    <input
                        type="file"
                        id="file"
                        name="file"
                        accept=ACCEPT
                        aria-describedby=described
                        aria-invalid=error.map(|_| "true")
                    />
                    <p class="hint" id="file-hint">
                        {words.file_hint} " " {lang.at_most(LARGEST_FILE)}
                    </p>
                </div>
                {here}
                <p class="doings">
                    <button class="btn small" name="do" value="save">
                        {words.save}
                    </button>
                </p>
            </form>
        </section>
    }
}
