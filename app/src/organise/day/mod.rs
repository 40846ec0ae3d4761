//! The day of an event, for those who organise it.

pub mod links;
pub mod page;
