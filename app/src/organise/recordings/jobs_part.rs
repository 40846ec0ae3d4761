//! What is made of a recording's files, how far that has come, and why something failed.

use crate::recordings::jobs::api::load_jobs;
use crate::recordings::jobs::model::{Deed, JobLine, JobState, JobsPage};
use crate::recordings::model::Role;
use crate::text::{Lang, use_lang};
use crate::ui::bar::Bar;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

/// `/organise/recordings/{slug}/jobs`: the same as a page of its own, which the forms lead to without JavaScript.
#[component]
pub fn RecordingJobsRoute() -> impl IntoView {
    let lang = use_lang();
    let words = lang.media_jobs_words();
    let params = use_params_map();
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_jobs(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        let recording = format!("/recordings/{}", page.slug);
                        view! {
                            <PageMeta
                                title=format!("{}: {}", words.title, page.title)
                                description=""
                                path="/organise"
                                private=true
                            />
                            <p class="kicker">
                                <a href=lang.href(&recording)>{words.to_recording}</a>
                            </p>
                            <h1 tabindex="-1">{page.title.clone()}</h1>
                            <Jobs page />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What is made of the files of the recording at this address.
#[component]
pub fn JobsPart(
    /// The last part of its address.
    slug: String,
) -> impl IntoView {
    let lang = use_lang();
    let page = Resource::new(move || slug.clone(), move |slug| load_jobs(lang, slug));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Jobs page /> }.into_any(),
                    Err(_) => {
                        view! { <p class="note">{lang.media_jobs_words().not_now}</p> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Jobs(page: JobsPage) -> impl IntoView {
    let lang = use_lang();
    let words = lang.media_jobs_words();
    let here = use_location().pathname;
    let back = move || if here.read().ends_with("/jobs") { "" } else { "recording" };
    let address = lang.href(&format!("/organise/recordings/{}/jobs", page.slug));
    let (again, action) = (address.clone(), StoredValue::new(address));
    let shown = RwSignal::new(page);
    let is_refused = RwSignal::new(false);
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    keep_up(lang, shown);
    let sum = Memo::new(move |_| {
        shown.with(|page| (!page.jobs.is_empty()).then(|| lang.jobs_sum(&page.jobs)))
    });
    let is_moving = Memo::new(move |_| shown.with(JobsPage::is_moving));
    let has_files = Memo::new(move |_| shown.with(|page| page.has_files));
    let is_empty = Memo::new(move |_| shown.with(|page| page.jobs.is_empty()));
    let said = move || match (has_files.get(), is_empty.get()) {
        (false, _) => words.no_files,
        (true, true) => words.not_begun,
        (true, false) => "",
    };
    let all_label =
        Signal::derive(move || if is_empty.get() { words.make_all } else { words.make_all_again });
    let asks = Asks { lang, action, shown, is_refused, back: Signal::derive(back) };
    view! {
        <section class="media-jobs" id="jobs" aria-labelledby="jobs-title">
            <h2 id="jobs-title">{words.title}</h2>
            <p class="text">{words.lead}</p>
            <Missing shown />
            <p hidden=move || said().is_empty()>{said}</p>
            <p class="meta" role="status">
                {move || sum.get()}
            </p>
            <ol class="media-jobs-list">
                <For
                    each=move || shown.with(|page| page.jobs.clone())
                    key=|job| job.id
                    children=move |job| view! { <OneJob job asks /> }
                />
            </ol>
            <p class="note now" role="alert" hidden=move || !is_refused.get()>
                {words.not_done}
            </p>
            <div class="media-jobs-deeds">
                <div hidden=move || !has_files.get() || is_moving.get()>
                    <Ask asks deed=Deed::All job=0 label=all_label />
                </div>
                <p hidden=move || is_awake.get() || !is_moving.get()>
                    <a href=again rel="external">
                        {words.see_again}
                    </a>
                </p>
            </div>
        </section>
    }
}

/// What the server lacks.
#[component]
fn Missing(shown: RwSignal<JobsPage>) -> impl IntoView {
    let lang = use_lang();
    let missing = Memo::new(move |_| shown.with(|page| page.missing.clone()));
    move || {
        let missing = missing.get();
        let is_any = !missing.is_empty();
        let notes = missing.into_iter().map(|tool| {
            view! {
                <p class="note">
                    {lang.tool_missing(tool)} " " <code>"apt install " {tool.as_str()}</code>
                </p>
            }
        });
        let notes = notes.collect_view();
        let after =
            is_any.then(|| view! { <p class="meta">{lang.media_jobs_words().when_installed}</p> });
        view! { {notes} {after} }
    }
}

/// What the forms of one section share.
#[derive(Clone, Copy)]
struct Asks {
    lang: Lang,
    action: StoredValue<String>,
    shown: RwSignal<JobsPage>,
    is_refused: RwSignal<bool>,
    /// Where it leads without JavaScript.
    back: Signal<&'static str>,
}

/// One job. Its line stays the element it is, whatever becomes of it.
#[component]
fn OneJob(job: JobLine, asks: Asks) -> impl IntoView {
    let lang = asks.lang;
    let words = lang.media_jobs_words();
    let (id, kind, role) = (job.id, job.kind, job.role);
    let first = StoredValue::new(job);
    let now = Memo::new(move |_| {
        let there = asks.shown.with(|page| page.jobs.iter().find(|it| it.id == id).cloned());
        there.unwrap_or_else(|| first.get_value())
    });
    let runs = move || now.read().state == JobState::Running;
    let is_open = Memo::new(move |_| now.read().state.is_open());
    let class = move || match now.read().state {
        JobState::Failed => "media-job is-failed",
        JobState::Done => "media-job is-done",
        _ => "media-job",
    };
    let part = Signal::derive(move || i64::from(now.read().progress));
    let deed = Signal::derive(move || if is_open.get() { Deed::Cancel } else { Deed::Again });
    let label = Signal::derive(move || if is_open.get() { words.cancel } else { words.again });
    let of = (role != Role::Original && role != Role::Slides).then(|| lang.media_role(role));
    view! {
        <li class=class>
            <span class="media-job-what">
                <b id=format!("job-{id}")>{lang.job_kind(kind)}</b>
                {of.map(|of| view! { " " <small>{of}</small> })}
            </span>
            <span class="media-job-state">
                {move || lang.job_state(&now.read())}
                <span class="media-job-bar" hidden=move || !runs()>
                    <Bar part whole=100 />
                </span>
                <small hidden=move || now.read().why.is_none()>
                    {move || now.read().why.map(|why| lang.job_why(why))}
                </small>
            </span>
            <Ask asks deed job=id label />
        </li>
    }
}

/// A form of one button.
#[component]
fn Ask(
    asks: Asks,
    #[prop(into)] deed: Signal<Deed>,
    job: i64,
    #[prop(into)] label: Signal<&'static str>,
) -> impl IntoView {
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(asks, deed.get_untracked(), job);
    };
    view! {
        <form method="post" action=asks.action.get_value() on:submit=sent>
            <input type="hidden" name="deed" value=move || deed.get().as_str() />
            <input type="hidden" name="job" value=job />
            <input type="hidden" name="back" value=move || asks.back.get() />
            <button
                class="btn quiet small"
                aria-describedby=(job > 0).then(|| format!("job-{job}"))
            >
                {move || label.get()}
            </button>
        </form>
    }
}

/// Asks for it, and reads how things stand then.
#[cfg(feature = "hydrate")]
fn send(asks: Asks, deed: Deed, job: i64) {
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Headers, RequestInit, Response};

    async fn post(address: &str, body: String) -> Result<bool, JsValue> {
        let headers = Headers::new()?;
        headers.set("accept", "application/json")?;
        headers.set("content-type", "application/x-www-form-urlencoded")?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&body.into());
        let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?;
        Ok(Response::from(answer).ok())
    }

    let address = asks.action.get_value();
    leptos::task::spawn_local(async move {
        let is_done = post(&address, format!("deed={}&job={job}", deed.as_str())).await;
        asks.is_refused.try_set(is_done != Ok(true));
        let Some(slug) = asks.shown.try_with_untracked(|page| page.slug.clone()) else { return };
        if let Ok(page) = load_jobs(asks.lang, slug).await {
            asks.shown.try_set(page);
        }
    });
}

/// Nobody presses anything while the page is written.
#[cfg(not(feature = "hydrate"))]
fn send(asks: Asks, _: Deed, _: i64) {
    asks.is_refused.set(false);
}

/// Reads how things stand: often while something is under way, and now and then to hear of a file that has come.
#[cfg(feature = "hydrate")]
fn keep_up(lang: Lang, shown: RwSignal<JobsPage>) {
    use gloo_timers::future::TimeoutFuture;

    const BUSY_MS: u32 = 2_000;
    const QUIET_MS: u32 = 10_000;

    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            loop {
                let moves = shown.try_with_untracked(JobsPage::is_moving).unwrap_or_default();
                TimeoutFuture::new(if moves { BUSY_MS } else { QUIET_MS }).await;
                let slug = shown.try_with_untracked(|page| page.slug.clone());
                // The page was left.
                let Some(slug) = slug else { return };
                if document().hidden() {
                    continue;
                }
                if let Ok(page) = load_jobs(lang, slug).await
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
fn keep_up(_: Lang, _: RwSignal<JobsPage>) {}
