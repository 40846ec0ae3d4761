//! `/organise/recordings/{slug}/slides`: which page of the slides is shown from when on. The film and the pages beside
//! each other; without the client, lines in a field.

use super::api::load_slides;
use super::beside::Beside;
use super::model::{PostedSlides, SlidesPage};
use super::page::{Head, posted};
use super::preview::in_textarea;
use super::slides_desk::SlidesDesk;
use super::slides_list::Times;
use super::slides_pages::Pages;
use super::stage::Film;
use crate::text::use_lang;
use crate::ui::lost::Lost;
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

/// What is wrong with the lines that were sent.
#[component]
fn Errors(posted: PostedSlides) -> impl IntoView {
    let lang = use_lang();
    (!posted.wrong.is_empty()).then(|| {
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
                <h2>{lang.caption_words().not_saved}</h2>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}

#[component]
fn Slides(page: SlidesPage, posted: PostedSlides) -> impl IntoView {
    let lang = use_lang();
    let (words, more) = (lang.caption_words(), lang.slides_words());
    let Beside { slug, title, film, duration_ms } = page.beside;
    let base = lang.href(&format!("/organise/recordings/{slug}"));
    let is_wrong = !posted.wrong.is_empty();
    let lines = if posted.is_there { posted.lines.clone() } else { page.lines.clone() };
    let desk = SlidesDesk::new(lang, &lines, &page.lines, page.pictures, duration_ms);
    let stage = desk.stage;
    desk.come_alive();
    let has_pictures = desk.pictures.with_value(|pictures| !pictures.is_empty());
    let no_pictures = page.slides.is_some() && !has_pictures;
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
    let has_film = film.is_some();
    let jobs = no_pictures.then(|| {
        view! {
            <p class="note">
                {more.no_pictures} " " <a href=format!("{base}/jobs")>{more.to_jobs}</a>
            </p>
        }
    });
    let described = if is_wrong { "errors lines-hint" } else { "lines-hint" };
    view! {
        <Head title=words.slides slug recording=title />
        <p class="text" hidden=move || stage.is_awake.get()>
            {words.slides_why}
        </p>
        <p class="text" hidden=move || !stage.is_awake.get()>
            {more.lead}
        </p>
        {slides}
        {jobs}
        <Errors posted />
        <div class="cap-desk" node_ref=desk.root>
            <div class="cap-stage">
                <Film stage film />
                <div class="cap-live" hidden=move || !stage.is_awake.get()>
                    {has_film.then(|| view! { <Pages desk /> })}
                    <p role="status" class="slides-said">
                        {move || stage.said.get()}
                    </p>
                </div>
            </div>
            <form class="cap-side" method="post" action=format!("{base}/slides") enctype="multipart/form-data">
                <div hidden=move || !stage.is_awake.get()>
                    // Above the rows: what comes and goes there must not move it away under a finger.
                    <p class="slides-save">
                        <button class="btn">{words.save}</button>
                        <span class="slides-state" hidden=move || !desk.is_dirty()>
                            {more.not_saved_yet}
                        </span>
                    </p>
                    <Times desk />
                </div>
                <details class="slides-text" open=move || !stage.is_awake.get() || is_wrong || !has_film>
                    <summary>{more.as_text}</summary>
                    <div class="field">
                        <label for="lines">{words.slide_lines}</label>
                        <textarea
                            node_ref=desk.field
                            id="lines"
                            name="lines"
                            rows="14"
                            spellcheck="false"
                            aria-invalid=is_wrong.then_some("true")
                            aria-describedby=described
                            on:input=move |event| desk.typed(&event_target_value(&event))
                            inner_html=in_textarea(&lines)
                        ></textarea>
                        <p class="hint" id="lines-hint">
                            {words.slide_hint}
                        </p>
                    </div>
                </details>
                <p hidden=move || stage.is_awake.get()>
                    <button class="btn">{words.save}</button>
                </p>
            </form>
        </div>
    }
}
