//! The organiser's own questions: those that there are, and a form for one more or for changing one.

use super::edit::{EditQuestion, FORM};
use super::edit_model::{Direction, Worded};
use super::model::{LONGEST_LABEL, MOST_QUESTIONS, PostedTerms};
use crate::signup::questions::{Question, QuestionKind, SeenBy};
use crate::text::{Lang, use_lang};
use crate::ui::field::{ChoiceField, ErrorSummary, LineField, TextField};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The longest list of choices, in characters.
pub const LONGEST_LIST: usize = 16_000;

/// Those who may be let read the answers, for choosing among.
pub fn readers(lang: Lang) -> Vec<(String, String)> {
    let reader =
        |&seen_by: &SeenBy| (seen_by.as_str().to_owned(), lang.read_by(seen_by).to_owned());
    SeenBy::ALL.iter().map(reader).collect()
}

/// What has been done that is about questions: the list is open afterwards.
const DONE: [&str; 7] = ["asked", "removed", "moved", "edited", "many", "agreed", "promised"];

/// The questions of an event.
#[component]
pub fn QuestionsSection(
    /// The event's.
    slug: String,
    /// Those that there are.
    questions: Vec<Question>,
    /// The same in both languages.
    worded: Vec<Worded>,
    /// The form as it was filled, and what was wrong.
    posted: PostedTerms,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let has_room = questions.len() < MOST_QUESTIONS;
    let query = use_query_map().get_untracked();
    let form = posted.value("form");
    // The form that came back says which; otherwise the address does.
    let asked_for = match form {
        Some(FORM) => posted.value("question").map(str::to_owned),
        _ => query.get("edit"),
    };
    let edited = worded
        .into_iter()
        .find(|question| asked_for.as_deref() == Some(question.id.to_string().as_str()));
    let is_open = edited.is_some()
        || query.get("done").is_some_and(|done| DONE.contains(&done.as_str()))
        || (form == Some("question") && !posted.problems.is_empty());
    let event = lang.href(&format!("/organise/events/{slug}"));
    let action = format!("{event}/questions#questions");
    let last = questions.len().saturating_sub(1);
    let form = match edited {
        Some(question) => view! { <EditQuestion question slug posted /> }.into_any(),
        None if has_room => view! { <NewQuestion action posted /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <details class="ask" id="questions" open=is_open>
            <summary>{texts.own_questions} " " <small class="num">{questions.len()}</small></summary>
            <ul class="asked">
                {questions
                    .into_iter()
                    .enumerate()
                    .map(|(place, question)| {
                        let event = event.clone();
                        view! { <Asked question event is_first=place == 0 is_last=place == last /> }
                    })
                    .collect_view()}
            </ul>
            {form}
        </details>
    }
}

#[component]
fn Asked(question: Question, event: String, is_first: bool, is_last: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let needed = if question.is_required { words.answer_needed } else { words.optional };
    let choices: Vec<String> = question.choices.iter().map(|choice| choice.text.clone()).collect();
    let id = question.id;
    let about = |what: &str| format!("{what}: {}", question.label);
    let step = |direction: Direction, is_there: bool| {
        let (sign, what) = match direction {
            Direction::Up => ("\u{2191}", texts.move_up),
            Direction::Down => ("\u{2193}", texts.move_down),
        };
        (!is_there).then(|| {
            view! {
                <form method="post" action=format!("{event}/move-question")>
                    <input type="hidden" name="question" value=id />
                    <button
                        class="btn small quiet"
                        name="direction"
                        value=direction.as_str()
                        aria-label=about(what)
                        title=what
                    >
                        {sign}
                    </button>
                </form>
            }
        })
    };
    let (up, down) = (step(Direction::Up, is_first), step(Direction::Down, is_last));
    view! {
        <li id=format!("asked-{id}")>
            <p>
                <b>{question.label.clone()}</b>
                <br />
                <small>
                    {lang.question_kind(question.kind)} ", " {needed} ". " {lang.read_by(question.seen_by)}
                </small>
                {(!choices.is_empty())
                    .then(|| view! { <br /> <small>{choices.join(" / ")}</small> })}
            </p>
            <div class="steps">
                {up} {down}
                <a
                    class="btn small quiet"
                    href=format!("{event}?edit={id}#edit")
                    rel="external"
                    aria-label=about(texts.edit_question)
                >
                    {texts.edit_question}
                </a>
                <form method="post" action=format!("{event}/questions/{id}/remove")>
                    <button class="btn small quiet" aria-label=about(texts.remove_question)>
                        {texts.remove_question}
                    </button>
                </form>
            </div>
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
            <ChoiceField id="seen_by" label=texts.who_reads value=value("seen_by") choices=readers(lang) />
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
