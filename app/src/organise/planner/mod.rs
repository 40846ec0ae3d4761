//! The planners' calendar: everything that is planned in all programmes, with what collides and when people are off.

pub mod api;
pub(in crate::organise) mod beside;
pub mod clash;
mod clash_list;
pub mod model;
mod month;
pub mod page;
#[cfg(feature = "ssr")]
pub(in crate::organise) mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
