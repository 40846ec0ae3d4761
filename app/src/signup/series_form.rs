//! The form for a whole series.

use super::form::{Consent, ErrorSummary, NobodySees, PersonFields, Ways};
use super::model::Posted;
use super::question_fields::Questions;
use crate::events::model::{EventLine, Phase};
use crate::live::signal::use_seats;
use crate::series::model::SeriesStop;
use crate::text::use_lang;
use leptos::prelude::*;

fn is_coming(stop: &EventLine) -> bool {
    matches!(stop.phase, Phase::Open | Phase::OpensLater | Phase::Preliminary)
}

/// The heading and the form. What each open stop asks of people is told, and asked, here.
#[component]
pub fn SeriesSignUpSection(
    /// The slug of the series.
    slug: String,
    /// Its stops.
    stops: Vec<SeriesStop>,
    /// The form as it was filled, and what was wrong.
    posted: Posted,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let coming = stops.iter().filter(|stop| is_coming(&stop.line)).count();
    let mut ways: Vec<_> = stops
        .iter()
        .filter(|stop| is_coming(&stop.line))
        .flat_map(|stop| stop.line.seats.ways.iter().map(|seats| seats.way))
        .collect();
    ways.sort_by_key(|way| way.as_str());
    ways.dedup();
    let open: Vec<_> = stops.into_iter().filter(|stop| stop.line.phase == Phase::Open).collect();
    let seats: Vec<_> =
        open.iter().map(|stop| (stop.line.title.clone(), use_seats(&stop.line))).collect();
    let whole = lang.whole_series(open.len(), coming - open.len());
    let approving: Vec<_> = open
        .iter()
        .filter(|stop| stop.needs_approval)
        .map(|stop| stop.line.title.clone())
        .collect();
    let approving = lang.approving_stops(&approving, open.len());
    let questions: Vec<_> = open.iter().flat_map(|stop| stop.questions.clone()).collect();
    // Told before one confirms, and as it changes.
    let full = move || {
        let full: Vec<_> = seats
            .iter()
            .filter(|(_, seats)| seats.read().is_full())
            .map(|(title, _)| title.clone())
            .collect();
        lang.full_stops(&full)
    };
    let asked = open
        .into_iter()
        .filter(|stop| !stop.questions.is_empty())
        .map(|stop| {
            view! {
                <div class="asked-by" role="group" aria-label=lang.questions_of(&stop.line.title)>
                    <h3>{lang.questions_of(&stop.line.title)}</h3>
                    <Questions questions=stop.questions posted=posted.clone() />
                </div>
            }
        })
        .collect_view();
    let address = lang.href(&format!("/series/{slug}/sign-up"));
    view! {
        <section id="sign-up" aria-labelledby="sign-up-title">
            <h2 id="sign-up-title">{words.sign_up_series}</h2>
            <form class="form" method="post" action=format!("{address}#sign-up") novalidate>
                <ErrorSummary questions posted=posted.clone() />
                <p>{whole}</p>
                <p>{full}</p>
                {approving.map(|approving| view! { <p>{approving}</p> })}
                <PersonFields posted=posted.clone() />
                {(ways.len() > 1).then(|| view! { <Ways ways posted=posted.clone() /> })}
                {asked}
                <Consent posted />
                <NobodySees />
                <button class="btn">{words.sign_up_series}</button>
            </form>
        </section>
    }
}
