//! One's own page: the next thing large, then the rest; where there is nothing, what there could be.

use super::api::load_me;
use super::line::MySeriesSection;
use super::model::{MyPage, MyPlace};
use super::next::Next;
use crate::account::page::SignOut;
use crate::account::use_me;
use crate::events::model::{EventLine, Phase};
use crate::events::parts::state_class;
use crate::live::signal::{use_programme_changes, use_seats};
use crate::recordings::parts::RecordingRows;
use crate::recordings::watching::part::MyWatchingSection;
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;

/// `/me`
#[component]
pub fn MeRoute() -> impl IntoView {
    let lang = use_lang();
    let changes = use_programme_changes();
    // One's place in line moves with the event's seats.
    let moved = RwSignal::new(0_i64);
    let page = Resource::new(move || (changes.get(), moved.get()), move |_| load_me(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        follow(&page, moved);
                        view! { <Mine page /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Has the page read again when the seats of anything on it have changed since it was read.
fn follow(page: &MyPage, moved: RwSignal<i64>) {
    let read: i64 = page.places.iter().map(|place| place.line.seats.version).sum();
    let seats: Vec<_> = page.places.iter().map(|place| use_seats(&place.line)).collect();
    Effect::new(move |_| {
        let now: i64 = seats.iter().map(|seats| seats.read().version).sum();
        if now > read && moved.get_untracked() != now {
            moved.set(now);
        }
    });
}

#[component]
fn Mine(page: MyPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let me = use_me();
    let nameless = me.as_ref().is_some_and(|me| me.is_nameless);
    let mut places = page.places.into_iter();
    let next = places.next();
    let others: Vec<_> = places.collect();
    view! {
        <PageMeta title=words.me description="" path="/me" private=true />
        <header class="mine">
            <h1 tabindex="-1">{words.me}</h1>
            <div class="do">
                {page
                    .organises
                    .then(|| view! { <a href=lang.href("/organise")>{words.organise}</a> })}
                <a href=lang.href("/me/calendar")>{lang.me_words().my_calendar}</a>
                <a href=lang.href("/me/mail")>{words.my_mail}</a>
                <a href=lang.href("/me/account")>{words.account}</a>
                <SignOut />
            </div>
        </header>
        {nameless
            .then(|| {
                view! {
                    <p class="note now">
                        {words.no_name_yet} " "
                        <a href=format!("{}#name", lang.href("/me/account")) rel="external">
                            {words.write_name}
                        </a>
                    </p>
                }
            })}
        {match next {
            Some(next) => view! { <Next place=next /> }.into_any(),
            None => view! { <Nothing coming=page.coming /> }.into_any(),
        }}
        {(!others.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="others">
                        <h2 id="others">{words.my_other_places}</h2>
                        <ul class="rows">
                            {others
                                .into_iter()
                                .map(|place| view! { <PlaceRow place /> })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
        <MySeriesSection series=page.series />
        {(!page.missed.is_empty())
            .then(|| {
                view! {
                    <section class="my-missed" aria-labelledby="missed">
                        <h2 id="missed">{lang.me_words().missed}</h2>
                        <RecordingRows lines=page.missed />
                    </section>
                }
            })}
        <MyWatchingSection mine=page.watching />
    }
}

/// How one's place stands, in words: cancelled goes before all else.
#[component]
pub fn PlaceStanding(
    /// Which.
    place: MyPlace,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    if place.line.phase == Phase::Cancelled {
        view! { <span class="state">{words.is_cancelled}</span> }.into_any()
    } else {
        let title = lang.own_title(place.status, place.position, false);
        view! { <span class="yours">{title}</span> }.into_any()
    }
}

#[component]
fn PlaceRow(place: MyPlace) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let line = place.line.clone();
    let class = format!("row {}", state_class(line.phase, &line.seats));
    let manage = lang.href(&format!("/sign-ups/{}", place.token));
    // What the link leads to is told by the event's name, too, to those who hear only the links.
    let about = format!("{}: {}", words.manage_sign_up, line.title);
    view! {
        <li class=class>
            <time class="when" datetime=crate::wire::date_time::write(line.when.starts)>
                {dates::day(lang, line.when.first_day())}
                {dates::clock_range(&line.when).map(|clock| view! { <small>{clock}</small> })}
            </time>
            <h3>
                <a href=lang.href(&format!("/events/{}", line.slug))>{line.title.clone()}</a>
            </h3>
            <p class="meta">{meta(lang, &line)}</p>
            <div class="left">
                <PlaceStanding place />
                <a class="manage" href=manage aria-label=about>
                    {words.manage_sign_up}
                </a>
            </div>
        </li>
    }
}

/// Kind, series and place in one line.
fn meta(lang: crate::text::Lang, line: &EventLine) -> String {
    [
        Some(lang.kind(line.kind).to_owned()),
        line.series.clone(),
        line.format.map(|format| lang.format_and_place(format, line.place.as_deref())),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

/// Signed up for nothing: what that means, and what is coming.
#[component]
fn Nothing(coming: Vec<EventLine>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    view! {
        <section class="nothing" aria-labelledby="nothing">
            <h2 id="nothing">{words.no_places}</h2>
            <p class="text">{words.no_places_why}</p>
            <ul class="rows">
                {coming
                    .into_iter()
                    .map(|line| {
                        view! {
                            <li class="row">
                                <time
                                    class="when"
                                    datetime=crate::wire::date_time::write(line.when.starts)
                                >
                                    {dates::day(lang, line.when.first_day())}
                                    {dates::clock_range(&line.when)
                                        .map(|clock| view! { <small>{clock}</small> })}
                                </time>
                                <h3>
                                    <a href=lang
                                        .href(&format!("/events/{}", line.slug))>{line.title.clone()}</a>
                                </h3>
                                <p class="meta">{meta(lang, &line)}</p>
                                <div class="left">{lang.seats_in_words(&line.seats)}</div>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p class="more">
                <a href=lang.href("/calendar")>{words.whole_calendar}</a>
            </p>
        </section>
    }
}
