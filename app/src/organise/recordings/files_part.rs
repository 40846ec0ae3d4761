//! The files of a recording, and those that are on their way. Follows what changes.

use super::api::load_desk_files;
use super::model::{FileLine, Files, UploadLine};
use crate::live::signal::use_programme_changes;
use crate::recordings::said::clock;
use crate::text::{dates, use_lang};
use leptos::prelude::*;

/// The list.
#[component]
pub fn FilesPart(
    /// The recording's address.
    slug: String,
) -> impl IntoView {
    let changes = use_programme_changes();
    let action = use_lang().href(&format!("/organise/recordings/{slug}/files"));
    let files = Resource::new(
        move || (slug.clone(), changes.get()),
        move |(slug, _)| load_desk_files(slug),
    );
    view! {
        <Transition>
            {move || {
                let action = action.clone();
                Suspend::new(async move {
                    files.await.ok().map(|files| view! { <List files action /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn List(files: Files, action: String) -> impl IntoView {
    let texts = use_lang().desk_words();
    let Files { files, uploads } = files;
    let list = if files.is_empty() {
        view! { <p class="text">{texts.no_files}</p> }.into_any()
    } else {
        let action = action.clone();
        view! {
            <ul class="desk-files">
                {files
                    .into_iter()
                    .map(|file| {
                        let action = action.clone();
                        view! { <File file action /> }
                    })
                    .collect_view()}
            </ul>
        }
        .into_any()
    };
    let coming = (!uploads.is_empty()).then(|| {
        view! {
            <h3>{texts.coming}</h3>
            <p class="meta text">{texts.coming_lead}</p>
            <ul class="desk-files desk-coming">
                {uploads
                    .into_iter()
                    .map(|upload| {
                        let action = action.clone();
                        view! { <Upload upload action /> }
                    })
                    .collect_view()}
            </ul>
        }
    });
    view! {
        <section class="plan-foot" aria-labelledby="files">
            <h2 id="files">{texts.files}</h2>
            {list}
            {coming}
        </section>
    }
}

#[component]
fn File(file: FileLine, action: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let role = lang.media_role(file.role);
    let size = file.size.map(|(width, height)| format!("{width} × {height}"));
    let facts: Vec<String> = [
        Some(lang.bytes(file.bytes.unsigned_abs())),
        file.duration_ms.map(clock),
        size,
        Some(dates::date(lang, file.came)),
        file.is_derived.then(|| texts.made_here.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let remove = (!file.is_derived).then(|| {
        view! {
            <details>
                <summary aria-label=format!("{}: {role}", texts.remove_file)>{texts.remove_file}</summary>
                <form method="post" action=action>
                    <input type="hidden" name="role" value=file.role.as_str() />
                    <button class="btn quiet small" name="do" value="remove">
                        {texts.remove_file_sure}
                    </button>
                </form>
            </details>
        }
    });
    view! {
        <li>
            <p>
                <a href=file.address rel="external">
                    {role}
                </a>
                " "
                <small class="num">{facts.join(", ")}</small>
            </p>
            {remove}
        </li>
    }
}

#[component]
fn Upload(upload: UploadLine, action: String) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let name = if upload.name.is_empty() { texts.file.to_owned() } else { upload.name };
    let stop = format!("{}: {name}", texts.stop);
    let so_far = if upload.is_storing {
        texts.storing.to_owned()
    } else {
        let much = lang.so_much_of(upload.received, upload.bytes);
        format!("{much}, {}", lang.can_go_on_until(upload.until))
    };
    let form = (!upload.is_storing).then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="upload" value=upload.id.to_string() />
                <button class="btn quiet small" name="do" value="stop" aria-label=stop>
                    {texts.stop}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p>
                {name} " " <small class="num">{so_far}</small>
            </p>
            {form}
        </li>
    }
}
