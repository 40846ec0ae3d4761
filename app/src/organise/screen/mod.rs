//! The screen for the room: large, for a projector, with nothing on it that one could press.

pub mod api;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
