//! Pictures of events, series and programmes, and portraits of those who speak.

pub mod model;
pub mod part;
#[cfg(feature = "ssr")]
pub mod store;
