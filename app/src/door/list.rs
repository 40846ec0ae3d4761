//! The people at the door: looked for by a part of the name, and checked in with one press. Each row is a form,
//! so that it works without JavaScript, too.

use super::follow::{Address, Desk};
use super::guests::{Entry, Guests};
use super::kept::is_here as kept_here;
use super::model::SHOWN;
use crate::signup::model::Status;
use crate::text::use_lang;
use leptos::prelude::*;

/// The search and the list.
#[component]
pub fn GuestList(
    /// Who.
    list: Guests,
    /// At which door.
    address: Address,
    /// What is pressed.
    desk: Desk,
    /// They can be checked in.
    may_check_in: bool,
    /// Where those who organise add somebody.
    #[prop(optional_no_strip)]
    adding: Option<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let home = lang.href(&address.path());
    let found = Memo::new(move |_| list.found());
    let rows = move || found.with(|(first, _)| first.clone());
    let count = move || found.with(|(_, count)| *count);
    let more = move || count().saturating_sub(SHOWN);
    let is_searching = move || list.search.with(|text| !text.trim().is_empty());
    let nobody = move || count() == 0;
    let nobody_found = move || if is_searching() { texts.nobody_found } else { texts.nobody_yet };
    view! {
        <form class="door-search" method="get" action=home role="search" on:submit=move |event| {
            if list.is_awake.get_untracked() {
                event.prevent_default();
            }
        }>
            <label for="q">{texts.search}</label>
            <input
                id="q"
                name="q"
                type="search"
                autocomplete="off"
                maxlength="100"
                value=list.search.get_untracked()
                on:input=move |event| list.search.set(event_target_value(&event))
            />
            <button class="btn quiet" hidden=move || list.is_awake.get()>
                {lang.words().search}
            </button>
        </form>
        <ul class="guests" aria-label=texts.guests>
            <For
                each=rows
                key=|entry| entry.id
                children=move |entry| view! { <Row entry list address=address.clone() desk=desk.clone() may_check_in /> }
            />
        </ul>
        <p class="text" hidden=move || !nobody()>
            {nobody_found}
        </p>
        <p class="meta" hidden=move || more() == 0>
            {move || lang.and_so_many_more(more())}
        </p>
        {adding
            .map(|adding| {
                view! {
                    <p class="text">
                        {texts.not_on_the_list} " "
                        <a href=adding rel="external">
                            {texts.add_by_hand}
                        </a>
                    </p>
                }
            })}
    }
}

/// Somebody, and the button that checks them in or takes it back.
#[component]
fn Row(
    entry: Entry,
    list: Guests,
    address: Address,
    desk: Desk,
    may_check_in: bool,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let id = entry.id;
    let (name, organisation) =
        entry.guest.with_untracked(|guest| (guest.name.clone(), guest.organisation.clone()));
    let path = lang.href(&address.path());
    let is_here = {
        let guest = entry.guest.clone();
        Memo::new(move |_| guest.read().is_here())
    };
    let has_place = {
        let guest = entry.guest.clone();
        Memo::new(move |_| guest.read().has_place())
    };
    let is_away = {
        let guest = entry.guest.clone();
        Memo::new(move |_| guest.read().status == Status::NoShow)
    };
    let guest = entry.guest.clone();
    // Pressed, and the server has not said that it knows.
    let kept = Memo::new(move |_| list.kept.with(|kept| kept_here(kept, id)).is_some());
    let stands = move || {
        if kept.get() && list.is_offline.get() {
            texts.kept_here.to_owned()
        } else {
            lang.at_the_door(&guest.read(), list.is_hybrid.get_value())
        }
    };
    let to = {
        let path = path.clone();
        move || format!("{path}/{}", if is_here.get() { "undo" } else { "check-in" })
    };
    let label = {
        let name = name.clone();
        move || {
            let what = if is_here.get() { texts.undo } else { texts.check_in };
            format!("{what}: {name}")
        }
    };
    let is_busy = move || kept.get() && !list.is_offline.get();
    let press = move |event: leptos::ev::SubmitEvent| {
        if list.is_awake.get_untracked() {
            event.prevent_default();
            if !untrack(is_busy) {
                desk.press(id, !is_here.get_untracked());
            }
        }
    };
    view! {
        <li id=format!("guest-{id}") class="guest" class:here=is_here class:away=is_away>
            <p>
                <b>{name}</b>
                <span>{organisation}</span>
                <em>{stands}</em>
            </p>
            <Show when=move || may_check_in && has_place.get() && !list.is_shut.get()>
                <form method="post" action=to.clone() on:submit=press.clone()>
                    <input type="hidden" name="sign_up" value=id.to_string() />
                    <input type="hidden" name="q" value=list.search />
                    <button class="btn" class:quiet=is_here aria-label=label.clone() aria-busy=move || is_busy().then_some("true")>
                        {move || if is_here.get() { texts.undo } else { texts.check_in }}
                    </button>
                </form>
            </Show>
        </li>
    }
}
