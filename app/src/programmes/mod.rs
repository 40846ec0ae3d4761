//! `/programmes/{slug}`: an undertaking, who is behind it and what came of it.

pub mod api;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
