//! The editor: the film, the list of cues, and the chosen one. Without JavaScript, all of them in one field.

use super::desk::{Command, Desk, KEYS, use_desk};
use super::difference::{Side, difference};
use super::fields::Fields;
use super::list::{Shown, html, window};
use super::model::{CaptionsPage, CueLine, MOST_LISTED};
use super::preview::{MadeFrom, Shown as ShownCue, action, in_textarea};
use leptos::prelude::*;

/// The film beside what is edited; with its own controls.
#[component]
pub(super) fn Film(desk: Desk, address: Option<String>, has_picture: bool) -> impl IntoView {
    let words = desk.lang.caption_words();
    let class = if has_picture { "cap-film" } else { "cap-film is-sound" };
    match address {
        Some(address) => view! {
            <video node_ref=desk.film class=class src=address controls preload="metadata" playsinline></video>
        }
        .into_any(),
        None => view! { <p class="note">{words.no_film}</p> }.into_any(),
    }
}

/// The editor of a page's captions.
#[component]
pub(super) fn Editor(page: CaptionsPage) -> impl IntoView {
    let desk = use_desk();
    let words = desk.lang.caption_words();
    let heard = Memo::new(move |_| desk.sheet.read().at_time(desk.now_ms.get()));
    let heard_words = move || {
        let at = heard.get()?;
        desk.sheet.read().row(at).map(super::sheet::Row::words)
    };
    let (address, has_picture) =
        page.beside.film.clone().map(|film| (film.address, film.has_picture)).unzip();
    let has_film = address.is_some();
    desk.come_alive();
    view! {
        <div class="cap-desk" node_ref=desk.root>
            <div class="cap-stage">
                <Film desk address has_picture=has_picture.unwrap_or_default() />
                <p class="cap-heard" aria-hidden="true" hidden=move || !desk.is_awake.get()>
                    {heard_words}
                </p>
                <div class="cap-live" hidden=move || !desk.is_awake.get()>
                    {has_film
                        .then(|| {
                            view! {
                                <p class="cap-keys">
                                    <button
                                        type="button"
                                        class="btn quiet small"
                                        on:click=move |_| desk.press(Command::Play)
                                    >
                                        {move || if desk.plays.get() { words.pause } else { words.play }}
                                    </button>
                                    <label class="pick">
                                        <input
                                            type="checkbox"
                                            prop:checked=move || desk.follows.get()
                                            on:change=move |event| desk.follows.set(event_target_checked(&event))
                                        />
                                        <span>{words.follow}</span>
                                    </label>
                                </p>
                            }
                        })}
                    <Fields desk />
                    <Saving desk />
                    <Keys desk />
                </div>
            </div>
            <div class="cap-side cap-live" hidden=move || !desk.is_awake.get()>
                <List desk heard />
            </div>
            <PlainForm desk page />
        </div>
    }
}

/// All captions in one field, for whoever has no JavaScript.
#[component]
fn PlainForm(desk: Desk, page: CaptionsPage) -> impl IntoView {
    let words = desk.lang.caption_words();
    let version = page.line.as_ref().map(|line| line.version);
    let kind = page.usual_kind();
    let action = action(&page);
    view! {
        <form
            class="cap-plain"
            method="post"
            action=action
            enctype="multipart/form-data"
            hidden=move || desk.is_awake.get()
        >
            <MadeFrom version kind />
            <div class="field">
                <label for="vtt">{words.plain}</label>
                <textarea
                    id="vtt"
                    name="vtt"
                    rows="20"
                    spellcheck="false"
                    lang=page.text.tag()
                    aria-describedby="vtt-hint"
                    inner_html=in_textarea(&page.vtt)
                ></textarea>
                <p class="hint" id="vtt-hint">
                    {words.plain_hint}
                </p>
            </div>
            <p>
                <button class="btn" name="do" value="save">
                    {words.save}
                </button>
            </p>
        </form>
    }
}

/// Saving, what keeps from it, and what was not saved.
#[component]
fn Saving(desk: Desk) -> impl IntoView {
    let words = desk.lang.caption_words();
    let state = move || {
        if desk.is_saving.get() {
            words.saving
        } else if desk.is_dirty() {
            words.not_saved_yet
        } else {
            words.all_saved
        }
    };
    view! {
        <div class="cap-saving">
            <button
                type="button"
                class="btn"
                aria-disabled=move || desk.is_saving.get().then_some("true")
                on:click=move |_| desk.press(Command::Save)
            >
                {words.save}
            </button>
            <span class="cap-state">{state}</span>
            <p role="status" class="cap-said">
                {move || desk.said.get()}
            </p>
        </div>
        <div class="note now" hidden=move || desk.draft.read().is_none()>
            <p>{words.draft}</p>
            <p class="cap-keys">
                <button type="button" class="btn quiet small" on:click=move |_| desk.take_draft()>
                    {words.take_draft}
                </button>
                <button type="button" class="btn quiet small" on:click=move |_| desk.drop_draft()>
                    {words.drop_draft}
                </button>
            </p>
        </div>
        <div role="alert">{move || desk.theirs.read().is_some().then(|| view! { <Changed desk /> })}</div>
    }
}

/// Somebody else has saved meanwhile: in what that differs, and what can be done.
#[component]
fn Changed(desk: Desk) -> impl IntoView {
    let words = desk.lang.caption_words();
    let mine = desk.sheet.read_untracked().cues();
    let theirs = desk.theirs.get_untracked().map(|theirs| theirs.cues).unwrap_or_default();
    let differ = difference(&mine, &theirs);
    let more = differ.len().saturating_sub(MOST_LISTED);
    let title = if differ.is_empty() { words.same } else { words.differ };
    let lines = differ.into_iter().take(MOST_LISTED).map(|(side, cue)| {
        let is_mine = side == Side::Mine;
        let (class, whose) = if is_mine { ("mine", words.mine) } else { ("", words.theirs) };
        let cue = CueLine {
            start_ms: cue.start_ms,
            end_ms: cue.end_ms,
            speaker: cue.speaker.clone(),
            words: cue.words.clone(),
        };
        view! {
            <li class=class>
                <small>{whose}</small>
                " "
                <ShownCue cue />
            </li>
        }
    });
    view! {
        <div class="note now">
            <p>{words.changed}</p>
            <h3>{title}</h3>
            <ul class="cap-differ">
                {lines.collect_view()} {(more > 0).then(|| view! { <li>{desk.lang.and_more(more)}</li> })}
            </ul>
            <p class="cap-keys">
                <button type="button" class="btn small" on:click=move |_| desk.keep_mine()>
                    {words.keep_mine}
                </button>
                <button type="button" class="btn quiet small" on:click=move |_| desk.take_theirs()>
                    {words.take_theirs}
                </button>
            </p>
        </div>
    }
}

/// The keys, and what each does.
#[component]
fn Keys(desk: Desk) -> impl IntoView {
    let words = desk.lang.caption_words();
    let name = |command: Command| match command {
        Command::Play => words.play,
        Command::Previous => words.previous,
        Command::Next => words.next,
        Command::StartNow => words.start_now,
        Command::EndNow => words.end_now,
        Command::Split => words.split,
        Command::Merge => words.merge,
        Command::Insert => words.insert,
        Command::Delete => words.delete,
        Command::Undo => words.undo,
        Command::Redo => words.redo,
        Command::NextFault => words.next_fault,
        Command::Save => words.save,
    };
    view! {
        <details class="cap-shortcuts">
            <summary>{words.keys}</summary>
            <dl>
                <dt>
                    <kbd>"Ctrl+S"</kbd>
                </dt>
                <dd>{words.save}</dd>
                {KEYS
                    .map(|(command, _, key)| {
                        view! {
                            <dt>
                                <kbd>{format!("Alt+{key}")}</kbd>
                            </dt>
                            <dd>{name(command)}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <p class="hint">{words.is_kept_here}</p>
        </details>
    }
}

/// The list of cues.
#[component]
fn List(desk: Desk, heard: Memo<Option<usize>>) -> impl IntoView {
    let words = desk.lang.caption_words();
    let rows = Memo::new(move |_| {
        let (top, height, row) = desk.view.get();
        (window(top, height, row, desk.sheet.read().rows().len()), row)
    });
    let list = move || {
        let (rows, row) = rows.get();
        let sheet = desk.sheet.read();
        let remarks = words.remarks;
        html(&Shown {
            sheet: &sheet,
            rows,
            chosen: desk.at.get(),
            heard: heard.get(),
            row,
            remarks,
        })
    };
    let active = move || {
        let is_there = !desk.sheet.read().rows().is_empty();
        is_there.then(|| format!("cue-{}", desk.at.get()))
    };
    view! {
        <h2 id="cues">{words.all_cues}</h2>
        <div
            node_ref=desk.list
            class="cap-list"
            role="listbox"
            tabindex="0"
            aria-labelledby="cues"
            aria-activedescendant=active
            inner_html=list
        ></div>
    }
}
