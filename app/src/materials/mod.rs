//! `/materials`: reports, theses, handbooks, methods and links of all programmes, and their files.

#[cfg(feature = "ssr")]
pub mod access;
pub mod api;
pub mod file;
#[cfg(feature = "ssr")]
pub mod file_store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod file_tests;
pub mod model;
pub mod page;
pub mod parts;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
