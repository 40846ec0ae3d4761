//! Everybody who signed up: those who wait for an answer first.

use super::model::Row;
use crate::signup::model::{LONGEST_REASON, Status};
use crate::signup::questions::Question;
use crate::text::{dates, use_lang};
use leptos::prelude::*;

/// The people, by how they stand.
#[component]
pub fn People(
    /// The event's.
    slug: String,
    /// Them.
    people: Vec<Row>,
    /// What they were asked.
    questions: Vec<Question>,
    /// They chose how to take part.
    is_hybrid: bool,
    /// Whoever looks may decide.
    may_change: bool,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let nobody = people.is_empty();
    let groups: [(&'static str, &'static str, &[Status]); 4] = [
        ("requests", texts.requests, &[Status::Requested]),
        ("places", texts.have_places, &[Status::Confirmed, Status::Attended, Status::NoShow]),
        ("line", texts.in_line, &[Status::Waitlisted]),
        ("gone", texts.not_coming, &[Status::Refused, Status::Cancelled]),
    ];
    let groups = groups.map(|(id, title, statuses)| {
        let rows: Vec<Row> =
            people.iter().filter(|row| statuses.contains(&row.status)).cloned().collect();
        (!rows.is_empty()).then(|| {
            let count = rows.len();
            let asks = id == "requests" && may_change;
            let slug = slug.clone();
            view! {
                <section class="roster" aria-labelledby=id>
                    <h2 id=id>{title} " " <small class="num">{count}</small></h2>
                    {(asks && count > 1).then(|| view! { <ApproveAll slug=slug.clone() count /> })}
                    <ul>
                        {rows
                            .into_iter()
                            .map(|row| {
                                let slug = asks.then(|| slug.clone());
                                view! { <One row slug questions=questions.clone() is_hybrid /> }
                            })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    });
    view! {
        {nobody.then(|| view! { <p class="text">{texts.nobody_yet}</p> })}
        {groups.into_iter().collect_view()}
    }
}

#[component]
fn ApproveAll(slug: String, count: usize) -> impl IntoView {
    let lang = use_lang();
    view! {
        <form method="post" action=lang.href(&format!("/organise/events/{slug}/decide"))>
            <input type="hidden" name="sign_up" value="all" />
            <input type="hidden" name="decision" value="approve" />
            <button class="btn quiet">{lang.approve_all(count)}</button>
        </form>
    }
}

/// Somebody. With a `slug` there is something to decide.
#[component]
fn One(row: Row, slug: Option<String>, questions: Vec<Question>, is_hybrid: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let answers = questions.into_iter().filter_map(|question| {
        let texts: Vec<String> = row
            .answers
            .iter()
            .filter(|answer| answer.question == question.id)
            .map(|answer| question.in_words(&answer.text, words.yes))
            .collect();
        (!texts.is_empty()).then(|| {
            view! {
                <dt>{question.label}</dt>
                <dd>{texts.join(", ")}</dd>
            }
        })
    });
    let answers = answers.collect_view();
    let state = match row.status {
        Status::Attended | Status::NoShow | Status::Cancelled | Status::Refused => {
            Some(lang.row_state(row.status))
        }
        _ => None,
    };
    let name = row.name.clone();
    view! {
        <li id=format!("sign-up-{}", row.id)>
            <p>
                {row.position.map(|position| format!("{position}. "))} <b>{row.name}</b> ", "
                {row.organisation}
                {is_hybrid.then(|| format!(", {}", lang.way(row.way).to_lowercase()))}
                {state.map(|state| view! { ", " <em>{state}</em> })}
            </p>
            <p class="meta">
                <time datetime=crate::wire::date_time::write(row.at)>{dates::instant(lang, row.at)}</time>
                {row.email.map(|email| {
                    let href = format!("mailto:{email}");
                    view! { ", " <a href=href rel="external">{email}</a> }
                })}
            </p>
            {row.reason.map(|reason| view! { <p class="text">{reason}</p> })}
            {row
                .mail_problem
                .map(|problem| {
                    view! {
                        <p class="note now">
                            {texts.mail_refused} " " <q lang="en">{problem}</q>
                        </p>
                    }
                })}
            <dl class="given">
                {answers}
                {(!row.needs.is_empty())
                    .then(|| {
                        view! {
                            <dt>{texts.needs}</dt>
                            <dd>{row.needs.join("; ")}</dd>
                        }
                    })}
            </dl>
            {slug.map(|slug| view! { <Decide slug id=row.id name /> })}
        </li>
    }
}

/// Yes, or no with a word about why.
#[component]
fn Decide(slug: String, id: i64, name: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let action = lang.href(&format!("/organise/events/{slug}/decide"));
    let reason = format!("reason-{id}");
    view! {
        <div class="decide">
            <form method="post" action=action.clone()>
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
