//! Wakes the page up in the browser. Everything else is in `app`.

/// Called by the page once the module is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    app::later::wake_up();
}
