//! The rows of an import, as they would be or as they became: how many of each, and a page of them.

use super::model::{Counts, ImportPage, Kind, RowsAsked, ShownRow, Verdict};
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// The rows, with what narrows them down above.
#[component]
pub fn Rows(
    /// The import.
    page: ImportPage,
    /// The address of the import.
    base: String,
    /// It has been written.
    is_done: bool,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let pages = page.pages();
    let kind = page.import.kind;
    let asked = page.asked;
    let is_empty = page.rows.is_empty();
    let href = move |asked: RowsAsked| format!("{}{}#rows", lang.href(&base), asked.query());
    let turn = {
        let href = href.clone();
        move |to: Option<usize>, text: &'static str, rel: &'static str| {
            let href = to.map(|page| href(RowsAsked { page, ..asked }));
            view! {
                <a class="btn small quiet" rel=rel href=href.clone() aria-disabled=href.is_none().then_some("true")>
                    {text}
                </a>
            }
        }
    };
    view! {
        <div id="rows" class="import-rows">
            <Filter kind counts=page.counts asked is_done href=Box::new(href) />
            {is_empty.then(|| view! { <p class="text">{texts.nothing_here}</p> })}
            <ol>{page.rows.iter().map(|row| one(lang, kind, row, is_done)).collect_view()}</ol>
            {(1 < pages)
                .then(|| {
                    let words = lang.people_words();
                    view! {
                        <nav class="turn" aria-label=words.pages>
                            {turn(asked.page.checked_sub(1), words.earlier, "prev")}
                            <span>{lang.page_of(asked.page + 1, pages)}</span>
                            {turn(Some(asked.page + 1).filter(|next| *next < pages), words.later, "next")}
                        </nav>
                    }
                })}
        </div>
    }
}

/// What narrows the rows down, with how many there are of each.
#[component]
fn Filter(
    kind: Kind,
    counts: Counts,
    asked: RowsAsked,
    is_done: bool,
    href: Box<dyn Fn(RowsAsked) -> String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let every = Verdict::ALL.iter().map(|verdict| Some(*verdict));
    let links = std::iter::once(None)
        .chain(every)
        .filter(|show| show.is_none() || *show == asked.show || 0 < counts.of(*show))
        .map(|show| {
            let to = href(RowsAsked { show, page: 0 });
            let text =
                show.map_or(texts.all, |verdict| lang.import_verdict(kind, verdict, is_done));
            let count =
                crate::text::number(lang, i64::try_from(counts.of(show)).unwrap_or(i64::MAX));
            view! {
                <li>
                    <a href=to data-noscroll="" aria-current=(show == asked.show).then_some("true")>
                        {text}
                        " "
                        <span class="num">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="standings" aria-label=texts.filter>
            <ul>{links}</ul>
        </nav>
    }
}

/// A row of the file.
fn one(lang: Lang, kind: Kind, row: &ShownRow, is_done: bool) -> impl IntoView + use<> {
    let class = match row.verdict {
        Verdict::Refuse => "was-refused",
        Verdict::Same => "was-same",
        Verdict::Make | Verdict::Change => "",
    };
    let state = match row.status {
        Some(status) => lang.row_state(status),
        None => lang.import_verdict(kind, row.verdict, is_done),
    };
    // What has no name in English is called what it is called in Swedish.
    let title = row.title_en.as_ref().filter(|_| lang == Lang::En);
    let is_swedish =
        lang == Lang::En && title.is_none() && matches!(kind, Kind::Events | Kind::Schedule);
    let title = title.unwrap_or(&row.title).clone();
    let notes: Vec<String> = row.notes.iter().map(|note| lang.import_note(note)).collect();
    view! {
        <li class=class>
            <span class="num">
                {(0 < row.number).then(|| view! { <span class="vh">{lang.import_words().row} " "</span> {row.number} })}
            </span>
            <span class="whom">
                <b lang=is_swedish.then_some("sv")>{title}</b>
                " "
                <small>{row.detail.clone()}</small>
            </span>
            <span class="fate">
                <b>{state}</b>
                " "
                <small>{notes.join(" ")}</small>
            </span>
        </li>
    }
}
