//! What is held about somebody, by kind.

use crate::events::model::words;
use crate::text::consent;
use crate::wire;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// A kind of what is held; its word is its name in `data.json`.
    Section {
        /// What they told of themselves.
        Person = "person",
        /// Their sign-ups.
        SignUps = "sign_ups",
        /// What became of those, step by step.
        History = "history",
        /// What they answered to organisers' questions.
        Answers = "answers",
        /// When they came, at a door.
        CheckIns = "check_ins",
        /// Whole series that they signed up for.
        Series = "series",
        /// Whom they signed up beside themselves.
        Groups = "groups",
        /// Events whose sign-up they want to be told of.
        Awaited = "awaited",
        /// What they have watched.
        Watched = "watched",
        /// Mails to them.
        Mails = "mails",
        /// Which of them they want.
        Wishes = "wishes",
        /// Where they are signed in.
        Sessions = "sessions",
        /// Their passkeys.
        Passkeys = "passkeys",
        /// Links to sign in that were asked for with their address.
        Links = "links",
        /// What they may do on the organisers' side.
        Roles = "roles",
        /// What is told of them as a speaker or a contact.
        Presented = "presented",
        /// What organisers brought in about them by files.
        Imported = "imported",
        /// What they did as an organiser, and what others changed about them.
        Log = "log",
        /// Letters that they wrote, files that they sent, links that they made.
        Made = "made",
    }
}

/// A wording that somebody agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// For what.
    pub title: String,
    /// The event's page, where it is about one.
    pub event: Option<String>,
    /// The day on which they did.
    #[serde(with = "wire::date")]
    pub on: Date,
    /// The number of the wording ([`consent`]).
    pub wording: i32,
}

impl Consent {
    /// Whether an organiser wrote it down on their behalf.
    #[must_use]
    pub const fn is_by_hand(&self) -> bool {
        self.wording == consent::HAND
    }
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataPage {
    /// How much there is of each kind, without those of which there is nothing.
    pub held: Vec<(Section, u32)>,
    /// The latest first.
    pub consents: Vec<Consent>,
}
