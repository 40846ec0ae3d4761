//! Changes as they happen: `hub` brings them from the database to the open streams of this process,
//! `signal` from the stream to what is on the screen.

#[cfg(feature = "ssr")]
pub mod hub;
pub mod model;
#[cfg(feature = "hydrate")]
pub mod reading;
pub mod signal;
#[cfg(feature = "ssr")]
mod store;
