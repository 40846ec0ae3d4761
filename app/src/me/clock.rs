//! How much time has gone by since the page was taken over. The machine's clock may be wrong and may be set while one
//! waits; the time since the page was opened (`performance.now()`, High Resolution Time §6) only goes on.

use leptos::prelude::*;

/// Seconds since the page was taken over; 0 on the server and until then.
pub fn use_elapsed() -> RwSignal<i64> {
    let elapsed = RwSignal::new(0_i64);
    #[cfg(feature = "hydrate")]
    follow(elapsed);
    elapsed
}

#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn milliseconds() -> f64;
}

#[cfg(feature = "hydrate")]
fn follow(elapsed: RwSignal<i64>) {
    use gloo_timers::callback::Interval;
    use send_wrapper::SendWrapper;
    const EACH_MS: u32 = 1_000;
    Effect::new(move |_| {
        let began = milliseconds();
        let tick = Interval::new(EACH_MS, move || {
            #[expect(clippy::cast_possible_truncation, reason = "seconds since a page was opened")]
            let seconds = ((milliseconds() - began) / 1_000.0) as i64;
            // A page that is on its way out has no signal any more.
            let _ = elapsed.try_set(seconds);
        });
        let tick = SendWrapper::new(tick);
        on_cleanup(move || drop(tick));
    });
}
