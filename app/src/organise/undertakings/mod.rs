//! Programmes and series as those who organise them write them: their facts, the stops of a series, putting away.

pub mod api;
#[cfg(feature = "ssr")]
mod documents_store;
#[cfg(feature = "ssr")]
mod edit;
pub mod fields;
pub mod list_page;
pub mod model;
mod parts;
#[cfg(feature = "ssr")]
mod parts_store;
pub mod programme_page;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
pub mod save_store;
pub mod series_page;
#[cfg(feature = "ssr")]
pub mod stops_store;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
