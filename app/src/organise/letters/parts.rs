//! How a letter looks, those that were sent, and the way here from the list.

use super::model::{Preview, Written};
use crate::organise::people::follow::List;
use crate::organise::people::query::PeopleQuery;
use crate::text::{dates, use_lang};
use leptos::prelude::*;

/// The letter as somebody will read it, and the button that sends it.
#[component]
pub fn Looks(
    /// How it looks.
    preview: Preview,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.letter_words();
    let Preview { subject, html, text, name, people, .. } = preview;
    view! {
        <section class="looks-like" aria-labelledby="looks-like" id="preview">
            <h2 id="looks-like">{texts.looks}</h2>
            <p class="hint">{lang.letter_looks(&name)}</p>
            <div class="as-read">
                <h3>{subject}</h3>
                <div inner_html=html></div>
            </div>
            <details>
                <summary>{texts.as_text}</summary>
                <pre>{text}</pre>
            </details>
            <p class="to-send">
                <button class="btn" form="letter" name="do" value="send">
                    {lang.letter_send(people)}
                </button>
                <span>{texts.each_alone}</span>
            </p>
        </section>
    }
}

/// What was written before.
#[component]
pub fn Earlier(
    /// The event's.
    slug: String,
    /// The latest first.
    letters: Vec<Written>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.letter_words();
    let is_empty = letters.is_empty();
    let lines = letters
        .into_iter()
        .map(|letter| {
            let to = lang.href(&format!("/organise/events/{slug}/letters/{}", letter.id));
            view! {
                <li>
                    <a href=to>{letter.subject.clone()}</a>
                    <p class="meta">
                        {lang.letter_to(letter.whom, letter.people)} ". "
                        {dates::instant(lang, letter.at)} {letter.by.map(|by| format!(", {by}"))} ". "
                        {lang.letter_fate(letter.fate)}
                    </p>
                </li>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <section class="letters-sent" aria-labelledby="earlier">
                <h2 id="earlier">{texts.earlier}</h2>
                <ul>{lines}</ul>
            </section>
        }
    })
}

/// On the event's page: writing to those whom the list shows.
#[component]
pub fn WriteTo(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let to = move || {
        let asked = list.shown.with(|shown| PeopleQuery { page: 0, ..shown.clone() });
        lang.href(&asked.under(&format!("/organise/events/{}/letters", slug.read())))
    };
    view! {
        <p class="write-to">
            <a href=to>{lang.letter_words().write_to_them}</a>
        </p>
    }
}
