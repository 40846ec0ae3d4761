//! What a mail is about, what becomes of it, and the rules of trying again. Pure.

use crate::events::model::{Phase, State as EventState, words};
use crate::signup::model::Status;
use serde::{Deserialize, Serialize};

words! {
    /// What a mail tells; its word is the `kind` of its row in the outbox.
    MailKind {
        /// You have a place.
        Confirmed = "confirmed",
        /// You are in line.
        Waitlisted = "waitlisted",
        /// A place came free, and it is yours.
        Promoted = "promoted",
        /// You have cancelled.
        Cancelled = "cancelled",
        /// Somebody, probably you, signed up your address again.
        SignedUpAgain = "signed_up_again",
        /// We will write when sign-up opens.
        WillTellWhenOpen = "will_tell_when_open",
        /// Sign-up has opened.
        Opened = "opened",
        /// The event has another time or place.
        Changed = "changed",
        /// The event will not take place.
        EventCancelled = "event_cancelled",
        /// The event is near.
        Reminder = "reminder",
        /// The link that signs in.
        SignIn = "sign_in",
        /// A seat is held until the organiser has approved.
        Requested = "requested",
        /// The organiser has approved: you have a place.
        Approved = "approved",
        /// The organiser has not approved.
        Refused = "refused",
        /// You have signed up several colleagues.
        Group = "group",
        /// There is a recording of what one was signed up for.
        Recording = "recording",
        /// What an organiser has written.
        Letter = "letter",
        /// A passkey was added to the account.
        PasskeyAdded = "passkey_added",
        /// A passkey was taken away from it.
        PasskeyRemoved = "passkey_removed",
    }
}

impl MailKind {
    /// What a row tells: of what is about signing in, its occasion says which.
    #[must_use]
    pub fn of_row(kind: &str, occasion: Option<&str>) -> Option<Self> {
        match (Self::parse(kind)?, occasion) {
            (Self::SignIn, Some(occasion)) => Self::parse(occasion),
            (kind, _) => Some(kind),
        }
    }

    /// It tells of an event; the others of the person's account.
    #[must_use]
    pub const fn is_about_event(self) -> bool {
        !matches!(self, Self::SignIn | Self::PasskeyAdded | Self::PasskeyRemoved)
    }
}

words! {
    /// Where a mail is.
    State {
        /// It waits for its turn, or is being sent right now.
        Queued = "queued",
        /// The mail server has taken it.
        Sent = "sent",
        /// It will not be tried again.
        Failed = "failed",
        /// What it tells no longer held when its turn came.
        Dropped = "dropped",
    }
}

/// So long a process may keep a mail that it has taken up, in seconds. Then it is due again: whoever
/// took it up has died.
pub const LEASE: i64 = 180;
/// A mail that has been taken up more often, and never concluded, ends whoever takes it up.
pub const MOST_TIMES: i32 = 12;
/// The longest that is kept of what a mail server said, in characters.
pub const LONGEST_PROBLEM: usize = 500;
/// A mail with a link that has run out by now is sent to nobody.
const SIGN_IN_HOLDS: i64 = crate::account::model::LINK_LASTS;

/// How long a mail waits after it has been tried `attempts` times in vain, in seconds; `None`: that was
/// the last time.
#[must_use]
pub fn wait_after(attempts: i32) -> Option<i64> {
    const WAITS: [i64; 5] = [60, 5 * 60, 30 * 60, 2 * 3_600, 8 * 3_600];
    usize::try_from(attempts).ok()?.checked_sub(1).and_then(|tried| WAITS.get(tried).copied())
}

/// What a mail server said, on one line and not too long.
#[must_use]
pub fn shortened(problem: &str) -> String {
    let line = one_line(problem);
    if line.chars().count() <= LONGEST_PROBLEM {
        return line;
    }
    line.chars().take(LONGEST_PROBLEM - 1).chain(['…']).collect()
}

/// Text for a header: whatever could end a line is a space.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How things stand with what a mail is about, at the moment that it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What has become of the sign-up.
    pub sign_up: Option<Status>,
    /// What the organiser decided about the event.
    pub event: Option<EventState>,
    /// What one can do with the event.
    pub phase: Option<Phase>,
    /// When the event begins (seconds since 1970 UTC).
    pub starts: Option<i64>,
    /// The person still wants to be told.
    pub is_watching: bool,
    /// The person wants mails of this kind.
    pub is_wanted: bool,
    /// There is a recording of the event.
    pub has_recording: bool,
    /// There is a link to sign in with.
    pub has_secret: bool,
    /// When the mail was put into the queue (seconds since 1970 UTC).
    pub created: i64,
}

impl Standing {
    /// What the mail tells is still so at `now`.
    #[must_use]
    pub fn holds(&self, kind: MailKind, now: i64) -> bool {
        let to_come = self.starts.is_some_and(|starts| now < starts);
        let has_live_place = self.sign_up.is_some_and(Status::is_live);
        let is_on = self.event == Some(EventState::Published);
        match kind {
            MailKind::Opened => self.is_watching && self.phase == Some(Phase::Open),
            MailKind::Reminder => {
                self.is_wanted && self.sign_up == Some(Status::Confirmed) && is_on && to_come
            }
            MailKind::Recording => {
                let was_seated = matches!(
                    self.sign_up,
                    Some(Status::Confirmed | Status::Attended | Status::NoShow)
                );
                let took_place = is_on || self.event == Some(EventState::Held);
                self.is_wanted && self.has_recording && was_seated && took_place
            }
            MailKind::Changed => has_live_place && is_on && to_come,
            MailKind::EventCancelled => has_live_place && !is_on,
            MailKind::SignIn => self.has_secret && now < self.created + SIGN_IN_HOLDS,
            MailKind::Confirmed
            | MailKind::Waitlisted
            | MailKind::Promoted
            | MailKind::Cancelled
            | MailKind::Requested
            | MailKind::Approved
            | MailKind::Refused
            | MailKind::SignedUpAgain
            | MailKind::WillTellWhenOpen
            | MailKind::Group
            | MailKind::Letter
            | MailKind::PasskeyAdded
            | MailKind::PasskeyRemoved => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_times_it_is_tried_again_and_then_no_more() {
        let waits: Vec<_> = (1..=7).map(wait_after).collect();
        let some = [60, 300, 1_800, 7_200, 28_800].map(Some);
        assert_eq!(waits[..5], some);
        assert_eq!(waits[5..], [None, None]);
        assert_eq!(wait_after(0), None);
    }

    #[test]
    fn what_the_server_said_is_one_line_of_bounded_length() {
        assert_eq!(shortened("550 no\r\nsuch  \tuser\n"), "550 no such user");
        let long = shortened(&"å".repeat(2_000));
        assert_eq!(long.chars().count(), LONGEST_PROBLEM);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn nothing_in_a_header_ends_its_line() {
        let text = one_line("Eva\r\nBcc: x@y.se\u{2028}\u{85}\u{0}z");
        assert_eq!(text, "Eva Bcc: x@y.se z");
    }

    #[test]
    fn what_is_about_signing_in_says_which_by_its_occasion() {
        assert_eq!(MailKind::of_row("sign_in", None), Some(MailKind::SignIn));
        assert_eq!(
            MailKind::of_row("sign_in", Some("passkey_added")),
            Some(MailKind::PasskeyAdded)
        );
        assert_eq!(MailKind::of_row("sign_in", Some("x")), None);
        assert_eq!(MailKind::of_row("reminder", Some("x")), Some(MailKind::Reminder));
        assert_eq!(MailKind::of_row("x", None), None);
    }

    #[test]
    fn what_no_longer_holds_is_not_told() {
        let stands = Standing {
            sign_up: Some(Status::Confirmed),
            event: Some(EventState::Published),
            phase: Some(Phase::Open),
            starts: Some(1_000),
            is_watching: false,
            is_wanted: true,
            has_recording: true,
            has_secret: false,
            created: 0,
        };
        assert!(stands.holds(MailKind::Reminder, 999));
        assert!(!stands.holds(MailKind::Reminder, 1_000));
        let gone = Standing { sign_up: Some(Status::Cancelled), ..stands };
        assert!(!gone.holds(MailKind::Reminder, 0) && !gone.holds(MailKind::Changed, 0));
        assert!(gone.holds(MailKind::Confirmed, 0), "the cancellation comes after it");
        let waits = Standing { sign_up: Some(Status::Waitlisted), ..stands };
        assert!(waits.holds(MailKind::Changed, 0) && !waits.holds(MailKind::Reminder, 0));
        let off = Standing { event: Some(EventState::Cancelled), ..stands };
        assert!(off.holds(MailKind::EventCancelled, 0) && !off.holds(MailKind::Changed, 0));
        assert!(!stands.holds(MailKind::EventCancelled, 0), "it takes place after all");
        assert!(!stands.holds(MailKind::Opened, 0));
        assert!(Standing { is_watching: true, ..stands }.holds(MailKind::Opened, 0));
        let secret = Standing { has_secret: true, ..stands };
        assert!(secret.holds(MailKind::SignIn, 1_199) && !secret.holds(MailKind::SignIn, 1_200));
        assert!(!stands.holds(MailKind::SignIn, 0));
        for sign_up in [Status::Confirmed, Status::Attended, Status::NoShow] {
            let was_there = Standing { sign_up: Some(sign_up), ..stands };
            assert!(was_there.holds(MailKind::Recording, 2_000), "{sign_up:?}");
            assert!(!Standing { has_recording: false, ..was_there }.holds(MailKind::Recording, 0));
            assert!(!Standing { is_wanted: false, ..was_there }.holds(MailKind::Recording, 0));
        }
        assert!(Standing { event: Some(EventState::Held), ..stands }.holds(MailKind::Recording, 0));
        assert!(!off.holds(MailKind::Recording, 0) && !gone.holds(MailKind::Recording, 0));
        assert!(!waits.holds(MailKind::Recording, 0));
        let unwanted = Standing { is_wanted: false, ..stands };
        assert!(!unwanted.holds(MailKind::Reminder, 0) && unwanted.holds(MailKind::Changed, 0));
    }
}
