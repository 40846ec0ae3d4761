//! What the stream says.

use crate::events::model::{EventId, Seats};
use serde::{Deserialize, Serialize};

/// How an event stands now. Sent for every event that a page shows when it connects, and again for each
/// one that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Which event.
    pub id: EventId,
    /// Its seats.
    pub seats: Seats,
    /// Version of everything but the seats: a page that shows another must read the event anew.
    pub version: i64,
}

/// One message of the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// How these events stand.
    #[serde(rename = "standings")]
    Standings(Vec<Standing>),
    /// Something else than seats changed in the programme: lists must be read anew.
    #[serde(rename = "programme")]
    Programme,
}
