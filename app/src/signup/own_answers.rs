//! On one's own page: what the organiser wants to know, and what one has answered.

use super::form::{ErrorSummary, posted};
use super::model::Posted;
use super::question_fields::Questions;
use super::questions::{Answer, Question, YES};
use crate::text::use_lang;
use leptos::prelude::*;

/// The answers; until the event begins in a form, open where one that is needed is missing.
#[component]
pub fn OwnAnswers(
    /// The secret of the sign-up.
    token: String,
    /// What is asked.
    questions: Vec<Question>,
    /// What is answered.
    answers: Vec<Answer>,
    /// It can be answered still.
    can_answer: bool,
) -> impl IntoView {
    if questions.is_empty() {
        return None;
    }
    if !can_answer {
        return Some(view! { <Given questions answers /> }.into_any());
    }
    let lang = use_lang();
    let words = lang.words();
    let was_posted = posted();
    let is_wrong = !was_posted.question_problems.is_empty();
    let is_missing = questions.iter().any(|question| question.waits_for_answer(&answers));
    let mut form = Posted { question_problems: was_posted.question_problems, ..Posted::default() };
    form.form.answers = if is_wrong { was_posted.form.answers } else { answers };
    let title = if is_missing { words.questions_unanswered } else { words.your_answers };
    let action = lang.href(&format!("/sign-ups/{token}/answers"));
    Some(
        view! {
            <details class="ask" id="answers" open=is_missing || is_wrong>
                <summary>{title}</summary>
                <form class="form" method="post" action=format!("{action}#answers") novalidate>
                    <ErrorSummary questions=questions.clone() posted=form.clone() />
                    <Questions questions posted=form />
                    <button class="btn">{words.save_answers}</button>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// What was answered, to read.
#[component]
fn Given(questions: Vec<Question>, answers: Vec<Answer>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let given = questions.into_iter().filter_map(move |question| {
        let texts: Vec<String> = answers
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
    view! {
        <details class="ask">
            <summary>{words.your_answers}</summary>
            <dl class="given">{given.collect_view()}</dl>
        </details>
    }
}

impl Question {
    /// An answer as it is read: in the reader's language, where it was chosen.
    #[must_use]
    pub fn in_words(&self, answer: &str, yes: &str) -> String {
        match self.choices.iter().find(|choice| choice.value == answer) {
            Some(choice) => choice.text.clone(),
            None if self.kind == super::questions::QuestionKind::Consent && answer == YES => {
                yes.to_owned()
            }
            None => answer.to_owned(),
        }
    }
}
