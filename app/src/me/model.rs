//! What a participant's own page shows.

use crate::events::model::EventLine;
use crate::recordings::watching::model::MyWatching;
use crate::signup::model::Status;
use serde::{Deserialize, Serialize};

/// One of one's own places, or places in line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPlace {
    /// What one has signed up for.
    pub line: EventLine,
    /// In how many days it begins.
    pub in_days: i32,
    /// `Requested`, `Confirmed` or `Waitlisted`.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
    /// The secret of the sign-up's page, which is the person's own.
    pub token: String,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPage {
    /// What one is signed up for and is not over, in the order of time.
    pub places: Vec<MyPlace>,
    /// What is coming anyway, where one is signed up for nothing.
    pub coming: Vec<EventLine>,
    /// What they have begun to watch.
    pub watching: MyWatching,
    /// There is an organiser's side for them.
    pub organises: bool,
}
