//! What happens next, large: how long until then, the way in when it is open, and what one needs for it.

use super::clock::use_elapsed;
use super::model::MyPlace;
use super::page::PlaceStanding;
use crate::events::model::Phase;
use crate::signup::join::DOORS_OPEN;
use crate::text::{dates, use_lang};
use leptos::prelude::*;

/// The next place. Without JavaScript the page as it was written is right: it says the day and the time, and has the
/// way in if it was open.
#[component]
pub fn Next(
    /// Which.
    place: MyPlace,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let mine = lang.me_words();
    let line = place.line.clone();
    let where_ = line.format.map(|format| lang.format_and_place(format, line.place.as_deref()));
    let manage = lang.href(&format!("/sign-ups/{}", place.token));
    let ticket = place.has_ticket.then(|| format!("{manage}#ticket"));
    let off = line.phase == Phase::Cancelled;
    let times = place.times;
    let elapsed = use_elapsed();
    // Words that stand still for a minute change nothing in the page until then. Nothing of it is announced: whoever
    // listens to a page hears how long it is when they come there.
    let countdown = Memo::new(move |_| {
        let after = elapsed.get();
        if after >= times.ends_in {
            mine.is_over.to_owned()
        } else {
            lang.begins_in(times.begins_in - after)
        }
    });
    let may_join = place.may_join;
    let is_open = Memo::new(move |_| may_join && times.is_open(elapsed.get(), DOORS_OPEN));
    let join = lang.href(&format!("/events/{}/join", line.slug));
    // Only what is told by the clock is counted down to.
    let counts = !off && line.when.has_clock();
    let calendar = format!("/events/{}.ics?lang={}", line.slug, lang.tag());
    view! {
        <article class="hero" class:is-off=off aria-labelledby="next">
            <p class="kicker">{lang.next_in(place.in_days)}</p>
            <h2 id="next">
                <a href=lang.href(&format!("/events/{}", line.slug))>{line.title.clone()}</a>
            </h2>
            <p class="when">
                <time datetime=crate::wire::date_time::write(line.when.starts)>{dates::short_when(lang, &line.when)}</time>
                {where_.map(|place| format!(", {place}"))}
            </p>
            {counts.then(|| view! { <p class="num" id="countdown">{move || countdown.get()}</p> })}
            <div class="do">
                // The one thing that is said when it comes: the way in.
                <div role="status" class="way-in">
                    {move || {
                        is_open
                            .get()
                            .then(|| {
                                view! {
                                    // Not a page of ours: the server sends on from there.
                                    <a class="btn" href=join.clone() rel="external">
                                        {words.go_to_meeting}
                                    </a>
                                }
                            })
                    }}
                </div>
                <a class="btn quiet" href=manage>
                    {words.manage_sign_up}
                </a>
                {ticket.map(|ticket| view! { <a href=ticket>{mine.ticket}</a> })}
                {(!off)
                    .then(|| {
                        view! {
                            <a href=calendar rel="external">
                                {mine.calendar_file}
                            </a>
                        }
                    })}
                <div>
                    <PlaceStanding place />
                </div>
            </div>
        </article>
    }
}
