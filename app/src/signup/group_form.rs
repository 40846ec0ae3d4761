//! The form with which one person signs up several colleagues. It posts to a plain route, with JavaScript or
//! without, and comes back as it was filled if something is wrong.

use super::form::{NobodySees, PersonFields, Ways};
use super::group_model::{Choice, GroupPosted, NoRoom};
use super::group_rows::{Colleagues, id};
use super::model::{Field, SignUpForm};
use super::page::{Notice, NoticeRoute};
use super::questions::Question;
use crate::account::use_me;
use crate::events::api::load_event;
use crate::events::model::{Format, Phase};
use crate::events::page_model::EventPage;
use crate::events::parts::SeatsLeft;
use crate::live::signal::use_seats;
use crate::text::{Lang, consent, dates, use_lang};
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The form on its way back to the person, if this page is the answer to one; otherwise as it begins.
fn posted() -> GroupPosted {
    let posted = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<GroupPosted>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            GroupPosted::default()
        }
    })
    .into_inner();
    match use_me() {
        Some(me) if posted == GroupPosted::default() => {
            let mut posted = posted;
            posted.person.form = SignUpForm::begun_for(me);
            posted
        }
        _ => posted,
    }
}

/// `/events/{slug}/sign-up/group`
#[component]
pub fn GroupRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    // Not read again when the programme changes: what is typed stands here. The seats follow by themselves.
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_event(lang, slug),
    );
    let posted = posted();
    if posted.person.not_open {
        return view! { <NoticeRoute notice=Notice::NotOpen /> }.into_any();
    }
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) if page.line.phase != Phase::Open => {
                            view! { <NoticeRoute notice=Notice::NotOpen /> }.into_any()
                        }
                        Ok(page) => view! { <Form page posted /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What each of them will be asked on their own page.
#[component]
fn AskedLater(questions: Vec<Question>) -> impl IntoView {
    let words = use_lang().words();
    (!questions.is_empty()).then(|| {
        let needed = |question: &Question| {
            if question.is_required {
                format!("({})", words.answer_needed)
            } else {
                words.optional.to_owned()
            }
        };
        view! {
            <div class="asked-later">
                <p>{words.group_questions}</p>
                <ul>
                    {questions
                        .iter()
                        .map(|question| {
                            view! {
                                <li>{question.label.clone()} " " <small>{needed(question)}</small></li>
                            }
                        })
                        .collect_view()}
                </ul>
                <p>{words.group_questions_why}</p>
            </div>
        }
    })
}

#[component]
fn Form(page: EventPage, posted: GroupPosted) -> impl IntoView {
    let (line, needs_approval, questions) = (page.line, page.needs_approval, page.questions);
    let lang = use_lang();
    let words = lang.words();
    let seats = use_seats(&line);
    let event = lang.href(&format!("/events/{}", line.slug));
    let address = format!("{event}/sign-up/group");
    let ways = (line.format == Some(Format::Hybrid))
        .then(|| line.seats.ways.iter().map(|seats| seats.way).collect::<Vec<_>>());
    let person = posted.person.clone();
    let along = posted.along;
    view! {
        <PageMeta
            title=lang.group_title()
            description=line.title.clone()
            path=format!("/events/{}/sign-up/group", line.slug)
            private=true
        />
        <article class="group-sign-up">
            <h1 tabindex="-1">{lang.group_title()}</h1>
            <h2>
                <a href=event>{line.title.clone()}</a>
            </h2>
            <p>
                <time datetime=crate::wire::date_time::write(line.when.starts)>{dates::long_when(lang, &line.when)}</time>
            </p>
            <p class="lead">{lang.group_why()}</p>
            {needs_approval.then(|| view! { <p>{words.group_approval}</p> })}
            <AskedLater questions />
            <form class="form" method="post" action=address novalidate>
                // The first button of a form is what Enter presses.
                <div class="hp" aria-hidden="true">
                    <button tabindex="-1">{lang.group_send()}</button>
                </div>
                <ErrorSummary title=words.not_sent_yet problems=summary(lang, &posted) />
                {posted.no_room.map(|room| view! { <Instead room /> })}
                {posted.too_many.then(|| view! { <TooMany /> })}
                <section aria-labelledby="you">
                    <h2 id="you">{lang.group_you()}</h2>
                    <PersonFields
                        posted=person.clone()
                        email_hint=lang.group_email_hint()
                        organisation_hint=lang.group_organisation_hint()
                    />
                    <label class="pick">
                        <input type="checkbox" name="along" id="along" value="yes" checked=along />
                        <span>{lang.group_along()} <small>{lang.group_along_why()}</small></span>
                    </label>
                    {ways
                        .map(|ways| {
                            view! {
                                <Ways
                                    ways
                                    legend=lang.group_way()
                                    seats=seats.clone()
                                    posted=person.clone()
                                />
                            }
                        })}
                </section>
                <section aria-labelledby="colleagues">
                    <h2 id="colleagues">{lang.group_colleagues()}</h2>
                    <p>{lang.group_colleagues_why()}</p>
                    <Colleagues posted=posted.clone() />
                </section>
                <section aria-labelledby="choice">
                    <h2 id="choice">{lang.group_choice()}</h2>
                    <div class="seats-now">
                        <span>{lang.group_now()}</span>
                        " "
                        <SeatsLeft seats />
                    </div>
                    <fieldset class="field" aria-labelledby="choice">
                        <Choices chosen=posted.choice.unwrap_or(Choice::All) />
                    </fieldset>
                </section>
                <Consent posted />
                <NobodySees />
                <button class="btn">{lang.group_send()}</button>
            </form>
        </article>
    }
}

/// What is wrong, as ids of fields and messages, in the order of the form.
fn summary(lang: Lang, posted: &GroupPosted) -> Vec<(&'static str, String)> {
    let (consent, person): (Vec<_>, Vec<_>) =
        posted.person.problems.iter().copied().partition(|(field, _)| *field == Field::Consent);
    let person = person
        .into_iter()
        .map(|(field, problem)| (field.as_str(), lang.problem(field, problem).to_owned()));
    let rows = posted
        .problems
        .iter()
        .map(|at| (id(at.row, at.part), lang.row_problem_at(at.row, at.problem)));
    let consent = consent
        .into_iter()
        .map(|(field, _)| (field.as_str(), lang.group_consent_missing().to_owned()));
    person.chain(rows).chain(consent).collect()
}

/// Not everybody has room: what one may do instead, with all that was typed.
#[component]
fn Instead(room: NoRoom) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="errors" role="alert" tabindex="-1" id="no-room">
            <h3>{lang.no_room(room)}</h3>
            <p>{lang.no_room_why(room)} " " {lang.group_nothing_lost()}</p>
            <p class="instead">
                {(room.left > 0)
                    .then(|| {
                        view! {
                            <button class="btn quiet" name="instead" value=Choice::Fit.as_str()>
                                {lang.instead_fit(room.left)}
                            </button>
                        }
                    })}
                <button class="btn quiet" name="instead" value=Choice::Line.as_str()>
                    {lang.instead_line(room.left)}
                </button>
            </p>
        </div>
    }
}

#[component]
fn TooMany() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="errors" role="alert" tabindex="-1" id="too-many">
            <h3>{lang.group_too_many()}</h3>
            <p>{lang.group_too_many_why()}</p>
        </div>
    }
}

#[component]
fn Choices(chosen: Choice) -> impl IntoView {
    let lang = use_lang();
    Choice::ALL
        .iter()
        .map(|choice| {
            view! {
                <label class="pick">
                    <input
                        type="radio"
                        name="choice"
                        value=choice.as_str()
                        checked=*choice == chosen
                    />
                    <span>{lang.group_wanted(*choice)}</span>
                </label>
            }
        })
        .collect_view()
}

#[component]
fn Consent(posted: GroupPosted) -> impl IntoView {
    let lang = use_lang();
    let wrong = posted.person.problem(Field::Consent).is_some();
    let checked = posted.person.form.consent == "yes";
    view! {
        <div class="field">
            {wrong
                .then(|| {
                    view! {
                        <p class="err" id="consent-error">
                            {lang.group_consent_missing()}
                        </p>
                    }
                })}
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
                <span>
                    {consent::group_text(lang)} <small>{lang.group_consent_more()}</small>
                </span>
            </label>
        </div>
    }
}
