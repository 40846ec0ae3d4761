//! How an event fills: its seats, the curve of its sign-ups, and whom they reach.

pub mod api;
pub mod curve;
pub mod follow;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod places;
pub mod reach;
pub mod room;
pub mod seats;
pub mod steering;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
