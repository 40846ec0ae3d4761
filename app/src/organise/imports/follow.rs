//! `/organise/events/{slug}/import/{id}`: what an import would do, how far it has come, and what it did.

#[cfg(feature = "hydrate")]
use super::api::load_event_import;
use super::api::load_import;
use super::form::{Choosing, Confirming, Undoing};
use super::model::{ImportPage, Kind, PostedImport, RowsAsked, Stage, is_of_events};
use super::preview::Rows;
use super::report_form::WhoIsIt;
use super::upload::posted;
use crate::text::{Lang, dates, use_lang};
use crate::ui::bar::Bar;
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/events/{slug}/import/{id}`
#[component]
pub fn ImportRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = StoredValue::new(posted());
    let is_late = Memo::new(move |_| query.read().get("done").as_deref() == Some("too_late"));
    // Raised once what was under way is through.
    let through = RwSignal::new(0_u32);
    let page = Resource::new(
        move || {
            let slug = params.read().get("slug").unwrap_or_default();
            // What is no number is the number of nothing.
            let id: i64 = params.read().get("id").and_then(|id| id.parse().ok()).unwrap_or(0);
            let query = query.read();
            let asked = RowsAsked::read(query.get_str("show"), query.get_str("page"));
            (slug, id, asked, through.get())
        },
        move |(slug, id, asked, _)| load_import(lang, slug, id, asked.parameters()),
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

/// An import, whichever stage it has come to.
#[component]
pub fn ImportView(
    /// The import.
    page: ImportPage,
    /// What was sent, if this is the answer.
    posted: PostedImport,
    /// It was too late to undo it.
    is_late: bool,
    /// Raised once what was under way is through.
    through: RwSignal<u32>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let title = page.home.title.clone();
    let import = page.import.clone();
    let all = page.home.path();
    let base = format!("{all}/{}", import.id);
    let (back, back_text) = match &page.home.slug {
        Some(slug) => (format!("/organise/events/{slug}"), texts.people),
        None => ("/organise".to_owned(), lang.words().organise),
    };
    let all_text = if page.home.slug.is_some() { texts.all_imports } else { texts.events_title };
    let lacks = page.lacks.map(|lacks| ("columns", lang.import_lacks(lacks)));
    let wrong = posted.wrong.map(|wrong| ("consent", lang.import_wrong(wrong)));
    let problems: Vec<_> = lacks.into_iter().chain(wrong).collect();
    let late = is_late.then(|| view! { <p class="note now">{texts.too_late}</p> });
    let body = match import.stage {
        Stage::Running => view! { <Running page base through /> }.into_any(),
        Stage::Draft | Stage::Failed => view! { <Draft page base posted /> }.into_any(),
        Stage::Done | Stage::Undone => view! { <Done page base /> }.into_any(),
    };
    view! {
        <PageMeta title=format!("{}: {title}", import.file) description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href(&back)>{back_text}</a>
            <a href=lang.href(&all)>{all_text}</a>
        </p>
        <h1 tabindex="-1">{import.file.clone()}</h1>
        <p class="lead">{title}</p>
        <p class="meta import-about">
            {lang.import_kind(import.kind)} ", " {lang.import_rows(import.rows)} ", "
            {dates::instant(lang, import.at)} {import.by.map(|by| format!(", {by}"))} "."
        </p>
        <ErrorSummary is_first=true title=texts.not_confirmed problems />
        {late}
        {body}
    }
}

/// What would happen, and the way to it.
#[component]
fn Draft(page: ImportPage, base: String, posted: PostedImport) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let action = lang.href(&base);
    let has_failed = page.import.stage == Stage::Failed;
    let choosing = match page.import.kind {
        Kind::Attendance => {
            view! { <WhoIsIt page=page.clone() action=action.clone() /> }.into_any()
        }
        kind if is_of_events(kind) => ().into_any(),
        _ => view! { <Choosing page=page.clone() action=action.clone() /> }.into_any(),
    };
    view! {
        {has_failed.then(|| view! { <p class="note now">{texts.failed}</p> })}
        <p class="meta">{lang.import_read_as(&page.read_as)}</p>
        {choosing}
        <section class="what-would" aria-labelledby="preview">
            <h2 id="preview">{texts.preview}</h2>
            <p class="text">{lang.import_sum(page.import.kind, page.counts, false)}</p>
            <Confirming page=page.clone() action posted />
            <Rows page base is_done=false />
        </section>
    }
}

/// What happened, and the way back.
#[component]
fn Done(page: ImportPage, base: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let action = lang.href(&base);
    let undo_hint =
        if is_of_events(page.import.kind) { texts.events_undo_hint } else { texts.undo_hint };
    let undone = (page.import.stage == Stage::Undone)
        .then(|| lang.import_undone(page.import.kind, page.left_alone));
    view! {
        <section class="what-would" aria-labelledby="preview">
            <h2 id="preview">{texts.happened}</h2>
            {undone
                .map(|text| {
                    view! {
                        <p class="note" role="status">
                            {text}
                        </p>
                    }
                })}
            <p class="text">{lang.import_sum(page.import.kind, page.counts, true)}</p>
            {page.can_undo.then(|| view! { <Undoing action hint=undo_hint /> })}
            <Rows page base is_done=true />
        </section>
    }
}

/// How far it has come.
#[component]
fn Running(page: ImportPage, base: String, through: RwSignal<u32>) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let rows = page.import.rows;
    let again = lang.href(&base);
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let shown = RwSignal::new(page);
    keep_up(lang, shown, through);
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let progress = move || shown.with(|page| page.progress);
    view! {
        <div class="on-its-way" data-awake=move || is_awake.get().then_some("")>
            <p role="status">{texts.running}</p>
            <Bar part=Signal::derive(move || count(progress())) whole=Signal::derive(move || count(rows)) />
            <p>{move || lang.import_progress(progress(), rows)}</p>
            <p hidden=move || is_awake.get()>
                <a href=again rel="external">{texts.see_again}</a>
            </p>
        </div>
    }
}

/// Reads how far it has come, twice a second, until it is through.
#[cfg(feature = "hydrate")]
fn keep_up(lang: Lang, shown: RwSignal<ImportPage>, through: RwSignal<u32>) {
    use gloo_timers::future::TimeoutFuture;

    const PAUSE_MS: u32 = 500;

    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            loop {
                TimeoutFuture::new(PAUSE_MS).await;
                let asked =
                    shown.try_with_untracked(|page| (page.home.slug.clone(), page.import.id));
                // The page was left.
                let Some((slug, id)) = asked else { return };
                let read = match slug {
                    Some(slug) => load_import(lang, slug, id, String::new()).await,
                    None => load_event_import(lang, id, String::new()).await,
                };
                if let Ok(page) = read {
                    if page.import.stage != Stage::Running {
                        through.try_update(|times| *times += 1);
                        return;
                    }
                    shown.try_set(page);
                }
            }
        });
    });
}

/// Nothing changes while the page is written.
#[cfg(not(feature = "hydrate"))]
fn keep_up(_: Lang, _: RwSignal<ImportPage>, _: RwSignal<u32>) {}
