//! The form that writes a question anew.

use super::edit_model::{Worded, Wording, wordings};
use super::model::{LONGEST_LABEL, PostedTerms};
use super::questions::{LONGEST_LIST, readers};
use crate::signup::questions::QuestionKind;
use crate::text::use_lang;
use crate::ui::field::{ChoiceField, ErrorSummary, LineField, TextField};
use leptos::prelude::*;

/// The word that the form says what it is by.
pub const FORM: &str = "edit";

/// The form, as the question stands or as it was filled.
#[component]
pub fn EditQuestion(
    /// The question as it is.
    question: Worded,
    /// The event's.
    slug: String,
    /// The form as it was filled, and what was wrong.
    posted: PostedTerms,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let is_mine = posted.value("form") == Some(FORM);
    let value = |name: &str, now: String| {
        if is_mine { posted.value(name).unwrap_or_default().to_owned() } else { now }
    };
    let wrong =
        |name: &str| posted.problem(name).filter(|_| is_mine).map(|it| lang.terms_problem(it));
    let problems = ["label_sv", "label_en", "options_sv", "options_en", "least", "most"]
        .into_iter()
        .filter_map(|name| Some((name, wrong(name)?)))
        .collect();
    let is_required =
        if is_mine { posted.value("is_required") == Some("yes") } else { question.is_required };
    let kind = question.kind;
    let number = |bound: Option<i32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let choices = matches!(kind, QuestionKind::Choice | QuestionKind::Choices).then(|| {
        let rows = if is_mine { wordings(&posted) } else { question.wordings() };
        view! {
            <Wordings rows />
            <TextField
                id="options_sv"
                label=texts.more_options_sv
                value=value("options_sv", String::new())
                maxlength=LONGEST_LIST
                error=wrong("options_sv")
                hint=texts.options_hint
                optional=words.optional
            />
            <TextField
                id="options_en"
                label=texts.more_options_en
                value=value("options_en", String::new())
                maxlength=LONGEST_LIST
                error=wrong("options_en")
                optional=words.optional
            />
        }
    });
    let bounds = (kind == QuestionKind::Number).then(|| {
        view! {
            <LineField
                id="least"
                label=texts.least
                value=value("least", number(question.least))
                maxlength=11
                error=wrong("least")
                optional=words.optional
            />
            <LineField
                id="most"
                label=texts.most
                value=value("most", number(question.most))
                maxlength=11
                error=wrong("most")
                optional=words.optional
            />
        }
    });
    let required = (kind != QuestionKind::Consent).then(|| {
        view! {
            <div class="field">
                <label class="pick">
                    <input type="checkbox" name="is_required" value="yes" checked=is_required />
                    <span>{texts.answer_is_needed}</span>
                </label>
            </div>
        }
    });
    let event = lang.href(&format!("/organise/events/{slug}"));
    view! {
        <form class="form" method="post" action=format!("{event}/edit-question#edit") id="edit" novalidate>
            <h3>{texts.edit_question_title}</h3>
            <p class="meta">
                {lang.question_kind(kind)}
                {(question.answered > 0)
                    .then(|| format!(". {}", lang.have_answered(question.answered)))}
            </p>
            <input type="hidden" name="form" value=FORM />
            <input type="hidden" name="question" value=question.id />
            <ErrorSummary title=words.not_saved_yet problems />
            <LineField
                id="label_sv"
                label=texts.label_sv
                value=value("label_sv", question.label_sv)
                maxlength=LONGEST_LABEL
                error=wrong("label_sv")
            />
            <LineField
                id="label_en"
                label=texts.label_en
                value=value("label_en", question.label_en.unwrap_or_default())
                maxlength=LONGEST_LABEL
                error=wrong("label_en")
                optional=words.optional
            />
            {choices}
            {bounds}
            <ChoiceField
                id="seen_by"
                label=texts.who_reads
                value=value("seen_by", question.seen_by.as_str().to_owned())
                choices=readers(lang)
            />
            {required}
            <p class="go">
                <button class="btn">{words.save}</button>
                " "
                <a href=format!("{event}#questions") rel="external">
                    {texts.edit_nothing}
                </a>
            </p>
        </form>
    }
}

impl Worded {
    fn wordings(&self) -> Vec<Wording> {
        let english = self.options_en.iter().cloned().chain(std::iter::repeat(String::new()));
        let pairs = self.options_sv.iter().zip(english);
        pairs.map(|(sv, en)| Wording { was: sv.clone(), sv: sv.clone(), en }).collect()
    }
}

/// Each answer to choose from, in both languages.
#[component]
fn Wordings(rows: Vec<Wording>) -> impl IntoView {
    let texts = use_lang().organise_words();
    let rows = rows
        .into_iter()
        .map(|row| {
            let (sv, en) = (
                format!("{}: {}", texts.choice_sv, row.was),
                format!("{}: {}", texts.choice_en, row.was),
            );
            view! {
                <li>
                    <input type="hidden" name="was" value=row.was />
                    <input name="choice_sv" value=row.sv maxlength=LONGEST_LABEL.to_string() aria-label=sv />
                    <input
                        name="choice_en"
                        value=row.en
                        maxlength=LONGEST_LABEL.to_string()
                        aria-label=en
                        lang="en"
                    />
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby="choices-hint">
            <legend>{texts.edit_choices}</legend>
            <p class="hint" id="choices-hint">
                {texts.edit_choices_hint}
            </p>
            <ul class="wordings">
                <li aria-hidden="true">
                    <small>{texts.choice_sv}</small>
                    <small>{texts.choice_en}</small>
                </li>
                {rows}
            </ul>
        </fieldset>
    }
}
