//! Beside the calendar: plain words with counts. Each is a link that chooses it, or takes it back.

use super::model::{CalendarQuery, Dimension, Facet, Filter};
use crate::text::{number, use_lang};
use leptos::prelude::*;

/// The search field and the choices.
#[component]
pub fn Filters(
    /// What can be chosen.
    facets: Vec<Facet>,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let clear = (!asked.filter.is_empty()).then(|| {
        let all = CalendarQuery { filter: Filter::default(), ..asked.clone() };
        view! {
            <a class="clear" href=lang.href(&all.path())>
                {words.clear_filters}
            </a>
        }
    });
    let is_open = !asked.filter.is_empty();
    let hidden: Vec<_> = [
        asked.view.map(|view| ("view", view.as_str().to_owned())),
        asked.date.map(|date| ("date", crate::wire::date::write(date))),
    ]
    .into_iter()
    .flatten()
    .chain(asked.filter.pairs().into_iter().filter(|(key, _)| *key != "q"))
    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
    .collect();
    view! {
        <details class="filter" open=is_open>
            <summary>{words.filter}</summary>
            <form class="search" method="get" action=lang.href("/calendar") role="search">
                <label for="q">{words.search}</label>
                {hidden}
                <input
                    id="q"
                    name="q"
                    type="search"
                    maxlength="100"
                    autocomplete="off"
                    value=asked.filter.text.clone()
                />
                <button class="btn small quiet">{words.search}</button>
            </form>
            {clear}
            <nav class="groups" aria-label=words.filter>
                {facets
                    .into_iter()
                    .map(|facet| view! { <Group facet asked=asked.clone() /> })
                    .collect_view()}
            </nav>
        </details>
    }
}

#[component]
fn Group(facet: Facet, asked: CalendarQuery) -> impl IntoView {
    let lang = use_lang();
    let dimension = facet.dimension;
    let choices = facet.choices.into_iter().map(move |choice| {
        let is_chosen = asked.filter.chosen(dimension) == Some(choice.key.as_str());
        let filter = asked.filter.with(dimension, (!is_chosen).then_some(choice.key.as_str()));
        let href = lang.href(&CalendarQuery { filter, ..asked.clone() }.path());
        let name = choice_name(dimension, &choice.key, choice.name);
        let count = number(lang, choice.count.into());
        view! {
            <li>
                <a href=href aria-current=is_chosen.then_some("true") rel="nofollow">
                    <span>{name}</span>
                    <span class="num">{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <section>
            <h2>{lang.dimension(dimension)}</h2>
            <ul>{choices.collect_view()}</ul>
        </section>
    }
}

/// The name from the programme, or the word for a key that has one.
fn choice_name(dimension: Dimension, key: &str, name: String) -> String {
    if !name.is_empty() {
        return name;
    }
    let lang = use_lang();
    lang.choice(dimension, key).map_or_else(|| key.to_owned(), str::to_owned)
}
