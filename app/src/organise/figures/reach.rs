//! Whom an event reaches: organisations as a ranking, municipalities on a map of the counties. Each tile of the
//! map stands where its county lies, and says in figures what it shows.

use super::model::{County, Figures, TILES, TOP, Tile};
use crate::organise::people::query::PeopleQuery;
use crate::text::{number, use_lang};
use crate::ui::bar::Bar;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A tile and the gap beside it, in the units of the drawing.
const TILE: (u16, u16) = (66, 54);
/// How much of that is the tile.
const INSIDE: (u16, u16) = (60, 48);

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Organisations and municipalities.
#[component]
pub fn Reach(
    /// All figures.
    figures: RwSignal<Figures>,
    /// The event's.
    slug: Memo<String>,
    /// All organisations are asked for.
    all: Memo<bool>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.figure_words();
    let counties = Memo::new(move |_| figures.with(|figures| figures.counties.clone()));
    let in_all = Memo::new(move |_| figures.with(|figures| figures.organisations_in_all));
    let reached =
        move || counties.with(|counties| counties.iter().map(County::reached).sum::<usize>());
    let of = move || {
        counties.with(|counties| counties.iter().map(|it| it.municipalities.len()).sum::<usize>())
    };
    let summary = move || lang.reaches(count(in_all.get()), count(reached()), count(of()));
    let is_open = all.get_untracked();
    view! {
        <details class="reach" id="reach" open=is_open>
            <summary>
                {texts.reach} " " <small>{summary}</small>
            </summary>
            <div>
                <Ranking figures slug all in_all />
                <section aria-labelledby="reach-map">
                    <h3 id="reach-map">{texts.municipalities}</h3>
                    <p class="meta">{texts.map_hint}</p>
                    <svg class="counties" viewBox="0 0 262 430" aria-hidden="true">
                        {TILES.map(|tile| view! { <CountyTile tile counties /> }).collect_view()}
                    </svg>
                    <details>
                        <summary>{move || lang.as_text(count(of()))}</summary>
                        <dl class="places">{move || counties.with(|all| all.iter().map(|it| in_words(lang, it)).collect_view())}</dl>
                    </details>
                </section>
            </div>
        </details>
    }
}

/// The organisations, the largest first.
#[component]
fn Ranking(
    figures: RwSignal<Figures>,
    slug: Memo<String>,
    all: Memo<bool>,
    in_all: Memo<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.figure_words();
    let parameters = use_query_map();
    let ranked = Memo::new(move |_| figures.with(|figures| figures.organisations.clone()));
    let most = Memo::new(move |_| {
        ranked.with(|all| all.first().map_or(0, |(_, people)| i64::from(*people)))
    });
    let leads = move || {
        let people = PeopleQuery::from_pairs(&*parameters.read()).path(&slug.read());
        let sign = if people.contains('?') { '&' } else { '?' };
        let more = if all.get() { String::new() } else { format!("{sign}organisations=all") };
        format!("{}#reach", lang.href(&format!("{people}{more}")))
    };
    let says = move || match all.get() {
        true => texts.largest.to_owned(),
        false => lang.all_organisations(count(in_all.get())),
    };
    view! {
        <section aria-labelledby="reach-ranking">
            <h3 id="reach-ranking">{texts.organisations}</h3>
            <p hidden=move || in_all.get() != 0>{texts.nobody_reached}</p>
            <ol class="ranking">
                {move || {
                    ranked
                        .get()
                        .into_iter()
                        .map(|(name, people)| {
                            view! {
                                <li>
                                    <span>{name}</span>
                                    <b>{number(lang, people.into())}</b>
                                    <Bar part=Signal::stored(i64::from(people)) whole=most />
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
            <p class="more" hidden=move || in_all.get() <= TOP>
                <a href=leads data-noscroll="">
                    {says}
                </a>
            </p>
        </section>
    }
}

/// A county on the map: its letters, how many of its municipalities are reached, and the same as a bar.
#[component]
fn CountyTile(tile: Tile, counties: Memo<Vec<County>>) -> impl IntoView {
    let here = Memo::new(move |_| {
        counties.with(|all| {
            let county = all.iter().find(|county| county.code == tile.code);
            county.map_or((0, 0), |county| (county.reached(), county.municipalities.len()))
        })
    });
    let (x, y) = (u16::from(tile.column) * TILE.0 + 1, u16::from(tile.row) * TILE.1 + 1);
    let middle = x + INSIDE.0 / 2;
    let ground = y + INSIDE.1;
    let reached = move || here.get().0;
    let figure = move || format!("{}/{}", here.get().0, here.get().1);
    let until = move || {
        let (reached, of) = here.get();
        (usize::from(x) + usize::from(INSIDE.0) * reached / of.max(1)).to_string()
    };
    view! {
        <g class:reached=move || reached() != 0>
            <rect x=x.to_string() y=y.to_string() width=INSIDE.0.to_string() height=INSIDE.1.to_string() />
            <text x=middle.to_string() y=(y + 19).to_string() class="letters">
                {tile.letters}
            </text>
            <text x=middle.to_string() y=(y + 36).to_string()>
                {figure}
            </text>
            <line x1=x.to_string() x2=until y1=(ground - 3).to_string() y2=(ground - 3).to_string() />
        </g>
    }
}

/// A county as text: who is reached, and who is not yet.
fn in_words(lang: crate::text::Lang, county: &County) -> impl IntoView + use<> {
    let texts = lang.figure_words();
    let (reached, rest): (Vec<_>, Vec<_>) =
        county.municipalities.iter().partition(|(_, people)| *people > 0);
    let names = |of: &[&(String, u32)]| {
        of.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let with_people = reached.iter().map(|(name, people)| format!("{name} {people}"));
    let with_people = with_people.collect::<Vec<_>>().join(", ");
    let heading =
        lang.reached_of(&county.name, count(reached.len()), count(county.municipalities.len()));
    view! {
        <dt>{heading}</dt>
        <dd>
            {(!reached.is_empty()).then(|| view! { <b>{with_people}</b> ". " })}
            {(!rest.is_empty()).then(|| view! { <span>{texts.not_yet} " " {names(&rest)} "."</span> })}
        </dd>
    }
}
