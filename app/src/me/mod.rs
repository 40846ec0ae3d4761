//! A participant's own pages: what they are signed up for, and their account.

pub mod account;
pub mod api;
pub mod model;
pub mod page;
