//! The library of recordings: what was held lives on.

#[cfg(feature = "ssr")]
pub mod access;
pub mod api;
pub mod elsewhere;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "hydrate")]
mod following;
pub mod jobs;
#[cfg(feature = "ssr")]
mod json_ld;
pub mod library;
pub mod model;
pub mod page;
pub mod page_model;
#[cfg(feature = "ssr")]
pub mod page_store;
pub mod part;
pub mod parts;
pub mod player;
#[cfg(feature = "ssr")]
pub mod podcast;
pub mod query;
pub mod said;
pub mod search;
pub mod transcript;
#[cfg(feature = "ssr")]
pub mod uploads;
pub mod watching;
