//! Planning: what an event is, when, where and with whom; written by one or several organisers at once.

pub mod api;
mod collided;
mod form;
pub mod merge;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
mod parts_store;
#[cfg(feature = "ssr")]
mod people_store;
#[cfg(feature = "ssr")]
pub mod read;
mod rows;
#[cfg(feature = "ssr")]
pub mod save_store;
mod section;
#[cfg(feature = "ssr")]
pub mod state_store;
mod states;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use section::PlanSection;
