//! `/organise/events/{slug}/screen`

use super::api::load_screen;
use super::model::{Code, Part, Screen};
use crate::live::signal::{use_news, use_programme_changes, use_seats};
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page: read anew when the stream tells anything, and often enough for the programme to move on.
#[component]
pub fn ScreenRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let ticks = RwSignal::new(0_u32);
    let screen =
        Resource::new(move || (slug.get(), ticks.get()), move |(slug, _)| load_screen(lang, slug));
    keep_fresh(ticks);
    // Without a network it goes on showing what it knew.
    let last = StoredValue::new(None::<Screen>);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match screen.await {
                    Ok(screen) => {
                        last.set_value(Some(screen.clone()));
                        view! { <Room screen /> }.into_any()
                    }
                    Err(error) => match last.get_value() {
                        Some(screen) if error.status() >= 500 => view! { <Room screen /> }.into_any(),
                        _ => view! { <Lost error /> }.into_any(),
                    },
                }
            })}
        </Transition>
    }
}

#[cfg(feature = "hydrate")]
fn keep_fresh(ticks: RwSignal<u32>) {
    use gloo_timers::callback::{Interval, Timeout};
    use send_wrapper::SendWrapper;

    /// The programme moves on by the minute.
    const EVERY_MS: u32 = 15_000;
    /// A hall comes in many at a time.
    const SETTLE_MS: u32 = 300;

    let (news, changes) = (use_news(), use_programme_changes());
    let read = move || {
        ticks.try_update(|ticks| *ticks = ticks.wrapping_add(1));
    };
    let is_waiting = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        let _ = (news.get(), changes.get());
        if before.is_some() && !is_waiting.get_value() {
            is_waiting.set_value(true);
            Timeout::new(SETTLE_MS, move || {
                is_waiting.try_set_value(false);
                read();
            })
            .forget();
        }
    });
    Effect::new(move |_| {
        let every = SendWrapper::new(Interval::new(EVERY_MS, read));
        on_cleanup(move || drop(every));
    });
}

#[cfg(not(feature = "hydrate"))]
fn keep_fresh(_: RwSignal<u32>) {
    let _ = (use_news(), use_programme_changes());
}

/// What hangs on the wall.
#[component]
fn Room(screen: Screen) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.screen_words();
    let line = screen.line;
    // Following the seats is what opens the stream.
    let seats = use_seats(&line);
    let title = line.title.clone();
    let taken = Memo::new(move |_| lang.seats_of(&seats.read()));
    let has_begun = screen.has_begun;
    let place = line.format.map(|format| lang.format_and_place(format, line.place.as_deref()));
    let counts = lang.screen_come(screen.here, screen.expected);
    let part = screen.here.min(screen.expected);
    let share = format!("0 0 {} 1", screen.expected.max(1));
    view! {
        <PageMeta title=title.clone() description="" path="/organise" private=true />
        <article class="room">
            <header>
                <p class="when">{dates::long_when(lang, &line.when)}</p>
                <h1 tabindex="-1">{title}</h1>
                {place.map(|place| view! { <p>{place}</p> })}
            </header>
            <div class="on">
                {screen.on.map(|part| view! { <Item what=texts.now part is_on=true /> })}
                {screen.next.map(|part| view! { <Item what=texts.next part is_on=false /> })}
            </div>
            <div class="hall">
                {has_begun
                    .then(|| {
                        view! {
                            <p class="have-come num">{counts}</p>
                            <svg class="filled" viewBox=share preserveAspectRatio="none" aria-hidden="true">
                                <rect width=part.to_string() height="1" />
                            </svg>
                        }
                    })}
                <p class="num">{taken}</p>
            </div>
            {screen.code.map(|code| view! { <Leads code address=screen.address with_materials=screen.has_materials /> })}
            <noscript inner_html="<meta http-equiv=\"refresh\" content=\"30\">"></noscript>
        </article>
    }
}

/// What is on, or next.
#[component]
fn Item(what: &'static str, part: Part, is_on: bool) -> impl IntoView {
    let (starts, ends) = (dates::clock(part.starts.time()), dates::clock(part.ends.time()));
    view! {
        <section class:is-on=is_on>
            <h2>
                {what} " " <span class="num">{format!("{starts}–{ends}")}</span>
            </h2>
            <p>{part.title}</p>
        </section>
    }
}

/// The way to the event's page, for a telephone, and in letters for a keyboard.
#[component]
fn Leads(code: Code, address: String, with_materials: bool) -> impl IntoView {
    let texts = use_lang().screen_words();
    let says = if with_materials { texts.to_materials } else { texts.to_page };
    view! {
        <figure class="leads">
            <svg viewBox=format!("0 0 {0} {0}", code.size) role="img" aria-label=says shape-rendering="crispEdges">
                <path class="light" d=format!("M0 0h{0}v{0}h-{0}z", code.size) />
                <path class="dark" d=code.squares />
            </svg>
            <figcaption>
                <b>{says}</b>
                <span>{address}</span>
            </figcaption>
        </figure>
    }
}
