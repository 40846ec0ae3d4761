//! How far somebody who is signed in has come, which is kept for nobody else; and how much a recording is watched,
//! which is counted without anybody in it.

pub mod counting;
#[cfg(feature = "ssr")]
pub mod counting_store;
pub mod model;
pub mod part;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
