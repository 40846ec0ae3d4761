//! What there is and what is missing, and the buttons that publish and take back.

use super::model::{Captioned, DeskPage, LONGEST_REASON, PostedPublish};
use crate::recordings::model::RecordingState;
use crate::text::use_lang;
use crate::ui::field::{ErrorSummary, LineField, TextField};
use leptos::prelude::*;

/// The part of the page.
#[component]
pub(super) fn PublishPart(page: DeskPage, posted: PostedPublish) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let action = lang.href(&format!("/organise/recordings/{}/state", page.slug));
    let ready = page.ready;
    let is_published = page.state == RecordingState::Published;
    let is_reviewed = ready.captioned == Captioned::Reviewed;
    let film = match (ready.has_film, ready.is_elsewhere) {
        (true, _) => texts.is_there,
        (false, true) => texts.is_elsewhere,
        (false, false) => texts.is_missing,
    };
    let captions = match ready.captioned {
        Captioned::Reviewed => texts.is_there,
        Captioned::Unread => texts.is_unread,
        Captioned::Missing => texts.is_missing,
    };
    let length =
        ready.duration_ms.map_or_else(|| texts.is_missing.to_owned(), |ms| lang.length(ms));
    let poster = if ready.has_poster { texts.is_there } else { texts.is_missing };
    let facts = [
        (texts.film, film.to_owned(), ready.can_be_published()),
        (texts.length, length, ready.duration_ms.is_some()),
        (texts.captions, captions.to_owned(), is_reviewed),
        (texts.poster, poster.to_owned(), ready.has_poster),
    ]
    .map(|(what, how, is_there)| {
        // Said by the word; the mark before it says the same once more.
        view! {
            <div class:is-there=is_there>
                <dt>{what}</dt>
                <dd>{how}</dd>
            </div>
        }
    })
    .collect_view();
    let form = if !ready.can_be_published() {
        view! { <p class="text">{texts.needs_film}</p> }.into_any()
    } else if is_reviewed {
        let button = view! {
            <form method="post" action=action.clone()>
                <button class="btn" name="do" value="publish">
                    {texts.publish}
                </button>
            </form>
        };
        (!is_published).then(|| view! { <p class="text">{texts.is_ready}</p> {button} }).into_any()
    } else {
        let action = action.clone();
        view! { <Reason page=page.clone() posted action is_published /> }.into_any()
    };
    let withdraw = is_published.then(|| {
        view! {
            <form class="withdraw" method="post" action=action>
                <button class="btn quiet small" name="do" value="withdraw">
                    {texts.withdraw}
                </button>
                " "
                <small>{texts.withdraw_means}</small>
            </form>
        }
    });
    view! {
        <section class="plan-foot publishing" aria-labelledby="publishing">
            <h2 id="publishing">{texts.publishing}</h2>
            <dl class="readiness">{facts}</dl>
            {form}
            {withdraw}
        </section>
    }
}

/// Why there are no captions, and when they come.
#[component]
fn Reason(
    page: DeskPage,
    posted: PostedPublish,
    action: String,
    is_published: bool,
) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.desk_words());
    let (reason, by) = if posted.is_there {
        (posted.reason.clone(), posted.by.clone())
    } else {
        page.uncaptioned
            .map_or_else(Default::default, |it| (it.reason, crate::wire::date::write(it.by)))
    };
    let error = |field: &str| posted.problem(field).map(|problem| lang.publish_problem(problem));
    let problems = ["reason", "captions_by"]
        .into_iter()
        .filter_map(|field| Some((field, error(field)?)))
        .collect::<Vec<_>>();
    let button = if is_published { texts.say_anew } else { texts.publish_so };
    view! {
        <p class="text">{texts.without_captions}</p>
        <details class="law">
            <summary>{texts.law}</summary>
            <p class="text">{texts.law_text}</p>
        </details>
        <form class="form" method="post" action=action novalidate>
            <ErrorSummary title=words.not_saved_yet problems />
            <TextField
                id="reason"
                label=texts.reason
                value=reason
                maxlength=LONGEST_REASON
                error=error("reason")
                hint=texts.reason_hint
                optional=""
            />
            <LineField
                id="captions_by"
                label=texts.captions_by
                value=by
                maxlength=10
                kind="date"
                error=error("captions_by")
            />
            <button class="btn" name="do" value="publish">
                {button}
            </button>
        </form>
    }
}
