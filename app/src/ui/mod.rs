//! What pages share. Nothing here knows a slice.

pub mod bar;
pub mod baton;
pub mod deferred;
pub mod field;
pub mod html;
pub mod lost;
pub mod meta;
pub mod refused;
pub mod sheet;
