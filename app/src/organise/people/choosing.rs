//! Those who are chosen, and what is done with all of them in one go. Without JavaScript the boxes of the rows
//! belong to the same form.

use super::follow::List;
use super::query::Standing;
use super::selection;
use crate::organise::model::PostedTerms;
use crate::signup::model::LONGEST_REASON;
use crate::text::use_lang;
use leptos::prelude::*;

/// What was done just now, with a way back.
#[component]
pub fn Deeds(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let deeds = Memo::new(move |_| list.about.with(|about| about.deeds.clone()));
    let nothing = move || deeds.read().is_empty();
    view! {
        <ul class="undoing" aria-label=texts.done_lately hidden=nothing>
            <For
                each=move || deeds.get()
                key=|deed| deed.id
                children=move |deed| {
                    let what = lang.deed(&deed);
                    let name = format!("{}: {what}", texts.undo);
                    view! {
                        <li>
                            <span>{what}</span>
                            <form
                                method="post"
                                action=move || lang.href(&list.form(&slug.read(), "undo"))
                            >
                                <input type="hidden" name="deed" value=deed.id.to_string() />
                                <button class="btn small quiet" aria-label=name>
                                    {texts.undo}
                                </button>
                            </form>
                        </li>
                    }
                }
            />
        </ul>
    }
}

/// The form of the chosen.
#[component]
pub fn Choosing(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
    /// The form as it was filled, and what was wrong.
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let organise = lang.organise_words();
    let to = move |what: &'static str| move || lang.href(&list.form(&slug.read(), what));
    let count = Memo::new(move |_| list.count_chosen());
    let there_is =
        move |standing| Memo::new(move |_| list.about.with(|about| about.in_all(standing) != 0));
    let (has_requests, has_line) = (there_is(Standing::Requested), there_is(Standing::Waitlisted));
    let places = there_is(Standing::Places);
    let has_begun = Memo::new(move |_| places.get() && list.about.with(|about| about.has_begun));
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
            action=to("decide")
            aria-label=texts.chosen
        >
            // Enter in a box presses the first button of the form.
            <button name="decision" value="nothing" hidden></button>
            <Elsewhere list />
            <p class="how-many" role="status">
                {said}
            </p>
            <p class="by-keys">{texts.keys}</p>
            <div class="which" hidden=move || !list.is_awake.get()>
                <button class="btn small quiet" type="button" on:click=move |_| list.choose_page()>
                    {texts.choose_page}
                </button>
                <button
                    class="btn small quiet"
                    type="button"
                    hidden=is_one_page
                    on:click=move |_| list.choose_all()
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
            <div class="deeds">
                <button
                    class="btn small"
                    name="decision"
                    value="approve"
                    hidden=move || !has_requests.get()
                >
                    {texts.approve_chosen}
                </button>
                <details hidden=move || !has_requests.get()>
                    <summary>{texts.refuse_chosen}</summary>
                    <Why id="reason" label=organise.refusal_reason posted />
                    <button class="btn small danger" name="decision" value="refuse">
                        {texts.refuse_chosen}
                    </button>
                </details>
                <Attending has_begun to=Signal::derive(to("attended")) away=Signal::derive(to("no-show")) />
                <button
                    class="btn small quiet"
                    formaction=to("letters")
                    name="do"
                    value="begin"
                >
                    {lang.letter_words().write_to_chosen}
                </button>
                <button class="btn small quiet" formaction=to("move") name="do" value="begin">
                    {lang.deed_words().move_chosen}
                </button>
                <Promoting posted has_line to=Signal::derive(to("promote")) />
                <details>
                    <summary>{texts.cancel_chosen}</summary>
                    <Why id="cancel_reason" label=texts.cancel_reason posted />
                    <label class="pick">
                        <input type="checkbox" name="mail" value="yes" checked=true />
                        <span>{texts.cancel_mail}</span>
                    </label>
                    <button class="btn small danger" formaction=to("cancel")>
                        {texts.cancel_yes}
                    </button>
                </details>
            </div>
        </form>
    }
}

/// Who was there and who was not, once the event has begun.
#[component]
fn Attending(has_begun: Memo<bool>, to: Signal<String>, away: Signal<String>) -> impl IntoView {
    let texts = use_lang().people_words();
    let is_early = move || !has_begun.get();
    view! {
        <button class="btn small" formaction=to hidden=is_early>
            {texts.attended}
        </button>
        <details hidden=is_early>
            <summary>{texts.no_show}</summary>
            <p>{texts.no_show_why}</p>
            <button class="btn small" formaction=away>
                {texts.no_show}
            </button>
        </details>
    }
}

/// A place out of turn.
#[component]
fn Promoting(
    posted: StoredValue<PostedTerms>,
    has_line: Memo<bool>,
    to: Signal<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let wrong = |field: &'static str| posted.with_value(|posted| posted.problem(field));
    let full = wrong("beyond").map(|problem| lang.terms_problem(problem));
    let is_open = full.is_some() || wrong("promote_reason").is_some();
    view! {
        <details hidden=move || !has_line.get() && !is_open open=is_open id="promote">
            <summary>{texts.promote}</summary>
            <p>{texts.promote_why}</p>
            <Why id="promote_reason" label=texts.promote_reason posted />
            {full
                .map(|full| {
                    view! {
                        <p class="err" id="beyond-error">
                            {full}
                        </p>
                    }
                })}
            <label class="pick">
                <input
                    type="checkbox"
                    name="beyond"
                    value="yes"
                    aria-describedby=full.map(|_| "beyond-error")
                    aria-invalid=full.map(|_| "true")
                />
                <span>{texts.promote_beyond}</span>
            </label>
            <button class="btn small" formaction=to>
                {texts.promote_yes}
            </button>
        </details>
    }
}

/// A field for a reason.
#[component]
fn Why(id: &'static str, label: &'static str, posted: StoredValue<PostedTerms>) -> impl IntoView {
    let lang = use_lang();
    let (value, problem) = posted.with_value(|posted| {
        let is_mine = posted.value("form").is_none();
        let value = posted.value(id).filter(|_| is_mine).unwrap_or_default().to_owned();
        (value, posted.problem(id).map(|problem| lang.terms_problem(problem)))
    });
    let field = format!("{id}-chosen");
    let error = format!("{id}-error");
    // Leptos does not escape what stands between the tags of a textarea: it is done here.
    let text = crate::ui::html::escape(&value);
    view! {
        <div class="field">
            <label for=field.clone()>{label}</label>
            {problem.map(|problem| view! { <p class="err" id=error.clone()>{problem}</p> })}
            <textarea
                id=field
                name=id
                rows="2"
                maxlength=LONGEST_REASON.to_string()
                aria-invalid=problem.map(|_| "true")
                aria-describedby=problem.map(|_| error.clone())
                inner_html=text
            ></textarea>
        </div>
    }
}

/// The chosen who are not on the page; or that it is everybody who is asked for, but for some.
#[component]
fn Elsewhere(list: List) -> impl IntoView {
    move || {
        if list.all_chosen.get() {
            let out = selection::write(list.left_out.get());
            return view! {
                <input type="hidden" name="which" value="matching" />
                <input type="hidden" name=selection::EXCEPT value=out />
            }
            .into_any();
        }
        let mut chosen = list.chosen.get();
        list.entries.with(|entries| {
            for entry in entries {
                chosen.remove(&entry.id);
            }
        });
        let chosen = selection::write(chosen);
        (!chosen.is_empty())
            .then(|| view! { <input type="hidden" name=selection::CHOSEN value=chosen /> })
            .into_any()
    }
}

/// Up and down lead from box to box. Enter, which would send the form, leads to what can be done with those chosen:
/// however far down the list somebody has come, it is one key away.
#[cfg(feature = "hydrate")]
pub fn step(event: &leptos::ev::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    use web_sys::HtmlElement;

    let on = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        "Enter" => {
            event.prevent_default();
            let deed = ".choose .deeds > :is(button, details):not([hidden])";
            let deed = document().query_selector(deed).ok().flatten();
            let summary = deed.as_ref().and_then(|deed| deed.query_selector("summary").ok()?);
            if let Some(deed) =
                summary.or(deed).and_then(|deed| deed.dyn_into::<HtmlElement>().ok())
            {
                // An element of the page can be focused.
                let _ = deed.focus();
            }
            return;
        }
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
