//! What a search shows: the hits, or a way on.

pub use super::combobox::SearchField;
use super::model::{Answer, Hit, Piece, Said, time_code};
use crate::events::model::SpokenLanguage;
use crate::recordings::model::page_address;
use crate::recordings::query::RecordingQuery;
use crate::text::{Lang, dates, number, use_lang};
use leptos::prelude::*;

/// The recordings that hold what is looked for, or a way on.
#[component]
pub fn Found(
    /// What was found.
    answer: Answer,
    /// What was asked for; its `q` was looked for.
    query: RecordingQuery,
) -> impl IntoView {
    if answer.hits.is_empty() {
        view! { <Nothing answer query /> }.into_any()
    } else {
        view! { <Hits answer query /> }.into_any()
    }
}

#[component]
fn Hits(answer: Answer, query: RecordingQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let asked = query.q.clone().unwrap_or_default();
    let page = usize::try_from(answer.page).unwrap_or(1);
    let pages = usize::try_from(answer.pages).unwrap_or(1);
    let leaf = move |to: usize, name: &'static str, rel: &'static str| {
        let href = lang.href(&query.on_page(to).path());
        view! {
            <a href=href rel=rel>
                {name}
            </a>
        }
    };
    let shown = answer.nearly.clone().unwrap_or_else(|| asked.clone());
    view! {
        <section class="found" aria-labelledby="found">
            {answer
                .nearly
                .map(|nearly| {
                    let again = RecordingQuery {
                        q: Some(nearly.clone()),
                        ..RecordingQuery::default()
                    };
                    view! {
                        <p class="found-nearly">
                            {lang.found_nothing_of(&asked)} " " {words.did_you_mean} " "
                            <a href=lang.href(&again.path())>{nearly}</a> "?"
                        </p>
                    }
                })}
            // Said when it comes; the heading within stays one.
            <div role="status">
                <h2 id="found">{lang.found_recordings(answer.total.into(), &shown)}</h2>
            </div>
            <ol class="found-hits">
                {answer.hits.into_iter().map(|hit| view! { <OneHit hit /> }).collect_view()}
            </ol>
            {(pages > 1)
                .then(|| {
                    view! {
                        <nav class="found-pages" aria-label=words.pages>
                            {(page > 1).then(|| leaf(page - 1, words.previous_page, "prev"))}
                            <span>{lang.page_of(page, pages)}</span>
                            {(page < pages).then(|| leaf(page + 1, words.next_page, "next"))}
                        </nav>
                    }
                })}
        </section>
    }
}

#[component]
fn OneHit(hit: Hit) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let href = lang.href(&page_address(&hit.slug));
    let spoken = (hit.said_in.unwrap_or(hit.language) != language_of(lang)).then(|| {
        let spoken = hit.said_in.unwrap_or(hit.language);
        spoken.as_str()
    });
    let facts = [
        Some(hit.home),
        Some(dates::date(lang, hit.date)),
        hit.duration_ms.map(|ms| lang.length(ms)),
        hit.is_demonstration.then(|| words.demonstration.to_owned()),
        hit.is_restricted.then(|| words.restricted.to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let speakers: Vec<_> = hit
        .speakers
        .into_iter()
        .enumerate()
        .map(|(at, name)| view! { {(at > 0).then_some(", ")} {marked(name)} })
        .collect();
    let said: Vec<_> = hit
        .said
        .into_iter()
        .map(|said| view! { <Sentence said slug=hit.slug.clone() /> })
        .collect();
    view! {
        <li>
            <h3>
                <a href=href>{marked(hit.title)}</a>
            </h3>
            <p class="meta">{facts.join(" · ")}</p>
            {(!speakers.is_empty()).then(|| view! { <p class="meta">{speakers}</p> })}
            {(!said.is_empty())
                .then(|| {
                    view! {
                        <ul class="found-said" lang=spoken>
                            {said}
                        </ul>
                    }
                })}
            {(!hit.written.is_empty())
                .then(|| view! { <p class="found-written">{marked(hit.written)}</p> })}
        </li>
    }
}

/// A sentence with its time; a click plays from there.
#[component]
fn Sentence(said: Said, slug: String) -> impl IntoView {
    let lang = use_lang();
    let href = lang.href(&format!("{}?t={}", page_address(&slug), said.second()));
    view! {
        <li>
            <a href=href>
                <span class="num">
                    <span class="vh">{lang.finding_words().play_from}" "</span>
                    {time_code(said.start_ms)}
                </span>
                " "
                <span>
                    {said.speaker.map(|speaker| view! { <b>{speaker} ": "</b> })}
                    {marked(said.pieces)}
                </span>
            </a>
        </li>
    }
}

fn marked(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| {
            if piece.is_found {
                view! { <mark>{piece.text}</mark> }.into_any()
            } else {
                piece.text.into_any()
            }
        })
        .collect_view()
}

const fn language_of(lang: Lang) -> SpokenLanguage {
    match lang {
        Lang::Sv => SpokenLanguage::Swedish,
        Lang::En => SpokenLanguage::English,
    }
}

/// Nothing was found: what one can do.
#[component]
fn Nothing(answer: Answer, query: RecordingQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let asked = query.q.clone().unwrap_or_default();
    let only = |q: String| RecordingQuery { q: Some(q), ..RecordingQuery::default() };
    let everywhere = only(asked.clone());
    let title = if answer.is_too_common {
        words.too_common.to_owned()
    } else {
        lang.found_nothing_of(&asked)
    };
    view! {
        <section class="found found-nothing" aria-labelledby="found">
            <div role="status">
                <h2 id="found">{title}</h2>
            </div>
            {(answer.unfiltered > 0)
                .then(|| {
                    view! {
                        <p>
                            <a href=lang.href(
                                &everywhere.path(),
                            )>{lang.found_without_filters(answer.unfiltered.into())}</a>
                        </p>
                    }
                })}
            {(!answer.fewer.is_empty())
                .then(|| {
                    view! {
                        <h3>{words.fewer_words}</h3>
                        <ul class="found-ways">
                            {answer
                                .fewer
                                .into_iter()
                                .map(|fewer| {
                                    let href = lang.href(&only(fewer.q.clone()).path());
                                    view! {
                                        <li>
                                            <a href=href>{fewer.q}</a>
                                            " "
                                            <span class="num">{number(lang, fewer.count.into())}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {(!answer.themes.is_empty())
                .then(|| {
                    view! {
                        <h3>{words.by_theme}</h3>
                        <ul class="found-ways">
                            {answer
                                .themes
                                .into_iter()
                                .map(|theme| {
                                    let query = RecordingQuery {
                                        theme: Some(theme.slug),
                                        ..RecordingQuery::default()
                                    };
                                    view! {
                                        <li>
                                            <a href=lang.href(&query.path())>{theme.name}</a>
                                            " "
                                            <span class="num">{number(lang, theme.count.into())}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            <p>
                <a href=lang.href("/recordings")>{words.all_recordings}</a>
            </p>
        </section>
    }
}
