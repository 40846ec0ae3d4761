//! Signing up: the form, the desk that decides, and one's own page.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod form;
pub mod join;
#[cfg(feature = "ssr")]
pub mod join_store;
#[cfg(feature = "ssr")]
pub mod mine;
pub mod model;
#[cfg(feature = "ssr")]
pub mod own_store;
#[cfg(all(test, feature = "ssr"))]
mod own_tests;
pub mod page;
#[cfg(feature = "ssr")]
mod placing;
#[cfg(feature = "ssr")]
pub mod recorded;
#[cfg(feature = "ssr")]
pub mod reminders;
pub mod series_page;
#[cfg(feature = "ssr")]
pub mod series_store;
#[cfg(all(test, feature = "ssr"))]
mod series_tests;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
