//! The organiser's side: what is coming, and each event's sign-ups and terms.

pub mod api;
pub mod captions;
pub mod day;
pub mod edit;
pub mod edit_model;
#[cfg(feature = "ssr")]
pub mod edit_store;
#[cfg(all(test, feature = "ssr"))]
mod edit_tests;
pub mod event;
pub mod figures;
pub mod images;
pub mod imports;
pub mod letters;
pub mod list;
pub mod lists;
pub mod materials;
pub mod model;
pub mod moving;
pub mod part;
pub mod people;
pub mod plan;
pub mod planner;
pub mod questions;
pub mod recordings;
pub mod screen;
#[cfg(feature = "ssr")]
pub mod store;
pub mod terms;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod undertakings;
