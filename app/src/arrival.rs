//! When another page has arrived: a screen reader hears where it has come, and who went back is where they
//! were. Both wait for the page itself; the browser's own ways would act while the old one still stands.

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use leptos_router::hooks::use_location;
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::rc::Rc;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use web_sys::{FocusOptions, HtmlElement, ScrollRestoration};

    /// The router begins within this time, if it has anything to do.
    const ROUTER_BEGINS: Duration = Duration::from_millis(30);

    /// Does `then` with what waits in `pending`, once no page is on its way.
    fn on_arrival<T>(
        is_routing: ReadSignal<bool>,
        pending: RwSignal<Option<T>>,
        then: impl Fn(T) + Clone + 'static,
    ) where
        T: Clone + Send + Sync + 'static,
    {
        Effect::new(move |_| {
            if is_routing.get() || pending.read().is_none() {
                return;
            }
            let then = then.clone();
            set_timeout(
                move || {
                    if !is_routing.get_untracked()
                        && let Some(what) = pending.get_untracked()
                    {
                        pending.set(None);
                        then(what);
                    }
                },
                ROUTER_BEGINS,
            );
        });
    }

    /// On another page the heading gets the focus, as it would if the page had been loaded. Within one page
    /// (another month, another filter) the focus stays where it is.
    pub fn focus_headings(is_routing: ReadSignal<bool>) {
        let location = use_location();
        let (path, hash) = (location.pathname, location.hash);
        let pending = RwSignal::new(None::<()>);
        Effect::new(move |before: Option<String>| {
            let path = path.get();
            if before.is_some_and(|before| before != path) && hash.get_untracked().is_empty() {
                pending.set(Some(()));
            }
            path
        });
        on_arrival(is_routing, pending, |()| {
            let heading = document().query_selector("main h1").ok().flatten();
            if let Some(heading) = heading.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                // An element that cannot take the focus leaves it where it is.
                let _ = heading.focus_with_options(&options);
            }
        });
    }

    fn restore_by(who: ScrollRestoration) {
        if let Ok(history) = window().history() {
            // Where it cannot be set the browser goes on as it does.
            let _ = history.set_scroll_restoration(who);
        }
    }

    fn here() -> String {
        window().location().href().unwrap_or_default()
    }

    pub fn keep_scroll_positions(is_routing: ReadSignal<bool>) {
        let positions: Rc<RefCell<HashMap<String, f64>>> = Rc::default();
        let going_back = RwSignal::new(None::<f64>);
        restore_by(ScrollRestoration::Manual);
        // Who has read on before the page woke up is somewhere, too.
        positions.borrow_mut().insert(here(), window().scroll_y().unwrap_or_default());
        let seen = Rc::clone(&positions);
        let scrolled = window_event_listener(leptos::ev::scroll, move |_| {
            // On the way to another page the address is ahead of what is shown.
            if !is_routing.get_untracked() && going_back.get_untracked().is_none() {
                seen.borrow_mut().insert(here(), window().scroll_y().unwrap_or_default());
            }
        });
        // A click can come before the event of the scrolling that brought one to it.
        let seen = Rc::clone(&positions);
        let clicked = window_event_listener(leptos::ev::click, move |_| {
            seen.borrow_mut().insert(here(), window().scroll_y().unwrap_or_default());
        });
        let went = window_event_listener(leptos::ev::popstate, move |_| {
            going_back.set(Some(positions.borrow().get(&here()).copied().unwrap_or_default()));
        });
        // A reload is the browser's own business.
        let left =
            window_event_listener(leptos::ev::pagehide, |_| restore_by(ScrollRestoration::Auto));
        on_arrival(is_routing, going_back, |position| {
            window().scroll_to_with_x_and_y(0.0, position);
        });
        on_cleanup(move || {
            scrolled.remove();
            clicked.remove();
            went.remove();
            left.remove();
        });
    }
}

/// Looks after focus and scroll position for as long as the frame stands.
pub fn look_after(is_routing: leptos::prelude::ReadSignal<bool>) {
    #[cfg(feature = "hydrate")]
    {
        browser::focus_headings(is_routing);
        browser::keep_scroll_positions(is_routing);
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = is_routing;
    }
}
