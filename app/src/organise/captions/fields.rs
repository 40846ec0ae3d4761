//! The chosen cue: its times, its words, and what there is to remark on.

use super::desk::{Command, Desk};
use super::sheet::{Part, Row};
use super::warn::warnings;
use crate::captions::clock;
use leptos::prelude::*;

/// When the chosen cue begins or ends.
#[component]
fn Time(desk: Desk, is_start: bool) -> impl IntoView {
    let words = desk.lang.caption_words();
    let (id, label) = if is_start { ("cue-start", words.start) } else { ("cue-end", words.end) };
    let (now, now_label) = if is_start {
        (Command::StartNow, words.start_now)
    } else {
        (Command::EndNow, words.end_now)
    };
    let is_wrong = RwSignal::new(false);
    let value = Memo::new(move |_| {
        is_wrong.set(false);
        let time = |row: Row| if is_start { row.start_ms } else { row.end_ms };
        desk.row().map(|row| clock::write(time(row))).unwrap_or_default()
    });
    let error = if is_start { "cue-start-error" } else { "cue-end-error" };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <p class="err" id=error hidden=move || !is_wrong.get()>
                {words.no_time}
            </p>
            <div class="cap-time-field">
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    prop:value=value
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby=move || is_wrong.get().then_some(error)
                    on:change=move |event| {
                        let time = clock::read(&event_target_value(&event));
                        is_wrong.set(time.is_none());
                        match time {
                            Some(time) if is_start => desk.set_times(Some(time), None),
                            Some(time) => desk.set_times(None, Some(time)),
                            None => {}
                        }
                    }
                />
                <button
                    type="button"
                    class="btn quiet small"
                    aria-label=now_label
                    on:click=move |_| desk.press(now)
                >
                    {words.now}
                </button>
            </div>
        </div>
    }
}

/// A button of the editor.
#[component]
fn Key(desk: Desk, command: Command, label: &'static str) -> impl IntoView {
    view! {
        <button type="button" class="btn quiet small" on:click=move |_| desk.press(command)>
            {label}
        </button>
    }
}

/// The form of the chosen cue.
#[component]
pub(super) fn Fields(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let words = lang.caption_words();
    let text_lang = desk.page.with_value(|page| page.text.tag());
    let has_marks = Memo::new(move |_| desk.row().is_some_and(|row| row.has_marks));
    let remarks = Memo::new(move |_| {
        let found = warnings(&desk.sheet.read(), desk.at.get());
        found.into_iter().map(|it| (it.forbids(), lang.cue_warning(it))).collect::<Vec<_>>()
    });
    let place = move || {
        let count = desk.sheet.read().rows().len();
        if count == 0 { String::new() } else { format!("{} / {count}", desk.at.get() + 1) }
    };
    let is_empty = Memo::new(move |_| desk.sheet.read().rows().is_empty());
    let can = Memo::new(move |_| desk.sheet.read().can());
    view! {
        <div class="cap-cue" role="group" aria-labelledby="cue">
            <h2 id="cue">
                {words.this_cue}
                " "
                <span class="num">{place}</span>
            </h2>
            <p class="hint" hidden=move || !is_empty.get()>{words.nothing_here}</p>
            <div class="cap-fields" hidden=move || is_empty.get()>
                <Time desk is_start=true />
                <Time desk is_start=false />
                <div class="field" hidden=move || has_marks.get()>
                    <label for="cue-speaker">{words.speaker}</label>
                    <input
                        id="cue-speaker"
                        type="text"
                        autocomplete="off"
                        list="speakers"
                        prop:value=move || desk.row().map(|row| row.speaker).unwrap_or_default()
                        on:input=move |event| desk.write(Part::Speaker, &event_target_value(&event))
                    />
                </div>
                <div class="field">
                    <label for="cue-words">{words.words}</label>
                    <textarea
                        node_ref=desk.text
                        id="cue-words"
                        rows="3"
                        spellcheck="true"
                        lang=text_lang
                        aria-describedby="cue-hint cue-remarks"
                        prop:value=move || desk.row().map(|row| row.text).unwrap_or_default()
                        on:input=move |event| desk.write(Part::Text, &event_target_value(&event))
                    ></textarea>
                    <p class="hint" id="cue-hint">
                        {move || if has_marks.get() { words.marks_hint } else { words.words_hint }}
                    </p>
                </div>
            </div>
            <ul class="cap-remarks" id="cue-remarks">
                {move || {
                    remarks
                        .get()
                        .into_iter()
                        .map(|(forbids, remark)| {
                            let class = if forbids { "forbids" } else { "" };
                            view! { <li class=class>{remark}</li> }
                        })
                        .collect_view()
                }}
            </ul>
            <p class="cap-keys">
                <Key desk command=Command::Previous label=words.previous />
                <Key desk command=Command::Next label=words.next />
                <Key desk command=Command::Insert label=words.insert />
                <Key desk command=Command::Split label=words.split />
                <Key desk command=Command::Merge label=words.merge />
                <Key desk command=Command::Delete label=words.delete />
                <button
                    type="button"
                    class="btn quiet small"
                    disabled=move || !can.get().0
                    on:click=move |_| desk.press(Command::Undo)
                >
                    {words.undo}
                </button>
                <button
                    type="button"
                    class="btn quiet small"
                    disabled=move || !can.get().1
                    on:click=move |_| desk.press(Command::Redo)
                >
                    {words.redo}
                </button>
                <Key desk command=Command::NextFault label=words.next_fault />
            </p>
        </div>
    }
}
