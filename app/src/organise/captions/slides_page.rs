//! `/organise/recordings/{slug}/slides`: which page of the slides is shown from when on.

use super::api::load_slides;
use super::beside::Beside;
use super::model::{PostedSlides, SlidesPage};
use super::page::{Head, posted};
use super::preview::in_textarea;
use super::stage::{Film, Stage};
use crate::captions::clock;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/organise/recordings/{slug}/slides`
#[component]
pub fn SlidesRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let posted = StoredValue::new(posted::<PostedSlides>());
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_slides(lang, slug),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Slides page posted=posted.get_value() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Slides(page: SlidesPage, posted: PostedSlides) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let Beside { slug, title, film, .. } = page.beside;
    let action = lang.href(&format!("/organise/recordings/{slug}/slides"));
    let stage = Stage::new(lang);
    let field = NodeRef::<html::Textarea>::new();
    let lines = if posted.is_there { posted.lines } else { page.lines };
    let is_wrong = !posted.wrong.is_empty();
    let wrong = is_wrong.then(|| {
        let lines = posted.wrong.into_iter().map(|it| {
            view! {
                <li>
                    <span class="num">{lang.in_line(it.line)}</span>
                    " "
                    {lang.slide_problem(it.problem)}
                </li>
            }
        });
        view! {
            <div class="errors" role="alert" tabindex="-1" id="errors" autofocus=true>
                <h2>{words.not_saved}</h2>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    });
    let slides = match page.slides {
        Some(address) => view! {
            <p>
                <a href=address rel="external">
                    {words.open_slides}
                </a>
            </p>
        }
        .into_any(),
        None => view! { <p class="note">{words.no_slides}</p> }.into_any(),
    };
    // The page after the one that is on view where the film is.
    let add = move || {
        let Some(field) = field.get_untracked() else { return };
        let now = stage.now();
        let text = field.value();
        let pages =
            text.lines().filter_map(|line| super::slides_form::read(line, None).ok()).flatten();
        let before = pages.filter(|it| it.0 <= now).max_by_key(|it| it.0);
        let page = before.map_or(1, |it| it.1.saturating_add(1));
        let separator = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let line = format!("{} {page}", clock::write(now));
        field.set_value(&format!("{text}{separator}{line}\n"));
        stage.said.set(line);
    };
    stage.listen(move |key| {
        let is_next = key == "n";
        if is_next {
            add();
        }
        is_next
    });
    let has_film = film.is_some();
    view! {
        <Head title=words.slides slug recording=title />
        <p class="text">{words.slides_why}</p>
        {slides}
        {wrong}
        <div class="cap-desk">
            <div class="cap-stage">
                <Film stage film />
                {has_film
                    .then(|| {
                        view! {
                            <div class="cap-live" hidden=move || !stage.is_awake.get()>
                                <button type="button" class="btn quiet" on:click=move |_| add()>
                                    {words.next_page}
                                </button>
                                <p class="hint">{words.next_page_key}</p>
                                <p role="status" class="num">
                                    {move || stage.said.get()}
                                </p>
                            </div>
                        }
                    })}
            </div>
            <form class="cap-side" method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="lines">{words.slide_lines}</label>
                    <textarea
                        node_ref=field
                        id="lines"
                        name="lines"
                        rows="14"
                        spellcheck="false"
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=if is_wrong { "errors lines-hint" } else { "lines-hint" }
                        inner_html=in_textarea(&lines)
                    ></textarea>
                    <p class="hint" id="lines-hint">
                        {words.slide_hint}
                    </p>
                </div>
                <p>
                    <button class="btn">{words.save}</button>
                </p>
            </form>
        </div>
    }
}
