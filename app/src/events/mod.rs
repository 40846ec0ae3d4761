//! One event: what it is, its page, and its line in every list.

pub mod api;
#[cfg(feature = "ssr")]
pub mod ics;
#[cfg(feature = "ssr")]
pub mod invitation;
#[cfg(feature = "ssr")]
mod json_ld;
pub mod model;
#[cfg(feature = "ssr")]
pub mod opening;
mod own_time;
pub mod page;
pub mod page_model;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod store;
