//! The organiser's questions as fields of a form.

use super::model::Posted;
use super::questions::{Answer, LONGEST_ANSWER, Question, QuestionKind, SeenBy, YES};
use crate::text::use_lang;
use crate::ui::html::escape;
use leptos::prelude::*;

/// All questions of an event, with what was answered.
#[component]
pub fn Questions(
    /// What is asked.
    questions: Vec<Question>,
    /// The form as it was filled, and what was wrong.
    posted: Posted,
) -> impl IntoView {
    let lang = use_lang();
    questions
        .into_iter()
        .map(|question| {
            let error = posted.question_problem(&question, lang);
            let given: Vec<String> = posted
                .form
                .answers
                .iter()
                .filter(|answer: &&Answer| answer.question == question.id)
                .map(|answer| answer.text.clone())
                .collect();
            match question.kind {
                QuestionKind::Choice | QuestionKind::Choices => {
                    view! { <Choices question given error /> }.into_any()
                }
                QuestionKind::Consent => view! { <Box question given error /> }.into_any(),
                QuestionKind::Text | QuestionKind::Number => {
                    view! { <Line question given error /> }.into_any()
                }
            }
        })
        .collect_view()
}

/// The message at a question.
fn message(name: &str, error: Option<&String>) -> impl IntoView + use<> {
    error.map(|error| view! { <p class="err" id=format!("{name}-error")>{error.clone()}</p> })
}

/// Who reads the answer, and whether there has to be one.
fn hint(question: &Question) -> impl IntoView + use<> {
    let words = use_lang().words();
    let read = match question.seen_by {
        SeenBy::Organisers => words.read_by_organisers,
        SeenBy::Hosts => words.read_by_hosts,
    };
    view! { <p class="hint" id=format!("{}-hint", question.name())>{read}</p> }
}

fn described(name: &str, is_wrong: bool) -> String {
    if is_wrong { format!("{name}-error {name}-hint") } else { format!("{name}-hint") }
}

/// `(frivilligt)`, where it is.
fn optional(question: &Question) -> impl IntoView + use<> {
    let text = use_lang().words().optional;
    (!question.is_required).then(|| view! { " "<small>{text}</small> })
}

#[component]
fn Line(question: Question, given: Vec<String>, error: Option<String>) -> impl IntoView {
    let name = question.name();
    let value = given.into_iter().next().unwrap_or_default();
    let invalid = error.as_ref().map(|_| "true");
    let by = described(&name, error.is_some());
    let control = if question.kind == QuestionKind::Number {
        view! {
            <input
                id=name.clone()
                name=name.clone()
                type="number"
                inputmode="numeric"
                min=question.least
                max=question.most
                required=question.is_required
                value=value
                aria-invalid=invalid
                aria-describedby=by
            />
        }
        .into_any()
    } else {
        view! {
            <textarea
                id=name.clone()
                name=name.clone()
                rows="2"
                maxlength=LONGEST_ANSWER.to_string()
                required=question.is_required
                aria-invalid=invalid
                aria-describedby=by
                // The framework does not escape what stands between the tags of a textarea.
                inner_html=escape(&value)
            ></textarea>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=name.clone()>{question.label.clone()} {optional(&question)}</label>
            {message(&name, error.as_ref())} {control} {hint(&question)}
        </div>
    }
}

#[component]
fn Choices(question: Question, given: Vec<String>, error: Option<String>) -> impl IntoView {
    let name = question.name();
    let kind = if question.kind == QuestionKind::Choice { "radio" } else { "checkbox" };
    let is_wrong = error.is_some();
    let stale: Vec<String> = given.iter().filter(|text| !question.offers(text)).cloned().collect();
    let stale = (!stale.is_empty()).then(|| {
        let before = use_lang().words().answered_before;
        view! { <p class="hint">{before} " " {stale.join(", ")}</p> }
    });
    view! {
        <fieldset class="field" id=name.clone() tabindex="-1" aria-describedby=described(&name, is_wrong)>
            <legend>{question.label.clone()} {optional(&question)}</legend>
            {message(&name, error.as_ref())} {hint(&question)} {stale}
            {question
                .choices
                .into_iter()
                .map(|choice| {
                    let checked = given.contains(&choice.value);
                    view! {
                        <label class="pick">
                            <input
                                type=kind
                                name=name.clone()
                                value=choice.value
                                checked=checked
                                aria-invalid=is_wrong.then_some("true")
                            />
                            <span>{choice.text}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn Box(question: Question, given: Vec<String>, error: Option<String>) -> impl IntoView {
    let name = question.name();
    view! {
        <div class="field">
            {message(&name, error.as_ref())}
            <label class="pick">
                <input
                    id=name.clone()
                    type="checkbox"
                    name=name.clone()
                    value=YES
                    required=question.is_required
                    checked=given.iter().any(|text| text == YES)
                    aria-invalid=error.as_ref().map(|_| "true")
                    aria-describedby=described(&name, error.is_some())
                />
                <span>{question.label.clone()} {optional(&question)}</span>
            </label>
            {hint(&question)}
        </div>
    }
}
