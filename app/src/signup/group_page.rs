//! The page of a group, for whoever signed it up.

use super::api::load_own_group;
use super::group_model::{Member, OwnGroup};
use super::model::Status;
use crate::events::model::Phase;
use crate::live::signal::{use_programme_changes, use_seats};
use crate::text::{dates, use_lang};
use crate::ui::bar::Bar;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/sign-ups/group/{token}`
#[component]
pub fn OwnGroupRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let changes = use_programme_changes();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    // Everybody's place moves with the event's seats.
    let moved = RwSignal::new(0_i64);
    let page = Resource::new(
        move || (token.get(), changes.get(), moved.get()),
        move |(token, _, _)| load_own_group(lang, token),
    );
    let is_new = move || query.read().get("new").is_some();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(own) => {
                        let seats = use_seats(&own.event);
                        // Not for what the page has shown already: see the page of a whole series.
                        let read = own.event.seats.version;
                        Effect::new(move |_| {
                            let version = seats.read().version;
                            if version > read && moved.get_untracked() < version {
                                moved.set(version);
                            }
                        });
                        view! { <Own own is_new=is_new() /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Own(own: OwnGroup, is_new: bool) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let title = if is_new { lang.group_new() } else { lang.group_own() };
    let event = lang.href(&format!("/events/{}", own.event.slug));
    let count = own.members.len();
    let places = own.members.iter().filter(|member| member.has_place()).count();
    let left_out = own.members.iter().any(|member| member.status.is_none());
    let again = (own.event.phase == Phase::Open).then(|| format!("{event}/sign-up/group"));
    let length = |count: usize| i64::try_from(count).unwrap_or_default();
    view! {
        <PageMeta title=title description="" path="/sign-ups" private=true />
        <div class="done">
            <h1 tabindex="-1">{title}</h1>
            {is_new.then(|| view! { <p class="text">{lang.group_mail_is_sent(&own.email)}</p> })}
            <p>
                <b>
                    <a href=event.clone()>{own.event.title.clone()}</a>
                </b>
                <br />
                <time datetime=crate::wire::date_time::write(own.event.when.starts)>{dates::long_when(lang, &own.event.when)}</time>
                <br />
                {own.organisation}
            </p>
            <div class="group-people">
                <p>
                    <b>{lang.group_places(places, count)}</b>
                </p>
                <Bar part=length(places) whole=length(count) />
                <ol>
                    {own
                        .members
                        .into_iter()
                        .map(|member| view! { <OneOfThem member /> })
                        .collect_view()}
                </ol>
            </div>
            <div class="text">
                <p>{lang.group_own_why()}</p>
                {left_out.then(|| view! { <p>{lang.group_left_out_why()}</p> })}
                <p class="meta">{lang.group_were_before()}</p>
            </div>
            <p class="more">
                {again.map(|address| view! { <a href=address>{lang.group_again()}</a> " " })}
                <a href=event>{words.back_to_event}</a>
            </p>
            <p class="meta">{words.link_is_yours}</p>
        </div>
    }
}

#[component]
fn OneOfThem(member: Member) -> impl IntoView {
    let lang = use_lang();
    let state = lang.member(&member);
    let class = match member.status {
        _ if member.has_place() => "has-place",
        None | Some(Status::Cancelled) => "has-none",
        _ => "",
    };
    view! {
        <li class=class>
            <b>{member.name}</b>
            <span>{state}</span>
        </li>
    }
}
