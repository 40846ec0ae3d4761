//! `/series/{slug}`: a tour or a relay as a line of stops.

pub mod api;
pub mod model;
pub mod page;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod store;
