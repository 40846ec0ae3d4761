//! Where files are chosen that are to be sent. What sends them is a script of its own (`upload.js`), which only this page
//! loads: once the page has come to life, so that it may change what stands here.

use super::model::PostedFile;
use crate::recordings::model::Role;
use crate::text::{Lang, RecordingsDeskWords, use_lang};
use leptos::prelude::*;

/// What the script says, by the names that it knows them by.
fn said(words: &RecordingsDeskWords) -> String {
    let pairs = [
        ("queued", words.queued),
        ("starting", words.starting),
        ("sending", words.sending),
        ("paused", words.paused),
        ("waiting", words.waiting),
        ("givenUp", words.given_up),
        ("done", words.done),
        ("stopped", words.stopped),
        ("notStopped", words.not_stopped),
        ("resumed", words.resumed),
        ("percent", words.percent),
        ("pause", words.pause),
        ("goOn", words.go_on),
        ("again", words.again),
        ("cancel", words.cancel),
        ("putAside", words.put_aside),
        ("seconds", words.seconds),
        ("minutes", words.about_minutes),
        ("hours", words.about_hours),
    ];
    let all: std::collections::BTreeMap<_, _> = pairs.into_iter().collect();
    serde_json::to_string(&all).unwrap_or_default()
}

/// What can be uploaded.
fn roles(lang: Lang) -> impl IntoView {
    let words = lang.desk_words();
    [
        (None, words.by_kind),
        (Some(Role::Original), words.role_original),
        (Some(Role::Audio), words.role_audio),
        (Some(Role::Described), words.role_described),
        (Some(Role::Signed), words.role_signed),
        (Some(Role::Slides), words.role_slides),
    ]
    .map(|(role, text)| view! { <option value=role.map_or("", Role::as_str)>{text}</option> })
    .collect_view()
}

/// The files that are taken, as browsers want to know it.
const ACCEPT: &str = "video/*,audio/*,application/pdf,.mkv,.mov,.m4a,.ogg,.wav";

/// Why a file was not taken, if this page is the answer to one that was sent whole.
fn posted() -> PostedFile {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedFile>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedFile::default()
        }
    })
    .into_inner()
}

/// Where files are chosen.
#[component]
pub fn UploadPart(
    /// The recording's address.
    slug: String,
    /// The address of the script.
    sender: String,
    /// The largest file that is taken, in bytes.
    largest: u64,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.desk_words();
    let endpoint = lang.href(&format!("/organise/recordings/{slug}/upload"));
    let whole = lang.href(&format!("/organise/recordings/{slug}/file"));
    load(sender);
    let why = posted().why;
    let was_not_taken = why.is_some();
    let why = why.map(|why| {
        view! {
            <p class="err" id="whole-error" role="alert" tabindex="-1" autofocus=true>
                {why}
            </p>
        }
    });
    view! {
        <section class="plan-foot" aria-labelledby="upload">
            <h2 id="upload">{words.upload}</h2>
            // Its inside is the script's alone.
            <div class="sender" data-endpoint=endpoint.clone() data-words=said(words) data-lang=lang.tag()>
                <div class="field">
                    <label for="upload-role">{words.as_role}</label>
                    <select id="upload-role">{roles(lang)}</select>
                </div>
                <div class="field">
                    <label for="upload-files">{words.choose_files}</label>
                    <input type="file" id="upload-files" multiple accept=ACCEPT aria-describedby="upload-hint" disabled />
                    <p class="hint" id="upload-hint">
                        {words.files_hint} " " {lang.at_most(largest)}
                    </p>
                </div>
                <ul class="sending"></ul>
                <p class="vh" role="status"></p>
            </div>
            <details class="whole-file" open=was_not_taken>
                <summary>{words.send_whole}</summary>
                <p class="text">{words.without_script} " " <code>{endpoint}</code></p>
                <form class="form" method="post" action=whole enctype="multipart/form-data">
                    <div class="field">
                        <label for="whole-role">{words.as_role}</label>
                        <select id="whole-role" name="role">
                            {roles(lang)}
                        </select>
                    </div>
                    <div class="field">
                        <label for="whole-file">{words.file}</label>
                        {why}
                        <input type="file" id="whole-file" name="file" accept=ACCEPT required />
                        <p class="hint">{lang.at_most(super::model::LARGEST_WHOLE.min(largest))}</p>
                    </div>
                    <button class="btn quiet small">{words.send}</button>
                </form>
            </details>
        </section>
    }
}

/// Loads the script in a browser; the browser runs it once, and it finds what it is for by itself.
fn load(sender: String) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let document = document();
        let Ok(script) = document.create_element("script") else { return };
        let _ = script.set_attribute("type", "module");
        let _ = script.set_attribute("src", &sender);
        if let Some(head) = document.head() {
            let _ = head.append_child(&script);
        }
        // It may be there from before, and looks for what has come.
        if let Ok(event) = web_sys::Event::new("stafett-sender") {
            let _ = document.dispatch_event(&event);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = sender;
}
