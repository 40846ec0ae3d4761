//! The search form in the browser: it goes where it leads while one types.

#[cfg(feature = "hydrate")]
pub use browser::search;
#[cfg(not(feature = "hydrate"))]
pub use written::search;

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::query::PeopleQuery;
    use crate::text::use_lang;
    use leptos::html::{Form, Input};
    use leptos::prelude::*;
    use leptos_router::NavigateOptions;
    use leptos_router::hooks::use_navigate;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, FormData};

    /// Goes where the form leads, so many milliseconds from now unless something else is typed before.
    pub fn search(
        form: NodeRef<Form>,
        field: NodeRef<Input>,
        slug: Memo<String>,
        query: Memo<PeopleQuery>,
    ) -> impl Fn(u64) + Clone {
        let lang = use_lang();
        let navigate = use_navigate();
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        // What leads here by a link is shown in the field, but nothing is written over what somebody types.
        Effect::new(move |_| {
            let text = query.with(|query| query.text.clone().unwrap_or_default());
            let Some(field) = field.get() else { return };
            let focused = document().active_element();
            if focused.as_ref() != Some(field.unchecked_ref::<Element>()) && field.value() != text {
                field.set_value(&text);
            }
        });
        move |after| {
            if let Some(waiting) = waiting.get_value() {
                waiting.clear();
            }
            let navigate = navigate.clone();
            let go = move || {
                let Some(form) = form.try_get_untracked().flatten() else { return };
                let Ok(data) = FormData::new_with_form(&form) else { return };
                let known = query.get_untracked();
                let names = ["q", "status", "way", "mail", "sort"].map(str::to_owned);
                let answers = form.query_selector_all("select[name^='q-']").ok();
                let answers = answers.into_iter().flat_map(|all| {
                    (0..all.length()).filter_map(move |n| {
                        all.item(n)?.dyn_into::<Element>().ok()?.get_attribute("name")
                    })
                });
                let pairs = names.into_iter().chain(answers).filter_map(|name| {
                    let value = data.get(&name).as_string()?;
                    Some((name, value))
                });
                let asked = PeopleQuery::from_pairs(pairs.collect::<Vec<_>>());
                if asked != (PeopleQuery { page: 0, ..known }) {
                    let options = NavigateOptions {
                        scroll: false,
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(&lang.href(&asked.path(&slug.get_untracked())), options);
                }
            };
            let handle = set_timeout_with_handle(go, Duration::from_millis(after));
            waiting.set_value(handle.ok());
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod written {
    use super::super::query::PeopleQuery;
    use leptos::html::{Form, Input};
    use leptos::prelude::*;

    /// Where the page is written the form leads there by itself.
    pub fn search(
        _: NodeRef<Form>,
        _: NodeRef<Input>,
        _: Memo<String>,
        _: Memo<PeopleQuery>,
    ) -> impl Fn(u64) + Clone {
        |_| {}
    }
}
