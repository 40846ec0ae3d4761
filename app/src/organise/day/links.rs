//! The stewards' links: made, shown once, revoked.

use crate::door::guests::Guests;
use crate::door::model::{DoorLink, PostedLink};
use crate::signup::model::LONGEST_NAME;
use crate::text::use_lang;
use crate::ui::field::LineField;
use crate::ui::meta::origin;
use leptos::prelude::*;

/// The form on its way back, or the link that it made.
fn posted() -> PostedLink {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedLink>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedLink::default()
        }
    })
    .into_inner()
}

/// Those that there are, and the form for one more.
#[component]
pub fn Links(
    /// The door.
    list: Guests,
    /// The event's.
    slug: String,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let posted = posted();
    let made = posted.token.map(|token| lang.href(&format!("/door/{token}")));
    let form = format!("/organise/events/{slug}/door/links");
    let action = lang.href(&format!("{form}#links"));
    let links = move || list.links.get().unwrap_or_default();
    view! {
        <section id="links" class="door-links" aria-labelledby="links-title">
            <h2 id="links-title">{texts.links}</h2>
            <p class="text">{texts.links_why}</p>
            {made.map(|path| view! { <Made path /> })}
            <ul>
                <For
                    each=links
                    key=|link| (link.id, link.came)
                    children=move |link| {
                        let action = lang.href(&format!("{form}/{}/revoke", link.id));
                        view! { <Link link action /> }
                    }
                />
            </ul>
            <form class="form" method="post" action=action novalidate>
                <LineField
                    id="link-name"
                    label=texts.link_name
                    value=posted.name
                    maxlength=LONGEST_NAME
                    error=posted.is_missing.then_some(texts.link_name_missing)
                    hint=texts.link_name_hint
                />
                <button class="btn quiet">{texts.make_link}</button>
            </form>
        </section>
    }
}

/// The new link, which is not shown again.
#[component]
fn Made(path: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let url = format!("{}{path}", origin());
    view! {
        <div class="note" role="status">
            <p>{texts.link_made}</p>
            <p class="new-link">
                <a href=path rel="external">
                    {url}
                </a>
            </p>
        </div>
    }
}

#[component]
fn Link(link: DoorLink, action: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let label = format!("{}: {}", texts.revoke, link.name);
    view! {
        <li>
            <p>
                <b>{link.name.clone()}</b>
                " "
                <small>{lang.link_told(&link)}</small>
            </p>
            <form method="post" action=action>
                <button class="btn small quiet" aria-label=label>
                    {texts.revoke}
                </button>
            </form>
        </li>
    }
}
