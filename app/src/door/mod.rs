//! The door: who is expected, and who has come. Stewards have it by a link of their own, those who organise or
//! host beside their event (`organise::day`).

pub mod api;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod camera;
#[cfg(feature = "ssr")]
pub mod deed_store;
pub mod follow;
pub mod guests;
#[cfg(feature = "hydrate")]
mod keeping;
pub mod kept;
#[cfg(feature = "ssr")]
pub mod links_store;
pub mod list;
pub mod model;
pub mod outcome;
pub mod page;
pub mod part;
pub mod scan;
#[cfg(feature = "hydrate")]
mod sending;
pub mod standing;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod ticket;
pub mod ticket_page;
pub mod unsent;
