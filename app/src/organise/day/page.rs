//! `/organise/events/{slug}/door`: the door, for those who organise or host.

use crate::door::follow::Address;
use crate::door::page::AtTheDoor;
use crate::door::unsent::LostDoor;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page; also what the form that makes a steward's link answers with.
#[component]
pub fn DoorRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let address = move || Address::Event(params.read().get("slug").unwrap_or_default());
    let door = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| Address::Event(slug).load(lang, None),
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
