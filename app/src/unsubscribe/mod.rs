//! Stopping mails that are not about a place of one's own.

pub mod api;
pub mod page;
