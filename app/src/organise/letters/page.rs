//! `/organise/events/{slug}/letters`: what is written, to whom, and how it will look.

use super::api::load_letters;
use super::model::{LONGEST_SUBJECT, LONGEST_TEXT, LettersPage, PostedLetter, Whom};
use super::parts::{Earlier, Looks};
use crate::organise::people::query::PeopleQuery;
use crate::organise::people::selection;
use crate::text::use_lang;
use crate::ui::field::{ErrorSummary, LineField};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The form on its way back, if this page is the answer to one.
fn posted() -> PostedLetter {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedLetter>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedLetter::default()
        }
    })
    .into_inner()
}

/// `/organise/events/{slug}/letters`
#[component]
pub fn LettersRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let parameters = use_query_map();
    let query = Memo::new(move |_| PeopleQuery::from_pairs(&*parameters.read()));
    let posted = StoredValue::new(posted());
    let page = Resource::new(
        move || (params.read().get("slug").unwrap_or_default(), query.get().encoded()),
        move |(slug, asked)| load_letters(lang, slug, asked),
    );
    view! {
        <Transition>
            {move || {
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => {
                            view! { <Letters page query=query.get() posted=posted.get_value() /> }
                                .into_any()
                        }
                        Err(error) => view! { <Lost error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Letters(page: LettersPage, query: PeopleQuery, posted: PostedLetter) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.letter_words();
    let slug = page.line.slug.clone();
    let title = page.line.title.clone();
    let back = lang.href(&query.path(&slug));
    let problems: Vec<(&'static str, &'static str)> = ["whom", "subject", "text"]
        .into_iter()
        .filter_map(|field| {
            let id = if field == "whom" { "whom-everybody" } else { field };
            Some((id, lang.letter_problem(posted.problem(field)?)))
        })
        .collect();
    let said = posted.said.map(|said| {
        view! {
            <p class="note" role="status">
                {lang.letter_said(said)}
            </p>
        }
    });
    let looks = posted.preview.clone().map(|preview| view! { <Looks preview /> });
    view! {
        <PageMeta title=format!("{}: {title}", texts.write) description="" path="/organise" private=true />
        <p class="kicker">
            <a href=back>{texts.back}</a>
        </p>
        <h1 tabindex="-1">{texts.write}</h1>
        <p class="lead">{title}</p>
        {said}
        <ErrorSummary title=texts.not_sent_yet problems />
        {looks}
        <LetterForm page=page.clone() query posted />
        <Earlier slug letters=page.earlier />
    }
}

#[component]
fn LetterForm(page: LettersPage, query: PeopleQuery, posted: PostedLetter) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.letter_words();
    let slug = page.line.slug;
    let action = lang.href(&query.under(&format!("/organise/events/{slug}/letters")));
    let chosen = posted.chosen();
    let now = posted.whom(&query);
    let counts = page.counts;
    let offered = [
        (Whom::Everybody, Some(counts.everybody)),
        (Whom::Places, Some(counts.places)),
        (Whom::Line, Some(counts.line).filter(|people| 0 < *people || now == Whom::Line)),
        (
            Whom::Matching,
            Some(counts.matching).filter(|_| query.is_filtered() || now == Whom::Matching),
        ),
        (Whom::Chosen, Some(chosen.len()).filter(|people| 0 < *people)),
    ];
    let wrong = |field: &str| posted.problem(field).map(|problem| lang.letter_problem(problem));
    let nobody = wrong("whom");
    let choices = offered
        .into_iter()
        .filter_map(|(whom, people)| Some((whom, people?)))
        .map(|(whom, people)| {
            let id = format!("whom-{}", whom.as_str());
            // Of an unfiltered list there is no figure of those it shows.
            let is_all = whom == Whom::Matching && !query.is_filtered();
            let people = if is_all { counts.everybody } else { people };
            view! {
                <label class="pick">
                    <input
                        type="radio"
                        id=id
                        name="whom"
                        value=whom.as_str()
                        checked=whom == now
                        aria-describedby=nobody.map(|_| "whom-error")
                    />
                    <span>{lang.letter_to(whom, people)}</span>
                </label>
            }
        })
        .collect_view();
    let once = posted.value("once").map_or(page.once, str::to_owned);
    let seen = posted.preview.as_ref().map(|preview| preview.seen.clone()).unwrap_or_default();
    let subject = posted.value("subject").unwrap_or_default().to_owned();
    let text = posted.value("text").unwrap_or_default();
    // Leptos does not escape what stands between the tags of a textarea: it is done here.
    let text = crate::ui::html::escape(text);
    let unwritten = wrong("text");
    view! {
        <form id="letter" class="form letter" method="post" action=action>
            // Enter in the line of the subject presses the first button of the form.
            <button name="do" value="preview" hidden></button>
            <input type="hidden" name="once" value=once />
            <input type="hidden" name="seen" value=seen />
            {(!chosen.is_empty())
                .then(|| {
                    let chosen = selection::write(chosen);
                    view! { <input type="hidden" name=selection::CHOSEN value=chosen /> }
                })}
            <fieldset class="field">
                <legend>{texts.whom}</legend>
                {nobody.map(|nobody| view! { <p class="err" id="whom-error">{nobody}</p> })}
                {choices}
                {(0 < counts.gone)
                    .then(|| {
                        view! {
                            <label class="pick apart">
                                <input type="checkbox" name="gone" value="yes" checked=posted.those_gone_too() />
                                <span>{texts.gone_too}</span>
                            </label>
                        }
                    })}
            </fieldset>
            <LineField
                id="subject"
                label=texts.subject
                value=subject
                maxlength=LONGEST_SUBJECT
                error=wrong("subject")
            />
            <div class="field">
                <label for="text">{texts.text}</label>
                {unwritten.map(|problem| view! { <p class="err" id="text-error">{problem}</p> })}
                <textarea
                    id="text"
                    name="text"
                    rows="12"
                    maxlength=LONGEST_TEXT.to_string()
                    required
                    aria-invalid=unwritten.map(|_| "true")
                    aria-describedby=if unwritten.is_some() { "text-error text-hint" } else { "text-hint" }
                    inner_html=text
                ></textarea>
                <p class="hint" id="text-hint">
                    {texts.text_hint}
                </p>
            </div>
            <p class="deeds">
                <button class="btn" name="do" value="preview">
                    {texts.preview}
                </button>
                <button class="btn quiet" name="do" value="test">
                    {texts.test}
                </button>
            </p>
        </form>
    }
}
