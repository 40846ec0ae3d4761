//! Files that an organiser reads in: a draft of what is in them, a preview row by row, and what came of it
//! (docs/imports.md).

pub mod api;
#[cfg(feature = "ssr")]
pub mod attendance_plan;
#[cfg(all(test, feature = "ssr"))]
mod attendance_tests;
#[cfg(feature = "ssr")]
pub mod columns;
#[cfg(feature = "ssr")]
pub mod draft_store;
#[cfg(all(test, feature = "ssr"))]
mod erasure_tests;
#[cfg(all(test, feature = "ssr"))]
mod events_bulk_tests;
#[cfg(feature = "ssr")]
pub mod events_draft;
#[cfg(feature = "ssr")]
pub mod events_home_store;
#[cfg(feature = "ssr")]
mod events_over_store;
pub mod events_page;
#[cfg(feature = "ssr")]
pub mod events_plan;
#[cfg(feature = "ssr")]
mod events_run_store;
#[cfg(feature = "ssr")]
pub mod events_store;
#[cfg(all(test, feature = "ssr"))]
mod events_tests;
#[cfg(feature = "ssr")]
mod events_undo_store;
pub mod follow;
pub mod form;
pub mod model;
#[cfg(feature = "ssr")]
pub mod page_store;
#[cfg(feature = "ssr")]
pub mod people_plan;
#[cfg(all(test, feature = "ssr"))]
mod people_plan_tests;
#[cfg(feature = "ssr")]
pub mod people_store;
#[cfg(feature = "ssr")]
mod people_words;
#[cfg(feature = "ssr")]
mod presenters_store;
pub mod preview;
pub mod report_form;
#[cfg(feature = "ssr")]
pub mod result_store;
pub mod rows;
#[cfg(feature = "ssr")]
pub mod run_store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod undo_store;
pub mod upload;
