//! Writing to those who signed up: to all of them, to some, to the line.

pub mod api;
pub mod follow;
pub mod model;
pub mod page;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
