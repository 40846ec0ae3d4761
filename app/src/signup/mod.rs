//! Signing up: the form, the desk that decides, and one's own page.

pub mod api;
#[cfg(feature = "ssr")]
pub mod approval;
#[cfg(all(test, feature = "ssr"))]
mod approval_tests;
#[cfg(feature = "ssr")]
pub mod attendance_store;
#[cfg(all(test, feature = "ssr"))]
mod attendance_tests;
#[cfg(feature = "ssr")]
mod clerks;
#[cfg(feature = "ssr")]
pub mod deed_store;
#[cfg(all(test, feature = "ssr"))]
mod deed_tests;
#[cfg(feature = "ssr")]
mod deed_write;
pub mod deeds;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod form;
pub mod group_form;
pub mod group_model;
#[cfg(feature = "ssr")]
pub mod group_own;
pub mod group_page;
mod group_rows;
#[cfg(feature = "ssr")]
pub mod group_store;
#[cfg(all(test, feature = "ssr"))]
mod group_tests;
#[cfg(feature = "ssr")]
mod group_write;
#[cfg(feature = "ssr")]
pub mod hand_store;
#[cfg(feature = "ssr")]
mod history_store;
#[cfg(feature = "ssr")]
pub mod hours_store;
#[cfg(all(test, feature = "ssr"))]
mod hours_tests;
#[cfg(feature = "ssr")]
pub mod import_store;
pub mod join;
#[cfg(feature = "ssr")]
pub mod join_store;
#[cfg(feature = "ssr")]
pub mod mine;
pub mod model;
#[cfg(all(test, feature = "ssr"))]
mod move_mail_tests;
#[cfg(feature = "ssr")]
pub mod move_offer_store;
#[cfg(feature = "ssr")]
pub mod move_store;
#[cfg(all(test, feature = "ssr"))]
mod move_tests;
pub mod moving;
pub mod own_answers;
#[cfg(feature = "ssr")]
pub mod own_store;
#[cfg(all(test, feature = "ssr"))]
mod own_tests;
pub mod page;
#[cfg(feature = "ssr")]
mod placing;
#[cfg(feature = "ssr")]
pub mod promotion;
pub mod question_fields;
#[cfg(feature = "ssr")]
pub mod question_store;
#[cfg(all(test, feature = "ssr"))]
mod question_tests;
pub mod questions;
#[cfg(feature = "ssr")]
pub mod recent_store;
#[cfg(feature = "ssr")]
pub mod recorded;
#[cfg(feature = "ssr")]
pub mod reminders;
pub mod series_form;
pub mod series_page;
#[cfg(feature = "ssr")]
pub mod series_store;
#[cfg(all(test, feature = "ssr"))]
mod series_tests;
#[cfg(feature = "ssr")]
pub mod series_write;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
