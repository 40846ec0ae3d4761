//! `/organise/recordings/{slug}/chapters`: chapters by hand, from the event's programme, or from a file.

use super::api::load_chapters;
use super::beside::Beside;
use super::chapters_form::ChapterRow;
use super::model::{ChaptersPage, PostedChapters};
use super::page::{Head, posted};
use super::preview::Faults;
use super::stage::{Film, Stage};
use crate::captions::clock;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// So many empty rows stand below what there is.
const EMPTY_ROWS: usize = 2;

/// `/organise/recordings/{slug}/chapters`
#[component]
pub fn ChaptersRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let posted = StoredValue::new(posted::<PostedChapters>());
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_chapters(lang, slug),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Chapters page posted=posted.get_value() /> }.into_any(),
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// A row of the form.
#[component]
fn Row(at: usize, row: ChapterRow, wrong: Vec<(String, &'static str)>) -> impl IntoView {
    let lang = use_lang();
    let fields = [
        ("start", row.start, 20),
        ("title_sv", row.title_sv, 300),
        ("title_en", row.title_en, 300),
    ];
    let fields = fields.map(|(field, value, most)| {
        let id = format!("{field}-{at}");
        let error = wrong.iter().find(|it| it.0 == field).map(|it| it.1);
        let error_id = format!("{id}-error");
        let described = error.map(|_| error_id.clone());
        view! {
            <div class=format!("field is-{field}")>
                <label for=id.clone()>{lang.chapter_field(at, field)}</label>
                {error.map(|error| view! { <p class="err" id=error_id>{error}</p> })}
                <input
                    id=id
                    name=field
                    type="text"
                    autocomplete="off"
                    maxlength=most
                    value=value
                    aria-invalid=error.map(|_| "true")
                    aria-describedby=described
                />
            </div>
        }
    });
    view! { <li class="cap-chapter">{fields.collect_view()}</li> }
}

#[component]
fn Chapters(page: ChaptersPage, posted: PostedChapters) -> impl IntoView {
    let lang = use_lang();
    let words = lang.caption_words();
    let Beside { slug, title, film, .. } = page.beside;
    let action = lang.href(&format!("/organise/recordings/{slug}/chapters"));
    let stage = Stage::new(lang);
    // A file or a time that cannot be read leaves the rows as they are.
    let keeps = !posted.is_there || posted.trouble.is_some() || posted.is_no_time;
    let rows = if keeps { page.rows } else { posted.rows };
    let is_wrong = !posted.wrong.is_empty();
    let no_proposal = posted.is_proposal && rows.is_empty();
    let wrong = StoredValue::new(posted.wrong);
    let at_row = move |row: usize| {
        wrong.with_value(|wrong| {
            let wrong = wrong.iter().filter(|it| it.row == row);
            wrong.map(|it| (it.field.clone(), lang.chapter_problem(it.problem))).collect::<Vec<_>>()
        })
    };
    let count = rows.len();
    let there =
        rows.into_iter().enumerate().map(|(at, row)| view! { <Row at row wrong=at_row(at) /> });
    let there = there.collect_view();
    let empty = (count..count + EMPTY_ROWS).map(|at| {
        view! { <Row at row=ChapterRow::default() wrong=Vec::new() /> }
    });
    let empty = empty.collect_view();
    // Rows that were added where the film was.
    let added = RwSignal::new(Vec::<(usize, i32)>::new());
    let add = move || {
        let at = count + EMPTY_ROWS + added.read_untracked().len();
        added.update(|added| added.push((at, stage.now())));
        stage.focus(format!("title_sv-{at}"));
    };
    stage.listen(|_| false);
    let summary = is_wrong.then(|| {
        let links = wrong.with_value(|wrong| {
            wrong
                .iter()
                .map(|it| {
                    let to = format!("#{}-{}", it.field, it.row);
                    let name = lang.chapter_field(it.row, &it.field);
                    view! {
                        <li>
                            <a href=to rel="external">
                                {format!("{name}: {}", lang.chapter_problem(it.problem))}
                            </a>
                        </li>
                    }
                })
                .collect_view()
        });
        view! {
            <div class="errors" role="alert" tabindex="-1" id="errors" autofocus=true>
                <h2>{words.not_saved}</h2>
                <ul>{links}</ul>
            </div>
        }
    });
    let has_faults = !posted.faults.is_empty();
    let fault_count = posted.faults.len();
    let began_error = posted.is_no_time.then_some(words.no_time);
    let file_error = posted.trouble.map(|(trouble, line)| lang.caption_trouble(trouble, line));
    let is_bad_file = file_error.is_some();
    let has_film = film.is_some();
    view! {
        <Head title=words.chapters slug recording=title />
        <p class="text">{words.chapters_why}</p>
        {summary}
        {posted.is_proposal.then(|| view! { <p class="note now" role="status">{words.proposal}</p> })}
        {no_proposal.then(|| view! { <p class="note now">{words.no_chapters}</p> })}
        {has_faults
            .then(|| {
                view! {
                    <h2>{words.not_kept}</h2>
                    <Faults faults=posted.faults count=fault_count />
                }
            })}
        <div class="cap-desk">
            <div class="cap-stage">
                <Film stage film />
            </div>
            <form class="cap-side" method="post" action=action.clone() enctype="multipart/form-data">
                // Enter in a field saves, and does not add a row.
                <button class="vh" name="do" value="save" tabindex="-1" aria-hidden="true">
                    {words.save}
                </button>
                <ol class="cap-chapters">
                    {there} {empty}
                    {move || {
                        added
                            .get()
                            .into_iter()
                            .map(|(at, time)| {
                                let row = ChapterRow { start: clock::write(time), ..ChapterRow::default() };
                                view! { <Row at row wrong=Vec::new() /> }
                            })
                            .collect_view()
                    }}
                </ol>
                <p class="hint">{words.row_gone}</p>
                <p class="go">
                    <button class="btn" name="do" value="save">
                        {words.save}
                    </button>
                    <button class="btn quiet" name="do" value="add" hidden=move || stage.is_awake.get() && has_film>
                        {words.add_row}
                    </button>
                    {has_film
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="btn quiet"
                                    hidden=move || !stage.is_awake.get()
                                    on:click=move |_| add()
                                >
                                    {words.add_here}
                                </button>
                            }
                        })}
                </p>
            </form>
        </div>
        {(page.slots > 0)
            .then(|| {
                view! {
                    <section class="cap-box" aria-labelledby="programme">
                        <h2 id="programme">{words.from_programme}</h2>
                        <form class="form" method="post" action=action.clone()>
                            <div class="field">
                                <label for="began">{words.began}</label>
                                {began_error.map(|error| view! { <p class="err" id="began-error">{error}</p> })}
                                <input
                                    id="began"
                                    name="began"
                                    type="text"
                                    autocomplete="off"
                                    value=if posted.began.is_empty() { "0:00".to_owned() } else { posted.began }
                                    aria-invalid=began_error.map(|_| "true")
                                    aria-describedby=if began_error.is_some() { "began-error" } else { "began-hint" }
                                />
                                <p class="hint" id="began-hint">
                                    {words.began_hint}
                                </p>
                            </div>
                            <button class="btn quiet" name="do" value="programme">
                                {words.propose}
                            </button>
                        </form>
                    </section>
                }
            })}
        <section class="cap-box" aria-labelledby="chapters-file">
            <h2 id="chapters-file">{words.chapters_file}</h2>
            <form class="form upload" method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="file">{words.file_of_chapters}</label>
                    {file_error
                        .map(|error| {
                            view! {
                                <p class="err" id="file-error" role="alert">
                                    {error}
                                </p>
                            }
                        })}
                    <input
                        type="file"
                        id="file"
                        name="file"
                        accept=".vtt,text/vtt,text/plain"
                        required
                        aria-invalid=is_bad_file.then_some("true")
                        aria-describedby=if is_bad_file { "file-error file-hint" } else { "file-hint" }
                    />
                    <p class="hint" id="file-hint">
                        {words.chapters_file_hint}
                    </p>
                </div>
                <button class="btn quiet" name="do" value="file">
                    {words.propose}
                </button>
            </form>
        </section>
    }
}
