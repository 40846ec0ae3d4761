//! Wakes the page up in the browser. Everything else is in `app`.

/// Called by the page once the module is there; `take_over` says whether the page is still the one to take over.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate(take_over: js_sys::Function) {
    app::later::wake_up(take_over);
}
