//! The pages of signing in: asking for a link, that it is on its way, and the link itself.

use super::api::load_link;
use super::model::{LinkState, PostedAddress};
use super::passkey::parts::PasskeySignIn;
use super::{PasskeysAt, use_me};
use crate::error::AppError;
use crate::signup::model::{Field, LONGEST_EMAIL, Problem};
use crate::text::use_lang;
use crate::ui::field::LineField;
use crate::ui::lost::{Lost, set_status};
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The form on its way back, if this page is the answer to one with no address in it.
fn posted() -> Option<PostedAddress> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedAddress>()
        }
        #[cfg(not(feature = "ssr"))]
        {
            None
        }
    })
    .into_inner()
}

/// `/sign-in`
#[component]
pub fn SignInRoute() -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let posted = posted();
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    let me = use_me();
    let has_passkeys = use_context::<PasskeysAt>().is_some_and(|at| at.0.is_some());
    view! {
        <PageMeta title=words.sign_in description="" path="/sign-in" private=true />
        <div class="narrow">
            {match me {
                Some(me) => {
                    view! {
                        <h1 tabindex="-1">{words.signed_in_already}</h1>
                        <p class="lead">{lang.signed_in_as(&me.name)}</p>
                        <div class="do">
                            <a class="btn" href=lang.href("/me")>
                                {words.me}
                            </a>
                            <SignOut />
                        </div>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <h1 tabindex="-1">{words.sign_in}</h1>
                        <p class="lead">{words.sign_in_why}</p>
                        <AskForLink posted next=next.clone() />
                        {has_passkeys.then(|| view! { <PasskeySignIn next /> })}
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// The form that asks for a link.
#[component]
fn AskForLink(
    /// As it came back, with no address in it.
    #[prop(optional_no_strip)]
    posted: Option<PostedAddress>,
    /// Where one was going.
    next: String,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let error = posted.as_ref().map(|posted| {
        let missing = posted.email.trim().is_empty();
        lang.problem(Field::Email, if missing { Problem::Missing } else { Problem::NotAnAddress })
    });
    let (email, next) = match posted {
        Some(posted) => (posted.email, posted.next),
        None => (String::new(), next),
    };
    view! {
        <form class="form" method="post" action=lang.href("/sign-in") novalidate>
            <div role=error.map(|_| "alert")>
                <LineField
                    id="email"
                    label=words.email
                    value=email
                    maxlength=LONGEST_EMAIL
                    error
                    kind="email"
                    autocomplete="email"
                />
            </div>
            {(!next.is_empty()).then(|| view! { <input type="hidden" name="next" value=next /> })}
            <div class="hp" aria-hidden="true">
                <label for="website">{words.leave_empty}</label>
                <input id="website" name="website" tabindex="-1" autocomplete="off" />
            </div>
            <button class="btn">{words.mail_me_a_link}</button>
        </form>
    }
}

/// `/sign-in/sent`: the same for every address.
#[component]
pub fn LinkSentRoute() -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <PageMeta title=words.link_sent description="" path="/sign-in/sent" private=true />
        <div class="narrow">
            <h1 tabindex="-1">{words.link_sent}</h1>
            <p class="lead">{words.link_sent_why}</p>
            <p class="text">{words.link_not_come}</p>
            <p class="more">
                <a href=lang.href("/sign-in")>{words.write_address_again}</a>
            </p>
        </div>
    }
}

/// `/sign-in/{secret}`: looking at it does not use it up, so that programs that follow the links of a mail
/// to see what is behind them take nothing away; its one button does.
#[component]
pub fn SignInLinkRoute() -> impl IntoView {
    let params = use_params_map();
    let secret = Memo::new(move |_| params.read().get("secret").unwrap_or_default());
    let link = Resource::new(move || secret.get(), load_link);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match link.await {
                    Ok(LinkState::Good { email }) => {
                        view! { <Good email secret=secret.get_untracked() /> }.into_any()
                    }
                    Ok(LinkState::Gone) => {
                        set_status(410);
                        view! { <NoLink used=true /> }.into_any()
                    }
                    Err(AppError::NotFound) => {
                        set_status(404);
                        view! { <NoLink used=false /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Good(email: String, secret: String) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <PageMeta title=words.sign_in description="" path="/sign-in" private=true />
        <div class="narrow">
            <h1 tabindex="-1">{words.sign_in}</h1>
            <p class="lead">{words.link_signs_in} " " <b>{email}</b> "."</p>
            <form method="post" action=lang.href(&format!("/sign-in/{secret}"))>
                <button class="btn">{words.sign_in}</button>
            </form>
            <p class="meta">{words.link_not_yours}</p>
        </div>
    }
}

/// A link that is none, or none any more, and the way to a new one.
#[component]
fn NoLink(
    /// It has been good once.
    used: bool,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let (title, why) = if used {
        (words.link_gone, words.link_gone_why)
    } else {
        (words.link_unknown, words.link_unknown_why)
    };
    view! {
        <PageMeta title=title description="" path="/sign-in" private=true />
        <div class="narrow">
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{why}</p>
            <AskForLink next=String::new() />
            {used
                .then(|| {
                    view! {
                        <p>
                            {words.link_just_used} " "
                            // Who is signed in by now, only the server knows.
                            <a href=lang.href("/me") rel="external">
                                {words.me}
                            </a>
                        </p>
                    }
                })}
        </div>
    }
}

/// The button that ends this session.
#[component]
pub fn SignOut() -> impl IntoView {
    let lang = use_lang();
    view! {
        <form method="post" action=lang.href("/sign-out")>
            <button class="btn quiet">{lang.words().sign_out}</button>
            <crate::door::unsent::UnsentHere />
        </form>
    }
}
