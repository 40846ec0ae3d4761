//! `/calendar`: month, week and agenda.

pub mod agenda;
pub mod ahead;
pub mod api;
pub mod filters;
pub mod grid;
pub mod model;
pub mod month;
pub mod month_html;
pub mod page;
#[cfg(feature = "hydrate")]
pub mod sheets;
#[cfg(feature = "ssr")]
pub mod store;
pub mod toolbar;
pub mod week;
