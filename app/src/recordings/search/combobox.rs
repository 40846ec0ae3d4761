//! The search field: a plain form, and where there is script a combobox with suggestions (WAI-ARIA Authoring Practices
//! 1.2, editable combobox with list autocomplete).

use super::model::Suggestion;
use crate::recordings::query::RecordingQuery;
use crate::text::use_lang;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

const LIST: &str = "found-suggestions";

/// What is offered, and what of it is chosen.
#[derive(Clone, Copy)]
struct Offer {
    options: RwSignal<Vec<Suggestion>>,
    /// Which one Enter would take.
    active: RwSignal<Option<usize>>,
    is_open: RwSignal<bool>,
}

impl Offer {
    fn close(self) {
        self.is_open.set(false);
        self.active.set(None);
    }

    /// The next option, or the one before; from none to the first or the last.
    fn step(self, is_down: bool) {
        let count = self.options.with(Vec::len);
        if count == 0 {
            return;
        }
        self.is_open.set(true);
        self.active.update(|active| *active = next(*active, count, is_down));
    }

    fn chosen(self) -> Option<Suggestion> {
        let at = self.active.get_untracked().filter(|_| self.is_open.get_untracked())?;
        self.options.with_untracked(|options| options.get(at).cloned())
    }
}

/// Down from the last, or up from the first, leads back to the field itself.
const fn next(active: Option<usize>, count: usize, is_down: bool) -> Option<usize> {
    match (active, is_down) {
        (None, true) => Some(0),
        (None, false) => Some(count - 1),
        (Some(at), true) if at + 1 < count => Some(at + 1),
        (Some(at), false) if at > 0 => Some(at - 1),
        (Some(_), _) => None,
    }
}

/// The form in which one looks for recordings. What is chosen beside it stays chosen.
#[component]
pub fn SearchField(
    /// What is looked for now.
    #[prop(into)]
    query: Signal<String>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let parameters = use_query_map();
    let chosen = Memo::new(move |_| {
        let parameters = parameters.read();
        RecordingQuery { q: None, page: None, ..RecordingQuery::parse(|key| parameters.get(key)) }
    });
    let offer = Offer {
        options: RwSignal::new(Vec::new()),
        active: RwSignal::new(None),
        is_open: RwSignal::new(false),
    };
    // A combobox only where there is script to open it.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let field: NodeRef<Input> = NodeRef::new();
    let typed = asking::follow(lang, offer);
    // What somebody types before the page has come to life stays: only another search changes the field.
    Effect::new(move |was: Option<String>| {
        let text = query.get();
        if let (Some(was), Some(field)) = (was, field.get())
            && was != text
        {
            field.set_value(&text);
        }
        text
    });
    let navigate = use_navigate();
    let go = move |address: &str| {
        offer.close();
        offer.options.set(Vec::new());
        navigate(&lang.href(address), NavigateOptions::default());
    };
    let take = go.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = field.get_untracked().map(|field| field.value());
        let asked = RecordingQuery { q: text, ..chosen.get_untracked() };
        go(&asked.tidy().path());
    };
    let pick = take.clone();
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            offer.step(event.key() == "ArrowDown");
        }
        "Enter" => {
            if let Some(suggestion) = offer.chosen() {
                event.prevent_default();
                take(&suggestion.address);
            }
        }
        "Escape" if offer.is_open.get_untracked() => {
            event.prevent_default();
            offer.close();
        }
        "Tab" => offer.close(),
        _ => {}
    };
    let options = move || {
        let pick = pick.clone();
        let options = offer.options.get().into_iter().enumerate().map(move |(at, suggestion)| {
            let pick = pick.clone();
            let address = suggestion.address.clone();
            view! {
                <li
                    role="option"
                    id=format!("{LIST}-{at}")
                    aria-selected=move || (offer.active.get() == Some(at)).to_string()
                    // The field keeps the focus.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| pick(&address)
                >
                    <span>{suggestion.text}</span>
                    " "
                    <span class="meta">{lang.suggestion_kind(suggestion.kind)}</span>
                </li>
            }
        });
        options.collect_view()
    };
    let is_shown = move || offer.is_open.get() && !offer.options.with(Vec::is_empty);
    view! {
        <form
            class="found-search"
            method="get"
            action=lang.href("/recordings")
            role="search"
            on:submit=submit
        >
            <label for="q">{words.search_label}</label>
            {move || {
                chosen
                    .get()
                    .pairs()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()
            }}
            <div class="found-field">
                <input
                    node_ref=field
                    id="q"
                    name="q"
                    type="search"
                    maxlength="200"
                    autocomplete="off"
                    spellcheck="true"
                    value=query.get_untracked()
                    aria-describedby="q-hint"
                    role=move || is_live.get().then_some("combobox")
                    aria-autocomplete=move || is_live.get().then_some("list")
                    aria-controls=move || is_live.get().then_some(LIST)
                    aria-expanded=move || is_live.get().then(|| is_shown().to_string())
                    aria-activedescendant=move || {
                        offer.active.get().filter(|_| is_shown()).map(|at| format!("{LIST}-{at}"))
                    }
                    on:input=move |event| typed(event_target_value(&event))
                    on:keydown=key
                    on:blur=move |_| offer.close()
                />
                <button class="btn">{words.search}</button>
                <ul
                    id=LIST
                    role="listbox"
                    aria-label=words.suggestions
                    class="found-offer"
                    hidden=move || !is_shown()
                >
                    {options}
                </ul>
            </div>
            <p class="meta" id="q-hint">
                {words.search_hint}
            </p>
            <p class="vh" role="status">
                {move || is_shown().then(|| lang.suggestion_count(offer.options.with(Vec::len)))}
            </p>
        </form>
    }
}

#[cfg(feature = "hydrate")]
mod asking {
    use super::super::api::suggest_recordings;
    use super::Offer;
    use crate::text::Lang;
    use leptos::prelude::*;
    use std::time::Duration;

    /// So long after the last letter, in milliseconds.
    const PAUSE: u64 = 150;

    /// Asks for suggestions while somebody types: one question at a time, the last one in any case.
    pub fn follow(lang: Lang, offer: Offer) -> impl Fn(String) + Clone {
        let wanted = StoredValue::new(String::new());
        let is_asking = StoredValue::new(false);
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        move |text: String| {
            wanted.set_value(text.trim().to_owned());
            if text.trim().chars().count() < 2 {
                offer.close();
                offer.options.set(Vec::new());
            }
            if let Some(waiting) = waiting.get_value() {
                waiting.clear();
            }
            let handle = set_timeout_with_handle(
                move || ask(lang, offer, wanted, is_asking),
                Duration::from_millis(PAUSE),
            );
            waiting.set_value(handle.ok());
        }
    }

    fn ask(lang: Lang, offer: Offer, wanted: StoredValue<String>, is_asking: StoredValue<bool>) {
        if is_asking.try_get_value().unwrap_or(true) {
            return;
        }
        is_asking.set_value(true);
        leptos::task::spawn_local(async move {
            let mut asked = String::new();
            // Whoever left the page meanwhile took the field along.
            while let Some(text) = wanted.try_get_value() {
                if text == asked || text.chars().count() < 2 {
                    break;
                }
                asked = text;
                let found = suggest_recordings(lang, asked.clone()).await.unwrap_or_default();
                if wanted.try_get_value().as_ref() == Some(&asked) {
                    offer.active.try_set(None);
                    offer.is_open.try_set(!found.is_empty());
                    offer.options.try_set(found);
                }
            }
            is_asking.try_set_value(false);
        });
    }
}

#[cfg(not(feature = "hydrate"))]
mod asking {
    use super::Offer;
    use crate::text::Lang;

    /// Where the page is written nobody types.
    pub fn follow(_: Lang, _: Offer) -> impl Fn(String) + Clone {
        |_| {}
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_arrows_go_round_by_the_field() {
        assert_eq!(next(None, 2, true), Some(0));
        assert_eq!(next(Some(0), 2, true), Some(1));
        assert_eq!(next(Some(1), 2, true), None);
        assert_eq!(next(None, 2, false), Some(1));
        assert_eq!(next(Some(0), 2, false), None);
    }
}
