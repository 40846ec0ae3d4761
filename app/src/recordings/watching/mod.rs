//! How far somebody who is signed in has come. For nobody else is anything kept.

pub mod model;
pub mod part;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
