//! The style sheet of the organiser's pages and the door, which nobody else loads (`style/organisers.css`).

#[cfg(feature = "hydrate")]
use {
    leptos::prelude::document, wasm_bindgen::JsCast, wasm_bindgen_futures::JsFuture,
    web_sys::HtmlLinkElement,
};

/// Whether the page has that style sheet, after it was asked for if it was missing. On the server it is: the
/// document links to it where the address is one of those pages (`shell::document`).
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "in the browser it waits")]
pub async fn organisers() -> bool {
    true
}

/// Whether the page has that style sheet, after it was asked for if it was missing. Who came here from another page
/// of the client has a document without it.
#[cfg(feature = "hydrate")]
pub async fn organisers() -> bool {
    let Some(link) = asked_for() else { return false };
    if link.sheet().is_some() {
        return true;
    }
    let answered = js_sys::Promise::new(&mut |there, lost| {
        let _ = link.add_event_listener_with_callback("load", &there);
        let _ = link.add_event_listener_with_callback("error", &lost);
    });
    let is_there = JsFuture::from(answered).await.is_ok();
    if !is_there {
        // The next who needs it asks anew.
        link.remove();
    }
    is_there
}

/// The link to the style sheet: there and loaded, on its way, or made now.
#[cfg(feature = "hydrate")]
fn asked_for() -> Option<HtmlLinkElement> {
    const ASKED: &str = "data-asked";
    let main = document().query_selector("link[data-organisers]").ok()??;
    let address = main.get_attribute("data-organisers")?;
    let found = document().query_selector(&format!("link[href='{address}']")).ok()?;
    if let Some(link) = found.map(JsCast::unchecked_into::<HtmlLinkElement>) {
        if link.sheet().is_some() || link.has_attribute(ASKED) {
            return Some(link);
        }
        // The document's own, which did not come, and says nothing more about it.
        link.remove();
    }
    let link: HtmlLinkElement = document().create_element("link").ok()?.unchecked_into();
    for (name, value) in [("rel", "stylesheet"), ("href", &address), (ASKED, "")] {
        link.set_attribute(name, value).ok()?;
    }
    main.insert_adjacent_element("afterend", &link).ok()??;
    Some(link)
}
