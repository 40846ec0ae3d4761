//! One's own page of a whole series.

use super::api::load_own_series;
use super::model::{LONGEST_REASON, OwnSeries, OwnStop, Status};
use crate::events::model::Phase;
use crate::live::signal::{use_programme_changes, use_seats};
use crate::series::api::load_series;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/sign-ups/series/{token}`
#[component]
pub fn OwnSeriesRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let changes = use_programme_changes();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    // One's places move with the seats of every stop.
    let moved = RwSignal::new(0_i64);
    let page = Resource::new(
        move || (token.get(), changes.get(), moved.get()),
        move |(token, _, _)| load_own_series(lang, token),
    );
    let is_new = move || query.read().get("new").is_some();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(own) => {
                        let seats: Vec<_> =
                            own.stops.iter().map(|stop| use_seats(&stop.event)).collect();
                        let read: i64 = own.stops.iter().map(|stop| stop.event.seats.version).sum();
                        // Not for what the page has shown already: reading anew while it wakes up would pull
                        // it away from under itself.
                        Effect::new(move |_| {
                            let version = seats.iter().map(|seats| seats.read().version).sum();
                            if version > read && moved.get_untracked() < version {
                                moved.set(version);
                            }
                        });
                        view! { <Own own token=token.get_untracked() is_new=is_new() /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Own(own: OwnSeries, token: String, is_new: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let title = match (own.is_left, is_new) {
        (true, _) => words.own_series_left,
        (false, true) => words.own_series_new,
        (false, false) => words.own_series,
    };
    let why = if own.is_left { words.own_series_left_why } else { words.own_series_why };
    let series = lang.href(&format!("/series/{}", own.series.slug));
    let leave = own.can_leave.then(|| {
        let action = lang.href(&format!("/sign-ups/series/{token}/leave"));
        view! {
            <details class="ask">
                <summary>{words.leave_series}</summary>
                <p>{words.cancel_why}</p>
                <form method="post" action=action>
                    <div class="field">
                        <label for="reason">{words.cancel_reason}</label>
                        <textarea id="reason" name="reason" rows="2" maxlength=LONGEST_REASON.to_string()></textarea>
                    </div>
                    <button class="btn danger">{words.leave_series_yes}</button>
                </form>
            </details>
        }
    });
    let is_left = own.is_left;
    view! {
        <PageMeta title=title description="" path="/sign-ups" private=true />
        <div class="done">
            <p class="kicker">
                <a href=series>{own.series.title}</a>
            </p>
            <h1 tabindex="-1">{title}</h1>
            {(is_new && !is_left).then(|| view! { <p class="text">{lang.mail_is_sent(&own.email)}</p> })}
            <p class="text">{why}</p>
            <ol class="own-stops">
                {own.stops.into_iter().map(|stop| view! { <Stop stop is_left /> }).collect_view()}
            </ol>
            {leave}
            <p class="meta">{words.link_is_yours}</p>
        </div>
    }
}

#[component]
fn Stop(stop: OwnStop, is_left: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let state = match stop.status {
        _ if stop.event.phase == Phase::Cancelled => words.cancelled.to_owned(),
        Some(status) => lang.own_title(status, stop.position, false),
        None if is_left => words.stop_not_yours.to_owned(),
        None => words.stop_later.to_owned(),
    };
    let has_place = matches!(stop.status, Some(Status::Confirmed | Status::Attended));
    let event = lang.href(&format!("/events/{}", stop.event.slug));
    let answer = stop
        .token
        .as_ref()
        .filter(|_| stop.waits_for_answer)
        .map(|token| lang.href(&format!("/sign-ups/{token}#answers")));
    view! {
        <li class:has-place=has_place>
            <h2>
                <a href=event>{stop.event.title.clone()}</a>
            </h2>
            <p class="meta">
                <time datetime=crate::wire::date_time::write(stop.event.when.starts)>{dates::long_when(lang, &stop.event.when)}</time>
            </p>
            <p>
                <b>{state}</b>
                {stop
                    .token
                    .map(|token| {
                        view! {
                            " "
                            <a href=lang
                                .href(&format!("/sign-ups/{token}"))>{words.to_this_stop}</a>
                        }
                    })}
            </p>
            {answer
                .map(|href| {
                    view! {
                        <p class="note now">
                            <a href=href>{words.answer_questions}</a>
                        </p>
                    }
                })}
        </li>
    }
}

/// `/series/{slug}/signed-up`: the address took the whole before.
#[component]
pub fn SeriesSignedUpRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_series(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        let words = lang.words();
                        view! {
                            <PageMeta
                                title=words.signed_up_already
                                description=""
                                path="/series"
                                private=true
                            />
                            <div class="done">
                                <h1 tabindex="-1">{words.signed_up_already}</h1>
                                <p class="lead">{words.signed_up_already_why}</p>
                                <p class="more">
                                    <a href=lang
                                        .href(&format!("/series/{}", page.slug))>{page.title}</a>
                                </p>
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}
