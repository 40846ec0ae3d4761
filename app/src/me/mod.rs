//! A participant's own pages: what they are signed up for, their account, and what
//! they want to be mailed about.

pub mod account;
pub mod api;
pub mod data;
pub mod mail;
pub mod model;
pub mod page;
