//! What is held about somebody: what there is, in words and numbers, and all of it as files.

pub mod api;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod readable;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod tables;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
