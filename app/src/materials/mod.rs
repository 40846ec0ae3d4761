//! `/materials`: reports, theses, handbooks, methods and links of all programmes.

pub mod api;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
