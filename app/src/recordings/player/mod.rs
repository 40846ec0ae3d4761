//! The player: the browser's own media element, with controls of ours around it. Without JavaScript the browser's own
//! controls are there.

pub mod deck;
#[cfg(feature = "hydrate")]
pub(super) mod engine;
#[cfg(feature = "hydrate")]
mod faults;
pub mod model;
#[cfg(feature = "hydrate")]
mod reporter;
pub mod seek;
pub mod settings;
pub mod view;
