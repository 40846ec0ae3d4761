//! `/organise/events/{slug}/letters/{id}`: a letter on its way, and what became of it for each.

use super::api::load_letter;
use super::model::{Carried, LetterPage, Reader};
use crate::text::{Lang, dates, use_lang};
use crate::ui::bar::Bar;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/events/{slug}/letters/{id}`
#[component]
pub fn LetterRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let page = Resource::new(
        move || {
            let slug = params.read().get("slug").unwrap_or_default();
            // What is no number is the number of nothing.
            let id: i64 = params.read().get("id").and_then(|id| id.parse().ok()).unwrap_or(0);
            let page = query.read().get("page").and_then(|page| page.parse::<u16>().ok());
            (slug, id, usize::from(page.unwrap_or(1).max(1)) - 1)
        },
        move |(slug, id, page)| load_letter(lang, slug, id, page),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Letter page /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Letter(page: LetterPage) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.letter_words();
    let slug = page.line.slug.clone();
    let title = page.line.title.clone();
    let letter = page.letter.clone();
    let back = lang.href(&format!("/organise/events/{slug}/letters"));
    let html = page.html.clone();
    let (here, pages) = (page.page, page.pages);
    let shown = RwSignal::new(page);
    keep_up(lang, shown);
    let fate = move || shown.with(|page| page.letter.fate);
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let is_done = move || fate().waiting == 0;
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    // What is no longer kept cannot be told.
    let is_forgotten = move || {
        let fate = fate();
        fate.sent + fate.waiting + fate.refused == 0 && shown.with(|page| 0 < page.letter.people)
    };
    let again = lang.href(&format!("/organise/events/{slug}/letters/{}", letter.id));
    let turn = move |page: usize, text: &'static str, rel: &'static str| {
        let to =
            lang.href(&format!("/organise/events/{slug}/letters/{}?page={}", letter.id, page + 1));
        view! {
            <a class="btn small quiet" rel=rel href=to>
                {text}
            </a>
        }
    };
    view! {
        <PageMeta title=letter.subject.clone() description="" path="/organise" private=true />
        <p class="kicker">
            <a href=back>{texts.letters}</a>
        </p>
        <h1 tabindex="-1">{letter.subject.clone()}</h1>
        <p class="lead">{title}</p>
        <p>
            {lang.letter_to(letter.whom, letter.people)} ". " {dates::instant(lang, letter.at)}
            {letter.by.map(|by| format!(", {by}"))} "."
        </p>
        <div class="on-its-way" data-awake=move || is_awake.get().then_some("")>
            <Bar
                part=Signal::derive(move || { let fate = fate(); count(fate.sent + fate.refused) })
                whole=Signal::derive(move || { let fate = fate(); count(fate.sent + fate.refused + fate.waiting) })
            />
            <p>{move || lang.letter_fate(fate())}</p>
            <p role="status">{move || (is_done() && !is_forgotten()).then_some(texts.done)}</p>
            <p hidden=move || is_done() || is_awake.get()>
                <a href=again rel="external">{texts.look_again}</a>
            </p>
            <p hidden=move || !is_forgotten()>{texts.forgotten}</p>
        </div>
        <ul class="fates">
            <For
                each=move || shown.with(|page| page.readers.clone())
                key=|reader| (reader.id, reader.state, reader.problem.clone())
                children=move |reader| view_reader(lang, reader)
            />
        </ul>
        {(1 < pages)
            .then(|| {
                view! {
                    <nav class="turn" aria-label=lang.people_words().pages>
                        {here.checked_sub(1).map(|page| turn.clone()(page, lang.people_words().earlier, "prev"))}
                        <span>{lang.page_of(here + 1, pages)}</span>
                        {Some(here + 1).filter(|page| *page < pages).map(|page| turn(page, lang.people_words().later, "next"))}
                    </nav>
                }
            })}
        <section class="looks-like" aria-labelledby="what-it-says">
            <h2 id="what-it-says">{texts.what_it_says}</h2>
            <div class="as-read" inner_html=html></div>
        </section>
    }
}

fn view_reader(lang: Lang, reader: Reader) -> impl IntoView {
    let class = match reader.state {
        Carried::Refused => "fate-refused",
        Carried::Sent | Carried::Waiting | Carried::Dropped => "",
    };
    view! {
        <li class=class>
            <span>
                <b>{reader.name}</b>
                " "
                <small>{reader.organisation}</small>
            </span>
            <span>
                {lang.letter_carried(reader.state)}
                {reader.problem.map(|problem| view! { <small>{problem}</small> })}
            </span>
        </li>
    }
}

/// Reads the page again, once a second, while some wait.
#[cfg(feature = "hydrate")]
fn keep_up(lang: Lang, shown: RwSignal<LetterPage>) {
    use gloo_timers::future::TimeoutFuture;

    const PAUSE_MS: u32 = 1_000;

    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            loop {
                TimeoutFuture::new(PAUSE_MS).await;
                let asked = shown.try_with_untracked(|page| {
                    let waits = 0 < page.letter.fate.waiting;
                    waits.then(|| (page.line.slug.clone(), page.letter.id, page.page))
                });
                // The page was left, or nobody waits any more.
                let Some(Some((slug, id, page))) = asked else { return };
                if let Ok(page) = load_letter(lang, slug, id, page).await {
                    shown.try_set(page);
                }
            }
        });
    });
}

/// Nothing changes while the page is written.
#[cfg(not(feature = "hydrate"))]
fn keep_up(_: Lang, _: RwSignal<LetterPage>) {}
