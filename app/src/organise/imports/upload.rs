//! `/organise/events/{slug}/import`: where a file is chosen, and what was read in before.

use super::api::load_imports;
use super::model::{Earlier, ImportsPage, Kind, PostedImport};
use crate::text::{dates, use_lang};
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What was sent, if this page is the answer to it.
pub(super) fn posted() -> PostedImport {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedImport>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedImport::default()
        }
    })
    .into_inner()
}

/// `/organise/events/{slug}/import`
#[component]
pub fn ImportsRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let posted = StoredValue::new(posted());
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_imports(lang, slug),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Imports page posted=posted.get_value() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Imports(page: ImportsPage, posted: PostedImport) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let slug = page.line.slug.clone();
    let title = page.line.title.clone();
    let action = lang.href(&format!("/organise/events/{slug}/import"));
    let chosen = posted.kind.unwrap_or(Kind::People);
    let wrong = posted.file.map(|problem| lang.file_problem(problem));
    let problems: Vec<_> = wrong.map(|problem| ("file", problem)).into_iter().collect();
    view! {
        <PageMeta title=format!("{}: {title}", texts.title) description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href(&format!("/organise/events/{slug}"))>{texts.people}</a>
        </p>
        <h1 tabindex="-1">{texts.title}</h1>
        <p class="lead">{title}</p>
        <p class="text import-about">{texts.lead}</p>
        <ErrorSummary is_first=true title=texts.not_read problems />
        <form class="form upload" method="post" action=action enctype="multipart/form-data">
            <fieldset class="field">
                <legend>{texts.what}</legend>
                {[Kind::People, Kind::Attendance]
                    .map(|kind| {
                        let hint = if kind == Kind::People { texts.file_hint } else { texts.report_hint };
                        view! {
                            <label class="pick">
                                <input type="radio" name="kind" value=kind.as_str() checked=kind == chosen />
                                <span>{lang.import_choice(kind)} <small>{hint}</small></span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <FileField wrong hint=texts.size_hint />
            <p>
                <button class="btn">{texts.look}</button>
            </p>
            <p class="meta">{texts.kept}</p>
        </form>
        <ReadBefore base=format!("/organise/events/{slug}/import") earlier=page.earlier />
    }
}

/// The field for the file.
#[component]
pub fn FileField(
    /// What is wrong with what was sent.
    wrong: Option<&'static str>,
    /// What sort of file it may be.
    hint: &'static str,
) -> impl IntoView {
    let texts = use_lang().import_words();
    view! {
        <div class="field">
            <label for="file">{texts.file}</label>
            {wrong.map(|problem| view! { <p class="err" id="file-error">{problem}</p> })}
            <input
                type="file"
                id="file"
                name="file"
                required
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=if wrong.is_some() { "file-error file-hint" } else { "file-hint" }
            />
            <p class="hint" id="file-hint">
                {hint}
            </p>
        </div>
    }
}

/// What was read in before.
#[component]
pub fn ReadBefore(
    /// The address before the number.
    base: String,
    /// The latest first.
    earlier: Vec<Earlier>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let is_empty = earlier.is_empty();
    let lines = earlier
        .into_iter()
        .map(|import| {
            let to = lang.href(&format!("{base}/{}", import.id));
            view! {
                <li>
                    <a href=to>{import.file.clone()}</a>
                    <p class="meta">
                        {lang.import_kind(import.kind)} ", " {lang.import_rows(import.rows)} ", "
                        {lang.import_stage(import.stage)} ", " {dates::instant(lang, import.at)}
                        {import.by.map(|by| format!(", {by}"))} "."
                    </p>
                </li>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <section class="read-before" aria-labelledby="earlier">
                <h2 id="earlier">{texts.earlier}</h2>
                <ul>{lines}</ul>
            </section>
        }
    })
}
