//! Writing to those who signed up: to all of them, to some, to the line.

pub mod api;
pub mod follow;
pub mod model;
#[cfg(test)]
mod model_tests;
pub mod page;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod send_store;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
