//! `/organise/series/{slug}/edit`: the form of a series, and its stops.

use super::api::load_series_plan;
use super::fields::About;
use super::model::{SeriesPlan, StopRow, neighbours};
use super::parts::{Names, PutAway, problems};
use crate::events::model::State;
use crate::organise::images::model::About as Pictured;
use crate::organise::images::section::ImageSection;
use crate::organise::plan::collided::Collided;
use crate::organise::plan::form::{Fields, choice};
use crate::organise::plan::model::{Choice, PostedPlan};
use crate::organise::plan::page::posted;
use crate::organise::plan::pattern::SeriesKind;
use crate::text::{Lang, dates, use_lang};
use crate::ui::field::{ChoiceField, ErrorSummary};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/series/{slug}/edit`
#[component]
pub fn SeriesPlanRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let posted = posted();
    let page = Resource::new(
        // After saving the address says so, and all is read anew.
        move || (params.read().get("slug").unwrap_or_default(), query.read().get("done")),
        move |(slug, _)| load_series_plan(lang, slug),
    );
    let done = move || query.read().get("done");
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Form page posted done=done() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Form(page: SeriesPlan, posted: PostedPlan, done: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let (words, plan, texts) = (lang.words(), lang.plan_words(), lang.undertaking_words());
    let SeriesPlan { series, programme, home, sheet, base, stops, others } = page;
    let at = |rest: &str| lang.href(&format!("/organise/series/{}/{rest}", series.slug));
    let (action, away, moves) = (at("edit"), at("archive"), at("stops"));
    let public = lang.href(&format!("/series/{}", series.slug));
    let up = lang.href(&format!("/organise/programmes/{}/edit", programme.slug));
    let said = done
        .and_then(|done| lang.undertaking_done(&done).or_else(|| lang.image_done(&done)))
        .filter(|_| !posted.is_there);
    let (sheet, base) =
        if posted.is_there { (posted.sheet.clone(), posted.base.clone()) } else { (sheet, base) };
    let problems = problems(lang, About::Series, &posted);
    let only_looked = posted.is_there && problems.is_empty() && posted.conflicts.is_empty();
    let fields = Fields { lang, sheet, posted: posted.clone() };
    let kinds =
        SeriesKind::ALL.iter().map(|kind| choice(kind.as_str(), lang.series_kind(*kind))).collect();
    view! {
        <PageMeta title=series.title.clone() description="" path="/organise/programmes" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
            " "
            <a href=up>{programme.title}</a>
        </p>
        <h1 tabindex="-1">{series.title.clone()}</h1>
        {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
        {only_looked.then(|| view! { <p class="note" role="status">{plan.not_saved}</p> })}
        <p class="more">
            <a href=public>{texts.public_page}</a>
        </p>
        <Stops stops others action=moves home />
        <form class="form plan" method="post" action=action novalidate>
            // Enter in a field saves: the first button of a form is the one that it presses.
            <button class="vh" tabindex="-1" aria-hidden="true">
                {words.save}
            </button>
            <input type="hidden" name="base" value=base />
            <ErrorSummary title=words.not_saved_yet problems />
            <Collided conflicts=posted.conflicts.clone() sheet=fields.sheet.clone() />
            <section aria-labelledby="what">
                <h2 id="what">{texts.about_series}</h2>
                {fields.choice("series_kind", plan.series_kind, kinds)}
                <Names fields=fields.clone() />
                {fields.hinted("participants", texts.participants, texts.participants_hint)}
            </section>
            <p class="save">
                <button class="btn">{words.save}</button>
            </p>
        </form>
        <ImageSection about=Pictured::Series name=series.slug.clone() />
        <PutAway standing=series action=away />
    }
}

/// The stops in the order of time, with what can be done with each.
#[component]
fn Stops(stops: Vec<StopRow>, others: Vec<Choice>, action: String, home: String) -> impl IntoView {
    let lang = use_lang();
    let (plan, texts) = (lang.plan_words(), lang.undertaking_words());
    let moves: Vec<(Option<String>, Option<String>)> = neighbours(&stops)
        .into_iter()
        .map(|(earlier, later)| (earlier.map(str::to_owned), later.map(str::to_owned)))
        .collect();
    let is_empty = stops.is_empty();
    let rows = stops
        .into_iter()
        .zip(moves)
        .map(|(stop, (earlier, later))| {
            let action = action.clone();
            view! { <Stop stop earlier later action /> }
        })
        .collect_view();
    let new_event = lang.href(&format!("/organise/events/new?home={home}"));
    let add = (!others.is_empty()).then(|| {
        view! {
            <form class="form" method="post" action=action>
                <ChoiceField id="event" label=texts.add_stop value=String::new() choices=others />
                <button class="btn quiet small" name="do" value="add">
                    {texts.add_stop_yes}
                </button>
            </form>
        }
    });
    view! {
        <section class="plan-foot" aria-labelledby="stops" id="stops-part">
            <h2 id="stops">{texts.stops}</h2>
            {if is_empty {
                view! { <p class="text">{texts.no_stops}</p> }.into_any()
            } else {
                view! {
                    <p class="meta text">{texts.stops_hint}</p>
                    <ol class="series-stops">{rows}</ol>
                }
                    .into_any()
            }}
            {add}
            <p>
                <a href=new_event>{plan.new_event}</a>
            </p>
        </section>
    }
}

#[component]
fn Stop(
    stop: StopRow,
    earlier: Option<String>,
    later: Option<String>,
    action: String,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.undertaking_words();
    let edit = lang.href(&format!("/organise/events/{}/edit", stop.slug));
    let day = stop.starts.date();
    let mut date = dates::day(lang, day);
    if stop.has_clock {
        date = format!("{date} {}", dates::clock(stop.starts.time()));
    }
    let tells = (stop.signed_up > 0 && (earlier.is_some() || later.is_some()))
        .then(|| lang.told_of_date(stop.signed_up));
    let name = |what: &str| format!("{what}: {}", stop.title);
    let swap = |other: Option<String>, what: &'static str| {
        let (action, slug, name) = (action.clone(), stop.slug.clone(), name(what));
        other.map(|other| {
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="event" value=slug />
                    <input type="hidden" name="other" value=other />
                    <button class="btn quiet small" name="do" value="swap" aria-label=name>
                        {what}
                    </button>
                </form>
            }
        })
    };
    let (earlier, later) = (swap(earlier, texts.earlier), swap(later, texts.later));
    let out = name(texts.take_out);
    view! {
        <li>
            <time datetime=crate::wire::date::write(day)>{date}</time>
            <p>
                <a href=edit>{stop.title.clone()}</a>
                {state(lang, stop.state).map(|state| view! { " " <small>{state}</small> })}
                {tells.map(|tells| view! { <br /> <small>{tells}</small> })}
            </p>
            <div class="moves">
                {earlier} {later} <form method="post" action=action.clone()>
                    <input type="hidden" name="event" value=stop.slug.clone() />
                    <button class="btn quiet small" name="do" value="remove" aria-label=out>
                        {texts.take_out}
                    </button>
                </form>
            </div>
        </li>
    }
}

/// What there is to say of a stop that is not simply published.
const fn state(lang: Lang, state: State) -> Option<&'static str> {
    let texts = lang.undertaking_words();
    match state {
        State::Draft => Some(texts.is_draft),
        State::Preliminary => Some(texts.is_preliminary),
        State::Cancelled => Some(texts.is_cancelled),
        State::Published | State::Held => None,
    }
}
