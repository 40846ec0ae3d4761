//! The materials of an event or a programme with their files, on the page where it is edited.

use super::api::load_material_files;
use super::model::{About, Row};
use super::reading::said_of;
use crate::text::use_lang;
use leptos::prelude::*;

/// The list. Nothing where it cannot be read: the page that it stands on says why.
#[component]
pub fn FilesSection(
    /// What they are of.
    about: About,
    /// That one's slug.
    name: String,
) -> impl IntoView {
    let rows = Resource::new(move || name.clone(), move |name| load_material_files(about, name));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                rows.await.ok().map(|rows| view! { <List rows /> })
            })}
        </Transition>
    }
}

#[component]
fn List(rows: Vec<Row>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let list = if rows.is_empty() {
        view! { <p class="text">{words.no_materials}</p> }.into_any()
    } else {
        view! {
            <ul class="matfile-list">
                {rows.into_iter().map(|row| view! { <One row /> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="plan-foot" aria-labelledby="material-files">
            <h2 id="material-files">{words.files}</h2>
            <p class="text">{words.files_lead}</p>
            {list}
        </section>
    }
}

#[component]
fn One(row: Row) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let href = lang.href(&format!("/organise/materials/{}", row.id));
    let facts = row.file.map_or_else(|| words.no_file.to_owned(), |file| lang.file_facts(&file));
    let said = row.reading.and_then(|reading| said_of(lang, &reading));
    let announced = row.is_announced.then_some(words.is_announced);
    view! {
        <li>
            <a href=href>{row.title}</a>
            {announced.map(|mark| view! { " " <small>{mark}</small> })}
            <span class="meta">{facts} {said.map(|said| format!(". {said}"))}</span>
        </li>
    }
}
