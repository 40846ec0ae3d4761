//! The library of recordings: what was held lives on.

#[cfg(feature = "ssr")]
pub mod access;
pub mod model;
