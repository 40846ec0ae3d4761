//! What those who organise have done: who, when, what, before and after. `/organise/log`

pub mod api;
#[cfg(feature = "ssr")]
mod changes;
#[cfg(all(test, feature = "ssr"))]
mod made_tests;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
