//! What collides with an event, told on its own form: a warning that stops nobody.

use super::model::{Collision, Collisions, View, path};
use super::page::{address, hours};
use crate::text::{Lang, dates, use_lang};
use leptos::prelude::*;

/// The others at the same time, each with a way there and what is shared. Nothing where nothing collides.
#[component]
pub(in crate::organise) fn Collides(collisions: Collisions) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.planner_words();
    let Collisions { shown, count } = collisions;
    let beyond = count.saturating_sub(shown.len());
    let month = shown.first().map(|first| first.event.starts.date().first_of_month());
    let more = month.filter(|_| beyond > 0).map(|month| {
        view! {
            <p>
                <a href=lang.href(&path(month, View::Clashes(None)))>{lang.more_clashes(beyond)}</a>
            </p>
        }
    });
    (count > 0).then(|| {
        view! {
            <section class="note now beside" aria-labelledby="beside">
                <h2 id="beside">{lang.clashes_with(count)}</h2>
                <p class="meta">{texts.beside_why}</p>
                <ul>{shown.into_iter().map(|collision| row(lang, collision)).collect_view()}</ul>
                {more}
            </section>
        }
    })
}

fn row(lang: Lang, Collision { event, shared }: Collision) -> impl IntoView {
    let day = event.starts.date();
    let hours = hours(&event);
    view! {
        <li>
            <a href=address(lang, &event)>{event.title.clone()}</a>
            " "
            <time datetime=crate::wire::date::write(day)>{dates::day(lang, day)}</time>
            {hours.map(|hours| view! { " " <span class="num">{hours}</span> })}
            " "
            <small>{event.home}</small>
            <p>{lang.shared_all(&shared)}</p>
        </li>
    }
}
