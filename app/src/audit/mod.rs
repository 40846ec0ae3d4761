//! What those who organise have done: who, when, what, before and after.

#[cfg(feature = "ssr")]
pub mod store;
