//! Moving people to another date: where to, and what would become of them there. The answer to the form of those
//! who were chosen on the list; what is chosen here is done.

use super::people::query::PeopleQuery;
use super::people::selection;
use crate::events::model::EventLine;
use crate::signup::moving::{Offer, Target};
use crate::text::{dates, use_lang};
use crate::ui::field::ErrorSummary;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What there is to choose from, if this page is the answer to that form.
pub fn offered() -> Option<Offer> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<Option<Offer>>().flatten()
        }
        #[cfg(not(feature = "ssr"))]
        {
            None::<Offer>
        }
    })
    .into_inner()
}

/// The page.
#[component]
pub fn Moving(
    /// What there is to choose from.
    offer: Offer,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.deed_words();
    let query = PeopleQuery::from_pairs(&*use_query_map().read_untracked());
    let Offer { from, sign_ups, names, targets, is_unchosen } = offer;
    let EventLine { slug, title, .. } = from;
    let back = lang.href(&query.path(&slug));
    let action = lang.href(&query.under(&format!("/organise/events/{slug}/move")));
    let heading = lang.move_people(sign_ups.len());
    let problems = if is_unchosen { vec![("to-0", texts.move_choose)] } else { Vec::new() };
    let why_not = match (sign_ups.is_empty(), targets.is_empty()) {
        (true, _) => Some(texts.move_nobody),
        (false, true) => Some(texts.move_nowhere),
        (false, false) => None,
    };
    let who = lang.names_and_more(&names, sign_ups.len());
    let form = why_not.is_none().then(|| {
        let people = selection::write(sign_ups);
        let choices = targets.into_iter().enumerate().map(|(at, target)| {
            view! { <Choice at target /> }
        });
        let choices = choices.collect_view();
        view! {
            <form class="form relocate" method="post" action=action novalidate>
                <input type="hidden" name=selection::CHOSEN value=people />
                <p>{texts.move_why}</p>
                <ErrorSummary title=lang.words().not_saved_yet problems />
                <fieldset class="field">
                    <legend>{texts.move_where}</legend>
                    {choices}
                </fieldset>
                <label class="pick">
                    <input type="checkbox" name="mail" value="yes" checked=true />
                    <span>{texts.move_mail}</span>
                </label>
                <button class="btn" name="do" value="move">
                    {texts.move_yes}
                </button>
            </form>
        }
    });
    view! {
        <PageMeta title=format!("{heading}: {title}") description="" path="/organise" private=true />
        <p class="kicker">
            <a href=back>{texts.back}</a>
        </p>
        <h1 tabindex="-1">{heading}</h1>
        <p class="lead">{title}</p>
        <p class="text">{who}</p>
        {why_not.map(|why_not| view! { <p class="note">{why_not}</p> })}
        {form}
    }
}

/// An event, how full it is, and what would become of them.
#[component]
fn Choice(at: usize, target: Target) -> impl IntoView {
    let lang = use_lang();
    let Target { line, forecast } = target;
    let id = format!("to-{at}");
    let seats = lang.seats_in_words(&line.seats);
    view! {
        <label class="pick" for=id.clone()>
            <input type="radio" id=id.clone() name="to" value=line.id.0.to_string() />
            <span>
                <b>{line.title}</b>
                <br />
                <time datetime=crate::wire::date_time::write(line.when.starts)>
                    {dates::long_when(lang, &line.when)}
                </time>
                <small>{seats} ". " {lang.forecast(forecast)}</small>
            </span>
        </label>
    }
}
