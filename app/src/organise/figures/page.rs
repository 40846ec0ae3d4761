//! The figures on the event's page.

use super::api::load_figures;
use super::curve::CurveFigure;
use super::follow::follow;
use super::model::Figures;
use super::reach::Reach;
use super::seats::SeatBars;
use super::steering::Steering;
use crate::live::signal::use_seats;
use crate::organise::model::PostedTerms;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// How full the event is, how it became so, and whom it reaches.
#[component]
pub fn FiguresSection(
    /// The event's.
    slug: Memo<String>,
    /// The form as it was filled, and what was wrong.
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let all = Memo::new(move |_| query.read().get_str("organisations") == Some("all"));
    // Only the first figures come by this; from then on they follow by themselves.
    let first = Resource::new(
        move || slug.get(),
        move |slug| load_figures(lang, slug, all.get_untracked()),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(figures) => view! { <Drawn figures slug all posted /> }.into_any(),
                    // The rest of the page says why.
                    Err(_) => ().into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Drawn(
    figures: Figures,
    slug: Memo<String>,
    all: Memo<bool>,
    posted: StoredValue<PostedTerms>,
) -> impl IntoView {
    let texts = use_lang().figure_words();
    let seats = use_seats(&figures.line);
    let may_change = figures.may_change;
    let figures = RwSignal::new(figures);
    follow(figures, slug, all);
    view! {
        <section class="figures" aria-labelledby="figures">
            <h2 id="figures" class="vh">
                {texts.figures}
            </h2>
            <div>
                <div>
                    <SeatBars figures seats />
                    {may_change.then(|| view! { <Steering figures slug posted /> })}
                </div>
                <div>
                    <CurveFigure figures />
                </div>
            </div>
            <MailState figures />
            <Reach figures slug all />
        </section>
    }
}

/// How far the mails have come, while that is of interest.
#[component]
fn MailState(figures: RwSignal<Figures>) -> impl IntoView {
    let lang = use_lang();
    let mails = Memo::new(move |_| figures.with(|figures| figures.mails));
    let is_done = move || mails.get().queued + mails.get().failed == 0;
    view! {
        <p class="note" class:now=move || mails.get().failed != 0 hidden=is_done>
            {move || lang.mail_state(mails.get())}
        </p>
    }
}
