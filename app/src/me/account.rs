//! One's account: what one tells about oneself, and where one is signed in.

use crate::account::api::load_account;
use crate::account::page::SignOut;
use crate::account::passkey::model::News;
use crate::account::passkey::parts::Passkeys;
use crate::account::profile::{
    AccountPage, LONGEST_NEED, PostedProfile, ProfileField, ProfileForm, SessionLine,
};
use crate::signup::form::Organisations;
use crate::signup::model::LONGEST_NAME;
use crate::text::{Lang, use_lang};
use crate::ui::field::{ChoiceField, ErrorSummary, LineField, TextField};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The form on its way back, if this page is the answer to one with something wrong in it.
fn posted() -> Option<PostedProfile> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedProfile>()
        }
        #[cfg(not(feature = "ssr"))]
        {
            None
        }
    })
    .into_inner()
}

/// `/me/account`
#[component]
pub fn AccountRoute() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_account());
    let posted = posted();
    let query = use_query_map();
    let saved = query.read_untracked().get("saved").is_some();
    let news = query.read_untracked().get("passkey").and_then(|word| News::parse(&word));
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Account page posted saved news /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Account(
    page: AccountPage,
    posted: Option<PostedProfile>,
    saved: bool,
    news: Option<News>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let saved = saved && posted.is_none();
    let posted = posted.unwrap_or(PostedProfile { form: page.form, problems: Vec::new() });
    view! {
        <PageMeta title=words.account description="" path="/me/account" private=true />
        <header class="mine">
            <h1 tabindex="-1">{words.account}</h1>
            <div class="do">
                <a href=lang.href("/me")>{words.me}</a>
                <a href=lang.href("/me/mail")>{words.my_mail}</a>
                <a href=lang.href("/me/data")>{lang.data_words().to_account}</a>
                <SignOut />
            </div>
        </header>
        {saved
            .then(|| {
                view! {
                    <p class="note" role="status" id="saved">
                        {words.saved}
                    </p>
                }
            })}
        <p>{words.signed_in_with} " " <b>{page.email}</b> "."</p>
        <section class="profile" aria-labelledby="profile">
            <h2 id="profile">{words.profile}</h2>
            <ProfileSection posted municipalities=page.municipalities />
        </section>
        {page
            .passkeys
            .map(|passkeys| {
                view! {
                    <section class="keys" aria-labelledby="passkeys">
                        <Passkeys passkeys news />
                    </section>
                }
            })}
        <section aria-labelledby="sessions">
            <h2 id="sessions">{words.sessions}</h2>
            <Sessions sessions=page.sessions />
        </section>
    }
}

#[component]
fn ProfileSection(posted: PostedProfile, municipalities: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let wrong = |field| posted.problem(field).map(|problem| lang.profile_problem(field, problem));
    let problems = posted
        .problems
        .iter()
        .map(|(field, problem)| (field.as_str(), lang.profile_problem(*field, *problem)))
        .collect();
    let municipalities = std::iter::once((String::new(), words.no_municipality.to_owned()))
        .chain(municipalities)
        .collect();
    let form: ProfileForm = posted.form.clone();
    // Whoever has not chosen gets mails in the language in which they sign up.
    let languages = [Lang::Sv, Lang::En]
        .map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned()))
        .to_vec();
    let language = if form.language.is_empty() { lang.tag().to_owned() } else { form.language };
    view! {
        <form class="form" method="post" action=lang.href("/me/account") novalidate>
            <p class="text">{words.profile_why}</p>
            <ErrorSummary title=words.not_saved_yet problems />
            <LineField
                id=ProfileField::Name.as_str()
                label=words.name
                value=form.name
                maxlength=LONGEST_NAME
                error=wrong(ProfileField::Name)
                autocomplete="name"
            />
            <LineField
                id=ProfileField::Organisation.as_str()
                label=words.organisation
                value=form.organisation
                maxlength=LONGEST_NAME
                error=wrong(ProfileField::Organisation)
                optional=words.optional
                autocomplete="organization"
                list="organisations"
            />
            <Organisations />
            <LineField
                id=ProfileField::WorkRole.as_str()
                label=words.work_role
                value=form.work_role
                maxlength=LONGEST_NAME
                error=wrong(ProfileField::WorkRole)
                optional=words.optional
                autocomplete="organization-title"
            />
            <ChoiceField
                id=ProfileField::Municipality.as_str()
                label=words.municipality
                value=form.municipality
                choices=municipalities
                error=wrong(ProfileField::Municipality)
                optional=words.optional
            />
            <ChoiceField
                id=ProfileField::Language.as_str()
                label=words.mail_language
                value=language
                choices=languages
                error=wrong(ProfileField::Language)
            />
            <TextField
                id=ProfileField::AccessNeeds.as_str()
                label=words.access_needs
                value=form.access_needs
                maxlength=LONGEST_NEED
                error=wrong(ProfileField::AccessNeeds)
                hint=words.access_needs_hint
                optional=words.optional
            />
            <TextField
                id=ProfileField::Diet.as_str()
                label=words.diet
                value=form.diet
                maxlength=LONGEST_NEED
                error=wrong(ProfileField::Diet)
                optional=words.optional
            />
            <button class="btn">{words.save}</button>
        </form>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionLine>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let others = sessions.iter().filter(|session| !session.is_this).count();
    view! {
        <p class="text">{words.sessions_why}</p>
        <ul class="sessions">
            {sessions
                .into_iter()
                .map(|session| {
                    let device = if session.device.is_empty() {
                        words.unknown_device.to_owned()
                    } else {
                        session.device
                    };
                    let about = format!("{}: {device}", words.end_session);
                    let end = format!("/me/account/sessions/{}/end", session.id.0);
                    view! {
                        <li>
                            <div>
                                <b>{device}</b>
                                {session
                                    .is_this
                                    .then(|| {
                                        view! { <span class="yours">", " {words.this_device}</span> }
                                    })}
                                <p class="meta">
                                    {lang.session_times(session.last_used, session.began)}
                                </p>
                            </div>
                            {(!session.is_this)
                                .then(|| {
                                    view! {
                                        <form method="post" action=lang.href(&end)>
                                            <button class="btn quiet small" aria-label=about>
                                                {words.end_session}
                                            </button>
                                        </form>
                                    }
                                })}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        {(others > 0)
            .then(|| {
                view! {
                    <form method="post" action=lang.href("/me/account/sessions/end-others")>
                        <button class="btn quiet">{words.end_other_sessions}</button>
                    </form>
                }
            })}
    }
}
