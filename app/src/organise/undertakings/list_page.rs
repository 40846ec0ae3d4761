//! `/organise/programmes`: all programmes that one organises, with their series.

use super::api::load_undertakings;
use super::model::{ProgrammeRow, Undertakings};
use super::parts::SeriesRows;
use crate::live::signal::use_programme_changes;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;

/// `/organise/programmes`
#[component]
pub fn ProgrammesRoute() -> impl IntoView {
    let lang = use_lang();
    let changes = use_programme_changes();
    let page = Resource::new(move || changes.get(), move |_| load_undertakings(lang));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <List page /> }.into_any(),
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn List(page: Undertakings) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.undertaking_words());
    let Undertakings { may_make, programmes } = page;
    let (away, there): (Vec<_>, Vec<_>) =
        programmes.into_iter().partition(|row| row.standing.is_archived);
    let count = away.len();
    view! {
        <PageMeta title=texts.programmes description="" path="/organise/programmes" private=true />
        <p class="kicker">
            <a href=lang.href("/organise")>{words.organise}</a>
        </p>
        <h1 tabindex="-1">{texts.programmes}</h1>
        {may_make
            .then(|| {
                view! {
                    <p>
                        <a class="btn" href=lang.href("/organise/programmes/new")>
                            {texts.new_programme}
                        </a>
                    </p>
                }
            })}
        <div class="undertakings">
            {there.into_iter().map(|row| view! { <Programme row /> }).collect_view()}
        </div>
        {(count > 0)
            .then(|| {
                view! {
                    <details class="ask">
                        <summary>{texts.away} " " <small class="num">{count}</small></summary>
                        <div class="undertakings">
                            {away.into_iter().map(|row| view! { <Programme row /> }).collect_view()}
                        </div>
                    </details>
                }
            })}
    }
}

#[component]
fn Programme(row: ProgrammeRow) -> impl IntoView {
    let lang = use_lang();
    let ProgrammeRow { standing, owner, series } = row;
    let edit = lang.href(&format!("/organise/programmes/{}/edit", standing.slug));
    // What has been put away is found in its programme.
    let series: Vec<_> = series.into_iter().filter(|row| !row.standing.is_archived).collect();
    view! {
        <section>
            <h2>
                <a href=edit>{standing.title}</a>
            </h2>
            {owner.map(|owner| view! { <p class="meta">{owner}</p> })}
            <SeriesRows series />
        </section>
    }
}
