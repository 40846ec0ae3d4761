//! The organiser's own questions: those that there are, and a form for one more.

use super::model::{LONGEST_LABEL, MOST_QUESTIONS, PostedTerms};
use crate::signup::questions::{Question, QuestionKind, SeenBy};
use crate::text::use_lang;
use crate::ui::field::{ChoiceField, ErrorSummary, LineField, TextField};
use leptos::prelude::*;

/// The longest list of choices, in characters.
const LONGEST_LIST: usize = 16_000;

/// The questions of an event.
#[component]
pub fn QuestionsSection(
    /// The event's.
    slug: String,
    /// Those that there are.
    questions: Vec<Question>,
    /// The form as it was filled, and what was wrong.
    posted: PostedTerms,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let has_room = questions.len() < MOST_QUESTIONS;
    let is_open = posted.value("form") == Some("question") && !posted.problems.is_empty();
    let action = lang.href(&format!("/organise/events/{slug}/questions"));
    view! {
        <details class="ask" id="questions" open=is_open>
            <summary>{texts.own_questions} " " <small class="num">{questions.len()}</small></summary>
            <ul class="asked">
                {questions
                    .into_iter()
                    .map(|question| {
                        let remove = format!("{action}/{}/remove", question.id);
                        view! { <Asked question remove /> }
                    })
                    .collect_view()}
            </ul>
            {has_room.then(|| view! { <NewQuestion action=format!("{action}#questions") posted /> })}
        </details>
    }
}

#[component]
fn Asked(question: Question, remove: String) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let needed = if question.is_required { texts.answer_needed } else { words.optional };
    let choices: Vec<String> = question.choices.iter().map(|choice| choice.text.clone()).collect();
    let about = format!("{}: {}", texts.remove_question, question.label);
    view! {
        <li>
            <p>
                <b>{question.label}</b>
                <br />
                <small>
                    {lang.question_kind(question.kind)} ", " {needed} ". " {lang.read_by(question.seen_by)}
                </small>
                {(!choices.is_empty())
                    .then(|| view! { <br /> <small>{choices.join(" / ")}</small> })}
            </p>
            <form method="post" action=remove>
                <button class="btn small quiet" aria-label=about>
                    {texts.remove_question}
                </button>
            </form>
        </li>
    }
}

#[component]
fn NewQuestion(action: String, posted: PostedTerms) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let is_mine = posted.value("form") == Some("question");
    let value = |name: &str| posted.value(name).filter(|_| is_mine).unwrap_or_default().to_owned();
    let wrong =
        |name: &str| posted.problem(name).filter(|_| is_mine).map(|it| lang.terms_problem(it));
    let problems = ["label_sv", "label_en", "options_sv", "options_en", "least", "most"]
        .into_iter()
        .filter_map(|name| Some((name, wrong(name)?)))
        .collect();
    let kinds = QuestionKind::ALL
        .iter()
        .map(|&kind| (kind.as_str().to_owned(), lang.question_kind(kind).to_owned()))
        .collect();
    let readers = SeenBy::ALL
        .iter()
        .map(|&seen_by| (seen_by.as_str().to_owned(), lang.read_by(seen_by).to_owned()))
        .collect();
    view! {
        <form class="form" method="post" action=action novalidate>
            <h3>{texts.new_question}</h3>
            <input type="hidden" name="form" value="question" />
            <ErrorSummary title=words.not_saved_yet problems />
            <LineField
                id="label_sv"
                label=texts.label_sv
                value=value("label_sv")
                maxlength=LONGEST_LABEL
                error=wrong("label_sv")
            />
            <LineField
                id="label_en"
                label=texts.label_en
                value=value("label_en")
                maxlength=LONGEST_LABEL
                error=wrong("label_en")
                optional=words.optional
            />
            <ChoiceField id="kind" label=texts.answered_by value=value("kind") choices=kinds />
            <TextField
                id="options_sv"
                label=texts.options_sv
                value=value("options_sv")
                maxlength=LONGEST_LIST
                error=wrong("options_sv")
                hint=texts.options_hint
                optional=texts.for_choices
            />
            <TextField
                id="options_en"
                label=texts.options_en
                value=value("options_en")
                maxlength=LONGEST_LIST
                error=wrong("options_en")
                optional=texts.for_choices
            />
            <LineField
                id="least"
                label=texts.least
                value=value("least")
                maxlength=11
                error=wrong("least")
                optional=texts.for_numbers
            />
            <LineField
                id="most"
                label=texts.most
                value=value("most")
                maxlength=11
                error=wrong("most")
                optional=texts.for_numbers
            />
            <ChoiceField id="seen_by" label=texts.who_reads value=value("seen_by") choices=readers />
            <div class="field">
                <label class="pick">
                    <input
                        type="checkbox"
                        name="is_required"
                        value="yes"
                        checked=value("is_required") == "yes"
                    />
                    <span>{texts.answer_is_needed}</span>
                </label>
            </div>
            <button class="btn">{texts.add_question}</button>
        </form>
    }
}
