//! What pages show of passkeys: the button that signs in, and the list on the page of the account.

#[cfg(feature = "hydrate")]
use super::super::PasskeysAt;
use super::model::{LONGEST_NAME, News, PasskeyLine, Trouble};
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// How a ceremony stands.
#[derive(Clone, Copy, Default)]
struct Standing {
    /// The server or the authenticator is at it.
    is_waiting: RwSignal<bool>,
    /// Why the last one came to nothing.
    trouble: RwSignal<Option<Trouble>>,
}

impl Standing {
    fn begin(self) {
        self.is_waiting.set(true);
        self.trouble.set(None);
    }

    #[cfg(feature = "hydrate")]
    fn end(self, trouble: Trouble) {
        self.is_waiting.set(false);
        self.trouble.set(Some(trouble));
    }

    /// The button waits, too.
    fn is_disabled(self) -> Signal<&'static str> {
        Signal::derive(move || if self.is_waiting.get() { "true" } else { "false" })
    }

    /// What is told calmly: that somebody changed their mind is no error.
    fn status(self, lang: Lang) -> Signal<&'static str> {
        Signal::derive(move || match (self.is_waiting.get(), self.trouble.get()) {
            (true, _) => lang.words().passkey_waiting,
            (false, Some(Trouble::Cancelled)) => lang.passkey_trouble(Trouble::Cancelled),
            (false, _) => "",
        })
    }

    /// What is told at once.
    fn alert(self, lang: Lang) -> Signal<&'static str> {
        Signal::derive(move || {
            let trouble = self.trouble.get().filter(|trouble| *trouble != Trouble::Cancelled);
            trouble.map_or("", |trouble| lang.passkey_trouble(trouble))
        })
    }
}

/// Passkeys can be used here: the browser has them, and the page is where they are for.
#[cfg(feature = "hydrate")]
fn can_be_used(at: &PasskeysAt) -> bool {
    super::browser::has_passkeys() && at.0 == window().location().origin().ok()
}

/// A button that begins a ceremony, and what is said about it. The button comes with the browser's passkeys;
/// until then, `instead` stands there.
#[component]
fn Ceremony(
    /// What the button says.
    label: &'static str,
    /// What stands there for browsers without passkeys.
    #[prop(optional)]
    instead: Option<&'static str>,
    /// What the button explains.
    #[prop(optional)]
    why: Option<&'static str>,
    /// Does it.
    run: Callback<Standing>,
) -> impl IntoView {
    let lang = use_lang();
    let (is_hidden, standing) = (RwSignal::new(true), Standing::default());
    // Signals of one type rather than closures, of which each would be code of its own.
    let is_there = Signal::derive(move || !is_hidden.get());
    #[cfg(feature = "hydrate")]
    {
        let at = use_context::<PasskeysAt>().unwrap_or_default();
        Effect::new(move |_| is_hidden.set(!can_be_used(&at)));
    }
    view! {
        {instead.map(|instead| view! { <p class="meta" hidden=is_there>{instead}</p> })}
        <div class="ceremony" hidden=Signal::derive(move || is_hidden.get())>
            {why.map(|why| view! { <p>{why}</p> })}
            <button
                type="button"
                class="btn quiet"
                aria-disabled=standing.is_disabled()
                on:click=move |_| {
                    if !standing.is_waiting.get_untracked() {
                        standing.begin();
                        run.run(standing);
                    }
                }
            >
                {label}
            </button>
            <p role="status">{standing.status(lang)}</p>
            <p class="err" role="alert">
                {standing.alert(lang)}
            </p>
        </div>
    }
}

/// The quick way in, for browsers that have passkeys.
#[component]
pub fn PasskeySignIn(
    /// Where one was going.
    next: String,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let run = Callback::new(move |standing: Standing| {
        #[cfg(feature = "hydrate")]
        {
            let (address, next) = (lang.href("/sign-in/passkey"), next.clone());
            leptos::task::spawn_local(async move {
                match super::browser::sign_in(&address, &next).await {
                    // A page of the server's: all of them look different now.
                    Ok(next) => {
                        let _ = window().location().assign(&next);
                    }
                    Err(trouble) => standing.end(trouble),
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&next, standing);
    });
    view! { <Ceremony label=words.sign_in_with_passkey why=words.sign_in_with_passkey_why run /> }
}

/// The part of the account's page that is about passkeys.
#[component]
pub fn Passkeys(
    /// One's own, the oldest first.
    passkeys: Vec<PasskeyLine>,
    /// What has just happened to them.
    news: Option<News>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let run = Callback::new(move |standing: Standing| {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            match super::browser::add(&lang.href("/me/account/passkeys")).await {
                Ok(()) => show(&lang.href("/me/account?passkey=added#passkeys")),
                Err(trouble) => standing.end(trouble),
            }
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = standing;
    });
    let label = if passkeys.is_empty() { words.add_passkey } else { words.add_passkey_more };
    view! {
        <h2 id="passkeys">{words.passkeys}</h2>
        <p class="text">{words.passkeys_why}</p>
        {news
            .map(|news| {
                let role = if news == News::Nameless { "alert" } else { "status" };
                view! {
                    <p class="note" role=role>
                        {lang.passkey_news(news)}
                    </p>
                }
            })}
        {if passkeys.is_empty() {
            view! { <p>{words.no_passkeys}</p> }.into_any()
        } else {
            let lines = passkeys.into_iter().map(|passkey| view! { <Line passkey /> });
            view! { <ul class="sessions">{lines.collect_view()}</ul> }.into_any()
        }}
        <Ceremony label instead=words.passkeys_need run />
    }
}

/// A passkey, and what can be done with it; both without a script.
#[component]
fn Line(passkey: PasskeyLine) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let address = |what: &str| lang.href(&format!("/me/account/passkeys/{}/{what}", passkey.id.0));
    let (rename, remove) = (address("rename"), address("remove"));
    let input = format!("passkey-{}", passkey.id.0);
    let about = format!(": {}", passkey.name);
    view! {
        <li>
            <div>
                <b>{passkey.name.clone()}</b>
                <p class="meta">{lang.passkey_times(passkey.last_used, passkey.added)}</p>
            </div>
            <div class="changes">
                <details>
                    <summary>
                        {words.rename_passkey} <span class="vh">{about.clone()}</span>
                    </summary>
                    <form method="post" action=rename>
                        <label for=input.clone()>{words.passkey_name}</label>
                        <input
                            id=input
                            name="name"
                            value=passkey.name
                            maxlength=LONGEST_NAME
                            autocomplete="off"
                            required
                        />
                        <button class="btn quiet">{words.save}</button>
                    </form>
                </details>
                <details>
                    <summary>{words.remove_passkey} <span class="vh">{about}</span></summary>
                    <form method="post" action=remove>
                        <p>{words.remove_passkey_why}</p>
                        <button class="btn danger">{words.remove_passkey_yes}</button>
                    </form>
                </details>
            </div>
        </li>
    }
}

/// Loads the account's page as it is now. By its address alone the browser would only scroll, if that is
/// where it is already.
#[cfg(feature = "hydrate")]
fn show(address: &str) {
    let null = wasm_bindgen::JsValue::NULL;
    if let Ok(history) = window().history() {
        // Where it cannot be set the page loads without the good news.
        let _ = history.replace_state_with_url(&null, "", Some(address));
    }
    let _ = window().location().reload();
}
