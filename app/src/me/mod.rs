//! A participant's own pages: what they are signed up for, their series, their calendar, their account, and what they
//! want to be mailed about (docs/dashboard.md).

pub mod account;
pub mod api;
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod calendar_store;
mod clock;
pub mod data;
mod line;
pub mod mail;
pub mod model;
mod next;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
