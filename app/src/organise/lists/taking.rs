//! On the event's page: the ways in which the list that is shown there leaves the site.

use super::model::Sheet;
use crate::organise::people::follow::List;
use crate::organise::people::query::PeopleQuery;
use crate::text::use_lang;
use leptos::prelude::*;

/// The files and the lists for paper, of those who are asked for.
#[component]
pub fn TakeOut(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.list_words();
    let asked = move || list.shown.with(|shown| PeopleQuery { page: 0, ..shown.clone() });
    let file = move |name: &'static str| {
        move || lang.href(&asked().under(&format!("/organise/events/{}/{name}", slug.read())))
    };
    let papers = Sheet::ALL
        .iter()
        .map(|&sheet| {
            let to = move || lang.href(&sheet.path(&slug.read(), &asked()));
            view! {
                <li>
                    <a href=to>{lang.sheet(sheet)}</a>
                </li>
            }
        })
        .collect_view();
    let nobody = move || list.about.with(|about| about.matching == 0);
    view! {
        <nav class="take-out" aria-label=texts.lists hidden=nobody>
            <p>{texts.take}</p>
            <ul>
                <li>
                    <a href=file("list.xlsx") rel="external" download="">
                        {texts.spreadsheet}
                    </a>
                </li>
                <li>
                    <a href=file("list.csv") rel="external" download="">
                        {texts.csv}
                    </a>
                </li>
                {papers}
            </ul>
        </nav>
    }
}
