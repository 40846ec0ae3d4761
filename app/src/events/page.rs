//! The page of an event.

use super::api::{load_event, load_preview};
use super::model::{EventLine, Phase, Seats};
use super::page_model::{EventPage, Language, Person, SlotItem};
use super::parts::SeatsLeft;
use crate::images::model::Picture;
use crate::images::part::{PagePicture, PictureView};
use crate::live::signal::{use_programme_changes, use_seats};
use crate::programmes::page::Material;
use crate::series::parts::StopLine;
use crate::signup::form::{SignUpSection, WatchForm, posted};
use crate::signup::page::{Notice, NoticeRoute};
use crate::text::{Lang, dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::{PageMeta, origin};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/events/{slug}`, and what its forms answer with.
#[component]
pub fn EventRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let changes = use_programme_changes();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let page =
        Resource::new(move || (slug.get(), changes.get()), move |(slug, _)| load_event(lang, slug));
    // Read here, where the server has it: the answer to a form shows the page with the form in it.
    let posted = posted();
    if posted.not_open {
        return view! { <NoticeRoute notice=Notice::NotOpen /> }.into_any();
    }
    view! {
        <Transition>
            {move || {
                let posted = posted.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Event page posted /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// `/organise/events/{slug}/preview`: the page as participants will see it.
#[component]
pub fn EventPreviewRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_preview(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(preview) => {
                        let form = format!("/organise/events/{}/edit", preview.page.line.slug);
                        view! {
                            <p class="note now" role="note">
                                {preview.note} " " <a href=lang.href(&form)>{preview.back}</a>
                            </p>
                            <Event page=preview.page posted=Default::default() is_preview=true />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Event(
    page: EventPage,
    posted: crate::signup::model::Posted,
    #[prop(optional)] is_preview: bool,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let line = page.line.clone();
    let seats = use_seats(&line);
    let json_ld = json_ld(lang, &page);
    let place = line.format.map(|format| lang.format_and_place(format, line.place.as_deref()));
    // Nobody signs up for a preview.
    let is_open = line.phase == Phase::Open && !is_preview;
    let watchable = matches!(line.phase, Phase::Preliminary | Phase::OpensLater) && !is_preview;
    let how = how_to_come(lang, &page);
    refetch_when_the_phase_changes(&page);
    view! {
        <PageMeta
            title=line.title.clone()
            description=page.summary.clone()
            path=format!("/events/{}", line.slug)
            kind="article"
            private=is_preview
            image=page.shared_picture().cloned()
        />
        <script type="application/ld+json" inner_html=json_ld></script>
        <article class="event">
            <header>
                <Kicker page=page.clone() />
                <h1 tabindex="-1">{line.title.clone()}</h1>
                {page.subtitle.clone().map(|subtitle| view! { <p class="sub">{subtitle}</p> })}
                <dl class="facts">
                    <div>
                        <dt>{words.when}</dt>
                        <dd>
                            <time datetime=crate::wire::date_time::write(line.when.starts)>{dates::long_when(lang, &line.when)}</time>
                            {(line.when.all_day && line.when.time_known)
                                .then(|| view! { <small>{words.all_day}</small> })}
                            <OwnTime line=line.clone() hours=page.hours />
                        </dd>
                    </div>
                    <div>
                        <dt>{words.place}</dt>
                        <dd>
                            {place.unwrap_or_else(|| words.place_not_decided.to_owned())}
                            {page.address.clone().map(|address| view! { <small>{address}</small> })}
                        </dd>
                    </div>
                    <div>
                        <dt>{words.price}</dt>
                        <dd>{page.price.clone().unwrap_or_else(|| words.free.to_owned())}</dd>
                    </div>
                    <div>
                        <dt>{words.language}</dt>
                        <dd>{spoken(lang, page.language)}</dd>
                    </div>
                </dl>
            </header>
            <aside class="act" aria-label=words.sign_up_heading>
                <Act page=page.clone() seats=seats.clone() />
                {watchable
                    .then(|| view! { <WatchForm slug=line.slug.clone() typed=posted.watch.clone() /> })}
                <p class="addto">
                    <a href=format!("/events/{}.ics?lang={}", line.slug, lang.tag()) rel="external">
                        {words.add_to_calendar}
                    </a>
                </p>
            </aside>
            <div class="body">
                <div class="text">
                    <div class="lead prose" inner_html=page.summary_html></div>
                </div>
                <PagePicture picture=page.picture />
                <Tabs
                    speakers=!page.speakers.is_empty()
                    programme=!page.slots.is_empty()
                    materials=!page.materials.is_empty()
                />
                <Speakers speakers=page.speakers portraits=page.portraits />
                <Slots slots=page.slots line=line.clone() />
                {(!page.materials.is_empty())
                    .then(|| {
                        view! {
                            <section id="materials" aria-labelledby="materials-title">
                                <h2 id="materials-title">{words.materials}</h2>
                                <ul class="things">
                                    {page
                                        .materials
                                        .into_iter()
                                        .map(|item| view! { <Material item /> })
                                        .collect_view()}
                                </ul>
                            </section>
                        }
                    })}
                {how
                    .map(|(title, text)| {
                        view! {
                            <section aria-labelledby="how">
                                <h2 id="how">{title}</h2>
                                <div class="text">
                                    <p>{text}</p>
                                </div>
                            </section>
                        }
                    })}
                {is_open
                    .then(|| {
                        let (needs_approval, questions) = (page.needs_approval, page.questions);
                        view! { <SignUpSection line=line.clone() seats needs_approval questions posted /> }
                    })}
                {page
                    .contact
                    .map(|contact| {
                        view! {
                            <section aria-labelledby="questions">
                                <h2 id="questions">{words.questions}</h2>
                                <p>
                                    {words.ask} " " <b>{contact.name}</b>
                                    {[contact.role, contact.organisation]
                                        .into_iter()
                                        .flatten()
                                        .map(|text| format!(", {text}"))
                                        .collect::<String>()} "."
                                </p>
                            </section>
                        }
                    })}
            </div>
        </article>
    }
}

/// The line of the series, small, or the programme's name.
#[component]
fn Kicker(page: EventPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let number = page.stops.iter().position(|stop| stop.slug == page.line.slug);
    let count = page.stops.len();
    let home = match page.series {
        Some(series) => view! {
            <a href=lang.href(&format!("/series/{}", series.slug))>{series.title.clone()}</a>
            <StopLine title=series.title stops=page.stops />
            {number.map(|number| view! { <span>{lang.stop_of(number + 1, count)}</span> })}
        }
        .into_any(),
        None => view! {
            <a href=lang.href(&format!("/programmes/{}", page.programme.slug))>{page.programme.title}</a>
        }
        .into_any(),
    };
    let state = match page.line.phase {
        Phase::Preliminary => Some(words.preliminary),
        Phase::Cancelled => Some(words.cancelled),
        Phase::Past => Some(words.held),
        _ => None,
    };
    let class = if page.line.phase == Phase::Preliminary { "kicker is-prelim" } else { "kicker" };
    view! {
        <p class=class>
            {home} {state.map(|state| view! { <span class="state">{state}</span> })}
            {page.is_demonstration.then(|| view! { <span class="demo">{words.demonstration}</span> })}
        </p>
    }
}

/// What one can do now: the seats, and the one button.
#[component]
fn Act(page: EventPage, seats: ArcRwSignal<Seats>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let is_full = Memo::new({
        let seats = seats.clone();
        move |_| seats.read().is_full()
    });
    match page.line.phase {
        Phase::Open => {
            let summary = {
                let seats = seats.clone();
                move || lang.seats_in_words(&seats.read())
            };
            let queue = {
                let seats = seats.clone();
                move || lang.next_in_line(&seats.read())
            };
            view! {
                <div class="seats">
                    <SeatsLeft seats />
                </div>
                <p class="meta">{queue}</p>
                <p class="meta">{page.closes.map(|at| lang.closes(at))}</p>
                <div class="go">
                    <span aria-hidden="true">{summary}</span>
                    <a class="btn" href="#sign-up">
                        {move || if is_full.get() { words.join_waitlist } else { words.sign_up }}
                    </a>
                </div>
            }
            .into_any()
        }
        Phase::Preliminary => view! {
            <p class="seats">
                {page.opens.map_or_else(|| words.opens_unknown.to_owned(), |at| lang.opens(at))}
            </p>
            <p class="meta">{words.preliminary_why}</p>
        }
        .into_any(),
        Phase::OpensLater => view! {
            <p class="seats">{page.opens.map(|at| lang.opens(at))}</p>
            <p class="meta">{lang.seats_in_words(&seats.read_untracked())}</p>
        }
        .into_any(),
        Phase::Closed => view! {
            <p class="seats">{words.sign_up_closed}</p>
            <p class="meta">{words.sign_up_closed_why}</p>
        }
        .into_any(),
        Phase::Cancelled => view! {
            <p class="seats">{words.is_cancelled}</p>
            <p class="meta">{words.is_cancelled_why}</p>
            {page.cancel_word.map(|word| view! { <p class="cancel-word">{word}</p> })}
        }
        .into_any(),
        Phase::Past => view! { <p class="seats">{words.is_past}</p> }.into_any(),
    }
}

/// Links to the parts of the page. They are plain anchors: all parts are there, one after the other.
#[component]
fn Tabs(speakers: bool, programme: bool, materials: bool) -> impl IntoView {
    let words = use_lang().words();
    let tabs = [
        (speakers, "#speakers", words.speakers),
        (programme, "#programme", words.programme_of_event),
        (materials, "#materials", words.materials),
    ];
    let any = tabs.iter().filter(|(there, _, _)| *there).count() > 1;
    any.then(|| {
        view! {
            <nav class="tabs" aria-label=words.on_this_page>
                {tabs
                    .into_iter()
                    .filter(|(there, _, _)| *there)
                    .map(|(_, href, title)| view! { <a href=href>{title}</a> })
                    .collect_view()}
            </nav>
        }
    })
}

#[component]
fn Speakers(speakers: Vec<Person>, portraits: Vec<Option<Picture>>) -> impl IntoView {
    let words = use_lang().words();
    (!speakers.is_empty()).then(|| {
        view! {
            <section id="speakers" aria-labelledby="speakers-title">
                <h2 id="speakers-title">{words.speakers}</h2>
                <ul class="people">
                    {speakers
                        .into_iter()
                        .zip(portraits.into_iter().chain(std::iter::repeat(None)))
                        .map(|(person, portrait)| {
                            let work: Vec<_> =
                                [person.role, person.organisation].into_iter().flatten().collect();
                            view! {
                                <li>
                                    {portrait
                                        .map(|picture| view! { <PictureView picture sizes="4.5rem" /> })}
                                    <h3>{person.name}</h3>
                                    <p>{work.join(", ")}</p>
                                    <p class="meta">{person.about}</p>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// The programme as a time line whose lengths are the minutes.
#[component]
fn Slots(slots: Vec<SlotItem>, line: EventLine) -> impl IntoView {
    let words = use_lang().words();
    let whole: i64 = slots.iter().map(|slot| i64::from(slot.minutes)).sum::<i64>().max(1);
    let mut begun = 0;
    let rows: Vec<_> = slots
        .into_iter()
        .map(|slot| {
            let minutes = i64::from(slot.minutes);
            let clock = line.when.has_clock().then(|| {
                let from = dates::clock_after(line.when.starts.time(), begun);
                let to = dates::clock_after(line.when.starts.time(), begun + minutes);
                format!("{from}–{to}")
            });
            let from = crate::ui::bar::percent(begun, whole);
            begun += minutes;
            let to = crate::ui::bar::percent(begun, whole);
            view! {
                <li>
                    <time>{clock}</time>
                    <div>{slot.title}</div>
                    <span class="num">{minutes}" min"</span>
                    <svg aria-hidden="true">
                        <line x2="100%" y1="50%" y2="50%" />
                        <line class="on" x1=from x2=to y1="50%" y2="50%" />
                    </svg>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section id="programme" aria-labelledby="programme-title">
                <h2 id="programme-title">{words.programme_of_event}</h2>
                <ol class="slots">{rows}</ol>
            </section>
        }
    })
}

/// A viewer whose clock shows another time is told theirs too. Only a browser knows it.
#[component]
fn OwnTime(line: EventLine, hours: super::model::Hours) -> impl IntoView {
    let lang = use_lang();
    let own = RwSignal::new(None::<String>);
    if line.when.has_clock() {
        Effect::new(move |_| {
            own.set(super::own_time::describe(lang, line.when.starts, hours.starts))
        });
    }
    move || own.get().map(|text| view! { <small>{lang.own_time(&text)}</small> })
}

fn spoken(lang: Lang, language: Language) -> String {
    match language.dialogue {
        Some(dialogue) => lang.talk_and_dialogue(language.talk, dialogue),
        None => lang.spoken(language.talk).to_owned(),
    }
}

/// How to take part, as a heading and a text, where there is something to say.
fn how_to_come(lang: Lang, page: &EventPage) -> Option<(&'static str, String)> {
    use super::model::Format;
    if matches!(page.line.phase, Phase::Past | Phase::Cancelled) {
        return None;
    }
    let words = lang.words();
    let online = page.platform.as_deref().map(|platform| lang.how_online(platform));
    let (title, parts) = match page.line.format? {
        Format::Digital => (words.how_to_take_part, vec![online]),
        Format::OnSite => (words.how_to_get_there, vec![page.directions.clone()]),
        Format::Hybrid => (words.how_to_take_part, vec![page.directions.clone(), online]),
    };
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some((title, text))
}

/// Sign-up opens and closes while the page stands open: it is read again at that second.
fn refetch_when_the_phase_changes(page: &EventPage) {
    #[cfg(feature = "hydrate")]
    {
        use gloo_timers::callback::Timeout;
        /// A timer cannot be set further ahead than 24.8 days (2³¹ ms); a day is enough.
        const FURTHEST_MS: f64 = 86_400_000.0;
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let due =
            [page.hours.opens, page.hours.closes, Some(page.hours.starts), Some(page.hours.ends)]
                .into_iter()
                .flatten()
                .map(|instant| instant as f64 * 1_000.0 - js_sys::Date::now())
                .filter(|wait| (0.0..FURTHEST_MS).contains(wait))
                .fold(f64::INFINITY, f64::min);
        if due.is_finite() {
            let changes = use_programme_changes();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most a day"
            )]
            let timer = Timeout::new(due as u32 + 500, move || {
                changes.update(|count| *count = count.wrapping_add(1));
            });
            let timer = send_wrapper::SendWrapper::new(timer);
            on_cleanup(move || drop(timer));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = page;
    }
}

/// The event for search engines (schema.org/Event), safe to stand in a script element.
fn json_ld(lang: Lang, page: &EventPage) -> String {
    #[cfg(feature = "ssr")]
    {
        super::json_ld::write(lang, page, &origin())
    }
    #[cfg(not(feature = "ssr"))]
    {
        // Search engines read what the server sends; a page reached within the site needs none.
        let _ = (lang, page, origin);
        String::new()
    }
}
