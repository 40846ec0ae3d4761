//! The pages of the slides below the film: which is on view, and a press on one that it is from now on.

use super::slides_desk::SlidesDesk;
use leptos::prelude::*;

/// What is on view, and the pages.
#[component]
pub(super) fn Pages(desk: SlidesDesk) -> impl IntoView {
    let lang = desk.lang;
    let words = lang.slides_words();
    let on_view = move || desk.on_view().map(|(_, page)| page);
    let pictures = desk.pictures.get_value();
    let pages = (!pictures.is_empty()).then(|| {
        let pages = pictures.into_iter().enumerate().map(|(at, picture)| {
            let page = picture.page;
            let name = lang.page_named(page, &picture.words);
            let is_on_view = move || on_view() == Some(page);
            view! {
                <li>
                    <button
                        type="button"
                        class="slides-page"
                        class:on-view=is_on_view
                        data-page=at.to_string()
                        aria-label=name
                        aria-current=move || is_on_view().then_some("true")
                        tabindex=move || if desk.reached.get() == at { "0" } else { "-1" }
                        on:focus=move |_| desk.reached.set(at)
                        on:click=move |_| desk.turn_to(page)
                    >
                        <img
                            src=picture.address
                            alt=""
                            width=picture.size.0
                            height=picture.size.1
                            loading="lazy"
                            decoding="async"
                        />
                        <span class="num">{page}</span>
                    </button>
                </li>
            }
        });
        view! {
            <h2 id="slides-pages">{words.pages}</h2>
            <p class="hint" id="slides-pages-hint">
                {words.pages_hint}
            </p>
            <ul class="slides-pages" aria-labelledby="slides-pages" aria-describedby="slides-pages-hint">
                {pages.collect_view()}
            </ul>
        }
    });
    view! {
        <p class="slides-now num">{move || lang.page_on_view(on_view(), desk.pages())}</p>
        <p class="cap-keys">
            <button type="button" class="btn quiet" aria-keyshortcuts="n" on:click=move |_| desk.turn_by(1)>
                {words.next}
            </button>
            <button type="button" class="btn quiet" aria-keyshortcuts="b" on:click=move |_| desk.turn_by(-1)>
                {words.before}
            </button>
            <button
                type="button"
                class="btn quiet"
                aria-keyshortcuts="z"
                disabled=move || !desk.sheet.read().can_undo()
                on:click=move |_| desk.undo()
            >
                {words.undo}
            </button>
        </p>
        <p class="hint">{words.keys}</p>
        {pages}
    }
}
