//! The page of all materials: what is asked for stands in the address, and only there.

use super::api::load_materials;
use super::file::{MaterialFile, Snippet};
use super::model::{
    Choice, Dimension, Facet, Group, Material, MaterialKind, MaterialsPage, MaterialsQuery,
};
use super::parts::{Facts, Title};
use crate::live::signal::use_programme_changes;
use crate::text::{Lang, number, use_lang};
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/materials`
#[component]
pub fn MaterialsRoute() -> impl IntoView {
    let lang = use_lang();
    let parameters = use_query_map();
    let changes = use_programme_changes();
    let query = Memo::new(move |_| {
        let parameters = parameters.read();
        MaterialsQuery::parse(|key| parameters.get(key))
    });
    let page = Resource::new(
        move || (query.get(), changes.get()),
        move |(query, _)| load_materials(lang, query),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        view! { <Materials page query=query.get_untracked() /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Materials(page: MaterialsPage, query: MaterialsQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let nothing = if query.is_empty() { words.no_materials } else { words.nothing_matches };
    let is_empty = page.groups.is_empty();
    let clear = (!query.is_empty()).then(|| {
        view! {
            <p>
                <a href=lang.href("/materials")>{words.clear}</a>
            </p>
        }
    });
    view! {
        <PageMeta
            title=words.materials.to_owned()
            description=words.materials_lead.to_owned()
            path=query.path()
        />
        <header class="head">
            <h1 tabindex="-1">{words.materials}</h1>
            <p class="lead">{words.materials_lead}</p>
        </header>
        <div class="mats">
            <Filters facets=page.facets query />
            <div class="mats-list">
                <p class="meta" role="status">
                    {if is_empty {
                        nothing.to_owned()
                    } else {
                        lang.count_of_materials(page.total)
                    }}
                </p>
                {is_empty.then_some(clear)}
                {page.groups.into_iter().map(|group| view! { <OneGroup group /> }).collect_view()}
            </div>
        </div>
    }
}

/// The search field, and plain words with counts.
#[component]
fn Filters(facets: Vec<Facet>, query: MaterialsQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let is_open = !query.is_empty();
    let hidden: Vec<_> = query
        .pairs()
        .into_iter()
        .filter(|(key, _)| *key != "q")
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let groups: Vec<_> = facets
        .into_iter()
        .map(|facet| {
            let choices: Vec<_> = facet
                .choices
                .into_iter()
                .map(|choice| one_choice(lang, facet.dimension, choice, &query))
                .collect();
            view! {
                <section>
                    <h2>{dimension_name(lang, facet.dimension)}</h2>
                    <ul>{choices}</ul>
                </section>
            }
        })
        .collect();
    view! {
        <details class="filter" open=is_open>
            <summary>{words.filter}</summary>
            <form class="search" method="get" action=lang.href("/materials") role="search">
                <label for="q">{words.materials_search}</label>
                {hidden}
                <input
                    id="q"
                    name="q"
                    type="search"
                    maxlength="100"
                    autocomplete="off"
                    value=query.q.clone()
                />
                <button class="btn small quiet">{words.search}</button>
            </form>
            {is_open
                .then(|| {
                    view! {
                        <a class="clear" href=lang.href("/materials")>
                            {words.clear}
                        </a>
                    }
                })}
            <nav class="groups" aria-label=words.filter>
                {groups}
            </nav>
        </details>
    }
}

fn one_choice(
    lang: Lang,
    dimension: Dimension,
    choice: Choice,
    query: &MaterialsQuery,
) -> impl IntoView + use<> {
    let is_chosen = query.chosen(dimension) == Some(choice.key.as_str());
    let other = query.with(dimension, (!is_chosen).then_some(choice.key.as_str()));
    let name = match MaterialKind::parse(&choice.key) {
        Some(kind) if dimension == Dimension::Kind => lang.materials_of(kind).to_owned(),
        _ => choice.name,
    };
    view! {
        <li>
            <a
                href=lang.href(&other.path())
                aria-current=is_chosen.then_some("true")
                rel="nofollow"
            >
                <span>{name}</span>
                <span class="num">
                    {number(lang, i64::try_from(choice.count).unwrap_or(i64::MAX))}
                </span>
            </a>
        </li>
    }
}

const fn dimension_name(lang: Lang, dimension: Dimension) -> &'static str {
    let words = lang.finding_words();
    match dimension {
        Dimension::Theme => words.theme,
        Dimension::Kind => words.kind,
        Dimension::Municipality => words.municipality,
        Dimension::Programme => words.programme,
    }
}

#[component]
fn OneGroup(group: Group) -> impl IntoView {
    let lang = use_lang();
    let id = group.kind.as_str();
    view! {
        <section class="group mats-group" aria-labelledby=id>
            <h2 id=id>{lang.materials_of(group.kind)}</h2>
            <ul>
                {group.materials.into_iter().map(|material| view! { <One material /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn One(material: Material) -> impl IntoView {
    let lang = use_lang();
    let words = lang.finding_words();
    let has_link = material.url.is_some() || material.file.is_some();
    let (file, url) = (material.file.clone(), material.url.clone());
    let facts = file.clone().map(|file| {
        let url = url.clone();
        view! {
            <p class="meta">
                <Facts file=Some(file) url />
            </p>
        }
    });
    let said = material.said.zip(file.clone()).map(|(said, file)| view! { <Said said file /> });
    let places: Vec<String> = material.municipalities.into_iter().map(|it| it.name).collect();
    let places = (!places.is_empty()).then(|| format!("{}. ", places.join(", ")));
    // What one cannot open here, one can ask for there.
    let (name, href) = match material.event {
        Some(event) => (event.name, format!("/events/{}", event.key)),
        None => (material.programme.name, format!("/programmes/{}", material.programme.key)),
    };
    view! {
        <li class:mats-later=material.is_announced>
            <p>
                <Title title=material.title url file />
                {material
                    .is_announced
                    .then(|| view! { " " <em class="mats-mark">{words.announced}</em> })}
            </p>
            {material.about.map(|about| view! { <p class="mats-about">{about}</p> })}
            {said}
            {facts}
            <p class="meta">
                {places}
                {(!has_link && !material.is_announced).then(|| format!("{}: ", words.no_link))}
                <a href=lang.href(&href)>{name}</a>
            </p>
        </li>
    }
}

/// Where the file says what was looked for. Browsers open a PDF at its page (RFC 8118 §3).
#[component]
fn Said(said: Snippet, file: MaterialFile) -> impl IntoView {
    let lang = use_lang();
    let spoken = file.language.filter(|language| language.as_str() != lang.tag());
    let pieces: Vec<_> = said
        .pieces
        .into_iter()
        .map(|piece| {
            if piece.is_found {
                view! { <mark>{piece.text}</mark> }.into_any()
            } else {
                piece.text.into_any()
            }
        })
        .collect();
    let place = match said.page {
        Some(page) if file.kind.is_shown() => {
            let href = format!("{}#page={page}", file.address);
            view! {
                <a href=href rel="external">
                    {lang.on_page_of(file.kind, page)}
                </a>
            }
            .into_any()
        }
        Some(page) => view! { <span>{lang.on_page_of(file.kind, page)}</span> }.into_any(),
        None => view! { <span>{lang.in_file()}</span> }.into_any(),
    };
    view! {
        <p class="mats-said">
            {place} ": " <q lang=spoken.map(|language| language.as_str())>{pieces}</q>
        </p>
    }
}
