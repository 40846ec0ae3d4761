//! Beside the list: plain words with counts. Each is a link that chooses it, or takes it back.

use super::choices::{Choice, Facet};
use crate::recordings::query::{Dimension, RecordingQuery};
use crate::text::{number, use_lang};
use leptos::prelude::*;

/// Of what there is much, so many stand first; the others can be opened.
const FIRST: usize = 8;

/// The choices.
#[component]
pub fn LibraryFilters(
    /// What can be chosen.
    facets: Vec<Facet>,
    /// What was asked for.
    asked: RecordingQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let is_open = asked.is_filtered();
    let all = RecordingQuery { q: asked.q.clone(), ..RecordingQuery::default() };
    let groups = facets
        .into_iter()
        .map(|Facet { dimension, mut choices }| {
            // A chosen one is seen, wherever it stands.
            let chosen = asked.chosen(dimension);
            choices.sort_by_key(|choice| Some(choice.key.as_str()) != chosen);
            let rest = choices.split_off(choices.len().min(FIRST));
            let asked = asked.clone();
            let more = (!rest.is_empty()).then(|| {
                let summary = format!(
                    "{} ({})",
                    words.show_all,
                    number(lang, rest.len().try_into().unwrap_or_default())
                );
                view! {
                    <details class="more-choices">
                        <summary>{summary}</summary>
                        <Choices dimension choices=rest asked=asked.clone() />
                    </details>
                }
            });
            view! {
                <section>
                    <h2>{lang.recording_dimension(dimension)}</h2>
                    <Choices dimension choices asked=asked.clone() />
                    {more}
                </section>
            }
        })
        .collect_view();
    view! {
        <details class="filter" open=is_open>
            <summary>{words.filter}</summary>
            {is_open
                .then(|| {
                    view! {
                        <a class="clear" href=lang.href(&all.path())>
                            {words.clear}
                        </a>
                    }
                })}
            <nav class="groups" aria-label=words.filter>
                {groups}
            </nav>
        </details>
    }
}

#[component]
fn Choices(dimension: Dimension, choices: Vec<Choice>, asked: RecordingQuery) -> impl IntoView {
    let lang = use_lang();
    let choices = choices
        .into_iter()
        .map(|choice| {
            let is_chosen = asked.chosen(dimension) == Some(choice.key.as_str());
            let query = asked.with(dimension, (!is_chosen).then_some(choice.key.as_str()));
            let word = lang.recording_choice(dimension, &choice.key).map(str::to_owned);
            let name = match word {
                Some(word) => word,
                None if choice.name.is_empty() => choice.key,
                None => choice.name,
            };
            view! {
                <li>
                    <a
                        href=lang.href(&query.path())
                        aria-current=is_chosen.then_some("true")
                        rel="nofollow"
                    >
                        <span>{name}</span>
                        <span class="num">{number(lang, choice.count.into())}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{choices}</ul> }
}
