//! `/organise/series/new`: a series from a pattern. First the dates, then a draft for each.

use super::api::load_new_plan;
use super::form::{Fields, choice, suggestions};
use super::holidays::{holiday, school_holiday};
use super::model::{List, PlanPage, PostedPlan};
use super::page::posted;
use super::pattern::{EVERY, STOP, SeriesKind, Stops};
use super::rows::Rows;
use crate::events::model::{Format, Kind, SpokenLanguage};
use crate::text::{Lang, dates, use_lang};
use crate::ui::field::ErrorSummary;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The dates of the form on its way back.
fn stops() -> Stops {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<Stops>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            Stops::default()
        }
    })
    .into_inner()
}

/// `/organise/series/new`
#[component]
pub fn NewSeriesRoute() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let (posted, stops) = (posted(), stops());
    let page =
        Resource::new(move || query.read().get("home"), move |home| load_new_plan(lang, home));
    view! {
        <Transition>
            {move || {
                let (posted, stops) = (posted.clone(), stops.clone());
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <NewSeries page posted stops /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn NewSeries(page: PlanPage, posted: PostedPlan, stops: Stops) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.plan_words());
    let mut sheet = if posted.is_there { posted.sheet.clone() } else { page.sheet };
    if !posted.is_there {
        for (field, value) in
            [("kind", "webinar"), ("series_kind", "tour"), ("count", "7"), ("every", "1")]
        {
            sheet.set(field, value);
        }
    }
    let fields = Fields { lang, sheet, posted: posted.clone() };
    let problems: Vec<_> = posted
        .problems
        .iter()
        .filter_map(|(field, problem)| Some((field_id(field)?, lang.plan_problem(*problem))))
        .collect();
    let count = stops.0.iter().filter(|stop| !stop.trim().is_empty()).count();
    let choices = page.choices;
    view! {
        <PageMeta title=texts.new_series description="" path="/organise" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{texts.new_series}</h1>
        <p class="text">{texts.series_lead}</p>
        <form class="form plan" method="post" action=lang.href("/organise/series/new") novalidate>
            <button class="vh" tabindex="-1" aria-hidden="true" name="do" value="dates" formaction="#dates">
                {texts.show_dates}
            </button>
            <ErrorSummary title=words.not_saved_yet problems />
            <Series fields=fields.clone() homes=choices.homes />
            <Pattern fields=fields.clone() />
            <Rows list=List::Slots title=texts.programme fields=fields.clone() />
            <Rows list=List::Speakers title=texts.speakers fields=fields.clone() />
            {suggestions("known-presenters", choices.presenters)}
            {suggestions("known-organisations", choices.organisations)}
            <section aria-labelledby="dates-title" id="dates" tabindex="-1">
                <h2 id="dates-title">{texts.dates}</h2>
                {fields.error(STOP).map(|error| view! { <p class="err">{error}</p> })}
                <button class="btn quiet small" name="do" value="dates" formaction="#dates" formnovalidate>
                    {texts.show_dates}
                </button>
                {(!stops.0.is_empty()).then(|| view! { <p class="hint">{texts.dates_hint}</p> })}
                <ol class="stops-to-be">
                    {stops.0.into_iter().enumerate().map(|(at, stop)| view! { <Stop at stop /> }).collect_view()}
                </ol>
            </section>
            {(count > 0)
                .then(|| {
                    view! {
                        <p class="save">
                            <button class="btn" name="do" value="make">
                                {lang.make_drafts(count)}
                            </button>
                        </p>
                    }
                })}
        </form>
    }
}

#[component]
fn Series(fields: Fields, homes: Vec<super::model::Choice>) -> impl IntoView {
    let lang = fields.lang;
    let texts = lang.plan_words();
    let kinds =
        SeriesKind::ALL.iter().map(|kind| choice(kind.as_str(), lang.series_kind(*kind))).collect();
    view! {
        <section aria-labelledby="series">
            <h2 id="series">{texts.series}</h2>
            {fields.choice("home", texts.series_home, homes)}
            {fields.choice("series_kind", texts.series_kind, kinds)}
            <div class="both">
                {fields.hinted("series_title_sv", texts.series_title_sv, texts.series_title_hint)}
                {fields.line("series_title_en", texts.series_title_en)}
                {fields.text("series_summary_sv", texts.series_summary_sv, Some(texts.markdown_hint))}
                {fields.text("series_summary_en", texts.series_summary_en, None)}
            </div>
        </section>
    }
}

#[component]
fn Pattern(fields: Fields) -> impl IntoView {
    let lang = fields.lang;
    let texts = lang.plan_words();
    let every = EVERY
        .iter()
        .map(|every| {
            let text = match *every {
                "1" => texts.every_1,
                "2" => texts.every_2,
                _ => texts.every_4,
            };
            choice(every, text)
        })
        .collect();
    let kinds = Kind::ALL.iter().map(|kind| choice(kind.as_str(), lang.kind(*kind))).collect();
    let mut formats = vec![choice("", texts.not_decided)];
    formats.extend(Format::ALL.iter().map(|it| choice(it.as_str(), lang.format(*it))));
    let spoken =
        SpokenLanguage::ALL.iter().map(|it| choice(it.as_str(), lang.spoken(*it))).collect();
    view! {
        <section aria-labelledby="pattern">
            <h2 id="pattern">{texts.pattern}</h2>
            <div class="times">
                {fields.input("first", texts.first, "date", None)} {fields.line("count", texts.count)}
                {fields.choice("every", texts.every, every)} {fields.input("starts", texts.starts, "time", None)}
                {fields.input("ends", texts.ends, "time", None)} {fields.line("time_zone", texts.time_zone)}
            </div>
            <div class="both">
                {fields.hinted("title_sv", texts.stop_title_sv, texts.stop_title_hint)}
                {fields.line("title_en", texts.stop_title_en)}
                {fields.text("summary_sv", texts.summary_sv, Some(texts.markdown_hint))}
                {fields.text("summary_en", texts.summary_en, None)}
                {fields.choice("kind", texts.kind, kinds)}
                {fields.choice("language", texts.language, spoken)}
                {fields.choice("format", texts.format, formats)} {fields.line("platform", texts.platform)}
                {fields.line("seats-digital", texts.seats_digital)}
                {fields.line("seats-on_site", texts.seats_on_site)}
                {fields.line("venue", texts.venue)} {fields.line("address", texts.address)}
            </div>
        </section>
    }
}

/// A date that can be changed, and what there is to know about it.
#[component]
fn Stop(at: usize, stop: String) -> impl IntoView {
    let lang = use_lang();
    let day: Option<Date> = stop.trim().parse().ok();
    let label = format!("{} {}", lang.plan_words().date, at + 1);
    let notes = day.map(|day| notes(lang, day)).unwrap_or_default();
    let class = if notes.is_empty() { "" } else { "warns" };
    view! {
        <li class=class>
            <input type="date" name=STOP value=stop aria-label=label />
            <span>
                {day.map(|day| dates::day(lang, day))}
                {(!notes.is_empty()).then(|| view! { " " <b>{notes.join(", ")}</b> })}
            </span>
        </li>
    }
}

/// Why one might not want to meet on this day.
pub(super) fn notes(lang: Lang, day: Date) -> Vec<&'static str> {
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let weekend = is_weekend.then_some(lang.plan_words().weekend);
    let public = holiday(day).map(|holiday| lang.holiday(holiday));
    let school = school_holiday(day).map(|holiday| lang.school_holiday(holiday));
    [public.or(weekend), school].into_iter().flatten().collect()
}

/// The id of a field, as it lives.
fn field_id(field: &str) -> Option<&'static str> {
    let own = super::pattern::FIELDS.iter().copied().chain([STOP]);
    super::merge::fields()
        .chain(own)
        .find(|id| *id == field)
        .map(|id| if id == STOP { "dates" } else { id })
}
