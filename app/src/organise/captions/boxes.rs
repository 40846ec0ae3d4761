//! What stands below the editor: tools for all cues at once, the review, files to take away and to read in.

use super::desk::use_desk;
use super::model::{Answer, CaptionsPage, PostedCaptions};
use super::preview::{MadeFrom, action};
use super::tools::Deed;
use crate::captions::model::TrackKind;
use crate::text::use_lang;
use leptos::prelude::*;

/// A line of a tool's form.
#[component]
fn Line(
    id: &'static str,
    label: &'static str,
    value: String,
    #[prop(optional_no_strip)] error: Option<&'static str>,
    #[prop(optional)] hint: Option<&'static str>,
    /// The chosen cue's time can be put there, in the editor.
    #[prop(optional)]
    takes_time: bool,
    #[prop(optional)] list: Option<&'static str>,
) -> impl IntoView {
    let words = use_lang().caption_words();
    let desk = use_desk();
    let field = NodeRef::<leptos::html::Input>::new();
    let described =
        error.map(|_| format!("{id}-error")).or_else(|| hint.map(|_| format!("{id}-hint")));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {error.map(|error| view! { <p class="err" id=format!("{id}-error")>{error}</p> })}
            <input
                node_ref=field
                id=id
                name=id
                type="text"
                autocomplete="off"
                list=list
                value=value
                aria-invalid=error.map(|_| "true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {takes_time
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn quiet small"
                            hidden=move || !desk.is_awake.get()
                            on:click=move |_| {
                                if let Some(field) = field.get_untracked() {
                                    field.set_value(&desk.chosen_time());
                                }
                            }
                        >
                            {words.this_ones}
                        </button>
                    }
                })}
        </div>
    }
}

/// One tool: its form, which the server answers with what would change, and the editor does at once.
#[component]
fn Tool(
    deed: Deed,
    title: &'static str,
    is_open: bool,
    page: CaptionsPage,
    children: Children,
) -> impl IntoView {
    let words = use_lang().caption_words();
    let desk = use_desk();
    let action = action(&page);
    let kind = page.usual_kind();
    let version = page.line.map(|line| line.version);
    let told = RwSignal::new(Vec::<String>::new());
    view! {
        <details class="cap-tool" id=deed.as_str() open=is_open>
            <summary>
                <h3>{title}</h3>
            </summary>
            <form
                class="form"
                method="post"
                action=action
                enctype="multipart/form-data"
                on:submit=move |event| desk.use_tool(deed, &event, told)
            >
                <MadeFrom version kind />
                <input type="hidden" name="deed" value=deed.as_str() />
                {children()}
                <p class="go">
                    <button class="btn quiet" name="do" value="tool">
                        {words.show_first}
                    </button>
                    <button class="btn" name="do" value="now" hidden=move || !desk.is_awake.get()>
                        {words.do_it}
                    </button>
                </p>
                <div role="status">
                    {move || {
                        told.get().into_iter().map(|told| view! { <p>{told}</p> }).collect_view()
                    }}
                </div>
            </form>
        </details>
    }
}

/// What can be done with all cues at once.
#[component]
pub(super) fn Tools(page: CaptionsPage, posted: PostedCaptions) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let (wrong, problem) = match &posted.answer {
        Answer::Unusable(deed, field, problem) => {
            (Some(*deed), Some((field.clone(), lang.tool_problem(*problem))))
        }
        _ => (None, None),
    };
    let was_sent = posted.fields.iter().any(|it| it.0 == "deed");
    let (problem, posted) = (StoredValue::new(problem), StoredValue::new(posted));
    let error = move |field: &str| {
        problem.with_value(|problem| problem.as_ref().filter(|it| it.0 == field).map(|it| it.1))
    };
    let value = move |field: &str| posted.with_value(|posted| posted.field(field));
    let speakers = page.speakers.clone();
    let open = move |deed| wrong == Some(deed);
    view! {
        <section class="cap-tools" aria-labelledby="all-at-once">
            <h2 id="all-at-once">{words.all_at_once}</h2>
            <Tool deed=Deed::Retime title=words.drift is_open=open(Deed::Retime) page=page.clone()>
                <p class="hint">{words.drift_why}</p>
                <Line id="a_from" label=words.a_from value=value("a_from") error=error("a_from") takes_time=true />
                <Line id="a_to" label=words.a_to value=value("a_to") error=error("a_to") />
                <Line id="b_from" label=words.b_from value=value("b_from") error=error("b_from") hint=words.may_be_empty takes_time=true />
                <Line id="b_to" label=words.b_to value=value("b_to") error=error("b_to") />
            </Tool>
            <Tool deed=Deed::Replace title=words.replace_words is_open=open(Deed::Replace) page=page.clone()>
                <Line id="find" label=words.find value=value("find") error=error("find") />
                <Line id="put" label=words.put value=value("put") />
                <label class="pick">
                    <input type="checkbox" name="whole" value="yes" checked=!was_sent || value("whole") == "yes" />
                    <span>{words.whole}</span>
                </label>
                <label class="pick">
                    <input type="checkbox" name="case" value="yes" checked=value("case") == "yes" />
                    <span>{words.case}</span>
                </label>
            </Tool>
            <Tool deed=Deed::Speaker title=words.rename is_open=open(Deed::Speaker) page=page>
                <Line id="from" label=words.from value=value("from") error=error("from") list="speakers" />
                <Line id="to" label=words.to value=value("to") error=error("to") hint=words.to_hint />
                <datalist id="speakers">
                    {speakers.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
                </datalist>
            </Tool>
        </section>
    }
}

/// That somebody has read the captions against the sound.
#[component]
pub(super) fn Review(page: CaptionsPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let desk = use_desk();
    let action = action(&page);
    let reviewed = page.line.as_ref().and_then(|line| line.reviewed.clone());
    let is_reviewed = reviewed.is_some();
    let told = reviewed.map(|when| lang.reviewed_at(&when));
    let version = page.line.map(|line| line.version);
    // What is reviewed is what is saved.
    let current =
        move || desk.version.get().or(version).map(|it| it.to_string()).unwrap_or_default();
    view! {
        <section class="cap-box" aria-labelledby="review">
            <h2 id="review">{words.review}</h2>
            <p class="text">{told.map_or_else(|| words.review_why.to_owned(), |told| format!("{told}."))}</p>
            <form method="post" action=action>
                <input type="hidden" name="version" value=version.map(|it| it.to_string()).unwrap_or_default() prop:value=current />
                <button
                    class="btn quiet"
                    name="do"
                    value=if is_reviewed { "unreview" } else { "review" }
                    disabled=move || desk.is_dirty()
                >
                    {if is_reviewed { words.take_back } else { words.i_have_read }}
                </button>
                <span class="hint" hidden=move || !desk.is_dirty()>
                    {words.save_first}
                </span>
            </form>
        </section>
    }
}

/// Captions as files.
#[component]
pub(super) fn Export(page: CaptionsPage) -> impl IntoView {
    let words = use_lang().caption_words();
    let address = action(&page);
    view! {
        <section class="cap-box" aria-labelledby="export">
            <h2 id="export">{words.export}</h2>
            <p class="go">
                {[("vtt", "WebVTT"), ("srt", "SRT"), ("txt", words.as_text)]
                    .map(|(ending, name)| {
                        view! {
                            <a class="btn quiet small" href=format!("{address}.{ending}") rel="external" download>
                                {name}
                            </a>
                        }
                    })
                    .collect_view()}
            </p>
        </section>
    }
}

/// Reads a file; what is in it is shown first.
#[component]
pub(super) fn FileForm(page: CaptionsPage, posted: PostedCaptions) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let action = action(&page);
    let kind = posted.kind.unwrap_or_else(|| page.usual_kind());
    let title = if page.line.is_some() { words.upload_other } else { words.upload };
    let error = match posted.answer {
        Answer::Unreadable(trouble, line) => Some(lang.caption_trouble(trouble, line)),
        _ => None,
    };
    let is_wrong = error.is_some();
    view! {
        <section class="cap-box" aria-labelledby="upload">
            <h2 id="upload">{title}</h2>
            <form class="form upload" method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="file">{words.file}</label>
                    {error
                        .map(|error| {
                            view! {
                                <p class="err" id="file-error" role="alert" tabindex="-1" autofocus=true>
                                    {error}
                                </p>
                            }
                        })}
                    <input
                        type="file"
                        id="file"
                        name="file"
                        accept=".vtt,.srt,text/vtt,application/x-subrip,text/plain"
                        required
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=if is_wrong { "file-error file-hint" } else { "file-hint" }
                    />
                    <p class="hint" id="file-hint">
                        {words.upload_why}
                    </p>
                </div>
                <fieldset class="field">
                    <legend>{words.kind}</legend>
                    {[(TrackKind::Captions, words.kind_captions), (TrackKind::Subtitles, words.kind_subtitles)]
                        .map(|(choice, name)| {
                            view! {
                                <label class="pick">
                                    <input type="radio" name="kind" value=choice.as_str() checked=choice == kind />
                                    <span>{name}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <p>
                    <button class="btn quiet" name="do" value="read">
                        {words.look}
                    </button>
                </p>
            </form>
        </section>
    }
}

/// Takes the captions in this language away.
#[component]
pub(super) fn Removal(page: CaptionsPage) -> impl IntoView {
    let words = use_lang().caption_words();
    let action = action(&page);
    let version = page.line.map(|line| line.version.to_string()).unwrap_or_default();
    view! {
        <details class="cap-tool">
            <summary>
                <h3>{words.remove}</h3>
            </summary>
            <form class="form" method="post" action=action>
                <input type="hidden" name="version" value=version />
                <label class="pick">
                    <input type="checkbox" name="sure" value="yes" required />
                    <span>{words.remove_sure}</span>
                </label>
                <button class="btn danger" name="do" value="remove">
                    {words.remove}
                </button>
            </form>
        </details>
    }
}
