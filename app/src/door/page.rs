//! The door of an event: the page of a steward's link, and what it shares with the organiser's
//! (`organise::day::page`).

use super::follow::{Address, follow};
use super::guests::{Guests, said_by};
use super::list::GuestList;
use super::model::{Door, Opening};
use super::scan::Scan;
use super::standing::Standing;
use super::unsent::LostDoor;
use crate::live::signal::use_seats;
use crate::text::{dates, use_lang};
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/door/{token}`
#[component]
pub fn StewardRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let address = move || Address::Link(params.read().get("token").unwrap_or_default());
    let door = Resource::new(
        move || params.read().get("token").unwrap_or_default(),
        move |token| Address::Link(token).load(lang, None),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match door.await {
                    Ok(door) => view! { <AtTheDoor door address=address() /> }.into_any(),
                    Err(error) => view! { <LostDoor address=address() error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Which event it is, how many have come, and the list.
#[component]
pub fn AtTheDoor(
    /// As it stood when it was read.
    door: Door,
    /// Which one.
    address: Address,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let query = use_query_map().get_untracked();
    let list = Guests::new(&door, query.get("q").unwrap_or_default());
    list.said.set(said_by(list, lang, query.get("done"), query.get("who")));
    // Following the seats is what opens the stream.
    let _ = use_seats(&door.line);
    let desk = follow(list, address.clone());
    let title = door.line.title.clone();
    let is_steward = matches!(address, Address::Link(_));
    let path = if is_steward { "/door" } else { "/organise" };
    let slug = door.line.slug.clone();
    let event = lang.href(&format!("/organise/events/{slug}"));
    let adding = door.links.is_some().then(|| format!("{event}#name"));
    let shut = lang.door_is_shut(door.opening, &door.line.when);
    let is_shown = door.may_check_in || !is_steward;
    let may_check_in = door.may_check_in;
    let counts = Memo::new(move |_| list.counts());
    let links = door.links.is_some();
    view! {
        <PageMeta title=format!("{}: {title}", texts.door) description="" path=path private=true />
        <div class="at-the-door" data-awake=move || list.is_awake.get().then_some("")>
            <p class="kicker">
                {if is_steward {
                    view! { <span>{texts.door}</span> }.into_any()
                } else {
                    view! { <a href=event>{texts.back}</a> }.into_any()
                }}
            </p>
            <h1 tabindex="-1">{title}</h1>
            <p>
                <time datetime=crate::wire::date_time::write(door.line.when.starts)>
                    {dates::long_when(lang, &door.line.when)}
                </time>
            </p>
            {shut.map(|shut| view! { <p class="note now">{shut}</p> })}
            <p class="note now" hidden=move || !may_check_in || !list.is_shut.get()>
                {texts.shut_now}
            </p>
            <p class="came" hidden=!is_shown || door.opening == Opening::NotYet>
                <b class="num">{move || lang.have_come(counts.get())}</b>
            </p>
            <Standing list />
            {may_check_in.then(|| view! { <Scan list address=address.clone() desk=desk.clone() /> })}
            <p id="said" class=move || list.said.with(|said| said.as_ref().map_or("door-said", |said| said.tone.class())) role="status">
                {move || list.said.with(|said| said.as_ref().map(|said| said.text.clone()))}
            </p>
            {is_shown
                .then(|| view! { <GuestList list address=address.clone() desk may_check_in adding /> })}
            {links.then(|| view! { <crate::organise::day::links::Links list slug /> })}
        </div>
    }
}
