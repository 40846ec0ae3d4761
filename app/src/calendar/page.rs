//! The calendar's page: what is asked for stands in the address, and only there.

use super::agenda::Agenda;
use super::ahead::Question;
use super::filters::Filters;
use super::model::{CalendarData, CalendarQuery, View};
use super::month::Month;
use super::toolbar::Toolbar;
use super::week::Week;
use crate::live::signal::use_programme_changes;
use crate::text::use_lang;
use crate::ui::deferred::deferred;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// `/calendar`
#[component]
pub fn CalendarRoute() -> impl IntoView {
    let lang = use_lang();
    let parameters = use_query_map();
    let changes = use_programme_changes();
    let query = Memo::new(move |_| {
        let parameters = parameters.read();
        CalendarQuery::parse(|key| parameters.get(key))
    });
    let default_view = default_view();
    let changed = changes.clone();
    let page = Resource::new(
        move || (query.get(), changed.get()),
        move |(query, changes)| Question { lang, query, changes }.answer(default_view),
    );
    view! {
        <Transition>
            {move || {
                let changes = changes.clone();
                Suspend::new(async move {
                match page.await {
                    Ok(data) => {
                        let (query, changes) = (query.get_untracked(), changes.get_untracked());
                        Question { lang, query: query.clone(), changes }.shown(&data);
                        view! { <Calendar data filter=query.filter /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}}
        </Transition>
    }
}

#[component]
fn Calendar(data: CalendarData, filter: super::model::Filter) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let data = Arc::new(data);
    let asked = CalendarQuery { view: Some(data.view), date: Some(data.date), filter };
    let title = lang.calendar_title(&data);
    let description = lang.calendar_description(&title, data.total);
    // The address that stands for this view, whatever day of it was asked for.
    let path =
        CalendarQuery { date: (data.date != data.today).then_some(data.date), ..asked.clone() };
    let path = path.path();
    let (facets, shown) = (data.facets.clone(), Arc::clone(&data));
    let (choices, steps) = (asked.clone(), asked.clone());
    let view = move || {
        let view = match shown.view {
            View::Month => {
                view! { <Month data=Arc::clone(&shown) asked=asked.clone() /> }.into_any()
            }
            View::Week => view! { <Week data=Arc::clone(&shown) /> }.into_any(),
            View::Agenda => {
                view! { <Agenda data=Arc::clone(&shown) asked=asked.clone() /> }.into_any()
            }
        };
        view! {
            {(shown.total == 0).then(|| view! { <Empty data=Arc::clone(&shown) asked /> })}
            {view}
        }
        .into_any()
    };
    view! {
        <PageMeta
            title=format!("{}, {title}", words.calendar)
            description=description
            path
        />
        <div class="cal">
            <div class="tools">
                {deferred(move || view! { <Toolbar title data asked=steps /> }.into_any())}
            </div>
            <Filters facets asked=choices />
            <div class="view">{deferred(view)}</div>
        </div>
    }
}

/// Nothing in these days: the nearest days with something.
#[component]
fn Empty(data: Arc<CalendarData>, asked: CalendarQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let link = |day: jiff::civil::Date| {
        let href = lang.href(&asked.on(data.view, day).path());
        view! { <a href=href>{crate::text::dates::long_day(lang, day)}</a> }
    };
    let earlier = data.earlier.map(link);
    let later = data.later.map(link);
    let nowhere = earlier.is_none() && later.is_none();
    let is_filtered = !asked.filter.is_empty();
    let all = CalendarQuery { filter: super::model::Filter::default(), ..asked.clone() };
    view! {
        <div class="empty">
            <h2>{if nowhere && is_filtered { words.nothing_matches } else { words.nothing_here }}</h2>
            <ul>
                {later.map(|link| view! { <li>{words.nearest_later} " " {link}</li> })}
                {earlier.map(|link| view! { <li>{words.nearest_earlier} " " {link}</li> })}
                {is_filtered
                    .then(|| {
                        view! {
                            <li>
                                <a href=lang.href(&all.path())>{words.clear_filters}</a>
                            </li>
                        }
                    })}
            </ul>
        </div>
    }
}

/// The layout where the address names none: an agenda on a phone, otherwise a month. The server tells a
/// phone by what the browser says of itself, the browser by the width of its window; the browser takes
/// over what the server chose.
fn default_view() -> View {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<axum::http::request::Parts>()
                .filter(|parts| is_phone(&parts.headers))
                .map_or(View::Month, |_| View::Agenda)
        }
        #[cfg(not(feature = "ssr"))]
        {
            let narrow = window().match_media("(max-width: 44rem)").ok().flatten();
            if narrow.is_some_and(|query| query.matches()) { View::Agenda } else { View::Month }
        }
    })
    .into_inner()
}

/// `Sec-CH-UA-Mobile` (User-Agent Client Hints §3.3) where it is sent, the word "Mobi" elsewhere.
#[cfg(feature = "ssr")]
#[must_use]
pub fn is_phone(headers: &axum::http::HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-ch-ua-mobile") {
        Some(hint) => hint.trim() == "?1",
        None => text("user-agent").is_some_and(|agent| agent.contains("Mobi")),
    }
}
