//! The picture of an event, a series or a programme, and portraits: chosen, described, taken away.

pub mod api;
pub mod model;
pub mod page;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
