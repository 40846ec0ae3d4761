//! Finding somebody: words to search for, and whom to leave out. All of it stands in the address; without
//! JavaScript it is a form with a button.

use super::follow::List;
use super::query::{LONGEST_SEARCH, PeopleQuery, Sort, Standing, UNANSWERED};
use super::searching::search;
use crate::events::model::Way;
use crate::signup::questions::{Question, QuestionKind};
use crate::text::{number, use_lang};
use leptos::prelude::*;

/// Above the list: who is asked for.
#[component]
pub fn Finder(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
    /// What is asked for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let texts = lang.people_words();
    let begun = query.get_untracked();
    let about = list.about.get_untracked();
    let placeholder = if about.may_change { texts.name_or } else { texts.name_or_organisation };
    let has_more = move || {
        query.with(|query| query.way.is_some() || query.mail_refused || !query.answers.is_empty())
    };
    let ways = (about.ways.len() > 1).then(|| {
        let choices = about.ways.iter().map(|way| (way.as_str().to_owned(), lang.way(*way).to_owned()));
        let choices = std::iter::once((String::new(), texts.any_way.to_owned())).chain(choices);
        let now = move || query.with(|query| query.way.map_or("", Way::as_str).to_owned());
        view! { <Select name="way".to_owned() label=texts.way.to_owned() choices=choices.collect() now=Signal::derive(now) /> }
    });
    let asked: Vec<_> = about
        .questions
        .into_iter()
        .filter(|question| question.kind != QuestionKind::Consent)
        .map(|question| view! { <Answered question query /> })
        .collect();
    let orders = [
        (Sort::Standing, false),
        (Sort::When, false),
        (Sort::When, true),
        (Sort::Name, false),
        (Sort::Name, true),
        (Sort::Family, false),
        (Sort::Organisation, false),
        (Sort::Organisation, true),
        (Sort::Line, false),
    ];
    let orders = orders.map(|(sort, descending)| {
        let sign = if descending { "-" } else { "" };
        (format!("{sign}{}", sort.as_str()), lang.sort(sort, descending).to_owned())
    });
    let order = move || {
        query.with(|query| {
            let sign = if query.descending { "-" } else { "" };
            format!("{sign}{}", query.sort.unwrap_or(Sort::Standing).as_str())
        })
    };
    let form = NodeRef::<leptos::html::Form>::new();
    let field = NodeRef::<leptos::html::Input>::new();
    let go = search(form, field, slug, query);
    let (typed, changed, sent) = (go.clone(), go.clone(), go);
    let mails = about.may_change.then(|| {
        view! {
            <label class="pick">
                <input
                    type="checkbox"
                    name="mail"
                    value="refused"
                    checked=begun.mail_refused
                    prop:checked=move || query.read().mail_refused
                />
                <span>{texts.mail_refused_only}</span>
            </label>
        }
    });
    view! {
        <form
            class="finder"
            method="get"
            action=move || lang.href(&format!("/organise/events/{}", slug.read()))
            role="search"
            aria-label=texts.find
            node_ref=form
            on:submit=move |event| {
                event.prevent_default();
                sent(0);
            }
            on:input=move |_| typed(250)
            on:change=move |_| changed(0)
        >
            <input
                type="hidden"
                name="status"
                value=move || query.read().standing.map_or("", Standing::as_str)
            />
            <div class="field">
                <label for="find-q">{texts.find}</label>
                <input
                    id="find-q"
                    name="q"
                    type="search"
                    placeholder=placeholder
                    maxlength=LONGEST_SEARCH
                    autocomplete="off"
                    value=begun.text.unwrap_or_default()
                    node_ref=field
                />
            </div>
            <Select
                name="sort".to_owned()
                label=texts.sort.to_owned()
                choices=orders.to_vec()
                now=Signal::derive(order)
            />
            <button class="btn quiet">{words.search}</button>
            {(ways.is_some() || !asked.is_empty() || mails.is_some())
                .then(|| {
                    view! {
                        <details class="finer" open=has_more()>
                            <summary>{words.filter}</summary>
                            <div>{ways} {asked} {mails}</div>
                        </details>
                    }
                })}
        </form>
    }
}

/// Those who stand somehow, with their number: links, as everywhere.
#[component]
pub fn Standings(
    /// What is shown.
    list: List,
    /// The event's.
    slug: Memo<String>,
    /// What is asked for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.people_words();
    let link = move |standing: Option<Standing>, count: usize| {
        let address = query.with(|query| {
            let query = PeopleQuery { standing, page: 0, ..query.clone() };
            lang.href(&query.path(&slug.read()))
        });
        let is_here = query.with(|query| query.standing == standing);
        let name = standing.map_or(texts.everybody, |standing| lang.standing(standing));
        view! {
            <li>
                <a href=address data-noscroll="" aria-current=is_here.then_some("true")>
                    {name}
                    " "
                    <span class="num">
                        {number(lang, i64::try_from(count).unwrap_or_default())}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="standings" aria-label=texts.where_they_stand>
            <ul>
                {move || {
                    let about = list.about.read();
                    let each = Standing::ALL
                        .iter()
                        .map(|&standing| (standing, about.in_all(standing)))
                        .filter(|&(standing, count)| {
                            0 < count || query.with(|query| query.standing == Some(standing))
                        })
                        .map(|(standing, count)| link(Some(standing), count));
                    std::iter::once(link(None, about.total)).chain(each).collect_view()
                }}
            </ul>
        </nav>
    }
}

/// What was answered to a question.
#[component]
fn Answered(question: Question, query: Memo<PeopleQuery>) -> impl IntoView {
    let texts = use_lang().people_words();
    let id = question.id;
    let choices = [
        (String::new(), texts.any_answer.to_owned()),
        (UNANSWERED.to_owned(), texts.no_answer.to_owned()),
    ];
    let offered = question.choices.iter().map(|choice| (choice.value.clone(), choice.text.clone()));
    let choices = choices.into_iter().chain(offered).collect();
    let now = move || query.with(|query| query.answer(id).unwrap_or_default().to_owned());
    view! { <Select name=question.name() label=question.label choices now=Signal::derive(now) /> }
}

#[component]
fn Select(
    name: String,
    label: String,
    choices: Vec<(String, String)>,
    now: Signal<String>,
) -> impl IntoView {
    let id = format!("find-{name}");
    let begun = now.get_untracked();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name prop:value=now>
                {choices
                    .into_iter()
                    .map(|(value, text)| {
                        let selected = value == begun;
                        view! {
                            <option value=value selected=selected>
                                {text}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
