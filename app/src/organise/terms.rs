//! What an event asks of those who sign up: its seats, approval, the time to say no.

use super::model::{MOST_HOURS, MOST_SEATS, PostedTerms, seats_field};
use crate::events::model::EventLine;
use crate::text::use_lang;
use crate::ui::field::{ErrorSummary, LineField};
use leptos::prelude::*;

/// The form.
#[component]
pub fn TermsSection(
    /// The event.
    line: EventLine,
    /// The organiser says yes or no.
    needs_approval: bool,
    /// How long whoever gets a freed seat has to say no.
    reply_hours: Option<i16>,
    /// The form as it was filled, and what was wrong.
    posted: PostedTerms,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.organise_words();
    let is_mine = posted.value("form") == Some("terms");
    let value = |name: &str, now: String| {
        if is_mine { posted.value(name).unwrap_or_default().to_owned() } else { now }
    };
    let wrong =
        |name: &str| posted.problem(name).filter(|_| is_mine).map(|it| lang.terms_problem(it));
    let mut problems = Vec::new();
    let seats = line.seats.ways.iter().map(|seats| {
        let id = seats_field(seats.way);
        let error = wrong(id);
        problems.extend(error.map(|error| (id, error)));
        let now = seats.capacity.map(|capacity| capacity.to_string()).unwrap_or_default();
        view! {
            <LineField
                id=id
                label=lang.seats_label(seats.way)
                value=value(id, now)
                maxlength=MOST_SEATS.to_string().len()
                kind="text"
                error=error
                hint=texts.seats_hint
                optional=words.optional
            />
        }
    });
    let seats = seats.collect_view();
    let hours = wrong("reply_hours");
    problems.extend(hours.map(|error| ("reply_hours", error)));
    let now = reply_hours.map(|hours| hours.to_string()).unwrap_or_default();
    let approves =
        if is_mine { posted.value("needs_approval") == Some("yes") } else { needs_approval };
    let is_open = !problems.is_empty();
    let action = lang.href(&format!("/organise/events/{}/terms", line.slug));
    view! {
        <details class="ask" id="terms" open=is_open>
            <summary>{texts.terms}</summary>
            <form class="form" method="post" action=format!("{action}#terms") novalidate>
                <input type="hidden" name="form" value="terms" />
                <ErrorSummary title=words.not_saved_yet problems />
                {seats}
                <div class="field">
                    <label class="pick">
                        <input type="checkbox" name="needs_approval" value="yes" checked=approves />
                        <span>{texts.needs_approval} <small>{texts.needs_approval_why}</small></span>
                    </label>
                </div>
                <LineField
                    id="reply_hours"
                    label=texts.reply_hours
                    value=value("reply_hours", now)
                    maxlength=MOST_HOURS.to_string().len()
                    error=hours
                    hint=texts.reply_hours_hint
                    optional=words.optional
                />
                <button class="btn">{words.save}</button>
            </form>
        </details>
    }
}
