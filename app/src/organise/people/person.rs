//! Somebody on the list: who they are, how they stand, what they answered, and what there is to decide.

use super::choosing::step;
use super::follow::{Entry, List};
use super::model::Row;
use crate::signup::model::{LONGEST_REASON, Status};
use crate::signup::questions::Question;
use crate::text::{Lang, dates, use_lang};
use leptos::prelude::*;

/// One row.
#[component]
pub fn Person(
    /// Who.
    entry: Entry,
    /// On which list.
    list: List,
    /// The event's.
    slug: Memo<String>,
) -> impl IntoView {
    let lang = use_lang();
    let id = entry.id;
    let class = if entry.is_new { "person changed" } else { "person" };
    let name = entry.row.read_untracked().name.clone();
    let may_change = list.about.read_untracked().may_change;
    let is_chosen = move || list.is_chosen(id);
    let is_chosen_at_first = untrack(is_chosen);
    let row = entry.row.clone();
    let is_request = Memo::new(move |_| may_change && row.read().status == Status::Requested);
    let (who, stands, answers, notes) =
        (entry.row.clone(), entry.row.clone(), entry.row.clone(), entry.row);
    let is_hybrid = move || list.about.with(|about| about.ways.len() > 1);
    view! {
        <li id=format!("sign-up-{id}") class=class>
            {may_change
                .then(|| {
                    view! {
                        <input
                            type="checkbox"
                            form="chosen"
                            name="sign_up"
                            value=id.to_string()
                            aria-label=lang.choose(&name)
                            aria-keyshortcuts="Enter ArrowDown ArrowUp"
                            checked=is_chosen_at_first
                            prop:checked=is_chosen
                            on:keydown=|event| step(&event)
                            on:change=move |event| list.choose(id, event_target_checked(&event))
                        />
                    }
                })} <div class="who">{move || view_who(&who.read())}</div>
            <div class="meta">
                {move || view_standing(lang, &stands.read(), is_hybrid(), list.is_grouped())}
            </div>
            {move || {
                let questions = list.about.with(|about| about.questions.clone());
                view_answers(lang, &answers.read(), questions)
            }} {move || view_notes(lang, &notes.read())}
            {move || {
                is_request
                    .get()
                    .then(|| view! { <Decide slug list id name=name.clone() /> })
            }}
        </li>
    }
}

fn view_who(row: &Row) -> impl IntoView + use<> {
    let email = row.email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! {
            <a class="meta" href=href rel="external">
                {email}
            </a>
        }
    });
    view! {
        <p>
            {row.position.map(|position| format!("{position}. "))} <b>{row.name.clone()}</b>
        </p>
        <p>{row.organisation.clone()}</p>
        {email}
    }
}

/// How they stand, where a heading does not say it, how they take part, and since when.
fn view_standing(
    lang: Lang,
    row: &Row,
    is_hybrid: bool,
    is_grouped: bool,
) -> impl IntoView + use<> {
    let says_more =
        !matches!(row.status, Status::Requested | Status::Confirmed | Status::Waitlisted);
    let state = (says_more || !is_grouped).then(|| lang.row_state(row.status));
    let way = is_hybrid.then(|| lang.way(row.way).to_lowercase());
    view! {
        {state.map(|state| view! { <em>{state}</em> ", " })}
        {way.map(|way| format!("{way}, "))}
        <time datetime=crate::wire::date_time::write(row.at)>{dates::instant(lang, row.at)}</time>
    }
}

/// A column for each question.
fn view_answers(lang: Lang, row: &Row, questions: Vec<Question>) -> impl IntoView + use<> {
    let words = lang.words();
    let columns = questions.into_iter().map(|question| {
        let texts: Vec<String> = row
            .answers
            .iter()
            .filter(|answer| answer.question == question.id)
            .map(|answer| question.in_words(&answer.text, words.yes))
            .collect();
        let nothing = texts.is_empty();
        view! {
            <div class:silent=nothing>
                <dt>{question.label}</dt>
                {if nothing {
                    view! {
                        <dd>
                            <span aria-hidden="true">"–"</span>
                            <span class="vh">{lang.people_words().no_answer}</span>
                        </dd>
                    }
                        .into_any()
                } else {
                    view! { <dd>{texts.join(", ")}</dd> }.into_any()
                }}
            </div>
        }
    });
    let columns: Vec<_> = columns.collect();
    (!columns.is_empty()).then(|| view! { <dl class="said">{columns}</dl> })
}

/// What needs somebody's eye.
fn view_notes(lang: Lang, row: &Row) -> impl IntoView + use<> {
    let texts = lang.organise_words();
    let needs = row.needs.join("; ");
    let problem = row.mail_problem.clone();
    let reason = row.reason.clone();
    let out_of_turn = (row.status == Status::Confirmed).then(|| lang.people_words().out_of_turn);
    let moved = row.moved.as_ref().map(|moved| lang.relocation(moved));
    (!needs.is_empty() || problem.is_some() || reason.is_some() || moved.is_some()).then(|| {
        view! {
            <div class="extra">
                {moved.map(|moved| view! { <p class="text">{moved}</p> })}
                {reason
                    .map(|reason| {
                        view! {
                            <p class="text">
                                {out_of_turn.map(|what| view! { <b>{what}</b> ": " })} {reason}
                            </p>
                        }
                    })}
                {(!needs.is_empty())
                    .then(|| {
                        view! {
                            <p>
                                <b>{texts.needs}</b>
                                ": "
                                {needs}
                            </p>
                        }
                    })}
                {problem
                    .map(|problem| {
                        view! {
                            <p class="note now">
                                {texts.mail_refused} " " <q lang="en">{problem}</q>
                            </p>
                        }
                    })}
            </div>
        }
    })
}

/// Yes, or no with a word about why.
#[component]
fn Decide(slug: Memo<String>, list: List, id: i64, name: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let action = move || lang.href(&list.form(&slug.read(), "decide"));
    let reason = format!("reason-{id}");
    view! {
        <div class="decide">
            <form method="post" action=action>
                <input type="hidden" name="sign_up" value=id.to_string() />
                <input type="hidden" name="decision" value="approve" />
                <button class="btn small" aria-label=format!("{}: {name}", texts.approve)>
                    {texts.approve}
                </button>
            </form>
            <details>
                <summary aria-label=format!("{}: {name}", texts.refuse)>{texts.refuse}</summary>
                <form class="form" method="post" action=action>
                    <input type="hidden" name="sign_up" value=id.to_string() />
                    <input type="hidden" name="decision" value="refuse" />
                    <div class="field">
                        <label for=reason.clone()>{texts.refusal_reason}</label>
                        <textarea
                            id=reason
                            name="reason"
                            rows="2"
                            maxlength=LONGEST_REASON.to_string()
                        ></textarea>
                    </div>
                    <button class="btn danger">{texts.refuse_yes}</button>
                </form>
            </details>
        </div>
    }
}
