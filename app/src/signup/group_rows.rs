//! The rows of the form for several colleagues.

use super::group_model::{GroupPosted, MOST_COLLEAGUES, Part, Row};
use super::model::{LONGEST_EMAIL, LONGEST_NAME};
use crate::text::use_lang;
use crate::ui::field::LineField;
use leptos::prelude::*;

/// The ids of the rows' fields, which are their names in the form.
macro_rules! ids {
    ($($number:literal)+) => {
        const NAMES: &[&str] = &[$(concat!("name-", $number)),+];
        const EMAILS: &[&str] = &[$(concat!("email-", $number)),+];
    };
}
ids!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20);
const _: () = assert!(NAMES.len() == MOST_COLLEAGUES && EMAILS.len() == MOST_COLLEAGUES);

/// The id of a field of a row, counted from 0.
pub(super) fn id(row: usize, part: Part) -> &'static str {
    let ids = match part {
        Part::Name => NAMES,
        Part::Email => EMAILS,
    };
    ids.get(row).copied().unwrap_or("more")
}

/// The rows, and the button for more: in place, or by way of the server where there is no JavaScript.
#[component]
pub(super) fn Colleagues(posted: GroupPosted) -> impl IntoView {
    let lang = use_lang();
    let shown = RwSignal::new(posted.shown());
    let is_all = move || shown.get() >= MOST_COLLEAGUES;
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let row = shown.get_untracked();
        if row < MOST_COLLEAGUES {
            shown.set(row + 1);
            focus(id(row, Part::Name));
        }
    };
    view! {
        <For each=move || 0..shown.get() key=|row| *row let:row>
            <Colleague row posted=posted.clone() />
        </For>
        <p class="more-rows">
            <button
                class="btn quiet"
                id="more"
                name="more"
                value="yes"
                formnovalidate
                hidden=is_all
                on:click=add
            >
                {lang.group_more()}
            </button>
            <small>{lang.group_most()}</small>
        </p>
    }
}

#[component]
fn Colleague(row: usize, posted: GroupPosted) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let typed = posted.rows.get(row).cloned().unwrap_or_default();
    let error = |part| posted.problem(row, part).map(|problem| lang.row_problem(problem));
    let Row { name, email } = typed;
    view! {
        <fieldset class="colleague">
            <legend>{lang.colleague(row + 1)}</legend>
            <LineField
                id=id(row, Part::Name)
                label=words.name
                value=name
                maxlength=LONGEST_NAME
                error=error(Part::Name)
                may_be_empty=true
            />
            <LineField
                id=id(row, Part::Email)
                label=words.email
                value=email
                maxlength=LONGEST_EMAIL
                error=error(Part::Email)
                kind="email"
                may_be_empty=true
            />
        </fieldset>
    }
}

/// Whoever asked for a row goes on writing there, once it is drawn.
fn focus(id: &'static str) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        request_animation_frame(move || {
            let field = document().get_element_by_id(id);
            if let Some(field) =
                field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
            {
                let _ = field.focus();
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = id;
    }
}
