//! The organisers' side of recordings: the list, the form of one, its files and their upload, publishing, figures.

pub mod api;
pub mod captions_part;
pub mod facts;
pub mod figures;
pub mod figures_part;
#[cfg(feature = "ssr")]
pub mod figures_store;
pub mod files_part;
mod form;
pub mod jobs_part;
pub mod list_page;
pub mod model;
pub mod new_page;
pub mod page;
pub mod part;
mod publish_part;
#[cfg(feature = "ssr")]
pub mod save_store;
#[cfg(feature = "ssr")]
pub mod state_store;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod upload_part;
