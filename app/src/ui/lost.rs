//! Pages for when there is no page: each says what happened and offers a way on.

use super::baton::{Baton, Mark};
use crate::error::AppError;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// Shows an error and sets the answer's status to match.
#[component]
pub fn Lost(
    /// What happened.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    #[cfg(feature = "hydrate")]
    if error == AppError::Unavailable {
        anew::without_network(&anew::address());
    }
    let lang = use_lang();
    let words = lang.words();
    let (title, explanation) = match error {
        AppError::NotFound => (words.not_found, words.not_found_why),
        AppError::BadRequest => (words.bad_request, words.bad_request_why),
        AppError::Unauthorised => (words.sign_in_first, words.sign_in_first_why),
        AppError::Forbidden => (words.forbidden, words.forbidden_why),
        AppError::Unavailable => (words.unavailable, words.unavailable_why),
        AppError::Internal => (words.internal, words.internal_why),
    };
    let marks = vec![Mark::Held, Mark::Held, Mark::Off, Mark::Coming, Mark::Coming];
    let ours = matches!(error, AppError::Unavailable | AppError::Internal);
    view! {
        <Title text=title />
        <div class="lost">
            <Baton marks />
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{explanation}</p>
            {if ours {
                view! {
                    {request_id()
                        .map(|id| {
                            view! {
                                <p>{words.request_id}" "<code>{id}</code></p>
                            }
                        })}
                    <p>
                        <a class="btn" href="" rel="external">
                            {words.reload}
                        </a>
                    </p>
                }
                    .into_any()
            } else if error == AppError::Unauthorised {
                // The server alone knows the way in: the page there is loaded anew.
                let location = use_location();
                let next = move || {
                    let (path, search) = (location.pathname.get(), location.search.get());
                    let here = if search.is_empty() { path } else { format!("{path}?{search}") };
                    lang.sign_in_and_come_back(&here)
                };
                view! {
                    <p>
                        <a class="btn" href=next rel="external">
                            {words.sign_in}
                        </a>
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <form method="get" action=lang.href("/calendar") role="search">
                        <label for="q">{words.search_calendar}</label>
                        <input type="hidden" name="view" value="agenda" />
                        <input id="q" name="q" type="search" maxlength="100" />
                        <button class="btn">{words.search}</button>
                    </form>
                    <p>
                        <a href=lang.href("/calendar")>{words.see_all_coming}</a>
                    </p>
                }
                    .into_any()
            }}
        </div>
    }
}

/// Where a part of the client did not come: the site may have been built anew since this page was opened. The document
/// is loaded once more, which brings the client of now; if that does not help, this is said.
#[component]
pub fn PartLost() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    anew::once(&anew::address());
    view! { <Lost error=AppError::Unavailable /> }
}

/// Loading the document anew, where that shows more than the client can.
#[cfg(feature = "hydrate")]
mod anew {
    use leptos::prelude::GetUntracked;
    use leptos_router::hooks::use_location;
    use web_sys::{Window, window};

    /// The address that was loaded anew last, as this tab remembers it.
    const KEY: &str = "stafett-anew";

    /// Where one was going. The browser does not say so yet while the page there is being made.
    pub(super) fn address() -> String {
        let location = use_location();
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        if search.is_empty() { path } else { format!("{path}?{search}") }
    }

    /// Without a network the worker has the page as it was, if it was kept, and says what there is otherwise
    /// (`server/src/offline/worker.js`).
    pub(super) fn without_network(there: &str) {
        if let Some(window) =
            window().filter(|window| !has_network(window) && is_looked_after(window))
        {
            load(&window, there);
        }
    }

    /// Once for each address, or a part that is truly gone would have the page loaded again and again.
    pub(super) fn once(there: &str) {
        let Some(window) = window().filter(has_network) else { return };
        let Ok(Some(store)) = window.session_storage() else { return };
        let is_second = store.get_item(KEY).ok().flatten().is_some_and(|last| last == there);
        if !is_second && store.set_item(KEY, there).is_ok() {
            load(&window, there);
        }
    }

    fn load(window: &Window, there: &str) {
        let location = window.location();
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let _ = if here == there { location.reload() } else { location.set_href(there) };
    }

    fn has_network(window: &Window) -> bool {
        window.navigator().on_line()
    }

    fn is_looked_after(window: &Window) -> bool {
        // Without TLS there are no workers, and the property is not there.
        let navigator = window.navigator();
        js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false)
            && navigator.service_worker().controller().is_some()
    }
}

/// The status of the answer that carries this page.
pub fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    {
        let status = axum::http::StatusCode::from_u16(status).ok();
        if let (Some(options), Some(status)) =
            (use_context::<leptos_axum::ResponseOptions>(), status)
        {
            options.set_status(status);
        }
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = status;
    }
}

/// The number under which the log has this request.
fn request_id() -> Option<String> {
    #[cfg(feature = "ssr")]
    let id = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<crate::services::RequestId>().cloned())
        .map(|id| id.0.to_string());
    #[cfg(not(feature = "ssr"))]
    let id = None;
    // The browser, waking the page up, must show the same as the server did.
    SharedValue::new(move || id).into_inner()
}
