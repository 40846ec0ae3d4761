//! Pages after signing up: one's own page, and what is said where no link may be given.

use super::api::load_own_sign_up;
use super::model::{LONGEST_REASON, Moment, OwnSignUp, Status};
use super::own_answers::OwnAnswers;
use crate::door::ticket::Ticket;
use crate::events::api::load_event;
use crate::events::model::{EventLine, Phase, Way};
use crate::live::signal::{use_programme_changes, use_seats};
use crate::text::{dates, use_lang};
use crate::ui::lost::{Lost, set_status};
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The sign drawn above the heading.
#[derive(Clone, Copy)]
enum Sign {
    Confirmed,
    Waiting,
    Letter,
    Crossed,
}

#[component]
fn Mark(sign: Sign) -> impl IntoView {
    let (class, drawing) = match sign {
        Sign::Confirmed => ("body", Some(("tick", "M56 20l7 7 13-14"))),
        Sign::Waiting => ("wait", None),
        Sign::Letter => ("open", Some(("", "M54 14l12 8 12-8M54 13h24v15H54z"))),
        Sign::Crossed => ("wait", Some(("", "M58 12l16 16M74 12l-16 16"))),
    };
    view! {
        <svg class="mark" viewBox="0 0 132 40" width="132" height="40" aria-hidden="true">
            <path d="M2 20H30M102 20H130" />
            <rect class=class x="30" y="4" width="72" height="32" rx="16" />
            {drawing.map(|(class, path)| view! { <path class=class d=path /> })}
        </svg>
    }
}

/// `/sign-ups/{token}`: one's own sign-up.
#[component]
pub fn OwnSignUpRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let changes = use_programme_changes();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    // One's own place moves with the event's seats.
    let moved = RwSignal::new(0_i64);
    let page = Resource::new(
        move || (token.get(), changes.get(), moved.get()),
        move |(token, _, _)| load_own_sign_up(lang, token),
    );
    let is_new = move || query.read().get("new").is_some();
    let was_full = move || query.read().get("full").is_some();
    let is_saved = move || query.read().get("saved").is_some();
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
                        view! { <Own own token=token.get_untracked() is_new=is_new() was_full=was_full() is_saved=is_saved() /> }.into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Own(
    own: OwnSignUp,
    token: String,
    is_new: bool,
    was_full: bool,
    is_saved: bool,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let event = own.event;
    let sign = match own.status {
        Status::Confirmed | Status::Attended => Sign::Confirmed,
        Status::Requested | Status::Waitlisted => Sign::Waiting,
        Status::Refused | Status::Cancelled | Status::NoShow => Sign::Crossed,
    };
    let title = lang.own_title(own.status, own.position, is_new);
    let waitlisted = event.seats.way(own.way).map_or(0, |seats| seats.waitlisted);
    let place = event.format.map(|format| lang.format_and_place(format, event.place.as_deref()));
    let address = lang.href(&format!("/events/{}", event.slug));
    let explanation = match own.status {
        Status::Requested => Some(words.requested_why.to_owned()),
        Status::Refused => own.refusal_reason.clone(),
        Status::Confirmed if own.reply_by.is_some() => own.reply_by.map(|by| lang.say_no_by(by)),
        Status::Confirmed if is_new => Some(lang.mail_is_sent(&own.email)),
        Status::Waitlisted => Some(words.waitlist_why.to_owned()),
        Status::Cancelled => Some(words.thanks_for_telling.to_owned()),
        _ => None,
    };
    let by = own.signed_up_by;
    let ticket = own.ticket.map(|ticket| view! { <Shown ticket /> });
    let cancel = own.can_cancel.then(|| {
        let (ask, yes) = match own.status {
            _ if by.is_some() => (lang.say_no(), lang.say_no_yes()),
            Status::Waitlisted => (words.leave_waitlist, words.leave_waitlist_yes),
            Status::Requested => (words.withdraw, words.withdraw_yes),
            Status::Confirmed if own.reply_by.is_some() => (words.say_no, words.say_no_yes),
            _ => (words.cancel, words.cancel_yes),
        };
        let action = lang.href(&format!("/sign-ups/{token}/cancel"));
        view! {
            <details class="ask">
                <summary>{ask}</summary>
                <p>{if by.is_some() { lang.say_no_why() } else { words.cancel_why }}</p>
                <form method="post" action=action>
                    <div class="field">
                        <label for="reason">{words.cancel_reason}</label>
                        <textarea id="reason" name="reason" rows="2" maxlength=LONGEST_REASON.to_string()></textarea>
                    </div>
                    <button class="btn danger">{yes}</button>
                </form>
            </details>
        }
    });
    let meeting = (own.has_meeting && matches!(own.status, Status::Confirmed | Status::Attended))
        .then(|| {
            // Not a page of ours: the server sends on from here.
            let address = format!("{address}/join?ticket={token}");
            view! {
                <p>
                    <a class="btn" href=address rel="external">
                        {words.go_to_meeting}
                    </a>
                    <small>{words.doors_open}</small>
                </p>
            }
        });
    let can_change = own.can_cancel && event.phase != Phase::Cancelled;
    let way = can_change.then(|| other_way(&event, own.way)).flatten().map(|(other, left)| {
        let action = lang.href(&format!("/sign-ups/{token}/way"));
        view! {
            <details class="ask">
                <summary>{lang.other_way(other)}</summary>
                <p>{lang.other_way_seats(left)}</p>
                <form method="post" action=action>
                    <input type="hidden" name="way" value=other.as_str() />
                    <button class="btn">{words.change_way}</button>
                </form>
            </details>
        }
    });
    let saved = is_saved.then(|| view! { <p class="text" role="status">{words.answers_saved}</p> });
    let answers = view! {
        <OwnAnswers
            token=token.clone()
            questions=own.questions
            answers=own.answers
            can_answer=own.can_cancel
        />
    };
    let again = (own.status == Status::Cancelled && event.phase == Phase::Open).then(|| {
        view! {
            <p>
                <a class="btn quiet" href=format!("{address}#sign-up")>
                    {words.sign_up_again}
                </a>
            </p>
        }
    });
    view! {
        <PageMeta title=title.clone() description="" path="/sign-ups" private=true />
        <div class="done">
            <Mark sign />
            <h1 tabindex="-1">{title}</h1>
            {was_full.then(|| view! { <p class="text" role="status">{words.way_full}</p> })}
            {own.position.map(|position| view! { <Queue position waitlisted /> })}
            <p>
                <b>
                    <a href=address.clone()>{event.title.clone()}</a>
                </b>
                <br />
                <time datetime=crate::wire::date_time::write(event.when.starts)>{dates::long_when(lang, &event.when)}</time>
                {place.map(|place| format!(", {place}"))}
            </p>
            {by.as_ref()
                .filter(|_| own.can_cancel)
                .map(|name| view! { <p class="text">{lang.signed_you_up(name)}</p> })}
            {explanation.map(|text| view! { <p class="text">{text}</p> })}
            {ticket}
            {matches!(own.status, Status::Confirmed)
                .then(|| {
                    view! {
                        <p class="addto">
                            <a
                                class="btn quiet"
                                href=format!("/events/{}.ics?lang={}", event.slug, lang.tag())
                                rel="external"
                            >
                                {words.add_to_calendar}
                            </a>
                        </p>
                    }
                })} {meeting} {saved} {answers} {way} {cancel} {again} <History moments=own.history by /> <p class="meta">{words.link_is_yours}</p>
        </div>
    }
}

/// The code that says at the door who one is, for the camera and for the eye.
#[component]
fn Shown(ticket: Ticket) -> impl IntoView {
    let lang = use_lang();
    let says = lang.show_at_the_door();
    let edges = format!("0 0 {0} {0}", ticket.size);
    let label = format!("{says} {}", ticket.code);
    view! {
        <figure class="ticket" id="ticket">
            <svg viewBox=edges role="img" aria-label=label shape-rendering="crispEdges">
                <path class="light" d=format!("M0 0h{0}v{0}h-{0}z", ticket.size) />
                <path class="dark" d=ticket.squares />
            </svg>
            <figcaption>
                {says} " " <b class="num">{ticket.code}</b>
            </figcaption>
        </figure>
    }
}

/// The way that one does not take part in, where there is another, and how many seats are left there;
/// `None` of them where there are as many as want to.
fn other_way(event: &EventLine, way: Way) -> Option<(Way, Option<u32>)> {
    let other = event.seats.ways.iter().find(|seats| seats.way != way)?;
    let left = other.capacity.map(|capacity| {
        if other.waitlisted > 0 { 0 } else { capacity.saturating_sub(other.confirmed) }
    });
    Some((other.way, left))
}

/// What has happened, where anything has since the beginning.
#[component]
fn History(moments: Vec<Moment>, by: Option<String>) -> impl IntoView {
    let lang = use_lang();
    (moments.len() > 1).then(|| {
        view! {
            <section class="history" aria-labelledby="history">
                <h2 id="history">{lang.words().what_happened}</h2>
                <ol>
                    {moments
                        .into_iter()
                        .map(|moment| {
                            let what = match &by {
                                Some(name) if moment.from.is_none() => {
                                    lang.was_signed_up_by(name, moment.status)
                                }
                                _ => lang.happened(&moment).to_owned(),
                            };
                            view! {
                                <li>
                                    <time datetime=crate::wire::date_time::write(
                                        moment.at,
                                    )>{dates::instant(lang, moment.at)}</time>
                                    <span>{what}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ol>
            </section>
        }
    })
}

/// The line of those who wait, drawn: one's own place among them.
#[component]
fn Queue(position: u32, waitlisted: u32) -> impl IntoView {
    /// More would not be told apart.
    const DRAWN: u32 = 12;
    let lang = use_lang();
    let count = waitlisted.max(position);
    let drawn = count.min(DRAWN);
    let you = position.min(DRAWN);
    let width = drawn * 22;
    view! {
        <svg
            class="queue"
            viewBox=format!("0 0 {width} 24")
            width=width
            height="24"
            role="img"
            aria-label=lang.place_in_line(position, count)
        >
            {(1..=drawn)
                .map(|place| {
                    let own = place == you;
                    view! {
                        <circle
                            class=own.then_some("you")
                            cx=(place * 22 - 12).to_string()
                            cy="12"
                            r=if own { "8" } else { "6.5" }
                        />
                    }
                })
                .collect_view()}
        </svg>
        <p>{lang.place_in_line(position, count)}</p>
    }
}

/// What a notice page says, by the last part of its address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The address is signed up already; the link has been mailed.
    SignedUpAlready,
    /// We will write when sign-up opens.
    WillTell,
    /// Sign-up is not open (409).
    NotOpen,
}

/// `/events/{slug}/signed-up`, `/events/{slug}/watching`, and the answer to a form that came too early
/// or too late.
#[component]
pub fn NoticeRoute(
    /// Which.
    notice: Notice,
) -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let page = Resource::new(
        move || params.read().get("slug").unwrap_or_default(),
        move |slug| load_event(lang, slug),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        let line = page.line;
                        if notice == Notice::NotOpen {
                            set_status(409);
                        }
                        let words = lang.words();
                        let (sign, title, text) = match notice {
                            Notice::SignedUpAlready => {
                                (Sign::Letter, words.signed_up_already.to_owned(), words.signed_up_already_why)
                            }
                            Notice::WillTell => (Sign::Letter, words.will_tell.to_owned(), words.will_tell_why),
                            Notice::NotOpen => {
                                (Sign::Crossed, lang.not_open(&line.title, line.phase), words.nothing_taken)
                            }
                        };
                        view! {
                            <PageMeta title=title.clone() description="" path="/events" private=true />
                            <div class="done">
                                <Mark sign />
                                <h1 tabindex="-1">{title}</h1>
                                <p class="lead">{text}</p>
                                <p>
                                    <b>{line.title}</b>
                                    <br />
                                    {dates::long_when(lang, &line.when)}
                                </p>
                                <p class="more">
                                    <a href=lang
                                        .href(&format!("/events/{}", line.slug))>{words.back_to_event}</a>
                                    " "
                                    <a href=lang.href("/calendar")>{words.whole_calendar}</a>
                                </p>
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}
