//! Planning: what an event is, when, where and with whom; written by one or several organisers at once.

pub mod api;
pub(super) mod collided;
#[cfg(feature = "ssr")]
pub(super) mod edit;
#[cfg(feature = "ssr")]
mod facts_row;
#[cfg(feature = "ssr")]
pub(super) mod facts_store;
pub(super) mod form;
pub mod holidays;
pub(crate) mod labels;
#[cfg(feature = "ssr")]
mod later_store;
pub mod merge;
pub mod model;
#[cfg(feature = "ssr")]
mod municipality_store;
#[cfg(feature = "ssr")]
mod new_parts_store;
#[cfg(feature = "ssr")]
pub(super) mod new_store;
pub mod page;
#[cfg(feature = "ssr")]
mod parts_store;
pub mod pattern;
#[cfg(feature = "ssr")]
pub(super) mod people_store;
#[cfg(feature = "ssr")]
mod planned_store;
#[cfg(feature = "ssr")]
pub(super) mod presenters_store;
#[cfg(feature = "ssr")]
pub mod read;
pub(super) mod rows;
#[cfg(feature = "ssr")]
pub mod save_store;
mod section;
pub mod series_page;
#[cfg(feature = "ssr")]
pub mod series_store;
#[cfg(all(test, feature = "ssr"))]
mod series_tests;
mod sheet;
#[cfg(feature = "ssr")]
mod sheet_store;
#[cfg(feature = "ssr")]
pub(super) mod slug_store;
#[cfg(feature = "ssr")]
pub mod state_store;
mod states;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use section::PlanSection;
