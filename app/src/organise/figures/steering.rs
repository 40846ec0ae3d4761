//! What one does to an event while it fills: open sign-up now, close it, add seats and take them away.

use super::model::Figures;
use super::room::room_field;
use crate::events::model::{Phase, Way};
use crate::organise::model::{MOST_SEATS, PostedTerms};
use crate::text::use_lang;
use crate::ui::field::{ErrorSummary, LineField};
use leptos::prelude::*;

/// The buttons, and the form of the seats.
#[component]
pub fn Steering(
    /// All figures.
    figures: RwSignal<Figures>,
    /// The event's.
    slug: Memo<String>,
    /// The form as it was filled, and what was wrong.
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.deed_words();
    let to = move |what: &str| lang.href(&format!("/organise/events/{}/{what}", slug.read()));
    let phase = Memo::new(move |_| figures.with(|figures| figures.line.phase));
    let is_fixed = move || !matches!(phase.get(), Phase::OpensLater | Phase::Open | Phase::Closed);
    let says = move || match phase.get() {
        Phase::Open => texts.is_open,
        Phase::OpensLater => texts.opens_later,
        _ => texts.is_closed,
    };
    let is_open = move || phase.get() == Phase::Open;
    let is_over = move || matches!(phase.get(), Phase::Past | Phase::Cancelled);
    view! {
        <div class="steering" hidden=is_over>
            <p hidden=is_fixed>{says}</p>
            <form method="post" action=move || to("close") hidden=move || !is_open()>
                <button class="btn small quiet">{texts.close_now}</button>
            </form>
            <form method="post" action=move || to("open") hidden=move || is_open() || is_fixed()>
                <button class="btn small" aria-describedby="open-why">
                    {texts.open_now}
                </button>
                <small id="open-why">{texts.open_why}</small>
            </form>
            <Room figures slug posted />
        </div>
    }
}

/// The number of seats of each way.
#[component]
fn Room(
    figures: RwSignal<Figures>,
    slug: Memo<String>,
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.deed_words());
    let posted = posted.get_value();
    let is_mine = posted.value("form") == Some("room");
    let ways: Vec<(Way, Option<u32>)> = figures.with_untracked(|figures| {
        figures.line.seats.ways.iter().map(|seats| (seats.way, seats.capacity)).collect()
    });
    let mut problems = Vec::new();
    let fields = ways.into_iter().map(|(way, capacity)| {
        let id = room_field(way);
        let error = posted.problem(id).filter(|_| is_mine).map(|it| lang.terms_problem(it));
        problems.extend(error.map(|error| (id, error)));
        let now = capacity.map(|capacity| capacity.to_string()).unwrap_or_default();
        let typed = posted.value(id).filter(|_| is_mine).map(str::to_owned);
        view! {
            <LineField
                id=id
                label=lang.seats_label(way)
                value=typed.unwrap_or(now)
                maxlength=MOST_SEATS.to_string().len()
                error=error
                hint=texts.seats_empty
                may_be_empty=true
            />
        }
    });
    let fields = fields.collect_view();
    let is_open = !problems.is_empty();
    let action = move || lang.href(&format!("/organise/events/{}/seats#room", slug.read()));
    view! {
        <details id="room" open=is_open>
            <summary>{texts.seats}</summary>
            <form class="form" method="post" action=action novalidate>
                <input type="hidden" name="form" value="room" />
                <ErrorSummary title=words.not_saved_yet problems />
                <p>{texts.seats_why}</p>
                {fields}
                <button class="btn small">{texts.seats_yes}</button>
            </form>
        </details>
    }
}
