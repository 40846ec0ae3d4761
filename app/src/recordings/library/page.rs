//! The library's page: what is asked for stands in the address, and only there.

use super::choices::Facet;
use super::filters::LibraryFilters;
use super::model::{LibraryPage, Shown};
use super::parts::{Follow, Nothing, Pages};
use crate::live::signal::use_programme_changes;
use crate::recordings::api::load_recordings;
use crate::recordings::parts::RecordingRows;
use crate::recordings::query::RecordingQuery;
use crate::recordings::search::api::search_recordings;
use crate::recordings::search::model::Answer;
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
    // One reading for the whole page: a page under a `Suspend` is made twice on the server, and what it asked for there
    // would be asked for twice.
    let shown = Resource::new(
        move || (query.get(), changes.get()),
        move |(query, _)| async move {
            Ok(if query.q.is_some() {
                Shown::Found(search_recordings(lang, query).await?)
            } else {
                Shown::Newest(load_recordings(lang, query).await?)
            })
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match shown.await {
                    Ok(shown) => view! { <Library shown asked=query.get_untracked() /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Library(shown: Shown, asked: RecordingQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    // One page has one address, whatever number was asked for.
    let (page, pages) = match &shown {
        Shown::Newest(list) => (list.page, list.pages),
        Shown::Found(answer) => (answer.page.max(1), answer.pages),
    };
    let title = if page > 1 {
        format!("{}, {}", words.library, lang.library_page(page, pages))
    } else {
        words.library.to_owned()
    };
    let path = asked.on_page(usize::try_from(page).unwrap_or(1)).path();
    let q = asked.q.clone().unwrap_or_default();
    let (facets, list) = match shown {
        Shown::Found(answer) => found(answer, asked.clone()),
        Shown::Newest(list) => newest(list, asked.clone()),
    };
    view! {
        <PageMeta
            title=title
            description=words.library_description
            path=path
            feed=Some(asked.feed(lang))
        />
        <header class="head library-head">
            <h1 tabindex="-1">{words.library}</h1>
            <p class="lead">{words.library_lead}</p>
            <SearchField query=q />
        </header>
        <div class="library">
            {(!facets.is_empty())
                .then(|| view! { <LibraryFilters facets asked=asked.clone() /> })}
            <div class="library-list">{list} <Follow asked /></div>
        </div>
    }
}

/// What can be chosen beside what was found, and that.
fn found(mut answer: Answer, asked: RecordingQuery) -> (Vec<Facet>, AnyView) {
    let facets = std::mem::take(&mut answer.facets);
    (facets, view! { <Found answer query=asked /> }.into_any())
}

/// What can be chosen, and the newest with what was chosen.
fn newest(list: LibraryPage, asked: RecordingQuery) -> (Vec<Facet>, AnyView) {
    let lang = use_lang();
    let words = lang.recording_words();
    let LibraryPage { lines, total, all, page, pages, facets } = list;
    if lines.is_empty() {
        let has_any = all > 0;
        return (facets, view! { <Nothing asked has_any=has_any /> }.into_any());
    }
    let view = view! {
        <h2 class="vh">{words.newest}</h2>
        <p class="meta" role="status">
            {lang.recordings(total)}
        </p>
        <RecordingRows lines />
        <Pages page pages asked />
    };
    (facets, view.into_any())
}
