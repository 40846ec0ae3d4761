//! Signing up: the form, the desk that decides, and one's own page.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod form;
#[cfg(feature = "ssr")]
pub mod mine;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
