//! Everybody who signed up for an event: found, put in order, followed, chosen.

pub mod adding;
pub mod api;
pub mod choosing;
pub mod filters;
pub mod follow;
pub mod model;
#[cfg(feature = "ssr")]
mod moved_store;
pub mod page;
pub mod person;
pub mod query;
mod searching;
pub mod selection;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
