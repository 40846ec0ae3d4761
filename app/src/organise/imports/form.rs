//! The forms of an import's page: what the columns are taken for, confirming, and taking it back.

use super::model::{ImportPage, Kind, PostedImport};
use crate::events::model::Way;
use crate::signup::model::LONGEST_NAME;
use crate::text::{Lang, use_lang};
use crate::ui::field::{ChoiceField, LineField};
use leptos::prelude::*;

/// What the columns are taken for, and what holds for those where the file does not say.
#[component]
pub fn Choosing(
    /// The import.
    page: ImportPage,
    /// Where the form goes.
    action: String,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    // What is missing is to be seen.
    let is_open = page.lacks.is_some();
    let settings = page.settings.clone();
    let meanings = page.meanings.clone();
    let columns = page
        .columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let id = format!("col-{at}");
            let options = meanings
                .iter()
                .map(|meaning| {
                    let is_it = meaning.word == column.taken_for;
                    view! {
                        <option value=meaning.word.clone() selected=is_it>
                            {meaning.text.clone()}
                        </option>
                    }
                })
                .collect_view();
            view! {
                <li>
                    <label for=id.clone()>
                        {column.title} " " <small>{column.sample}</small>
                    </label>
                    <select id=id.clone() name=id>
                        <option value="">{texts.not_used}</option>
                        {options}
                    </select>
                </li>
            }
        })
        .collect_view();
    let ways: Vec<Way> = page.home.ways;
    let way = (1 < ways.len()).then(|| {
        let choices = std::iter::once((String::new(), texts.no_way.to_owned()))
            .chain(ways.into_iter().map(|way| (way.as_str().to_owned(), lang.way(way).to_owned())));
        view! { <ChoiceField id="way" label=texts.way value=settings.way.clone() choices=choices.collect() /> }
    });
    let languages =
        [Lang::Sv, Lang::En].map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned()));
    view! {
        <details class="ask" id="columns" open=is_open>
            <summary>{texts.columns}</summary>
            <form class="choose-columns" method="post" action=action>
                <p class="text">{texts.columns_hint}</p>
                <ul>{columns}</ul>
                <fieldset class="form">
                    <legend>{texts.for_all}</legend>
                    <LineField
                        id="organisation"
                        label=texts.organisation
                        value=settings.organisation
                        maxlength=LONGEST_NAME
                        may_be_empty=true
                    />
                    {way}
                    <ChoiceField
                        id="lang"
                        label=texts.lang
                        value=settings.lang.tag().to_owned()
                        choices=languages.to_vec()
                    />
                    <label class="pick">
                        <input type="checkbox" name="gone_too" value="yes" checked=settings.gone_too />
                        <span>{texts.gone_too}</span>
                    </label>
                </fieldset>
                <p>
                    <button class="btn quiet" name="do" value="choose">
                        {texts.again}
                    </button>
                </p>
            </form>
        </details>
    }
}

/// The button that writes it all.
#[component]
pub fn Confirming(
    /// The import.
    page: ImportPage,
    /// Where the form goes.
    action: String,
    /// What was sent before.
    posted: PostedImport,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let can = page.lacks.is_none() && 0 < page.counts.written();
    let wrong = posted.wrong.map(|wrong| lang.import_wrong(wrong));
    let mails = posted.wrong.is_none() || posted.mail;
    let (kind, counts) = (page.import.kind, page.counts);
    let signs_up = kind == Kind::People;
    let drop = action.clone();
    view! {
        {can
            .then(|| {
                view! {
                    <form class="form confirm-import" method="post" action=action>
                        <input type="hidden" name="seen" value=page.seen />
                        {signs_up
                            .then(|| {
                                view! {
                                    <div class="field">
                                        <label class="pick">
                                            <input type="checkbox" name="mail" value="yes" checked=mails />
                                            <span>{texts.mail}</span>
                                        </label>
                                        {wrong.map(|problem| view! { <p class="err" id="consent-error">{problem}</p> })}
                                        <label class="pick">
                                            <input
                                                type="checkbox"
                                                id="consent"
                                                name="consent"
                                                value="yes"
                                                required
                                                aria-invalid=wrong.map(|_| "true")
                                                aria-describedby=wrong.map(|_| "consent-error")
                                            />
                                            <span>{texts.agreed}</span>
                                        </label>
                                    </div>
                                }
                            })}
                        {wrong
                            .filter(|_| !signs_up)
                            .map(|problem| view! { <p class="err" id="consent">{problem}</p> })}
                        <p>
                            <button class="btn" name="do" value="confirm">
                                {lang.import_confirm(kind, counts)}
                            </button>
                        </p>
                    </form>
                }
            })}
        <form class="drop-import" method="post" action=drop>
            <button class="btn small quiet" name="do" value="drop">
                {texts.drop}
            </button>
        </form>
    }
}

/// Taking it back.
#[component]
pub fn Undoing(
    /// Where the form goes.
    action: String,
    /// What stays as it is.
    hint: &'static str,
) -> impl IntoView {
    let texts = use_lang().import_words();
    view! {
        <form class="undo-import" method="post" action=action>
            <button class="btn small quiet" name="do" value="undo">
                {texts.undo}
            </button>
            <p class="meta">{hint}</p>
        </form>
    }
}
