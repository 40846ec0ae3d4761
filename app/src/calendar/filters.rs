//! Beside the calendar: plain words with counts. Each is a link that chooses it, or takes it back.

use super::model::{CalendarQuery, Choice, Dimension, Facet, Filter};
use crate::text::{Lang, number, use_lang};
use crate::ui::deferred::deferred;
use crate::ui::html::{push_attribute, push_escaped};
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
    let is_open = !asked.filter.is_empty();
    let inside = move || {
        let clear = (!asked.filter.is_empty()).then(|| {
            let all = CalendarQuery { filter: Filter::default(), ..asked.clone() };
            view! {
                <a class="clear" href=lang.href(&all.path())>
                    {words.clear_filters}
                </a>
            }
        });
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
            <nav class="groups" aria-label=words.filter inner_html=groups(lang, facets, &asked)></nav>
    }.into_any()
    };
    view! {
        <details class="filter" open=is_open>
            {deferred(inside)}
        </details>
    }
}

/// The choices. As text: every address in them changes at every step, and the browser's own parser is the
/// quickest way to that. What comes from the programme goes through [`push_escaped`].
fn groups(lang: Lang, facets: Vec<Facet>, asked: &CalendarQuery) -> String {
    let mut html = String::new();
    for facet in facets {
        html.push_str("<section><h2>");
        html.push_str(lang.dimension(facet.dimension));
        html.push_str("</h2><ul>");
        for choice in facet.choices {
            push_choice(&mut html, lang, facet.dimension, &choice, asked);
        }
        html.push_str("</ul></section>");
    }
    html
}

fn push_choice(
    html: &mut String,
    lang: Lang,
    dimension: Dimension,
    choice: &Choice,
    asked: &CalendarQuery,
) {
    let is_chosen = asked.filter.chosen(dimension) == Some(choice.key.as_str());
    let filter = asked.filter.with(dimension, (!is_chosen).then_some(choice.key.as_str()));
    html.push_str("<li><a");
    push_attribute(html, "href", &lang.href(&CalendarQuery { filter, ..asked.clone() }.path()));
    if is_chosen {
        html.push_str(" aria-current=\"true\"");
    }
    html.push_str(" rel=\"nofollow\"><span>");
    push_escaped(html, choice_name(lang, dimension, choice));
    html.push_str("</span><span class=\"num\">");
    html.push_str(&number(lang, choice.count.into()));
    html.push_str("</span></a></li>");
}

/// The name from the programme, or the word for a key that has one.
fn choice_name(lang: Lang, dimension: Dimension, choice: &Choice) -> &str {
    if choice.name.is_empty() {
        lang.choice(dimension, &choice.key).unwrap_or(&choice.key)
    } else {
        &choice.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_whatever_is_in_it() {
        let choice =
            Choice { key: "a".into(), name: "<script>alert('x')</script>".into(), count: 1 };
        let facets = vec![Facet { dimension: Dimension::Theme, choices: vec![choice] }];
        let html = groups(Lang::Sv, facets, &CalendarQuery::default());
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }
}
