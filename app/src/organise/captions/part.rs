//! What there is of captions, chapters and slides' times, on the page of the recording.

use super::api::load_summary;
use super::model::{CaptionsSummary, TrackLine};
use crate::captions::model::TrackKind;
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// Each language with how it stands, and the ways to all of it. Nothing where it cannot be read: the page that it stands
/// on says why.
#[component]
pub fn CaptionsPart(
    /// The recording's.
    #[prop(into)]
    slug: String,
) -> impl IntoView {
    let of = slug.clone();
    let summary = Resource::new(move || of.clone(), load_summary);
    view! {
        <Transition>
            {move || {
                let slug = slug.clone();
                Suspend::new(async move {
                    summary.await.ok().map(|summary| view! { <Summary slug summary /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Summary(slug: String, summary: CaptionsSummary) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let base = lang.href(&format!("/organise/recordings/{slug}"));
    let spoken = summary.spoken;
    let languages = [spoken, spoken.other()].map(|text| {
        let line = summary.tracks.iter().find(|line| line.language == text).cloned();
        view! { <Language base=base.clone() text spoken line /> }
    });
    let count = |count: i64| usize::try_from(count).unwrap_or_default();
    let slides = if summary.has_slides || summary.slide_times > 0 {
        lang.slide_time_count(count(summary.slide_times))
    } else {
        words.no_slides.trim_end_matches('.').to_owned()
    };
    view! {
        <section class="cap-part" aria-labelledby="texts">
            <h2 id="texts">{words.texts}</h2>
            <ul>
                {languages.collect_view()}
                <li>
                    <h3>
                        <a href=format!("{base}/chapters")>{words.chapters}</a>
                    </h3>
                    <p class="meta">{lang.chapter_count(count(summary.chapters))}</p>
                </li>
                <li>
                    <h3>
                        <a href=format!("{base}/slides")>{words.slides}</a>
                    </h3>
                    <p class="meta">{slides}</p>
                </li>
            </ul>
        </section>
    }
}

#[component]
fn Language(base: String, text: Lang, spoken: Lang, line: Option<TrackLine>) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let address = format!("{base}/captions/{}", text.tag());
    let stands = match &line {
        Some(line) => {
            let cues = lang.cues(usize::try_from(line.cues).unwrap_or_default());
            let reviewed = match &line.reviewed {
                Some(when) => lang.reviewed_at(when),
                None => words.not_reviewed.to_owned(),
            };
            format!("{cues}. {reviewed}.")
        }
        None => format!("{}.", words.none_yet),
    };
    let kind = if text == spoken { TrackKind::Captions } else { TrackKind::Subtitles };
    let kind = line.as_ref().map_or(kind, |line| line.kind);
    let label = if line.is_some() { words.upload_other } else { words.upload };
    let id = format!("file-{}", text.tag());
    view! {
        <li>
            <h3>
                <a href=address.clone()>{lang.captions_in(text)}</a>
            </h3>
            <p class="meta">{stands}</p>
            <details class="cap-tool">
                <summary>{label}</summary>
                <form method="post" action=address enctype="multipart/form-data">
                    <div class="field">
                        <label for=id.clone()>{words.file}</label>
                        <input type="file" id=id.clone() name="file" accept=".vtt,.srt,text/vtt,application/x-subrip,text/plain" required />
                        <p class="hint">{words.upload_why}</p>
                    </div>
                    <input type="hidden" name="kind" value=kind.as_str() />
                    <button class="btn quiet small" name="do" value="read">
                        {words.look}
                    </button>
                </form>
            </details>
        </li>
    }
}
