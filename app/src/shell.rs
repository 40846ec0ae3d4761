//! What is around every page: the document that the server writes, and the frame with its header, footer
//! and live regions.

use crate::account::model::SignedIn;
use crate::account::{Me, passkeys_at, signed_in};
use crate::live::signal::Live;
use crate::text::Lang;
use crate::ui::baton::{Baton, Mark};
use crate::ui::deferred::{deferred, deferred_page};
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

/// Somebody may go back or forward among addresses that the client showed before the document was loaded
/// anew, while the client is not there yet: the address changes, and nothing else would. Then the address is
/// loaded. The client asks before it takes over; what it takes over must be the page of the address.
#[cfg(feature = "ssr")]
const UNTIL_AWAKE: &str = "\
    const here=()=>location.pathname+location.search,loaded=here(),\
    moved=()=>{if(here()!==loaded)location.reload()},\
    takeOver=()=>{if(here()!==loaded)return false;removeEventListener('popstate',moved);return true};\
    addEventListener('popstate',moved)";

/// The document. Only the server writes it.
#[cfg(feature = "ssr")]
#[must_use]
pub fn document() -> impl IntoView + use<> {
    use crate::later::Part;
    use crate::services::{PageNotes, Services};
    use leptos::nonce::use_nonce;
    use leptos_meta::MetaTags;

    let site = Services::of_request().map(|services| services.site).unwrap_or_default();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    PageNotes::of_request().write(|notes| notes.nonce = Some(nonce.clone()));
    // After the first picture: what makes the page live must not keep anybody from reading it. All files
    // are asked for at once; the part is taken from the browser's store when the module wants it.
    let path = use_context::<axum::http::request::Parts>().map(|parts| parts.uri.path().to_owned());
    let path = path.unwrap_or_default();
    let lang = Lang::of_path(&path);
    let part = Part::of(&path);
    let kept = if is_kept(Lang::bare_path(&path)) { KEEP } else { "" };
    // A door looks after itself.
    let left = if part == Some(Part::Door) { String::new() } else { look_after_left_doors() };
    let sheet =
        part.filter(|part| matches!(part, Part::Organise | Part::Desk | Part::Door)).map(|_| {
            view! { <link rel="stylesheet" href=site.organisers_css.clone() /> }
        });
    let part = part.and_then(|part| site.parts.get(part.name())).map(|files| ask_for(files));
    let part = part.unwrap_or_default();
    // Waking up is a task of its own after that: whoever taps meanwhile is heard in between.
    let start = format!(
        "requestAnimationFrame(()=>setTimeout(()=>{{const w=fetch('{}');{part}import('{}').then(m=>\
         m.default({{module_or_path:w}}).then(()=>setTimeout(()=>m.hydrate(takeOver))));{left}{kept}}}))",
        site.wasm, site.js
    );
    view! {
        <!DOCTYPE html>
        <html>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#0e1514" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/180.png" />
                <link rel="manifest" href=lang.href("/manifest.webmanifest") />
                <link
                    rel="stylesheet"
                    href=site.css.clone()
                    data-organisers=site.organisers_css.clone()
                />
                {sheet}
                <MetaTags />
                <script nonce=nonce.clone() inner_html=UNTIL_AWAKE></script>
                <script type="module" nonce=nonce inner_html=start></script>
            </head>
            <body>
                <crate::App />
            </body>
        </html>
    }
}

/// Has the browser keep the page for when there is no network (`server/src/offline`).
#[cfg(feature = "ssr")]
const KEEP: &str = "const k=navigator.serviceWorker;\
    k?.register('/worker.js').then(()=>k.ready).then(r=>r.active.postMessage('keep')).catch(()=>{});";

/// The pages that have it kept: one's own, and that of a place that one holds. Whoever only reads the programme gets no
/// worker.
#[cfg(feature = "ssr")]
fn is_kept(path: &str) -> bool {
    path == "/me" || path.starts_with("/sign-ups/")
}

/// Asks for these files, which lie in one folder. The module's loader would do so only once the module runs, and finds
/// them in the browser's store now.
#[cfg(feature = "ssr")]
fn ask_for(files: &[String]) -> String {
    let folder = files.first().and_then(|file| file.rsplit_once('/')).map_or("", |(it, _)| it);
    let names: Vec<_> = files
        .iter()
        .filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".wasm"))
        .collect();
    format!(
        "for(const n of'{}'.split(' '))fetch('{folder}/'+n+'.wasm').then(r=>r.arrayBuffer()).catch(()=>{{}});",
        names.join(" ")
    )
}

/// A telephone that has kept a door takes away what it may not keep any longer (`server/src/door_left.js`). Everybody
/// else loads nothing for it.
#[cfg(feature = "ssr")]
fn look_after_left_doors() -> String {
    use crate::account::who::Who;
    let is_signed_out = matches!(Who::of_request(), Who::Anonymous);
    format!(
        "try{{if(Object.keys(localStorage).some(k=>k.startsWith('stafett-door')))\
         import('/door-left.js').then(m=>m.default({is_signed_out})).catch(()=>{{}})}}catch{{}}"
    )
}

/// The header, the page and the footer.
#[component]
pub fn Frame(
    /// A page is on its way.
    is_routing: ReadSignal<bool>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let Location { pathname: path, search, .. } = use_location();
    let address = move || format!("{}{}", *path.read_untracked(), query(&search.read_untracked()));
    let lang = Memo::new(move |_| Lang::of_path(&path.read()));
    provide_context(lang);
    let live = use_context::<Live>().unwrap_or_default();
    #[cfg(feature = "hydrate")]
    {
        let live = live.clone();
        crate::ui::deferred::after_all(move || live.follow());
    }
    let lost = live.lost.clone();
    let announcement = live.announcement.clone();
    let is_demonstration = is_demonstration();
    let me = signed_in();
    provide_context(Me(me.clone()));
    provide_context(passkeys_at());
    crate::arrival::look_after(is_routing);
    // Together: a title is written as soon as there is a word on how.
    let page = move || {
        view! {
            <Title formatter=|title: String| format!("{title} – Stafett") />
            {children()}
        }
        .into_any()
    };
    view! {
        <Html {..} lang=move || lang.get().tag() />
        <a class="skip" href="#main" rel="external">
            {move || lang.get().words().skip}
        </a>
        <Header lang is_demonstration me />
        <div class="progress" class:busy=is_routing></div>
        <p class="offline" role="status" hidden=move || !lost.get()>
            {move || lang.get().words().reconnecting}
        </p>
        <p class="vh" id="live" role="status" aria-live="polite">
            {move || {
                if is_routing.get() {
                    lang.get().words().loading.to_owned()
                } else {
                    announcement.get()
                }
            }}
        </p>
        <main id="main" tabindex="-1">
            {deferred_page(address, page)}
        </main>
        <Footer lang is_demonstration />
    }
}

#[component]
fn Header(lang: Memo<Lang>, is_demonstration: bool, me: Option<SignedIn>) -> impl IntoView {
    let location = use_location();
    let words = move || lang.get().words();
    let path = location.pathname;
    let in_calendar = move || {
        let path = path.read();
        let bare = Lang::bare_path(&path);
        (bare == "/calendar").then_some("page")
    };
    let in_library = move || {
        let path = path.read();
        match Lang::bare_path(&path) {
            "/recordings" => Some("page"),
            bare => bare.starts_with("/recordings/").then_some("true"),
        }
    };
    let search = location.search;
    let other = move || {
        let path = path.read();
        let bare = lang.get().other().href(Lang::bare_path(&path));
        let search = search.read();
        if search.is_empty() { bare } else { format!("{bare}?{}", *search) }
    };
    let inside = move || {
        view! {
                <a class="wordmark" href=move || lang.get().href("/")>
                    <Baton marks=vec![Mark::Held, Mark::Next, Mark::Coming] />
                    "Stafett"
                </a>
                <nav aria-label=move || words().main_menu>
                    <a href=move || lang.get().href("/calendar") aria-current=in_calendar>
                        {move || words().calendar}
                    </a>
                    <a href=move || lang.get().href("/recordings") aria-current=in_library>
                        {move || words().recordings}
                    </a>
                </nav>
                {is_demonstration
                    .then(|| {
                        view! {
                            <span class="demo">
                                {move || words().demonstration}
                                <span class="vh">{move || words().demonstration_more}</span>
                            </span>
                        }
                    })}
                <Account lang me />
                <a
                    class="lang"
                    href=other
                    lang=move || lang.get().other().tag()
                    hreflang=move || lang.get().other().tag()
                >
                    {move || words().other_language}
                </a>
        }
        .into_any()
    };
    view! { <header class="top">{deferred(inside)}</header> }
}

/// The way in, or one's own name.
#[component]
fn Account(lang: Memo<Lang>, me: Option<SignedIn>) -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let Some(me) = me else {
        // Whoever signs in while reading something comes back to it; from the start page to their own.
        let address = move || {
            let (path, search) = (path.read(), search.read());
            match Lang::bare_path(&path) {
                "/" | "/me" => lang.get().href("/sign-in"),
                bare if bare.starts_with("/sign-in") => lang.get().href("/sign-in"),
                _ if search.is_empty() => lang.get().sign_in_and_come_back(&path),
                _ => lang.get().sign_in_and_come_back(&format!("{}?{}", *path, *search)),
            }
        };
        return view! {
            <a class="account" href=address rel="nofollow">
                {move || lang.get().words().sign_in}
            </a>
        }
        .into_any();
    };
    let here = move || {
        let path = path.read();
        match Lang::bare_path(&path) {
            "/me" => Some("page"),
            bare => bare.starts_with("/me/").then_some("true"),
        }
    };
    let name = me.name.clone();
    view! {
        <a
            class="account"
            href=move || lang.get().href("/me")
            aria-current=here
            aria-label=move || lang.get().my_page_of(&name)
        >
            <span>{me.name}</span>
        </a>
    }
    .into_any()
}

#[component]
fn Footer(lang: Memo<Lang>, is_demonstration: bool) -> impl IntoView {
    let words = move || lang.get().words();
    let inside = move || {
        view! {
            <p>
                {move || {
                    if is_demonstration { words().about_demonstration } else { words().about_site }
                }}
            </p>
            <ul>
                <li>
                    <a href=move || lang.get().href("/materials")>{move || words().materials}</a>
                </li>
                <li>
                    <a
                        href=move || format!("/feeds/calendar.ics?lang={}", lang.get().tag())
                        rel="external"
                    >
                        {move || words().subscribe}
                    </a>
                </li>
                <li>
                    <a href="https://eupl.eu" rel="external noreferrer">
                        {move || words().licence}
                    </a>
                </li>
            </ul>
    }.into_any()
    };
    view! { <footer class="foot">{deferred(inside)}</footer> }
}

/// What stands in an address after its path.
fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// The site shows demonstration data.
fn is_demonstration() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            crate::services::Services::of_request()
                .is_ok_and(|services| services.site.is_demonstration)
        }
        #[cfg(not(feature = "ssr"))]
        {
            false
        }
    })
    .into_inner()
}
