//! The library of recordings: what was held lives on.

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod files;
pub mod model;
#[cfg(feature = "ssr")]
pub mod uploads;
