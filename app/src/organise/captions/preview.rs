//! What would become of captions before they are saved: a file that was read, a tool that was used, or what was typed
//! and cannot be kept as it is.

use super::model::{Answer, CaptionsPage, CueLine, PostedCaptions};
use crate::captions::clock;
use crate::captions::fault::Fault;
use crate::captions::model::TrackKind;
use crate::text::use_lang;
use crate::ui::html::escape;
use leptos::prelude::*;

/// The address that forms of this page post to.
pub(super) fn action(page: &CaptionsPage) -> String {
    let lang = use_lang();
    let (slug, text) = (&page.beside.slug, page.text.tag());
    lang.href(&format!("/organise/recordings/{slug}/captions/{text}"))
}

/// What stands between the tags of a textarea. The first line break there is none.
pub(super) fn in_textarea(text: &str) -> String {
    format!("\n{}", escape(text))
}

/// The version that a form was made from, and what the captions are for.
#[component]
pub(super) fn MadeFrom(version: Option<i64>, kind: TrackKind) -> impl IntoView {
    view! {
        <input type="hidden" name="version" value=version.map(|version| version.to_string()).unwrap_or_default() />
        <input type="hidden" name="kind" value=kind.as_str() />
    }
}

/// What of a file is not kept as it was, by line.
#[component]
pub(super) fn Faults(faults: Vec<Fault>, count: usize) -> impl IntoView {
    let lang = use_lang();
    let more = count.saturating_sub(faults.len());
    view! {
        <ul class="cap-faults">
            {faults
                .into_iter()
                .map(|fault| {
                    let class = if fault.why.loses_words() { "loses" } else { "" };
                    view! {
                        <li class=class>
                            <span class="num">
                                {lang.in_line(usize::try_from(fault.line).unwrap_or_default())}
                            </span>
                            " "
                            {lang.caption_fault(fault.why)}
                        </li>
                    }
                })
                .collect_view()}
            {(more > 0).then(|| view! { <li>{lang.and_more(more)}</li> })}
        </ul>
    }
}

/// A cue as it is read.
#[component]
pub(super) fn Shown(cue: CueLine) -> impl IntoView {
    view! {
        <span class="num">{format!("{} – {}", clock::write(cue.start_ms), clock::write(cue.end_ms))}</span>
        " "
        {cue.speaker.map(|speaker| view! { <b>{speaker}": "</b> })}
        {cue.words.replace('\n', " ")}
    }
}

/// What a file or a tool would make of the captions, and the form that does it.
#[component]
pub(super) fn Preview(page: CaptionsPage, posted: PostedCaptions) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let (action, back) = (action(&page), action(&page));
    let there = page.line.as_ref().map(|line| usize::try_from(line.cues).unwrap_or_default());
    let kind = posted.kind.unwrap_or_else(|| page.usual_kind());
    let was_reviewed = page.line.is_some_and(|line| line.reviewed.is_some());
    let is_file = matches!(posted.answer, Answer::Read);
    let told = match &posted.answer {
        Answer::Used(deed, told) => lang.tool_told(*deed, told),
        _ => match there {
            Some(there) => vec![lang.cues_replaced(there, posted.cues)],
            None => vec![format!("{}.", lang.cues(posted.cues))],
        },
    };
    let what = match (is_file, there) {
        (false, _) => words.save_change,
        (true, None) => words.save_new,
        (true, Some(_)) => words.replace,
    };
    let how = if is_file { "replace" } else { "save" };
    let ends = posted.ends.into_iter().zip([words.first, words.last]);
    let ends = ends.map(|(cue, name)| view! { <dt>{name}</dt><dd><Shown cue /></dd> });
    let has_faults = posted.fault_count > 0;
    view! {
        <section class="cap-preview" aria-labelledby="preview">
            <h2 id="preview">{words.preview}</h2>
            {told.into_iter().map(|told| view! { <p>{told}</p> }).collect_view()}
            <dl>{ends.collect_view()}</dl>
            {has_faults
                .then(|| {
                    view! {
                        <h3>{words.not_kept}</h3>
                        <p>{lang.faults_counted(posted.fault_count, posted.lost)}</p>
                        <Faults faults=posted.faults count=posted.fault_count />
                    }
                })}
            {(is_file && !has_faults).then(|| view! { <p>{words.nothing_lost}</p> })}
            {(is_file && was_reviewed).then(|| view! { <p class="note now">{words.replaces_review}</p> })}
            <form class="go" method="post" action=action enctype="multipart/form-data">
                <MadeFrom version=posted.version kind />
                <textarea name="vtt" hidden inner_html=in_textarea(&posted.vtt)></textarea>
                <button class="btn" name="do" value=how>
                    {what}
                </button>
                <a class="btn quiet" href=back rel="external">
                    {words.leave_it}
                </a>
            </form>
        </section>
    }
}

/// The captions as they were typed, where they cannot be saved just like that: what is wrong, or what somebody else has
/// saved meanwhile.
#[component]
pub(super) fn Plain(page: CaptionsPage, posted: PostedCaptions) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let (action, back) = (action(&page), action(&page));
    let kind = posted.kind.unwrap_or_else(|| page.usual_kind());
    let (count, lost) = (posted.fault_count, posted.lost);
    let is_changed = matches!(posted.answer, Answer::Changed(_));
    let is_faulty = posted.answer == Answer::Faulty;
    let why = match posted.answer {
        Answer::Unreadable(trouble, line) => {
            view! { <p>{lang.caption_trouble(trouble, line)}</p> }.into_any()
        }
        Answer::Changed(differ) => {
            let more = count.saturating_sub(differ.len());
            view! {
                <p>{words.changed}</p>
                <h2>{if differ.is_empty() { words.same } else { words.differ }}</h2>
                <ul class="cap-differ">
                    {differ
                        .into_iter()
                        .map(|(is_mine, cue)| {
                            let (class, whose) = if is_mine { ("mine", words.mine) } else { ("", words.theirs) };
                            view! {
                                <li class=class>
                                    <small>{whose}</small>
                                    " "
                                    <Shown cue />
                                </li>
                            }
                        })
                        .collect_view()}
                    {(more > 0).then(|| view! { <li>{lang.and_more(more)}</li> })}
                </ul>
            }
                .into_any()
        }
        _ => view! {
            <p>{words.mend}</p>
            <p>{lang.faults_counted(count, lost)}</p>
            <Faults faults=posted.faults count />
        }
        .into_any(),
    };
    view! {
        <div class="errors" role="alert" tabindex="-1" id="errors" autofocus=true>
            {why}
        </div>
        <form class="cap-plain" method="post" action=action enctype="multipart/form-data">
            <MadeFrom version=posted.version kind />
            <div class="field">
                <label for="vtt">{words.plain}</label>
                <textarea
                    id="vtt"
                    name="vtt"
                    rows="20"
                    spellcheck="true"
                    lang=page.text.tag()
                    aria-describedby="vtt-hint"
                    inner_html=in_textarea(&posted.vtt)
                ></textarea>
                <p class="hint" id="vtt-hint">
                    {words.plain_hint}
                </p>
            </div>
            <p class="go">
                <button class="btn" name="do" value="save">
                    {if is_changed { words.keep_mine } else { words.save }}
                </button>
                {is_faulty
                    .then(|| {
                        view! {
                            <button class="btn quiet" name="do" value="save_faulty">
                                {words.save_anyway}
                            </button>
                        }
                    })}
                <a class="btn quiet" href=back rel="external">
                    {if is_changed { words.take_theirs } else { words.leave_it }}
                </a>
            </p>
        </form>
    }
}
