//! The library of recordings: what was held lives on.

#[cfg(feature = "ssr")]
pub mod access;
pub mod model;
#[cfg(feature = "ssr")]
pub mod podcast;
pub mod query;
pub mod search;
