//! The people of an event as the organiser's list shows them. Pure.

use super::query::Standing;
use crate::events::model::{EventId, Way, words};
use crate::signup::deeds::Deed;
use crate::signup::model::Status;
use crate::signup::questions::{Answer, Question};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Somebody who signed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The number of the sign-up.
    pub id: i64,
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub organisation: String,
    /// Their address, for those who organise.
    pub email: Option<String>,
    /// How they take part.
    pub way: Way,
    /// What has become of it.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// When they signed up.
    #[serde(with = "crate::wire::date_time")]
    pub at: DateTime,
    /// What they answered.
    pub answers: Vec<Answer>,
    /// What they need to take part, for those who organise.
    pub needs: Vec<String>,
    /// Why they are not coming, why they were refused, or why they came before others in line.
    pub reason: Option<String>,
    /// What a mail server said that refused a mail to them.
    pub mail_problem: Option<String>,
    /// Where they were moved, or where from.
    pub moved: Option<Relocation>,
}

/// Another event that somebody was moved to, or from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relocation {
    /// They have left for it.
    pub is_away: bool,
    /// What it is called.
    pub title: String,
    /// When it is.
    #[serde(with = "crate::wire::date_time")]
    pub starts: DateTime,
}

words! {
    /// Those who stand together on the list; the word is the id of their heading.
    Group { Requests = "requests", Places = "places", Line = "line", Gone = "gone" }
}

impl Group {
    /// The one that somebody belongs to.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Requested => Self::Requests,
            Status::Confirmed | Status::Attended | Status::NoShow => Self::Places,
            Status::Waitlisted => Self::Line,
            Status::Refused | Status::Cancelled => Self::Gone,
        }
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The people on it.
    pub rows: Vec<Row>,
    /// The rest.
    pub about: About,
}

/// What a page of the list says beside its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Of which event.
    pub event: EventId,
    /// Whoever looks may decide, and not only read.
    pub may_change: bool,
    /// How one can take part.
    pub ways: Vec<Way>,
    /// What is asked, as far as whoever looks may read the answers.
    pub questions: Vec<Question>,
    /// How many there are of those that are asked for.
    pub matching: usize,
    /// The same, group by group.
    pub groups: Vec<(Group, usize)>,
    /// How many there are in all, as they stand; those of whom there is nobody are left out.
    pub all: Vec<(Standing, usize)>,
    /// How many there are in all.
    pub total: usize,
    /// Which page it is, counted from 0.
    pub page: usize,
    /// How many pages there are, at least one.
    pub pages: usize,
    /// The event has begun: one can say who was there.
    pub has_begun: bool,
    /// What was done just now, and can be undone.
    pub deeds: Vec<Deed>,
}

impl About {
    /// How many of those that are asked for belong to a group.
    #[must_use]
    pub fn in_group(&self, group: Group) -> usize {
        self.groups.iter().find(|(known, _)| *known == group).map_or(0, |(_, count)| *count)
    }

    /// How many there are in all who stand like this.
    #[must_use]
    pub fn in_all(&self, standing: Standing) -> usize {
        self.all.iter().find(|(known, _)| *known == standing).map_or(0, |(_, count)| *count)
    }
}
