//! The people at the door: looked for by a part of the name, and checked in with one press. Each row is a form,
//! so that it works without JavaScript, too.

use super::follow::{Address, Entry, Guests};
use super::model::{Done, SHOWN};
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
    /// They can be checked in.
    may_check_in: bool,
    /// Where those who organise add somebody.
    #[prop(optional_no_strip)]
    adding: Option<String>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.door_words();
    let home = lang.href(&address.path());
    let found = Memo::new(move |_| list.found().len());
    let rows = move || {
        let mut found = list.found();
        found.truncate(SHOWN);
        found
    };
    let more = move || found.get().saturating_sub(SHOWN);
    let is_searching = move || list.search.with(|text| !text.trim().is_empty());
    let nobody = move || found.get() == 0;
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
                children=move |entry| view! { <Row entry list address=address.clone() may_check_in /> }
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
fn Row(entry: Entry, list: Guests, address: Address, may_check_in: bool) -> impl IntoView {
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
    let stands = move || lang.at_the_door(&guest.read(), list.is_hybrid.get_value());
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
    let is_sent = RwSignal::new(false);
    let press = move |event: leptos::ev::SubmitEvent| {
        if list.is_awake.get_untracked() {
            event.prevent_default();
            if !is_sent.get_untracked() {
                send(list, &path, id, is_here.get_untracked(), is_sent);
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
                    <button class="btn" class:quiet=is_here aria-label=label.clone() aria-busy=move || is_sent.get().then_some("true")>
                        {move || if is_here.get() { texts.undo } else { texts.check_in }}
                    </button>
                </form>
            </Show>
        </li>
    }
}

/// Tells the server, and says what came of it.
#[cfg(feature = "hydrate")]
fn send(list: Guests, path: &str, id: i64, is_here: bool, is_sent: RwSignal<bool>) {
    let lang = use_lang();
    let address = format!("{path}/{}", if is_here { "undo" } else { "check-in" });
    is_sent.set(true);
    leptos::task::spawn_local(async move {
        let done = super::browser::tell(&address, id).await;
        // The page may have been left meanwhile.
        if is_sent.try_set(false).is_some() {
            return;
        }
        let name = list.name(id);
        list.said.set(Some(match done {
            Some(done) => lang.door_done(done, name.as_deref()),
            None => lang.door_words().not_reached.to_owned(),
        }));
        match done {
            Some(Done::In | Done::Already | Done::Out) => list.mark(id, !is_here),
            Some(Done::Closed) => list.is_shut.set(true),
            _ => {}
        }
    });
}

/// Where the page is written nobody presses a button.
#[cfg(not(feature = "hydrate"))]
fn send(_: Guests, _: &str, _: i64, _: bool, _: RwSignal<bool>) {}

impl Guests {
    /// Somebody is here, or is not; when and through which door the stream tells at once.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser presses"))]
    fn mark(&self, id: i64, is_here: bool) {
        let entry = self.entries.with_untracked(|all| all.iter().find(|one| one.id == id).cloned());
        let Some(entry) = entry else { return };
        if entry.guest.read_untracked().is_here() != is_here {
            entry.guest.update(|guest| {
                guest.status = if is_here { Status::Attended } else { Status::Confirmed };
                guest.came = None;
            });
        }
    }
}

/// What was done by a form, by the words in the address.
#[must_use]
pub fn said_by(list: Guests, done: Option<String>, who: Option<String>) -> Option<String> {
    let done = done.as_deref().and_then(Done::parse)?;
    let who = who.and_then(|who| who.parse().ok()).and_then(|who| list.name(who));
    Some(use_lang().door_done(done, who.as_deref()))
}
