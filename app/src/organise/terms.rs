//! What an event asks of those who sign up: approval, the time to say no. Its seats stand here to be read: they are
//! changed beside the bars that show them.

use super::figures::room::room_field;
use super::model::{MOST_HOURS, PostedTerms};
use crate::events::model::{EventLine, Phase};
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
    let hours = posted
        .problem("reply_hours")
        .filter(|_| is_mine)
        .map(|problem| lang.terms_problem(problem));
    let problems: Vec<_> = hours.map(|error| ("reply_hours", error)).into_iter().collect();
    let now = reply_hours.map(|hours| hours.to_string()).unwrap_or_default();
    let approves =
        if is_mine { posted.value("needs_approval") == Some("yes") } else { needs_approval };
    let is_open = !problems.is_empty();
    let action = lang.href(&format!("/organise/events/{}/terms", line.slug));
    view! {
        <details class="ask" id="terms" open=is_open>
            <summary>{texts.terms}</summary>
            <SeatsThere line />
            <form class="form" method="post" action=format!("{action}#terms") novalidate>
                <input type="hidden" name="form" value="terms" />
                <ErrorSummary title=words.not_saved_yet problems />
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

/// How many seats there are, and the way to where they are changed.
#[component]
fn SeatsThere(line: EventLine) -> impl IntoView {
    let lang = use_lang();
    let is_over = matches!(line.phase, Phase::Past | Phase::Cancelled);
    let first = line.seats.ways.first().map(|seats| room_field(seats.way)).filter(|_| !is_over);
    let seats = line.seats.ways.iter().map(|seats| {
        view! { <li>{lang.seats_there(seats.way, seats.capacity)}</li> }
    });
    view! {
        <ul class="seats-there">{seats.collect_view()}</ul>
        {first
            .map(|field| {
                view! {
                    // Left to the browser, which opens what the field stands in and moves the focus to it.
                    <p>
                        <a href=format!("#{field}") rel="external">
                            {lang.deed_words().seats}
                        </a>
                    </p>
                }
            })}
    }
}
