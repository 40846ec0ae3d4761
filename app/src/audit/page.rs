//! `/organise/log`: who has done what.

use super::api::load_log;
use super::model::{Change, Entry, LogQuery, Subject};
use crate::text::{dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/organise/log`
#[component]
pub fn LogRoute() -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let asked = use_query_map();
    let query = Memo::new(move |_| asked.with(|asked| LogQuery::read(|name| asked.get_str(name))));
    let page = Resource::new(move || query.get(), move |query| load_log(lang, query));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(log) => {
                        let query = query.get_untracked();
                        let nothing = if query.is_narrowed() { texts.log_nothing_matches } else { texts.log_empty };
                        let older = log
                            .has_older
                            .then(|| log.entries.last().map(|entry| entry.id))
                            .flatten()
                            .map(|before| LogQuery { before: Some(before), ..query.clone() })
                            .map(|query| lang.href(&format!("/organise/log?{}", query.write())));
                        view! {
                            <PageMeta title=texts.log description="" path="/organise/log" private=true />
                            <p class="kicker">
                                <a href=lang.href("/organise")>{lang.words().organise}</a>
                            </p>
                            <h1 tabindex="-1">{texts.log}</h1>
                            <p class="text">{texts.log_why}</p>
                            <Search query />
                            {log.entries.is_empty().then(|| view! { <p class="text">{nothing}</p> })}
                            <ol class="log">
                                {log.entries.into_iter().map(|entry| view! { <One entry /> }).collect_view()}
                            </ol>
                            {older
                                .map(|older| {
                                    view! {
                                        <p class="more">
                                            <a href=older rel="next">
                                                {texts.log_older}
                                            </a>
                                        </p>
                                    }
                                })}
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What one looks for: a plain form, so that every answer has an address.
#[component]
fn Search(query: LogQuery) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let date = |date: Option<jiff::civil::Date>| date.map(crate::wire::date::write);
    view! {
        <form class="log-search" method="get" action=lang.href("/organise/log") role="search">
            <div class="field">
                <label for="who">{texts.log_who}</label>
                <input id="who" name="who" maxlength="200" value=query.who />
            </div>
            <div class="field">
                <label for="subject">{texts.log_what}</label>
                <select id="subject" name="subject">
                    <option value="">{texts.log_everything}</option>
                    {Subject::ALL
                        .iter()
                        .filter(|subject| **subject != Subject::Other)
                        .map(|&subject| {
                            view! {
                                <option value=subject.as_str() selected=query.subject == Some(subject)>
                                    {lang.log_subject(subject)}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="from">{texts.log_from}</label>
                <input id="from" name="from" type="date" value=date(query.from) />
            </div>
            <div class="field">
                <label for="to">{texts.log_to}</label>
                <input id="to" name="to" type="date" value=date(query.to) />
            </div>
            {query.event.map(|event| view! { <input type="hidden" name="event" value=event /> })}
            <button class="btn quiet">{lang.words().show}</button>
        </form>
    }
}

#[component]
fn One(entry: Entry) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.organise_words();
    let actor = entry.actor.clone().unwrap_or_else(|| texts.log_nobody.to_owned());
    let done = lang.log_deed(entry.subject, entry.deed);
    let place = match entry.event.clone() {
        Some((slug, title)) => {
            let href = lang.href(&format!("/organise/events/{slug}"));
            view! { <a href=href>{title}</a> }.into_any()
        }
        None => entry.programme.clone().into_any(),
    };
    view! {
        <li>
            <p>
                <b>{actor}</b>
                " "
                {done}
                {entry.about.clone().map(|about| format!(": {about}"))}
            </p>
            <p class="meta">
                <time datetime=crate::wire::date_time::write(entry.at)>{dates::instant(lang, entry.at)}</time>
                " "
                {place}
            </p>
            <Changes subject=entry.subject changes=entry.changes />
        </li>
    }
}

/// Few changes stand there, many can be opened.
#[component]
fn Changes(subject: Subject, changes: Vec<Change>) -> impl IntoView {
    const FEW: usize = 3;
    let lang = use_lang();
    let count = changes.len();
    let list = view! {
        <dl class="diff">
            {changes
                .into_iter()
                .map(|change| {
                    let named = |value: String| lang.log_value(subject, &change.column, &value);
                    let (before, after) = (change.before.map(named), change.after.map(named));
                    view! {
                        <div>
                            <dt>{lang.log_column(&change.column)}</dt>
                            <dd>
                                {before.map(|before| view! { <del>{before}</del> })}
                                " "
                                {after.map(|after| view! { <ins>{after}</ins> })}
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    };
    match count {
        0 => ().into_any(),
        1..=FEW => list.into_any(),
        _ => view! {
            <details>
                <summary>{lang.log_changes(count)}</summary>
                {list}
            </details>
        }
        .into_any(),
    }
}
