//! What is on the paper.

use super::model::{Printed, letter_of, split_name};
use crate::organise::people::model::Row;
use crate::signup::model::Status;
use crate::signup::questions::{Question, QuestionKind, YES};
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// For the host: who comes, from where, and what they answered.
#[component]
pub fn Participants(
    /// The list.
    printed: Printed,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.list_words();
    let Printed { rows, questions, is_mixed, .. } = printed;
    let needs_something = rows.iter().any(|row| !row.needs.is_empty());
    let says_more = !questions.is_empty() || needs_something;
    let people = rows
        .into_iter()
        .map(|row| {
            let notes = notes(lang, &row, is_mixed);
            let said = says_more.then(|| view! { <td>{said(lang, &row, &questions)}</td> });
            view! {
                <tr>
                    <th scope="row">
                        {row.name} {notes.map(|notes| view! { <small>{notes}</small> })}
                    </th>
                    <td>{row.organisation}</td>
                    {said}
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="comers">
            <thead>
                <tr>
                    <th scope="col">{texts.name}</th>
                    <th scope="col">{texts.organisation}</th>
                    {says_more.then(|| view! { <th scope="col">{texts.answers}</th> })}
                </tr>
            </thead>
            <tbody>{people}</tbody>
        </table>
    }
}

/// How somebody takes part and stands, where that is not the same for all on the list.
fn notes(lang: Lang, row: &Row, is_mixed: bool) -> Option<String> {
    let way = is_mixed.then(|| lang.way(row.way).to_lowercase());
    let state = (row.status != Status::Confirmed).then(|| lang.row_state(row.status).to_owned());
    let notes: Vec<String> = way.into_iter().chain(state).collect();
    (!notes.is_empty()).then(|| notes.join(", "))
}

/// What somebody answered, and what they need.
fn said(lang: Lang, row: &Row, questions: &[Question]) -> impl IntoView + use<> {
    let answers = questions.iter().filter_map(|question| {
        let texts: Vec<&str> = row
            .answers
            .iter()
            .filter(|answer| answer.question == question.id)
            .map(|answer| match question.kind {
                QuestionKind::Consent if answer.text == YES => lang.list_words().yes,
                _ => {
                    let known = question.choices.iter().find(|choice| choice.value == answer.text);
                    known.map_or(answer.text.as_str(), |choice| choice.text.as_str())
                }
            })
            .collect();
        (!texts.is_empty()).then(|| (question.label.clone(), texts.join(", ")))
    });
    let needs = (!row.needs.is_empty())
        .then(|| (lang.organise_words().needs.to_owned(), row.needs.join(", ")));
    answers
        .chain(needs)
        .map(|(label, text)| {
            view! {
                <p>
                    <small>{label}</small>
                    " "
                    {text}
                </p>
            }
        })
        .collect_view()
}

/// For the door: by family name under its letter, with a box to tick by hand.
#[component]
pub fn Door(
    /// The list.
    printed: Printed,
) -> impl IntoView {
    let lang = use_lang();
    let mut letters: Vec<(char, Vec<Row>)> = Vec::new();
    for row in printed.rows {
        let letter = letter_of(&row.name);
        // In the order of the list; a name that is sorted elsewhere begins its letter anew.
        match letters.last_mut().filter(|(last, _)| *last == letter) {
            Some((_, rows)) => rows.push(row),
            None => letters.push((letter, vec![row])),
        }
    }
    let is_mixed = printed.is_mixed;
    letters
        .into_iter()
        .map(|(letter, rows)| {
            let people = rows
                .into_iter()
                .map(|row| {
                    let (given, family) = split_name(&row.name);
                    let given = (!given.is_empty()).then(|| format!("{given} "));
                    let notes = notes(lang, &row, is_mixed);
                    view! {
                        <li>
                            <span class="to-tick" aria-hidden="true"></span>
                            <span>
                                {given}<b>{family.to_owned()}</b>
                                <small>{row.organisation} {notes.map(|notes| format!(", {notes}"))}</small>
                            </span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="under-letter">
                    <h2>{letter.to_string()}</h2>
                    <ul>{people}</ul>
                </section>
            }
        })
        .collect_view()
}

/// To be cut out and worn: the name large enough to be read across a table.
#[component]
pub fn Badges(
    /// The list.
    printed: Printed,
) -> impl IntoView {
    let title = printed.line.title;
    let badges = printed
        .rows
        .into_iter()
        .map(|row| {
            let name = row.name.trim().to_owned();
            let size = match name.chars().count() {
                0..=18 => "short",
                19..=34 => "middling",
                _ => "long",
            };
            view! {
                <li>
                    <p class=format!("worn-name {size}")>{name}</p>
                    <p class="worn-from">{row.organisation}</p>
                    <p class="worn-at">{title.clone()}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="badges">{badges}</ul> }
}
