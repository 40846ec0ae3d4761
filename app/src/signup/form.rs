//! The sign-up form. It posts to a plain route, with JavaScript or without, and comes back as it was
//! filled if something is wrong.

use super::model::{Field, LONGEST_EMAIL, LONGEST_NAME, Posted, SignUpForm};
use super::question_fields::Questions;
use super::questions::Question;
use crate::account::use_me;
use crate::events::model::{EventLine, Format, Seats, Way};
use crate::text::{consent, use_lang};
use leptos::prelude::*;

/// The form on its way back to the person, if this page is the answer to one. The server has it from
/// the POST route; the browser takes over what the server used. Otherwise it begins with what a person
/// who is signed in need not write again.
#[must_use]
pub fn posted() -> Posted {
    let posted = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<Posted>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            Posted::default()
        }
    })
    .into_inner();
    match use_me() {
        Some(me) if posted == Posted::default() => {
            Posted { form: SignUpForm::begun_for(me), ..posted }
        }
        _ => posted,
    }
}

/// The heading and the form.
#[component]
pub fn SignUpSection(
    /// The event.
    line: EventLine,
    /// Its seats.
    seats: ArcRwSignal<Seats>,
    /// The organiser says yes or no.
    needs_approval: bool,
    /// What the organiser wants to know.
    questions: Vec<Question>,
    /// The form as it was filled, and what was wrong.
    posted: Posted,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let is_full = Memo::new({
        let seats = seats.clone();
        move |_| seats.read().is_full()
    });
    let action = move || if is_full.get() { words.join_waitlist } else { words.sign_up };
    let address = lang.href(&format!("/events/{}/sign-up", line.slug));
    view! {
        <section id="sign-up" aria-labelledby="sign-up-title">
            <h2 id="sign-up-title">{action}</h2>
            <form class="form" method="post" action=format!("{address}#sign-up") novalidate>
                <ErrorSummary questions=questions.clone() posted=posted.clone() />
                {needs_approval.then(|| view! { <p>{words.approval_why}</p> })}
                {move || is_full.get().then(|| view! { <p>{words.full_why}</p> })}
                <PersonFields posted=posted.clone() />
                {(line.format == Some(Format::Hybrid))
                    .then(|| {
                        let ways = line.seats.ways.iter().map(|seats| seats.way).collect();
                        view! { <Ways ways seats posted=posted.clone() /> }
                    })}
                <Questions questions posted=posted.clone() />
                <Consent posted />
                <NobodySees />
                <button class="btn">{action}</button>
            </form>
            <p class="more">
                <a href=format!("{address}/group")>{lang.group_link()}</a>
            </p>
        </section>
    }
}

/// Who one is.
#[component]
pub(super) fn PersonFields(
    posted: Posted,
    /// What is sent to the address.
    #[prop(optional)]
    email_hint: Option<&'static str>,
    /// Whose organisation it is.
    #[prop(optional)]
    organisation_hint: Option<&'static str>,
) -> impl IntoView {
    let words = use_lang().words();
    view! {
        <TextField
            field=Field::Name
            label=words.name
            value=posted.form.name.clone()
            posted=posted.clone()
            autocomplete="name"
            maxlength=LONGEST_NAME
        />
        <TextField
            field=Field::Email
            label=words.email
            value=posted.form.email.clone()
            posted=posted.clone()
            kind="email"
            autocomplete="email"
            maxlength=LONGEST_EMAIL
            hint=Some(email_hint.unwrap_or(words.email_hint))
        />
        <TextField
            field=Field::Organisation
            label=words.organisation
            value=posted.form.organisation.clone()
            posted=posted.clone()
            autocomplete="organization"
            maxlength=LONGEST_NAME
            list="organisations"
            hint=organisation_hint
        />
        <Organisations />
    }
}

/// A field that only machines fill in.
#[component]
pub(super) fn NobodySees() -> impl IntoView {
    view! {
        <div class="hp" aria-hidden="true">
            <label for="website">{use_lang().words().leave_empty}</label>
            <input id="website" name="website" tabindex="-1" autocomplete="off" />
        </div>
    }
}

/// What is wrong, as links to the fields.
#[component]
pub(super) fn ErrorSummary(
    #[prop(optional)] questions: Vec<Question>,
    posted: Posted,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let mut problems: Vec<(String, String)> = posted
        .problems
        .iter()
        .map(|(field, problem)| (field.as_str().to_owned(), lang.problem(*field, *problem).into()))
        .collect();
    let answers = questions
        .iter()
        .filter_map(|question| Some((question.name(), posted.question_problem(question, lang)?)));
    // The questions stand before the consent.
    let consent = problems.iter().position(|(id, _)| id == Field::Consent.as_str());
    let at = consent.unwrap_or(problems.len());
    problems.splice(at..at, answers);
    (!problems.is_empty()).then(|| {
        view! {
            <div class="errors" role="alert" tabindex="-1" id="errors">
                <h3>{words.not_sent_yet}</h3>
                <ul>
                    {problems
                        .into_iter()
                        .map(|(id, message)| {
                            view! {
                                <li>
                                    // Left to the browser, which moves the focus to the field.
                                    <a href=format!("#{id}") rel="external">
                                        {message}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}

/// The message at a field.
#[component]
fn FieldError(field: Field, posted: Posted) -> impl IntoView {
    let lang = use_lang();
    posted.problem(field).map(|problem| {
        view! {
            <p class="err" id=format!("{}-error", field.as_str())>
                {lang.problem(field, problem)}
            </p>
        }
    })
}

#[component]
fn TextField(
    field: Field,
    label: &'static str,
    value: String,
    posted: Posted,
    #[prop(default = "text")] kind: &'static str,
    autocomplete: &'static str,
    maxlength: usize,
    #[prop(optional_no_strip)] hint: Option<&'static str>,
    #[prop(optional)] list: Option<&'static str>,
) -> impl IntoView {
    let id = field.as_str();
    let wrong = posted.problem(field).is_some();
    let described: Vec<_> =
        [wrong.then(|| format!("{id}-error")), hint.map(|_| format!("{id}-hint"))]
            .into_iter()
            .flatten()
            .collect();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <FieldError field posted />
            <input
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                maxlength=maxlength
                list=list
                required
                value=value
                aria-invalid=wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
            />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        </div>
    }
}

/// The ways of taking part, where the event is one each with what is left.
#[component]
pub(super) fn Ways(
    ways: Vec<Way>,
    /// What is chosen.
    #[prop(optional)]
    legend: Option<&'static str>,
    #[prop(optional)] seats: Option<ArcRwSignal<Seats>>,
    posted: Posted,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let wrong = posted.problem(Field::Way).is_some();
    let chosen = posted.form.way.clone();
    view! {
        <fieldset
            class="field"
            id="way"
            tabindex="-1"
            aria-describedby=wrong.then_some("way-error")
        >
            <legend>{legend.unwrap_or(words.which_way)}</legend>
            <FieldError field=Field::Way posted />
            {ways
                .into_iter()
                .map(|way| {
                    let left = seats.clone().map(|seats| {
                        move || seats.read().way(way).map(|seats| lang.way_seats(seats))
                    });
                    view! {
                        <label class="pick">
                            <input
                                type="radio"
                                name="way"
                                value=way.as_str()
                                required
                                checked=chosen == way.as_str()
                                aria-invalid=wrong.then_some("true")
                            />
                            <span>{lang.way(way)} <small>{left}</small></span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
pub(super) fn Consent(posted: Posted) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let wrong = posted.problem(Field::Consent).is_some();
    let checked = posted.form.consent == "yes";
    view! {
        <div class="field">
            <FieldError field=Field::Consent posted />
            <label class="pick">
                <input
                    id="consent"
                    type="checkbox"
                    name="consent"
                    value="yes"
                    required
                    checked=checked
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some("consent-error")
                />
                <span>{consent::text(lang)} <small>{words.consent_more}</small></span>
            </label>
        </div>
    }
}

/// The known organisations, for suggesting. The server writes them into the page; the browser leaves
/// them as they are, and fetches them where it made the page itself.
#[component]
pub fn Organisations() -> impl IntoView {
    let list = NodeRef::<leptos::html::Datalist>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let Some(list) = list.get().filter(|list| list.child_element_count() == 0) else { return };
        leptos::task::spawn_local(async move {
            if let Some(options) = fetch_options().await {
                list.set_inner_html(&options);
            }
        });
    });
    let options = {
        #[cfg(feature = "ssr")]
        {
            crate::services::Services::of_request()
                .map(|services| services.organisation_options.to_string())
                .unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            String::new()
        }
    };
    view! { <datalist id="organisations" node_ref=list inner_html=options></datalist> }
}

/// The options as the server writes them: its own, escaped HTML.
#[cfg(feature = "hydrate")]
async fn fetch_options() -> Option<String> {
    use wasm_bindgen::JsCast;
    let answer = wasm_bindgen_futures::JsFuture::from(window().fetch_with_str("/organisations"));
    let answer: web_sys::Response = answer.await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    wasm_bindgen_futures::JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// "Tell me when sign-up opens."
#[component]
pub fn WatchForm(
    /// The event's slug.
    slug: String,
    /// What was typed and was no address.
    typed: Option<String>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let wrong = typed.is_some();
    view! {
        <form
            class="inline"
            id="watch"
            method="post"
            action=lang.href(&format!("/events/{slug}/watch"))
            novalidate
        >
            <div class="field">
                <label for="watch-email">{words.tell_me_when_open}</label>
                {wrong
                    .then(|| {
                        view! {
                            <p class="err" id="watch-error" role="alert">
                                {lang.problem(Field::Email, super::model::Problem::NotAnAddress)}
                            </p>
                        }
                    })}
                <input
                    id="watch-email"
                    name="email"
                    type="email"
                    autocomplete="email"
                    maxlength=LONGEST_EMAIL
                    required
                    value=typed
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some("watch-error")
                />
            </div>
            <div class="hp" aria-hidden="true">
                <label for="watch-website">{words.leave_empty}</label>
                <input id="watch-website" name="website" tabindex="-1" autocomplete="off" />
            </div>
            <button class="btn quiet">{words.tell_me}</button>
        </form>
    }
}
