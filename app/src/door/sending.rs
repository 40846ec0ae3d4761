//! What is pressed and scanned at the door: kept first, then sent, so that nothing is lost whatever happens in
//! between. Without a network it stays kept until there is one.

use super::browser::{self, Answer};
use super::follow::Address;
use super::guests::{Guests, Said};
use super::keeping;
use super::kept::{self, Kept};
use super::outcome::{Done, Outcome, Tone};
use super::ticket;
use crate::text::Lang;
use leptos::prelude::*;

/// A door in a browser.
#[derive(Clone)]
pub struct Desk {
    /// The list.
    pub list: Guests,
    /// Which door.
    pub address: Address,
    /// In which language.
    pub lang: Lang,
    /// Something is on its way.
    pub is_sending: StoredValue<bool>,
    /// The list is about to be kept.
    pub is_keeping: StoredValue<bool>,
}

impl Desk {
    fn path(&self) -> String {
        self.address.path()
    }

    /// Somebody comes, or that is taken back.
    pub fn press(&self, sign_up: i64, is_in: bool) {
        let is_told = self.list.is_offline.get_untracked();
        let one = Kept { key: browser::key(), sign_up, is_in, at: keeping::now(), is_told };
        keeping::keep(&self.path(), &one);
        self.list.kept.update(|kept| kept.push(one.clone()));
        if is_told {
            self.tell_kept(&one);
        } else {
            self.send();
        }
    }

    /// A code that was scanned or typed.
    pub fn read(&self, text: &str) {
        let (list, lang) = (self.list, self.lang);
        let Some(ticket) = ticket::read(text) else {
            list.say(lang, Done::NoTicket, None, None);
            return;
        };
        match list.holder(&ticket) {
            // The list may be old, and the server knows better: it is asked, if it can be.
            Some(guest) if guest.has_place() && !guest.is_here() => self.press(guest.id, true),
            Some(guest) if list.is_offline.get_untracked() => {
                let done = if guest.is_here() { Done::Already } else { Done::of(guest.status) };
                list.say(lang, done, Some(&guest.name), guest.came.as_ref());
            }
            _ if list.is_offline.get_untracked() => self.say(lang.door_words().not_in_this_list),
            _ => self.ask(ticket),
        }
    }

    /// Asks the server of a ticket that the list does not let in.
    fn ask(&self, ticket: String) {
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let address = format!("{}/check-in", desk.lang.href(&desk.path()));
            let body = format!("ticket={ticket}&key={}", browser::key());
            match browser::tell(&address, &body).await {
                Answer::Outcome(outcome) => desk.take_in(None, outcome),
                Answer::Unreached => {
                    desk.go_offline();
                    desk.say(desk.lang.door_words().not_in_this_list);
                }
                Answer::Refused(status) => desk.refused(status),
            }
        });
    }

    fn say(&self, text: &str) {
        let said = Said { text: text.to_owned(), tone: Tone::Stop };
        self.list.said.try_set(Some(said));
    }

    /// Sends what is kept, in order.
    pub fn send(&self) {
        if self.is_sending.get_value() {
            return;
        }
        self.is_sending.set_value(true);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let home = desk.lang.href(&desk.path());
            // The page may be left meanwhile; what is kept is sent by the next one.
            while let Some(Some(one)) =
                desk.list.kept.try_with_untracked(|kept| kept.first().cloned())
            {
                let address = format!("{home}/{}", one.path());
                // An answer that was on its way when the network went says nothing of its being there.
                let was_offline = desk.list.is_offline.try_get_untracked().unwrap_or_default();
                match browser::tell(&address, &one.form(keeping::now())).await {
                    Answer::Outcome(outcome) => desk.sent(&one, outcome, was_offline),
                    Answer::Unreached => {
                        desk.go_offline();
                        break;
                    }
                    // What cannot be read will not be the next time either.
                    Answer::Refused(400 | 413 | 415 | 422) => desk.drop_one(&one),
                    Answer::Refused(status) => {
                        desk.refused(status);
                        break;
                    }
                }
            }
            desk.is_sending.try_set_value(false);
        });
    }

    fn drop_one(&self, one: &Kept) {
        keeping::drop_kept(&self.path(), &one.key);
        self.list.kept.try_update(|kept| kept.retain(|other| other.key != one.key));
    }

    /// The server has it.
    fn sent(&self, one: &Kept, outcome: Outcome, was_offline: bool) {
        self.drop_one(one);
        if self.list.is_awake.try_get_untracked().is_none() {
            return;
        }
        self.take_in(Some(one), outcome);
        if was_offline && self.list.is_offline.get_untracked() {
            self.list.is_offline.set(false);
        }
        let is_last = self.list.kept.with_untracked(Vec::is_empty);
        if one.is_told && is_last {
            let text = self.lang.door_words().all_sent.to_owned();
            self.list.said.set(Some(Said { text, tone: Tone::Good }));
            self.list.again.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Shows what came of it. Of what was kept, only what is not as it was meant.
    fn take_in(&self, one: Option<&Kept>, outcome: Outcome) {
        let (list, lang) = (self.list, self.lang);
        let (done, came) = (outcome.done, outcome.came);
        match done {
            Done::In | Done::Already => list.mark(outcome.who, true, came.clone()),
            Done::Out => list.mark(outcome.who, false, None),
            Done::Closed => list.is_shut.set(true),
            _ => {}
        }
        let Some(one) = one.filter(|one| one.is_told) else {
            list.say(lang, done, outcome.name.as_deref(), came.as_ref());
            return;
        };
        let name = outcome.name.as_deref();
        let text = match (done, came) {
            (Done::In, _) if one.is_in => return,
            (Done::Out, _) if !one.is_in => return,
            (Done::Already, Some(came)) => lang.two_doors(name.unwrap_or_default(), &came),
            (_, came) => {
                // The server's word goes before what was meant: all is read again.
                list.version.set_value(0);
                lang.door_done(done, name, came.as_ref())
            }
        };
        list.settled.update(|settled| settled.push(text));
    }

    /// There is no network: what was done is kept, and it is said.
    pub fn go_offline(&self) {
        let list = self.list;
        if list.is_offline.try_get_untracked() == Some(false) {
            list.is_offline.set(true);
            keeping::keep_list(&self.path(), list);
        }
        let mut new = Vec::new();
        list.kept.try_update(|kept| {
            for one in kept.iter_mut().filter(|one| !one.is_told) {
                one.is_told = true;
                new.push(one.clone());
            }
        });
        for one in new {
            keeping::keep(&self.path(), &one);
            self.tell_kept(&one);
        }
    }

    /// Says that something is kept.
    fn tell_kept(&self, one: &Kept) {
        self.list.mark(one.sign_up, one.is_in, None);
        let guest = self.list.guest(one.sign_up);
        let text = self.lang.door_kept(one.is_in, guest.as_ref().map(|guest| guest.name.as_str()));
        self.list.said.set(Some(Said { text, tone: Tone::Good }));
    }

    /// The server does not let whoever stands here. A link that is revoked, or a role that is lost, leaves nothing
    /// behind; what had not been sent is named once more, since nobody else knows of it.
    pub fn refused(&self, status: u16) {
        let list = self.list;
        if list.is_awake.try_get_untracked().is_none() {
            return;
        }
        let kept = list.kept.get_untracked();
        if matches!(status, 403 | 404) {
            keeping::forget(&self.path());
            list.kept.set(Vec::new());
            let unsent = kept::unsent(&kept, |id| list.guest(id).map(|guest| guest.name));
            if !unsent.is_empty() {
                self.say(&self.lang.never_sent(&unsent));
            }
        } else {
            keeping::forget_list(&self.path());
            if !kept.is_empty() {
                self.say(&self.lang.unsent_until_signed_in(kept.len()));
            }
        }
        list.is_shut.set(true);
        list.entries.set(Vec::new());
    }
}
