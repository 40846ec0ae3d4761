//! The times of the slides as rows that can be changed, beside the film.

use super::slides_desk::SlidesDesk;
use crate::captions::clock;
use leptos::prelude::*;

/// The times, in order.
#[component]
pub(super) fn Times(desk: SlidesDesk) -> impl IntoView {
    let words = desk.lang.slides_words();
    let ids = Memo::new(move |_| {
        desk.sheet.with(|sheet| sheet.rows().iter().map(|row| row.id).collect::<Vec<_>>())
    });
    view! {
        <h2 id="slides-times" tabindex="-1">
            {words.times}
        </h2>
        <p class="note" hidden=move || !ids.read().is_empty()>
            {words.none}
        </p>
        <ol class="slides-times" aria-labelledby="slides-times">
            <For each=move || ids.get() key=|id| *id let:id>
                <Time desk id />
            </For>
        </ol>
    }
}

#[component]
fn Time(desk: SlidesDesk, id: u32) -> impl IntoView {
    let lang = desk.lang;
    let words = lang.slides_words();
    let row = Memo::new(move |_| desk.sheet.with(|sheet| sheet.row(id).cloned()));
    let time = move || row.with(|row| row.as_ref().map(|row| row.time.clone()).unwrap_or_default());
    let page = move || row.with(|row| row.as_ref().map(|row| row.page.clone()).unwrap_or_default());
    let problem = Memo::new(move |_| desk.sheet.with(|sheet| sheet.problem(id, desk.duration_ms)));
    let is_wrong = move || problem.get().map(|_| "true");
    let error = format!("slides-error-{id}");
    let described = error.clone();
    let described = move || problem.get().map(|_| described.clone());
    let also = described.clone();
    let is_on_view = Memo::new(move |_| desk.on_view().is_some_and(|(shown, _)| shown == id));
    let picture = move || {
        let page = row.with(|row| row.as_ref().and_then(|row| row.page.trim().parse().ok()));
        let picture = page.and_then(|page| desk.picture(page));
        picture.map(|picture| {
            view! {
                <img
                    src=picture.address
                    alt=""
                    width=picture.size.0
                    height=picture.size.1
                    loading="lazy"
                    decoding="async"
                />
                <span class="slides-words">{picture.words}</span>
            }
        })
    };
    let go = move |_| {
        let at = row.with_untracked(|row| clock::read(&row.as_ref()?.time));
        if let Some(at) = at {
            desk.stage.go(at);
        }
    };
    let remove = move |_| {
        let next = desk.remove(id);
        desk.stage
            .focus(next.map_or("slides-times".to_owned(), |id| format!("slides-remove-{id}")));
    };
    let time_label = format!("slides-time-{id}");
    let page_label = format!("slides-page-{id}");
    view! {
        <li class="slides-time" class:on-view=move || is_on_view.get() aria-current=move || is_on_view.get().then_some("true")>
            <div class="slides-picture">{picture}</div>
            <div class="slides-fields">
                <div class="field">
                    <label for=time_label.clone()>{words.time}</label>
                    <input
                        id=time_label
                        type="text"
                        autocomplete="off"
                        maxlength="20"
                        prop:value=time
                        aria-invalid=is_wrong
                        aria-describedby=described
                        on:change=move |event| {
                            let text = event_target_value(&event);
                            desk.change(|sheet| sheet.set_time(id, &text));
                        }
                    />
                </div>
                <div class="field">
                    <label for=page_label.clone()>{words.page}</label>
                    <input
                        id=page_label
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength="5"
                        prop:value=page
                        aria-invalid=is_wrong
                        aria-describedby=also
                        on:change=move |event| {
                            let text = event_target_value(&event);
                            desk.change(|sheet| sheet.set_page(id, &text));
                        }
                    />
                </div>
                <button type="button" class="btn quiet" aria-label=move || lang.go_to_time(&time()) on:click=go>
                    {words.go_there}
                </button>
                <button
                    type="button"
                    class="btn quiet"
                    id=format!("slides-remove-{id}")
                    aria-label=move || lang.remove_time(&time(), &page())
                    on:click=remove
                >
                    {words.remove}
                </button>
            </div>
            <p class="err" id=error hidden=move || problem.get().is_none()>
                {move || problem.get().map(|problem| lang.slide_problem(problem))}
            </p>
        </li>
    }
}
