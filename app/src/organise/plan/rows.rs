//! A list in the form: a row for each part, with buttons that move, remove and add without saving.

use super::form::Fields;
use super::model::{List, MATERIAL_KINDS, MOST_ROWS};
use crate::programmes::model::Unit;
use crate::text::Lang;
use leptos::prelude::*;

/// The rows of a list. An empty one is there to begin with.
#[component]
pub(in crate::organise) fn Rows(list: List, title: &'static str, fields: Fields) -> impl IntoView {
    let lang = fields.lang;
    let texts = lang.plan_words();
    let mut rows = fields.sheet.rows(list);
    if rows.is_empty() {
        rows.push(vec![String::new(); list.columns().len()]);
    }
    let count = rows.len();
    let id = list.as_str();
    let error = fields.error(id);
    view! {
        <section aria-labelledby=format!("{id}-title") id=id tabindex="-1">
            <h2 id=format!("{id}-title")>{title}</h2>
            {error.map(|error| view! { <p class="err">{error}</p> })}
            {matches!(list, List::Speakers | List::Contacts).then(|| view! { <p class="hint">{texts.speakers_hint}</p> })}
            <ol class=format!("parts of-{id}")>
                {rows
                    .into_iter()
                    .enumerate()
                    .map(|(at, row)| view! { <Row list at row count lang /> })
                    .collect_view()}
            </ol>
            {(count < MOST_ROWS).then(|| press(format!("{id}-add"), id, texts.add, texts.add.to_owned()))}
        </section>
    }
}

/// A button that changes the form and saves nothing.
fn press(value: String, id: &'static str, text: &'static str, name: String) -> impl IntoView {
    view! {
        <button
            class="btn quiet small"
            name="do"
            value=value
            aria-label=name
            formaction=format!("#{id}")
            formnovalidate
        >
            {text}
        </button>
    }
}

#[component]
fn Row(list: List, at: usize, row: Vec<String>, count: usize, lang: Lang) -> impl IntoView {
    let texts = lang.plan_words();
    let id = list.as_str();
    let number = at + 1;
    let cells = list
        .columns()
        .iter()
        .zip(row)
        .map(|(column, value)| cell(lang, list, column, number, value))
        .collect_view();
    view! {
        <li>
            <div class="cells">{cells}</div>
            <div class="moves">
                {(at > 0)
                    .then(|| press(format!("{id}-up-{at}"), id, texts.up, format!("{} {number}", texts.up)))}
                {(number < count)
                    .then(|| press(format!("{id}-down-{at}"), id, texts.down, format!("{} {number}", texts.down)))}
                {press(format!("{id}-remove-{at}"), id, texts.remove, format!("{} {number}", texts.remove))}
            </div>
        </li>
    }
}

fn cell(lang: Lang, list: List, column: &'static str, number: usize, value: String) -> AnyView {
    let texts = lang.plan_words();
    let name = format!("{}-{column}", list.as_str());
    let more = lang.undertaking_words();
    let (label, choices, suggested) = match (list, column) {
        (_, "id") => return view! { <input type="hidden" name=name value=value /> }.into_any(),
        (_, "minutes") => (texts.minutes, None, None),
        (List::Slots, "title_sv") => (texts.slot_sv, None, None),
        (List::Slots, _) => (texts.slot_en, None, None),
        (List::Speakers | List::Contacts, "name") => (texts.name, None, Some("known-presenters")),
        (List::Speakers | List::Contacts, "role") => (texts.role, None, None),
        (List::Speakers | List::Contacts | List::Partners, _) => {
            (texts.organisation, None, Some("known-organisations"))
        }
        (List::Platforms, "name") => (texts.name, None, None),
        (List::Platforms, _) => (more.municipality, None, None),
        (List::Outcomes, "value") => (more.value, None, None),
        (List::Outcomes, "unit") => {
            let units = Unit::ALL.iter().map(|unit| (unit.as_str(), lang.unit(*unit))).collect();
            (more.unit, Some(units), None)
        }
        (List::Outcomes, "measure_sv") => (more.measure_sv, None, None),
        (List::Outcomes, "measure_en") => (more.measure_en, None, None),
        (List::Outcomes, "scope_sv") => (more.scope_sv, None, None),
        (List::Outcomes, _) => (more.scope_en, None, None),
        (_, "group_sv") => (more.group_sv, None, None),
        (_, "group_en") => (more.group_en, None, None),
        (_, "kind") => {
            let kinds: Vec<_> =
                MATERIAL_KINDS.iter().map(|kind| (*kind, lang.material(kind))).collect();
            (texts.kind, Some(kinds), None)
        }
        (_, "is_announced") => {
            (texts.here, Some(vec![("no", texts.here), ("yes", texts.announced)]), None)
        }
        (_, "title") => (texts.thing_title, None, None),
        (_, "url") => (texts.thing_url, None, None),
        (_, "about_sv") => (texts.about_sv, None, None),
        (_, _) => (texts.about_en, None, None),
    };
    let shown = label;
    let label = format!("{label} {number}");
    let control = match choices {
        Some(choices) => view! {
            <select name=name aria-label=label>
                {choices
                    .into_iter()
                    .map(|(choice, text)| {
                        view! {
                            <option value=choice selected=choice == value>
                                {text}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        }
        .into_any(),
        None => view! {
            <input
                name=name
                aria-label=label
                value=value
                maxlength="400"
                autocomplete="off"
                inputmode=matches!(column, "minutes" | "value").then_some("numeric")
                list=suggested
            />
        }
        .into_any(),
    };
    view! {
        <div class=format!("cell {column}")>
            <span aria-hidden="true">{shown}</span>
            {control}
        </div>
    }
    .into_any()
}
