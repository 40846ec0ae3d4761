//! What people want to be mailed about, beyond a place of their own: choosing it, and stopping it by the link
//! in a mail.

pub mod api;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
