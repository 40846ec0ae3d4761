//! The organisers' side of the files of materials: which material of an event or a programme has one, and the page on
//! which one is sent, replaced and taken away.

pub mod api;
pub mod model;
pub mod page;
mod reading;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
