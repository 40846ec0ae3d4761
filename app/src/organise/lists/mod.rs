//! Lists that leave the site: as files for a spreadsheet, and as pages that are printed.

pub mod api;
#[cfg(feature = "ssr")]
pub mod csv;
pub mod model;
pub mod page;
mod sheets;
#[cfg(feature = "ssr")]
pub mod table;
pub mod taking;
#[cfg(all(test, feature = "ssr"))]
mod tests;
