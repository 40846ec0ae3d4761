//! Those who are chosen, and what is done with all of them in one go. Without JavaScript the boxes of the rows
//! belong to the same form.

use super::follow::List;
use super::query::Standing;
use crate::signup::model::LONGEST_REASON;
use crate::text::use_lang;
use leptos::prelude::*;

/// The form of the chosen.
#[component]
pub fn Choosing(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let organise = lang.organise_words();
    let action = move || lang.href(&list.form(&slug.read(), "decide"));
    let count = Memo::new(move |_| list.count_chosen());
    let has_requests =
        Memo::new(move |_| list.about.with(|about| 0 < about.in_all(Standing::Requested)));
    let has_some = move || count.get() != 0;
    let is_one_page = move || list.about.with(|about| about.pages == 1);
    let said = move || match count.get() {
        0 => texts.nobody_chosen.to_owned(),
        chosen => lang.are_chosen(chosen),
    };
    view! {
        <form
            id="chosen"
            class="choose"
            class:any=has_some
            method="post"
            action=action
            aria-label=texts.chosen
        >
            <Elsewhere list />
            <p class="how-many" role="status">
                {said}
            </p>
            <div class="which" hidden=move || !list.is_awake.get()>
                <button class="btn small quiet" type="button" on:click=move |_| list.choose_page()>
                    {texts.choose_page}
                </button>
                <button
                    class="btn small quiet"
                    type="button"
                    hidden=is_one_page
                    on:click=move |_| list.all_chosen.set(true)
                >
                    {move || lang.choose_matching(list.about.with(|about| about.matching))}
                </button>
                <button
                    class="btn small quiet"
                    type="button"
                    hidden=move || !has_some()
                    on:click=move |_| list.choose_nobody()
                >
                    {texts.choose_none}
                </button>
            </div>
            <div class="deeds" hidden=move || !has_requests.get()>
                <button class="btn small" name="decision" value="approve">
                    {texts.approve_chosen}
                </button>
                <details>
                    <summary>{texts.refuse_chosen}</summary>
                    <div class="field">
                        <label for="reason-chosen">{organise.refusal_reason}</label>
                        <textarea
                            id="reason-chosen"
                            name="reason"
                            rows="2"
                            maxlength=LONGEST_REASON.to_string()
                        ></textarea>
                    </div>
                    <button class="btn small danger" name="decision" value="refuse">
                        {texts.refuse_chosen}
                    </button>
                </details>
            </div>
        </form>
    }
}

/// The chosen who are not on the page; or that it is everybody who is asked for.
#[component]
fn Elsewhere(list: List) -> impl IntoView {
    move || {
        if list.all_chosen.get() {
            return view! { <input type="hidden" name="which" value="matching" /> }.into_any();
        }
        let here: Vec<i64> =
            list.entries.with(|entries| entries.iter().map(|entry| entry.id).collect());
        let chosen = list.chosen.get();
        chosen
            .into_iter()
            .filter(|id| !here.contains(id))
            .map(|id| view! { <input type="hidden" name="sign_up" value=id.to_string() /> })
            .collect_view()
            .into_any()
    }
}

/// Up and down lead from box to box.
#[cfg(feature = "hydrate")]
pub fn step(event: &leptos::ev::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    use web_sys::HtmlElement;

    let on = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let Ok(boxes) = document().query_selector_all(".person > input") else { return };
    let boxes: Vec<HtmlElement> =
        (0..boxes.length()).filter_map(|n| boxes.item(n)?.dyn_into().ok()).collect();
    let here = document().active_element();
    let place = boxes.iter().position(|each| Some(each.unchecked_ref()) == here.as_ref());
    let next = place.and_then(|place| if on { Some(place + 1) } else { place.checked_sub(1) });
    if let Some(next) = next.and_then(|next| boxes.get(next)) {
        event.prevent_default();
        // An element of the page can be focused.
        let _ = next.focus();
    }
}

/// Where the page is written nobody presses a key.
#[cfg(not(feature = "hydrate"))]
pub fn step(_: &leptos::ev::KeyboardEvent) {}
