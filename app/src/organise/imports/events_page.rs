//! `/organise/import`: events from a file, and `/organise/import/{id}`: what would become of them.

use super::api::{load_event_import, load_event_imports};
use super::follow::ImportView;
use super::model::{EventImportsPage, PostedImport, RowsAsked};
use super::upload::{FileField, ReadBefore, posted};
use crate::text::use_lang;
use crate::ui::field::{ChoiceField, ErrorSummary};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/import`
#[component]
pub fn EventImportsRoute() -> impl IntoView {
    let lang = use_lang();
    let posted = StoredValue::new(posted());
    let page = Resource::new(|| (), move |()| load_event_imports(lang));
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <EventImports page posted=posted.get_value() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn EventImports(page: EventImportsPage, posted: PostedImport) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let wrong = posted.file.map(|problem| lang.events_file_problem(problem));
    let problems: Vec<_> = wrong.map(|problem| ("file", problem)).into_iter().collect();
    let first = || page.homes.first().map(|(value, _)| value.clone());
    let home = posted.home.or_else(first).unwrap_or_default();
    view! {
        <PageMeta title=texts.events_title description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{lang.words().organise}</a>
        </p>
        <h1 tabindex="-1">{texts.events_title}</h1>
        <p class="text">{texts.events_lead}</p>
        <p class="text import-about">{texts.events_schedule} " " {texts.events_mails}</p>
        <ErrorSummary is_first=true title=texts.not_read problems />
        <form class="form upload" method="post" action=lang.href("/organise/import") enctype="multipart/form-data">
            <ChoiceField id="home" label=lang.plan_words().home value=home choices=page.homes />
            <FileField wrong hint=texts.events_hint />
            <p>
                <button class="btn">{texts.look}</button>
            </p>
            <p class="meta">{texts.kept}</p>
        </form>
        <ReadBefore base="/organise/import".to_owned() earlier=page.earlier />
    }
}

/// `/organise/import/{id}`
#[component]
pub fn EventImportRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = StoredValue::new(posted());
    let is_late = Memo::new(move |_| query.read().get("done").as_deref() == Some("too_late"));
    let through = RwSignal::new(0_u32);
    let page = Resource::new(
        move || {
            let id: i64 = params.read().get("id").and_then(|id| id.parse().ok()).unwrap_or(0);
            let query = query.read();
            (id, RowsAsked::read(query.get_str("show"), query.get_str("page")), through.get())
        },
        move |(id, asked, _)| load_event_import(lang, id, asked.parameters()),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => {
                            view! { <ImportView page posted=posted.get_value() is_late=is_late.get() through /> }.into_any()
                        }
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
