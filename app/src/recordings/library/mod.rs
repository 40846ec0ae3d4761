//! `/recordings`: what has been recorded, as a list that reads like a contents page.

pub mod choices;
#[cfg(all(test, feature = "ssr"))]
mod choices_tests;
pub mod filters;
#[cfg(feature = "ssr")]
pub mod line_store;
pub mod model;
pub mod page;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
