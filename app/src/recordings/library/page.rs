//! The library's page: what is asked for stands in the address, and only there.

use super::filters::LibraryFilters;
use super::model::LibraryPage;
use super::parts::{Nothing, Pages, counted};
use crate::live::signal::use_programme_changes;
use crate::recordings::api::load_recordings;
use crate::recordings::parts::RecordingRows;
use crate::recordings::query::RecordingQuery;
use crate::recordings::search::parts::{Found, SearchField};
use crate::text::use_lang;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/recordings`
#[component]
pub fn LibraryRoute() -> impl IntoView {
    let lang = use_lang();
    let parameters = use_query_map();
    let changes = use_programme_changes();
    let query = Memo::new(move |_| {
        let parameters = parameters.read();
        RecordingQuery::parse(|key| parameters.get(key))
    });
    let page = Resource::new(
        move || (query.get(), changes.get()),
        move |(query, _)| load_recordings(lang, query),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Library page asked=query.get_untracked() /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Library(page: LibraryPage, asked: RecordingQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let is_empty = page.lines.is_empty();
    let has_any = page.all > 0;
    let count = counted(lang, &page);
    // One page has one address, whatever number was asked for.
    let at = usize::try_from(page.page).unwrap_or(1);
    let title = if page.page > 1 {
        format!("{}, {}", words.library, lang.library_page(page.page, page.pages))
    } else {
        words.library.to_owned()
    };
    view! {
        <PageMeta
            title=title
            description=words.library_description
            path=asked.on_page(at).path()
        />
        <header class="head library-head">
            <h1 tabindex="-1">{words.library}</h1>
            <p class="lead">{words.library_lead}</p>
            <SearchField query=asked.q.clone().unwrap_or_default() />
        </header>
        <div class="library">
            {has_any
                .then(|| view! { <LibraryFilters facets=page.facets asked=asked.clone() /> })}
            <div class="library-list">
                {if asked.q.is_some() {
                    view! { <Found query=asked /> }.into_any()
                } else if is_empty {
                    view! { <Nothing asked has_any /> }.into_any()
                } else {
                    view! {
                        <h2 class="vh">{words.newest}</h2>
                        <p class="meta" role="status">
                            {count}
                        </p>
                        <RecordingRows lines=page.lines />
                        <Pages page=page.page pages=page.pages asked />
                    }
                        .into_any()
                }}
            </div>
        </div>
    }
}
