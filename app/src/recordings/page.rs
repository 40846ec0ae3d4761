//! The page of a recording.

use super::api::load_recording;
use super::elsewhere::{frame, host_of};
use super::page_model::{ChapterLine, Occasion, RecordingPage, SlidePicture, at, begin_at};
use super::parts::RecordingRows;
use super::player::deck::Deck;
use super::player::model::Command;
use super::player::view::Player;
use super::said::clock;
use super::transcript::{Said, Transcript, read};
use crate::programmes::page::Material;
use crate::series::parts::StopLine;
use crate::text::{Lang, dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::{PageMeta, origin};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/recordings/{slug}`
#[component]
pub fn RecordingRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let query = use_query_map();
    // It is not read anew whenever anything changes in the programme: whoever is watching goes on watching.
    let page = Resource::new(move || slug.get(), move |slug| load_recording(lang, slug));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let page = match page.await {
                    Ok(page) => page,
                    Err(error) => return view! { <Lost error /> }.into_any(),
                };
                let query = query.get_untracked();
                let asked = Asked {
                    seconds: query.get("t").and_then(|text| begin_at(&text)),
                    text: query.get("text").and_then(|tag| Lang::parse(&tag)),
                    shows_elsewhere: query.get_str("show") == Some("1"),
                };
                let said = match page.transcript_language(lang, asked.text) {
                    Some(text) => {
                        read(lang, page.slug.clone(), text).await.map(|said| Some((text, said)))
                    }
                    None => Ok(None),
                };
                match said {
                    Ok(said) => view! { <Recording page said asked /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What the address asks for beside the recording.
#[derive(Clone, Copy)]
struct Asked {
    /// Where to begin.
    seconds: Option<i32>,
    /// In which language to read what is said.
    text: Option<Lang>,
    /// Another provider's page is to be shown within this one.
    shows_elsewhere: bool,
}

#[component]
fn Recording(page: RecordingPage, said: Option<(Lang, Said)>, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let deck = Deck::new(lang, &page, asked.seconds);
    let json_ld = json_ld(lang, &page, said.as_ref().and_then(|(_, said)| said.text.as_deref()));
    let still =
        page.poster.as_ref().filter(|_| page.is_public).map(|poster| poster.address.clone());
    let description =
        if page.summary.is_empty() { page.title.clone() } else { page.summary.clone() };
    let reviewed: Vec<_> =
        page.tracks.iter().map(|track| (track.language, track.is_reviewed)).collect();
    let occasion = page.occasion.clone();
    let kept = StoredValue::new(page.clone());
    let transcript = match said {
        Some((text, said)) => {
            let slug = page.slug.clone();
            view! { <Transcript deck slug text reviewed said=said.html /> }.into_any()
        }
        None if page.sources.is_empty() => ().into_any(),
        None => view! {
            <div class="spoken">
                <h2>{words.transcript}</h2>
                <p class="text">{words.no_transcript}</p>
            </div>
        }
        .into_any(),
    };
    view! {
        <PageMeta
            title=page.title.clone()
            description
            path=super::model::page_address(&page.slug)
            kind="video.other"
            private=!page.is_public
            still
        />
        <script type="application/ld+json" inner_html=json_ld></script>
        <article class="recording">
            <header>
                <Kicker page=page.clone() />
                <h1 tabindex="-1">{page.title.clone()}</h1>
                <Notes page=page.clone() />
            </header>
            <div class="watch">
                <div class="watch-film">
                    <Film deck page=kept asked />
                    <GoOn deck page=kept asked />
                    <Slides deck page=kept />
                    <Chapters deck chapters=page.chapters.clone() />
                </div>
                {transcript}
            </div>
            <div class="body">
                <Facts page=page.clone() />
                {(!page.summary_html.is_empty())
                    .then(|| view! { <div class="lead prose" inner_html=page.summary_html></div> })}
                {page.note.map(|note| view! { <p class="text">{note}</p> })}
                {occasion.map(|occasion| view! { <About occasion /> })}
                {(!page.related.is_empty())
                    .then(|| {
                        view! {
                            <section aria-labelledby="related">
                                <h2 id="related">{words.related}</h2>
                                <RecordingRows lines=page.related />
                            </section>
                        }
                    })}
            </div>
        </article>
    }
}

/// The line of the series, small, or the programme's name.
#[component]
fn Kicker(page: RecordingPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let home = page.occasion.map(|occasion| match occasion.series {
        Some(series) => view! {
            <a href=lang.href(&format!("/series/{}", series.slug))>{series.title.clone()}</a>
            <StopLine title=series.title stops=occasion.stops />
        }
        .into_any(),
        None => view! {
            <a href=lang.href(&format!("/programmes/{}", occasion.programme.slug))>
                {occasion.programme.title}
            </a>
        }
        .into_any(),
    });
    view! {
        <p class="kicker">
            {home} {page.is_draft.then(|| view! { <span class="state">{words.draft}</span> })}
            {page.is_demonstration.then(|| view! { <span class="demo">{words.demonstration}</span> })}
        </p>
    }
}

#[component]
fn Notes(page: RecordingPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    view! {
        {page.is_draft.then(|| view! { <p class="note now">{words.draft_why}</p> })}
        {page.is_demonstration.then(|| view! { <p class="note">{words.demonstration_why}</p> })}
        {page
            .uncaptioned
            .map(|why| view! { <p class="note">{lang.uncaptioned(&why.reason, why.by)}</p> })}
    }
}

/// The film: here, with another provider, or not yet.
#[component]
fn Film(deck: Deck, page: StoredValue<RecordingPage>, asked: Asked) -> impl IntoView {
    let words = use_lang().recording_words();
    let (has_any, elsewhere, slug) = page
        .with_value(|page| (!page.sources.is_empty(), page.elsewhere.clone(), page.slug.clone()));
    if has_any {
        return view! { <Player deck page /> }.into_any();
    }
    match elsewhere {
        Some(address) => view! { <Elsewhere address slug asked /> }.into_any(),
        None => view! {
            <div class="no-film">
                <h2>{words.nothing_to_play}</h2>
                <p class="text">{words.nothing_to_play_why}</p>
            </div>
        }
        .into_any(),
    }
}

/// With another provider: a link and, once somebody has chosen it knowing what is sent, their page within ours. The
/// page is loaded anew for that, as only that answer's policy lets their frame in.
#[component]
fn Elsewhere(address: String, slug: String, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let host = host_of(&address).unwrap_or_default().to_owned();
    let seconds = asked.seconds.unwrap_or_default();
    let frame = frame(&address, seconds);
    #[cfg(feature = "ssr")]
    if let Some(frame) = frame.as_ref().filter(|_| asked.shows_elsewhere) {
        let origin = frame.origin.clone();
        crate::services::PageNotes::of_request().write(|notes| notes.frame_from = Some(origin));
    }
    let shown = frame.clone().filter(|_| asked.shows_elsewhere).map(|frame| {
        view! {
            <iframe
                class="elsewhere-frame"
                src=frame.address
                title=frame.host
                width="1280"
                height="720"
                allow="fullscreen; picture-in-picture"
                referrerpolicy="strict-origin-when-cross-origin"
                sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"
            ></iframe>
        }
    });
    let offer = frame.filter(|_| !asked.shows_elsewhere).map(|_| {
        let here = lang.href(&super::model::page_address(&slug));
        let here = format!("{here}?show=1&t={seconds}");
        view! {
            <p class="text" id="elsewhere-sends">
                {words.elsewhere_sends}
            </p>
            <p>
                <a
                    class="btn quiet"
                    href=here
                    rel="external nofollow"
                    aria-describedby="elsewhere-sends"
                >
                    {words.elsewhere_here}
                </a>
            </p>
        }
    });
    view! {
        <div class="elsewhere">
            {shown} <p>{words.elsewhere} " " <b>{host}</b> ". "</p>
            <p>
                <a class="btn" href=address rel="external noreferrer">
                    {words.elsewhere_open}
                </a>
            </p>
            {offer}
        </div>
    }
}

/// Where one left off, unless the address says where to begin.
#[component]
fn GoOn(deck: Deck, page: StoredValue<RecordingPage>, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let (from, slug) = page.with_value(|page| {
        let progress = page.mine.and_then(|mine| mine.progress);
        (progress.and_then(|progress| progress.goes_on_at()), page.slug.clone())
    });
    let from = from.filter(|_| asked.seconds.is_none())?;
    let here = lang.href(&super::model::page_address(&slug));
    // Once something is played there is nothing to be offered any more.
    let is_over =
        Memo::new(move |was: Option<&bool>| was.copied().unwrap_or_default() || deck.plays.get());
    let go = move |event: leptos::ev::MouseEvent| {
        if deck.is_awake.get_untracked() {
            event.prevent_default();
            deck.press(Command::To(from));
            deck.press(Command::Play);
        }
    };
    Some(view! {
        <p class="go-on" hidden=move || is_over.get()>
            <a
                class="btn small"
                href=format!("{here}?t={}", from / 1_000)
                rel="external nofollow"
                on:click=go
            >
                {words.go_on_from}
                " "
                {clock(from)}
            </a>
        </p>
    })
}

/// The chapters, each a link to where it begins.
#[component]
fn Chapters(deck: Deck, chapters: Vec<ChapterLine>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let times: Vec<i32> = chapters.iter().map(|chapter| chapter.at_ms).collect();
    let current = Memo::new(move |_| at(&times, deck.at_ms.get(), |begins| *begins));
    let items = chapters
        .into_iter()
        .enumerate()
        .map(|(place, chapter)| {
            let begins = chapter.at_ms;
            let href = deck.page.with_value(|page| format!("{page}?t={}", begins / 1_000));
            let go = move |event: leptos::ev::MouseEvent| {
                if deck.is_awake.get_untracked() {
                    event.prevent_default();
                    deck.press(Command::To(begins));
                    deck.press(Command::Play);
                }
            };
            view! {
                <li>
                    <a
                        href=href
                        rel="external nofollow"
                        aria-current=move || {
                            (deck.is_awake.get() && current.get() == Some(place)).then_some("true")
                        }
                        on:click=go
                    >
                        <span class="num">{clock(begins)}</span>
                        <span>{chapter.title}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    (!items.is_empty()).then(|| {
        view! {
            <nav class="chapters" aria-labelledby="chapters">
                <h2 id="chapters">{words.chapters}</h2>
                <ol>{items}</ol>
            </nav>
        }
    })
}

/// The slides: the page that is on view now, and all of them.
#[component]
fn Slides(deck: Deck, page: StoredValue<RecordingPage>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let (file, times, pictures) = page.with_value(|page| {
        (page.slides.clone(), page.slide_times.clone(), page.slide_pictures.clone())
    });
    let file = file?;
    let pictures = StoredValue::new(pictures);
    let has_times = !times.is_empty();
    let number = Memo::new(move |_| {
        let place = at(&times, deck.at_ms.get(), |(begins, _)| *begins);
        place.and_then(|place| times.get(place)).map_or(1, |(_, page)| *page)
    });
    let now = {
        let file = file.clone();
        // RFC 8118 §3: a page of the document.
        move || format!("{file}#page={}", number.get())
    };
    Some(view! {
        <section class="slides" aria-labelledby="slides">
            <h2 id="slides">{words.slides}</h2>
            <SlideOnView number pictures />
            {has_times
                .then(|| {
                    view! {
                        <p>
                            {lang.player_words().slide_now} " "
                            <a href=now rel="external" target="_blank">
                                {move || lang.slide(number.get())}
                            </a>
                        </p>
                    }
                })}
            <p>
                <a href=file rel="external" target="_blank">
                    {words.all_slides}
                </a>
            </p>
        </section>
    })
}

/// The page that is on view, drawn. It stays the element it is while the pages turn.
#[component]
fn SlideOnView(number: Memo<i32>, pictures: StoredValue<Vec<SlidePicture>>) -> impl IntoView {
    let lang = use_lang();
    let shown = Memo::new(move |_| {
        let number = number.get();
        pictures.with_value(|all| all.iter().find(|picture| picture.page == number).cloned())
    });
    let alt = move || {
        shown.get().map(|picture| {
            let slide = lang.slide(picture.page);
            if picture.words.is_empty() { slide } else { format!("{slide}: {}", picture.words) }
        })
    };
    let has_any = pictures.with_value(|all| !all.is_empty());
    has_any.then(|| {
        view! {
            <p class="slide-on-view" hidden=move || shown.read().is_none()>
                <img
                    src=move || shown.get().map(|picture| picture.address)
                    alt=alt
                    width=move || shown.get().map(|picture| picture.size.0)
                    height=move || shown.get().map(|picture| picture.size.1)
                />
            </p>
        }
    })
}

#[component]
fn Facts(page: RecordingPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.recording_words();
    let spoken = lang.spoken(page.language);
    view! {
        <dl class="facts">
            {page
                .occasion
                .map(|occasion| {
                    let line = occasion.line;
                    view! {
                        <div>
                            <dt>{words.event}</dt>
                            <dd>
                                <a href=lang.href(&format!("/events/{}", line.slug))>{line.title}</a>
                            </dd>
                        </div>
                        <div>
                            <dt>{words.held_on}</dt>
                            <dd>
                                <time datetime=crate::wire::date_time::write(line.when.starts)>
                                    {dates::date(lang, line.when.first_day())}
                                </time>
                            </dd>
                        </div>
                    }
                })}
            {page
                .duration_ms
                .map(|whole| {
                    view! {
                        <div>
                            <dt>{words.length}</dt>
                            <dd>{lang.length(whole)}</dd>
                        </div>
                    }
                })}
            <div>
                <dt>{words.language}</dt>
                <dd>{spoken}</dd>
            </div>
        </dl>
    }
}

/// Who speaks, and what there is to read.
#[component]
fn About(occasion: Occasion) -> impl IntoView {
    let words = use_lang().recording_words();
    let speakers = occasion
        .speakers
        .into_iter()
        .map(|person| {
            let work: Vec<_> = [person.role, person.organisation].into_iter().flatten().collect();
            view! {
                <li>
                    <h3>{person.name}</h3>
                    <p>{work.join(", ")}</p>
                    <p class="meta">{person.about}</p>
                </li>
            }
        })
        .collect_view();
    let materials =
        occasion.materials.into_iter().map(|item| view! { <Material item /> }).collect_view();
    view! {
        {(!speakers.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="speakers">
                        <h2 id="speakers">{words.speakers}</h2>
                        <ul class="people">{speakers}</ul>
                    </section>
                }
            })}
        {(!materials.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="materials">
                        <h2 id="materials">{words.materials}</h2>
                        <ul class="things">{materials}</ul>
                    </section>
                }
            })}
    }
}

/// The recording for search engines (schema.org/VideoObject), safe to stand in a script element.
fn json_ld(lang: Lang, page: &RecordingPage, said: Option<&str>) -> String {
    #[cfg(feature = "ssr")]
    {
        super::json_ld::write(lang, page, said, &origin())
    }
    #[cfg(not(feature = "ssr"))]
    {
        // Search engines read what the server sends; a page reached within the site needs none.
        let _ = (lang, page, said, origin);
        String::new()
    }
}
