//! How the door stands with the server: whether there is a network, what is kept, and what came of what was.

use super::guests::Guests;
use crate::text::use_lang;
use leptos::prelude::*;

/// Nothing while all is well.
#[component]
pub fn Standing(
    /// The door.
    list: Guests,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let count = Memo::new(move |_| list.kept.with(Vec::len));
    // While there is a network what is pressed is kept for a moment, too.
    let is_told =
        move || list.is_offline.get() || list.kept.with(|kept| kept.iter().any(|one| one.is_told));
    let is_settled = move || list.settled.with(|settled| !settled.is_empty());
    view! {
        <div class="door-net" role="status">
            <p class="note now" hidden=move || !list.is_offline.get()>
                <b>{texts.no_network}</b>
                " "
                {move || lang.list_is_from(&clock(list.seen_at.get()))}
            </p>
            <p class="kept" hidden=move || !is_told() || count.get() == 0>
                {move || lang.so_many_kept(count.get())}
            </p>
        </div>
        <section class="settled" aria-label=texts.settled hidden=move || !is_settled()>
            <h2>{texts.settled}</h2>
            <div role="log">
                <ul>
                    <For
                        each=move || list.settled.get().into_iter().enumerate()
                        key=|(at, _)| *at
                        children=|(_, text)| view! { <li>{text}</li> }
                    />
                </ul>
            </div>
            <button class="btn small quiet" type="button" on:click=move |_| list.settled.set(Vec::new())>
                {texts.settled_seen}
            </button>
        </section>
    }
}

/// What the telephone's clock showed then: `10:42`.
fn clock(at: i64) -> String {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsValue;
        // Whole seconds are exact in an f64 for as long as there are telephones.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        let then = js_sys::Date::new(&JsValue::from_f64(at as f64 * 1_000.0));
        format!("{:02}:{:02}", then.get_hours(), then.get_minutes())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        at.to_string()
    }
}
