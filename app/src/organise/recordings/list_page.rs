//! `/organise/recordings`: all recordings that one organises.

use super::api::load_desk_list;
use super::model::{DeskLine, DeskList, DeskQuery, Group, PAGE};
use crate::calendar::model::encode;
use crate::live::signal::use_programme_changes;
use crate::recordings::model::Audience;
use crate::text::{Lang, dates, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/organise/recordings`
#[component]
pub fn DeskListRoute() -> impl IntoView {
    let lang = use_lang();
    let address = use_query_map();
    let changes = use_programme_changes();
    let query = Memo::new(move |_| DeskQuery::read(|name| address.read().get(name)));
    let page = Resource::new(
        move || (query.get(), changes.get()),
        move |(query, _)| load_desk_list(lang, query),
    );
    let done = move || address.read().get("done").and_then(|done| lang.desk_done(&done));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <List page query=query.get_untracked() done=done() /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn List(page: DeskList, query: DeskQuery, done: Option<&'static str>) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.desk_words());
    let DeskList { lines, total, programmes, today } = page;
    let is_empty = lines.is_empty();
    let nothing = is_empty.then(|| match query.is_narrowed() {
        true => view! {
            <p class="text">
                {texts.nothing_matches} " "
                <a href=lang.href("/organise/recordings")>{texts.show_all}</a>
            </p>
        }
        .into_any(),
        false => view! { <p class="text">{texts.nothing}</p> }.into_any(),
    });
    let groups = Group::ALL
        .iter()
        .map(|group| {
            let lines: Vec<_> =
                lines.iter().filter(|line| line.group() == *group).cloned().collect();
            (!lines.is_empty()).then(|| view! { <Lines group=*group lines today /> })
        })
        .collect_view();
    let filters = (!is_empty || query.is_narrowed())
        .then(|| view! { <Filters programmes query=query.clone() /> });
    view! {
        <PageMeta title=texts.recordings description="" path="/organise/recordings" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{texts.recordings}</h1>
        {done.map(|done| view! { <p class="note" role="status">{done}</p> })}
        <p class="desk-new">
            <a class="btn" href=lang.href("/organise/recordings/new")>
                {texts.new}
            </a>
        </p>
        {filters}
        {nothing}
        <div class="desk-groups">{groups}</div>
        <Pages query total />
    }
}

#[component]
fn Filters(programmes: Vec<(String, String)>, query: DeskQuery) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let chosen = query.programme.unwrap_or_default();
    let options = programmes
        .into_iter()
        .map(|(slug, title)| {
            let is_chosen = slug == chosen;
            view! {
                <option value=slug selected=is_chosen>
                    {title}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="desk-filters" method="get" action=lang.href("/organise/recordings") role="search">
            <label>
                <span>{texts.programme}</span>
                <select name="programme">
                    <option value="">{texts.all_programmes}</option>
                    {options}
                </select>
            </label>
            <label>
                <span>{texts.words}</span>
                <input type="search" name="words" maxlength="200" value=query.words.unwrap_or_default() />
            </label>
            <button class="btn quiet">{texts.filter}</button>
        </form>
    }
}

#[component]
fn Lines(group: Group, lines: Vec<DeskLine>, today: Date) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let (title, lead) = match group {
        Group::Draft => (texts.drafts, None),
        Group::Uncaptioned => (texts.uncaptioned, Some(texts.uncaptioned_lead)),
        Group::Published => (texts.published, None),
    };
    let id = group.as_str();
    view! {
        <section class=format!("desk-group of-{id}") aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {lead.map(|lead| view! { <p class="meta text">{lead}</p> })}
            <ul class="desk-lines">
                {lines.into_iter().map(|line| view! { <Line line today /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Line(line: DeskLine, today: Date) -> impl IntoView {
    let lang = use_lang();
    let page = lang.href(&format!("/organise/recordings/{}", line.slug));
    let waits = (line.group() == Group::Uncaptioned).then(|| waits(lang, &line, today));
    let remarks = remarks(lang, &line).join(", ");
    // Its event is told where it is called otherwise.
    let event = (line.event != line.title).then_some(line.event);
    view! {
        <li>
            <time datetime=crate::wire::date::write(line.held)>{dates::date(lang, line.held)}</time>
            <p>
                <a href=page>{line.title}</a>
                {event.map(|event| view! { <small>{event}</small> })}
            </p>
            <p class="meta">{waits} {remarks}</p>
        </li>
    }
}

/// When the captions come, or were to.
fn waits(lang: Lang, line: &DeskLine, today: Date) -> impl IntoView + use<> {
    let texts = lang.desk_words();
    let is_overdue = line.is_overdue(today);
    let said = match &line.uncaptioned {
        Some(it) => lang.captions_come(it.by, is_overdue),
        None => texts.no_date.to_owned(),
    };
    if is_overdue {
        view! { <b class="overdue">{said}</b> }.into_any()
    } else {
        view! { <span class="due">{said}</span> }.into_any()
    }
}

/// What else there is to know of it at a glance.
fn remarks(lang: Lang, line: &DeskLine) -> Vec<String> {
    let texts = lang.desk_words();
    let is_draft = line.group() == Group::Draft;
    let captions = match line.captioned {
        super::model::Captioned::Reviewed => None,
        super::model::Captioned::Unread => Some(texts.unread),
        super::model::Captioned::Missing => Some(texts.missing),
    };
    let audience = (line.open_to != Audience::Everybody).then(|| lang.open_to(line.open_to));
    [
        line.duration_ms.map(|ms| lang.length(ms)),
        (!line.has_film).then(|| texts.no_film.to_owned()),
        line.is_coming.then(|| texts.is_coming.to_owned()),
        captions.filter(|_| is_draft && line.has_film).map(str::to_owned),
        captions.filter(|_| !is_draft && line.uncaptioned.is_none()).map(str::to_owned),
        audience.map(str::to_lowercase),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The ways to the pages before and after.
#[component]
fn Pages(query: DeskQuery, total: i64) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.desk_words();
    let page = query.page.unwrap_or(1);
    let last = u32::try_from((total + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let to = |page: u32, text: &'static str, rel: &'static str| {
        let address = url_of(&query, page);
        view! {
            <a href=lang.href(&address) rel=rel>
                {text}
            </a>
        }
    };
    (last > 1).then(|| {
        view! {
            <nav class="desk-pages" aria-label=texts.pages>
                {(page > 1).then(|| to(page - 1, texts.earlier, "prev"))}
                <span>{lang.library_page(page, last)}</span>
                {(page < last).then(|| to(page + 1, texts.later, "next"))}
            </nav>
        }
    })
}

/// The address of a page of what is looked for.
fn url_of(query: &DeskQuery, page: u32) -> String {
    let pairs = [
        ("programme", query.programme.clone()),
        ("words", query.words.clone()),
        ("page", Some(page.to_string())),
    ];
    let pairs: Vec<_> =
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    format!("/organise/recordings?{}", encode(&pairs))
}
