//! How the reading of a file stands, and the button that begins it anew. Follows while it is under way.

#[cfg(feature = "hydrate")]
use super::api::load_material_file;
use super::model::FilePage;
use crate::materials::file::{Reading, Unread};
use crate::recordings::jobs::model::JobState;
use crate::text::{Lang, use_lang};
use crate::ui::bar::Bar;
use leptos::prelude::*;

/// What is to be said of a reading in a list: only what is not as it should be.
pub(super) fn said_of(lang: Lang, reading: &Reading) -> Option<&'static str> {
    let words = lang.material_words();
    match (reading.state, reading.why) {
        (JobState::Waiting | JobState::Running, _) => Some(words.being_read),
        (JobState::Failed, _) => Some(words.not_read),
        (_, Some(Unread::NoText)) => Some(words.has_no_text),
        _ => None,
    }
}

/// Why, and what to do.
const fn why_of(lang: Lang, why: Unread) -> &'static str {
    let words = lang.material_words();
    match why {
        Unread::NoText => words.why_no_text,
        Unread::Part => words.why_part,
        Unread::Locked => words.why_locked,
        Unread::Unreadable => words.why_unreadable,
        Unread::Swollen => words.why_swollen,
        Unread::TooLong => words.why_too_long,
        Unread::Gone => words.why_gone,
        Unread::Full => words.why_full,
        Unread::Interrupted => words.why_interrupted,
        Unread::Unknown => words.why_unknown,
    }
}

/// What is found of the file, and what is not.
#[component]
pub(super) fn ReadingPart(page: FilePage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.material_words();
    let here = lang.href(&format!("/organise/materials/{}", page.id));
    let action = format!("{here}/read");
    let shown = RwSignal::new(page);
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    keep_up(lang, shown);
    let reading = Memo::new(move |_| {
        shown.with(|page| page.kept.as_ref().and_then(|kept| kept.reading.clone()))
    });
    let state = move || reading.with(|reading| reading.as_ref().map(|it| it.state));
    let runs = move || state() == Some(JobState::Running);
    let is_open = move || state().is_some_and(JobState::is_open);
    let part = Signal::derive(move || {
        reading.with(|reading| reading.as_ref().map_or(0, |it| i64::from(it.progress)))
    });
    let says = move || match state() {
        Some(JobState::Waiting) => words.waits,
        Some(JobState::Running) => words.being_read,
        Some(JobState::Done) if part_is_found(reading) => words.is_found,
        Some(JobState::Done) => words.has_no_text,
        Some(JobState::Failed | JobState::Cancelled) => words.not_read,
        None => "",
    };
    let why = move || {
        let why = reading.with(|reading| reading.as_ref().and_then(|it| it.why));
        why.map(|why| why_of(lang, why))
    };
    let lacks = move || is_open() && shown.with(|page| page.is_unreadable_here);
    view! {
        <section class="matfile-reading" aria-labelledby="reading">
            <h2 id="reading">{words.search}</h2>
            <div role="status">
                <p>{says}</p>
                <p hidden=move || why().is_none()>{why}</p>
            </div>
            <p class="matfile-bar" hidden=move || !runs()>
                <Bar part whole=100 />
            </p>
            <p class="note" hidden=move || !lacks()>
                {words.lacks} " " <code>"apt install poppler-utils util-linux"</code>
            </p>
            <form method="post" action=action hidden=is_open>
                <button class="btn quiet small">{words.read_again}</button>
            </form>
            <p hidden=move || is_awake.get() || !is_open()>
                <a href=here rel="external">
                    {words.see_again}
                </a>
            </p>
        </section>
    }
}

fn part_is_found(reading: Memo<Option<Reading>>) -> bool {
    reading
        .with(|reading| reading.as_ref().is_some_and(|reading| reading.why != Some(Unread::NoText)))
}

/// Reads how it stands every other second while it is under way.
#[cfg(feature = "hydrate")]
fn keep_up(lang: Lang, shown: RwSignal<FilePage>) {
    use gloo_timers::future::TimeoutFuture;

    const EACH_MS: u32 = 2_000;

    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            while shown.try_with_untracked(FilePage::is_moving) == Some(true) {
                TimeoutFuture::new(EACH_MS).await;
                // The page was left.
                let Some(id) = shown.try_with_untracked(|page| page.id) else { return };
                if document().hidden() {
                    continue;
                }
                if let Ok(page) = load_material_file(lang, id).await
                    && shown.try_with_untracked(|there| *there != page) == Some(true)
                {
                    shown.try_set(page);
                }
            }
        });
    });
}

/// Nothing changes while the page is written.
#[cfg(not(feature = "hydrate"))]
fn keep_up(_: Lang, _: RwSignal<FilePage>) {}
