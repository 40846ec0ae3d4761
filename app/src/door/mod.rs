//! The door: who is expected, and who has come. Stewards have it by a link of their own, those who organise or
//! host beside their event (`organise::day`).

pub mod api;
#[cfg(feature = "hydrate")]
mod browser;
pub mod follow;
#[cfg(feature = "ssr")]
pub mod links_store;
pub mod list;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
